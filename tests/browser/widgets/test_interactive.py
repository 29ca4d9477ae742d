"""The directive: numbered, static by itself, and clear about mistakes."""

import gzip
import re

import pytest
from _publishing.assets.classic_scripts import bundle
from sphinx.errors import ExtensionError

NEURON = """(chapter)=
# Chapter

See {numref}`fig-neuron`.

```{interactive} neuron
:name: fig-neuron
:inputs: 1 -1
:caption: A neuron to *turn*.

A neuron adds its *weighted* inputs.
```
"""


def test_the_page_has_a_numbered_figure_with_its_static_body(book):
    book.chapter("chapter", NEURON)
    book.build()
    page = book.page("chapter")
    assert "Fig. 1.1" in page
    assert '<dl-neuron data-widget="neuron" inputs="1 -1"' in page
    assert "A neuron adds its <em>weighted</em> inputs." in page
    assert page.count("widgets/loader.js") == 1
    assert "loader.js" not in (book.site / "index.html").read_text()
    assert len(gzip.compress((book.site / "widgets/loader.js").read_bytes())) < 1000


HEAVY = """# Heavy

```{code-cell} ipython3
from dlcourse.book.figure_data import publish
publish("photo.png", bytes(25_000), media_type="image/png")
```

```{interactive} kernel
![A photo.](still.svg)
```
"""


def test_mistakes_fail_the_build_each_by_name(book):
    plain = NEURON.replace("See {numref}`fig-neuron`.", "").replace(":name: fig-neuron\n", "")
    mistakes = {
        ("} neuron", "} neutron"): "no interactive figure 'neutron': one of neuron, ",
        (":inputs: 1 -1", ":photo: a.png"): "the figure 'neuron' takes no option 'photo'",
        ("A neuron adds its *weighted* inputs.", ""): "Content block expected",
        ("} neuron\n:inputs: 1 -1", "} cnn"): "the figure 'cnn' needs a picture",
    }
    for number, change in enumerate(mistakes):
        text = plain.replace(*change).replace("chapter", f"mistake-{number}")
        book.chapter(f"mistake{number}", text.replace("# Chapter", f"# Mistake {number}"))
    book.chapter("heavy", HEAVY)
    output = book.build(fails=True)
    for words in mistakes.values():
        assert words in output
    assert re.search(
        r"the figure 'kernel' loads \d+ bytes, 25000 of them data: at most 30000", output
    )


def test_what_cannot_be_joined_is_named(tmp_path):
    (tmp_path / "a.mjs").write_text('import thing from "./b.mjs";\n')
    with pytest.raises(ExtensionError, match=r"a\.mjs: cannot join 'import thing"):
        bundle(tmp_path / "a.mjs", tmp_path)


def test_modules_that_need_each_other_are_named(tmp_path):
    (tmp_path / "a.mjs").write_text('import { b } from "./b.mjs";\n')
    (tmp_path / "b.mjs").write_text('import { a } from "./a.mjs";\n')
    with pytest.raises(ExtensionError, match=r"a\.mjs → b\.mjs → a\.mjs: .* need each other"):
        bundle(tmp_path / "a.mjs", tmp_path)
