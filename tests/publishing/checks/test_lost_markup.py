"""Markup that Markdown takes for words, or that swallows what follows, fails the build.

CommonMark has no errors: a fence without an end reaches to the end of the page, and a note
that is not there is shown as ``[^1]``. The first build here has one page for each such mistake.
"""

import re

import pytest

#: Below a title: the mistake, the line that is named, and what is said of it.
MISTAKES = {
    "code-fence": ("Words.\n\n```python\nx = 1\n\nMore words.", 5, "```python"),
    "tildes": ("~~~\nwords", 3, "~~~"),
    "directive": ("```{note}\nWords.\n\nMore words.", 3, "```{note}"),
    "colons": (":::{note}\nWords.\n\nMore words.", 3, ":::{note}"),
    "one-end-too-many": (":::{note}\nWords.\n:::\n\n:::\n\nMore words.", 7, ":::"),
    "within": ("````{note}\nWords.\n\n```python\nx = 1\n````\n\nMore words.", 6, "```python"),
    "ended-by-the-inner": ("```{note}\nA.\n\n```{tip}\nB.\n```\n\nC.\n```", 6, "```{tip}"),
    "in-a-list": ("- item\n\n  ```python\n  x = 1\n\nMore words.", 5, "```python"),
    "in-a-quotation": ("> ```python\n> x = 1\n\nMore words.", 3, "```python"),
    "comment": ("Words.\n\n<!-- a remark\n\nMore words.", 5, "<!--"),
    "no-braces": (":::note\nWords.\n:::", 3, ":::{note}"),
    "footnote": ("Words.\n\nOne line\nand this.[^1]", 6, "[^1]"),
    "footnote-in-a-note": ("```{note}\nSee this.[^1]\n```", 4, "[^1]"),
    "footnote-in-a-table": ("| a |\n|---|\n| b[^1] |", 5, "[^1]"),
    "unused-footnote": ("Words.\n\n[^one]: More words.", 5, "[^one]"),
    "formula": ("$$\nx = 1\n\nMore words.", 3, "$$"),
    "formula-with-a-blank-line": ("Words.\n\n$$\na = b\n\nc = d\n$$", 5, "a blank line"),
    "formula-without-dollars": ("\\begin{align}\na &= b\n\\end{align}", 3, "{align"),
    "formula-in-a-line": ("The loss $L is this.", 3, "$"),
    "formula-beside-a-price": ("Five \\$, and the loss $L is this.", 3, "$"),
    "formula-with-one-dollar-more": ("The loss $$L$ is this.", 3, "$"),
    "reference": ("See [the end][of it].", 3, "]["),
    "address": ("See [the end](https://example.org.", 3, "]("),
    "bold": ("Some **bold words.", 3, "**"),
    "code": ("Some `code in a line.", 3, "`"),
    "role-without-quotes": ("See {ref}there.", 3, "{ref}"),
    "role-and-a-space": ("See {ref} `there`.", 3, "{ref}"),
    "attribute": ("{.wide\nWords.", 3, "{.wide"),
    "heading": ("#Heading\n\nWords.", 3, "#Heading"),
    "table": ("| a | b |\n|---|\n| 1 | 2 |", 3, "| a"),
    "cell-too-many": ("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |", 6, "|"),
    "cell-too-many-in-a-note": ("> | a |\n> |---|\n> | 1 | 2 |", 5, "|"),
    "link-in-html": ("Words.\n\n<p><a href='nowhere.html#it'>there</a></p>", 5, "nowhere"),
    "solution": ("Words.\n\n````{solution} nowhere\nWords.\n````", 5, "nowhere"),
}
RIGHT = r"""# Nothing is wrong

Five \$ and $x$, a \`tick\`, \[^1], \*\*, the set {0, 1}, `[^1]`, `$`, `{ref}`, `](`, #1.

A note.[^1] An array `x[0][1]`, and [a link][it]. See [](#nothing-is-wrong).

[^1]: With **bold words** and $\{y\}$.

[it]: https://example.org

````{note}
```markdown
[^2], $, and {ref} [
```
````

<!-- a remark -->

- item

  ```python
  price = "$"
  ```

:::{tip}
Words.
:::

$$
x = 1
$$ (eq-one)

| a |
|---|
| $b$ |

```
```

Some code at the very end.

```python
x = 1
```
"""


@pytest.fixture(scope="module")
def wrong(build_book, notebook_header):
    """What a build says of the pages with mistakes, as page, line and words."""
    pages = {f"chapters/{name}.md": f"# Page\n\n{text}\n" for name, (text, *_) in MISTAKES.items()}
    n_lines = notebook_header.count("\n")
    cells = "# Page\n\n```{code-cell}\n1\n```\n\n+++\n\nWords.[^1]\n\n```python\nx\n"
    built = build_book({**pages, "chapters/cells.md": notebook_header + cells}, fails=True)
    log = re.sub(r"\x1b\[[0-9;]*m", "", built.log)
    warnings = re.findall(r"chapters/([\w-]+)\.md:(\d+): WARNING: (.*)", log)
    return n_lines, {(name, int(line), text) for name, line, text in warnings}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line(wrong, name):
    _, line, words = MISTAKES[name]
    assert [text for page, at, text in wrong[1] if (page, at) == (name, line) and words in text]


def test_lines_of_a_notebook_are_those_of_its_file(wrong):
    n_lines, warnings = wrong
    lines = {(line - n_lines, text.split()[0]) for page, line, text in warnings if page == "cells"}
    assert lines == {(9, "[^1]:"), (11, "```python:")}


OUTPUT = """
```{code-cell}
from IPython.display import Markdown
Markdown("| a | b |\\n|---|---|\\n| [^1] | $ |")
```
"""


def test_what_is_right_is_left_alone(build_book, notebook_header):
    """What a cell puts out is no markup of the page's."""
    pages = {"chapters/a.md": RIGHT, "chapters/b.md": notebook_header + "# Page\n" + OUTPUT}
    build_book(pages)
