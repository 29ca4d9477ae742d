"""Two pages whose products would have one name stop the build, which names both."""

import pytest


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        (["chapters/a-b", "chapters/a/b"], "chapters/a-b.md and chapters/a/b.md"),
        (["appendix/x", "chapters/appendix-x"], "appendix/x.md and chapters/appendix-x.md"),
        (["chapters/workshop"], "The deck of the whole workshop and chapters/workshop.md"),
    ],
)
def test_the_build_names_both(build_book, notebook_header, pages, fault):
    files = {f"{name}.md": f"{notebook_header}# A chapter\n" for name in pages}
    names = "".join(f"- file: {name}\n" for name in pages)
    files["_toc.yml"] = f"format: jb-book\nroot: index\nchapters:\n{names}"
    built = build_book(files, fails=True)
    assert f"{fault} would both be called" in built.log
    assert not list(built.html.glob("**/*.ipynb"))
