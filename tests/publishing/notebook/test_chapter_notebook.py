"""A chapter's notebooks, clean and with outputs: what they hold, and when they are written anew."""

import json

import pytest

FIRST = """# First

```{code-cell} ipython3
from dlcourse.book import glue

x = 2
```

```{code-cell} ipython3
:tags: [remove-cell]

glue("double", 2 * x)
```

Twice that is {glue:text}`double`.

```{code-cell} ipython3
print("x is", x)
x * 10
```
"""


@pytest.fixture(scope="module")
def built(build_book, notebook_header):
    files = {
        "chapters/first.md": notebook_header + FIRST,
        "chapters/second.md": notebook_header + "# Second\n",
    }
    return build_book(files, repository={"url": "https://github.com/us/course", "branch": "main"})


def cells(built, name):
    """The cells of a notebook, without the first, which installs."""
    return json.loads(built.read(name))["cells"][1:]


def test_what_only_the_book_needs_is_not_in_the_notebook(built):
    code = [c["source"] for c in cells(built, "notebooks/first.ipynb") if c["cell_type"] == "code"]
    sources = ["".join(source) for source in code]
    assert sources == ["x = 2", 'print("x is", x)\nx * 10']
    assert "Twice that is 4." in built.read("notebooks/first.ipynb")


def test_the_copy_has_the_outputs_and_else_the_same(built):
    clean, executed = (cells(built, f"{name}/first.ipynb") for name in ("notebooks", "executed"))
    assert not any(cell.get("outputs") for cell in clean)
    assert [cell["source"] for cell in clean] == [cell["source"] for cell in executed]
    stream, result = next(c for c in executed if c.get("outputs"))["outputs"]
    assert "".join(stream["text"]) == "x is 2\n"
    assert "".join(result["data"]["text/plain"]) == "20"


def test_a_notebook_leads_to_the_next(built):
    last = "".join(cells(built, "notebooks/first.ipynb")[-1]["source"])
    assert "[Second](second.ipynb)" in last
    assert "github/us/course/blob/gh-pages/notebooks/second.ipynb" in last
    assert "Next chapter" not in built.read("notebooks/second.ipynb")


def test_binder_installs_the_wheel_of_the_site(built):
    package, *others = built.read(".binder/requirements.txt").split()
    assert (built.html / package).is_file()
    assert "tensorflow-cpu>=2.16" in others


def test_another_commit_renews_the_notebooks_and_the_same_does_not(build_book, notebook_header):
    slide = '+++ {"slideshow": {"slide_type": "slide"}}\n\nWords.\n\n'
    code = "```{code-cell}\n1 + 1\n```\n"
    book = {"chapters/sum.md": f"{notebook_header}# A sum\n\n{slide}{code}"}
    one, other = "1" * 40, "2" * 40
    built = build_book(book, environment={"GITHUB_SHA": one})
    assert one in built.read("notebooks/sum.ipynb")
    for done_before in (False, True):
        built = build_book(book, environment={"GITHUB_SHA": other}, before=built)
        assert other in built.read("notebooks/sum.ipynb")
        assert one not in built.read("notebooks/sum.ipynb")
        written = built.log.partition("writing output")[2]
        assert ("chapters/sum" in written) != done_before
