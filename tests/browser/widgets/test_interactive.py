"""Mistakes in a figure fail the build, each by its name."""

import re

import pytest
from _publishing.assets.classic_scripts import bundle
from sphinx.errors import ExtensionError
from tiny_book import NOTEBOOK_HEADER

PUBLISHED = """
```{code-cell} ipython3
from dlcourse.book.figure_data import publish
publish("photo.png", bytes(25_000), media_type="image/png")
```
"""
NEURON = """# Title

```{interactive} neuron
:inputs: 1 -1

A neuron adds its inputs.
```
"""
MISTAKES = {
    ("} neuron", "} neutron"): "no interactive figure 'neutron': one of neuron, ",
    (":inputs: 1 -1", ":photo: a.png"): "the figure 'neuron' takes no option 'photo'",
    ("A neuron adds its inputs.", ""): "Content block expected",
    ("} neuron\n:inputs: 1 -1", "} cnn"): "the figure 'cnn' needs a picture",
    ("} neuron\n:inputs: 1 -1", "} backpropagation\n:numbers: none.json"): (
        "needs the artefact 'none.json', which no chapter publishes"
    ),
    ("Title", f"Title\n{PUBLISHED}"): "'photo.png' is published twice",
    (
        "} neuron\n:inputs: 1 -1\n\n",
        "} kernel\n\n![A photo](still.svg)\n",
    ): "the figure 'kernel' loads ",
}


def test_mistakes_fail_the_build_each_by_name(build_book):
    files = {
        f"chapters/{n}.md": NOTEBOOK_HEADER + NEURON.replace(*change).replace("Title", f"{n}")
        for n, change in enumerate(MISTAKES)
    }
    files["chapters/maker.md"] = f"{NOTEBOOK_HEADER}# Maker\n{PUBLISHED}"
    log = build_book(files, fails=True).log
    assert [words for words in MISTAKES.values() if words not in log] == []
    assert re.search(r"'kernel' loads \d+ bytes, 25000 of them data: at most 30000", log)


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"a": 'import thing from "./b.mjs";\n'}, r"a\.mjs: cannot join 'import thing"),
        (
            {one: f'import {{ x }} from "./{other}.mjs";\n' for one, other in ("ab", "ba")},
            r"a\.mjs → b\.mjs → a\.mjs: .* need each other",
        ),
    ],
)
def test_modules_that_cannot_be_joined_are_named(tmp_path, modules, fault):
    for name, text in modules.items():
        (tmp_path / f"{name}.mjs").write_text(text)
    with pytest.raises(ExtensionError, match=fault):
        bundle(tmp_path / "a.mjs", tmp_path)
