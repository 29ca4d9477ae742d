"""Warn, while MyST reads a page, of markup that would be shown as words or swallow what follows.

A warning fails the build. CommonMark has no errors. A fence without an end reaches to the end of
the page, a footnote that nobody has written is shown as ``[^1]``, and one that nothing points to is
not shown at all; MyST says nothing of either.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, token_line
from sphinx.application import Sphinx
from sphinx.util.logging import getLogger

LOGGER = getLogger(__name__)
#: What no words hold, unless a backslash stands before it, and what is wrong then.
LEFT_OVER = {
    re.compile(r"\[\^[^\]\s]+\]"): "there is no such footnote",
    re.compile(r"\$+"): "a formula without an end (a dollar sign is written \\$)",
    re.compile(r"`+"): "code without an end (a backquote is written \\`)",
    re.compile(r"\*\*"): "bold words without an end",
    re.compile(r"\]\("): "a link whose address has no end",
    re.compile(r"\]\["): "a link to a definition that is not there",
    re.compile(r"\{[.#]?[a-z][\w:-]*\}?(?!\w* *,)"): "not read as a role or an attribute",
}
#: The same for what begins a paragraph.
AT_THE_START = {
    re.compile(r"#{1,6}[^\W\d]\w*"): "a heading needs a space",
    re.compile(r"\|.*"): "a table whose second line does not fit the first",
}


def _warn(renderer: Any, line: int, markup: str, fault: str) -> None:
    LOGGER.warning("%s: %s", markup, fault, location=(renderer.sphinx_env.docname, line))


def _check_fence(renderer: Any, token: Any) -> None:
    """Warn of a fence that reaches to the end of what it stands in."""
    start, stop = token.map
    n_lines = len(token.content.split("\n")) - token.content.endswith("\n") if token.content else 0
    if stop - start < n_lines + 2:
        fault = "no end of its own; a fence around another needs a longer one"
        _warn(renderer, token_line(token), token.markup + token.info.strip(), fault)
    elif token.type == "colon_fence" and re.match(r"\w", token.info.strip()):
        name = token.info.split()[0]
        _warn(renderer, token_line(token), f":::{{{name}}}", "a directive's name is in braces")


def _check_comment(renderer: Any, token: Any) -> None:
    """Warn of a comment that reaches to the end of the page."""
    if token.content.lstrip().startswith("<!--") and "-->" not in token.content:
        _warn(renderer, token_line(token), "<!--", "a comment without an end")


def _texts(token: Any) -> Iterator[str]:
    """Yield the words of a line or a paragraph, without code, formulas and roles."""
    for child in token.children:
        if child.type == "text":
            yield child.content
        else:
            yield from _texts(child)


def _check_words(renderer: Any, token: Any) -> None:
    """Warn of markup among the words of a paragraph, heading or cell."""
    raw, words = token.content, "".join(_texts(token))
    begins = token.parent is not None and token.parent.type == "paragraph"
    for number, text in enumerate(_texts(token)):
        left = [(m, fault) for mark, fault in LEFT_OVER.items() for m in mark.finditer(text)]
        if begins and number == 0:
            left += [(m, fault) for mark, fault in AT_THE_START.items() if (m := mark.match(text))]
        for match, fault in left:
            ends = match[0][0], match[0][-1]
            if any(words.count(one) <= raw.count(f"\\{one}") for one in ends):  # each escaped
                continue
            line = raw[: max(raw.find(text), 0)].count("\n")
            _warn(renderer, token_line(token) + line, match[0], fault)


def _check_table(renderer: Any, token: Any) -> None:
    """Warn of a row with more cells than the table has columns: Markdown drops them."""
    head, *bodies = token.children
    n_columns = len(head.children[0].children)
    env = renderer.sphinx_env
    lines = Path(env.doc2path(env.docname)).read_text(encoding="utf-8").splitlines()
    for row in (row for body in bodies for row in body.children):
        line = token_line(row)
        cells = re.sub(r"^[\s>]*\||\|\s*$", "", lines[line - 1] if line <= len(lines) else "")
        n_cells = len(re.findall(r"(?<!\\)\|", cells)) + 1
        if n_cells > n_columns:
            fault = f"{n_cells} cells in a table of {n_columns} columns (a bar is written \\|)"
            _warn(renderer, line, "|", fault)


def _check_footnotes(renderer: Any) -> None:
    """Warn of footnotes that nothing points to."""
    used = {node["refname"] for node in renderer.document.findall(nodes.footnote_reference)}
    for label, notes in renderer.md_env.get("foot_refs", {}).items():
        if label not in used:
            _warn(renderer, token_line(notes[0]), f"[^{label}]", "nothing points to this footnote")


def _before(name: str, check: Any) -> None:
    """Have a check made before a method of MyST's renderer does its work on a page's source.

    What a cell puts out as Markdown is read as CommonMark, which has no tables.
    """
    render = getattr(DocutilsRenderer, name)

    def checked(renderer: Any, *token: Any) -> Any:
        if not renderer.md_config.commonmark_only:
            check(renderer, *token)
        return render(renderer, *token)

    setattr(DocutilsRenderer, name, checked)


def setup(_app: Sphinx) -> None:
    """Have MyST check what it renders."""
    _before("render_fence", _check_fence)
    _before("render_colon_fence", _check_fence)
    _before("render_html_block", _check_comment)
    _before("render_inline", _check_words)
    _before("render_table", _check_table)
    _before("_render_finalise", _check_footnotes)
