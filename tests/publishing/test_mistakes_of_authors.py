"""What an author gets wrong fails the build, which names file, line and mistake.

CommonMark has no errors: a fence without an end reaches to the end of the page, and a note
that is not there is shown as ``[^1]``. The first build here has one page for each mistake.
"""

import re

import pytest

PICTURES = {
    "mute.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "odd.svg": '<svg width="1.2.3" height="4"/>',
    "torn.svg": "<svg",
    "torn.png": "no picture",
}
DRAWN = (
    "from IPython.display import SVG\nfrom dlcourse.figures import rendering\n"
    "from matplotlib.figure import Figure\nSVG(rendering.svg(Figure()))"
)
TWO_ENDS = "```{predict}\nWhich?\n```\n" + 2 * "\n```{predict-end}\n```\n"
#: Below a title: the mistake, the line that is named, and what is said of it.
ON_A_PAGE = {
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
    "tex": ("Words.\n\nThen $\\frac{a$ here.", 5, "TeX that cannot be read"),
}
AFTER_A_CELL = "```{code-cell}\n1\n```\n\n+++\n\nWords.[^1]\n\n```python\nx"
#: The same where there are cells; the line is counted from below the front matter.
IN_A_NOTEBOOK = {
    "footnote-after-a-cell": (AFTER_A_CELL, 9, "[^1]"),
    "fence-after-a-cell": (AFTER_A_CELL, 11, "```python"),
    "wrong-answer": ("```{quiz}\n:label: q\n\n? Which?\n- [x] a\n- [ ] b\n```", 8, "say why"),
    "choice": ("```{predict}\nWhich?\n- [x] a\n- b\n```", 6, "an answer to choose starts with"),
    "no-wrong-answer": ("```{predict}\nWhich?\n- [x] a\n```", 5, "needs a right answer"),
    "no-question": ("```{predict}\n```", 4, "needs a question"),
    "end": (TWO_ENDS, 1, "`{predict-end}` without"),
    "torn-svg": ("![b](torn.svg)", 3, "cannot read the picture chapters/torn.svg: "),
    "odd-svg": ("![b](odd.svg)", 3, "cannot read the picture chapters/odd.svg: "),
    "torn-png": ("![b](torn.png)", 3, "cannot read the picture chapters/torn.png: "),
    "no-words": ("![](mute.svg)", None, "picture has no alt text"),
    "no-words-of-code": (f"```{{code-cell}}\n{DRAWN}\n```", None, "figure has no alt text: call"),
}
MISTAKES = ON_A_PAGE | IN_A_NOTEBOOK
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
    files = {f"chapters/{name}": text for name, text in PICTURES.items()}
    for name, (text, *_) in MISTAKES.items():
        header = notebook_header if name in IN_A_NOTEBOOK else ""
        files[f"chapters/{name}.md"] = f"{header}# Page\n\n{text}\n"
    log = re.sub(r"\x1b\[[0-9;]*m", "", build_book(files, fails=True).log)
    return re.findall(r"chapters/([\w-]+)\.md:(\d*): WARNING: (.*)", log)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line(wrong, notebook_header, name):
    _, line, words = MISTAKES[name]
    above = notebook_header.count("\n") if name in IN_A_NOTEBOOK else 0
    at = str(above + line) if line else ""
    here = [(number, text) for page, number, text in wrong if page == name]
    assert [text for number, text in here if number == at and words in text], here
    if name.endswith("after-a-cell"):  # with two mistakes, and no line is named but theirs
        assert {number for number, _ in here} == {str(above + 9), str(above + 11)}


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
