"""Read hand-written HTML tag by tag: change its addresses, end what it begins.

A chapter may hold HTML of its own: quoted one way or another or not at all, in
capitals, open over several blocks, or never closed. What leaves the page, for a slide
or for a notebook, needs other addresses, and must end what it begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Attributes that hold an address, and so does an object's `data`.
ADDRESSES = _names("href src poster")
#: Elements that hold nothing and have no end.
VOID = _names("area base br col embed hr img input link meta param source track wbr")
#: Elements that end by themselves where what is around them ends.
ENDS_ITSELF = _names(
    "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp html body"
)
#: Elements that show what is in them, and nothing of their own.
GROUPS = _names(
    "div section article aside header footer main nav figure blockquote center details summary"
    " span p a b i em strong u small ul ol li br wbr"
)
_ATTRIBUTE = re.compile(
    r"""(?P<before>\s)(?P<name>[^\s"'<>/=]+)\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+))"""
)
_CUT_OFF = re.compile(r"<(?=[a-zA-Z/!?][^>]*\Z)")


@dataclass(frozen=True)
class Tag:
    """The start or the end of an element, and where it stands in the text."""

    name: str
    start: int
    stop: int
    is_end: bool = False


class _Finder(HTMLParser):
    """Note where the tags are; comments and scripts hold none."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html, self.tags = html, list[Tag]()
        self.lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        start = self._place()
        stop = start + len(self.get_starttag_text() or "")
        self.tags.append(Tag(tag, start, stop))

    def handle_endtag(self, tag: str) -> None:
        start = self._place()
        if self.html.startswith("</", start):  # what ends itself, as <br/>, has no end tag
            stop = self.html.find(">", start) + 1 or len(self.html)
            self.tags.append(Tag(tag, start, stop, is_end=True))

    def _place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column


def tags(html: str) -> list[Tag]:
    """List the tags of a piece of HTML in their order."""
    return _Finder(html).tags


def with_tags(html: str, write: Callable[[Tag, str], str]) -> str:
    """Return `html` with each of its tags written by ``write(tag, text)``."""
    parts, place = [], 0
    for tag in tags(html):
        parts += [html[place : tag.start], write(tag, html[tag.start : tag.stop])]
        place = tag.stop
    return "".join([*parts, html[place:]])


def with_attributes(tag: str, write: Callable[[str, str], str | None]) -> str:
    """Return a start tag with the values that ``write(name, value)`` gives, or without them."""

    def one(match: re.Match[str]) -> str:
        quoted = next(
            quotes for quotes in ("double", "single", "bare") if match[quotes] is not None
        )
        value = write(match["name"].lower(), match[quoted])
        if value is None:
            return ""
        if value == match[quoted]:
            return match[0]
        mark = "'" if quoted == "single" else '"'
        return f"{match['before']}{match['name']}={mark}{value}{mark}"

    return _ATTRIBUTE.sub(one, tag)


def with_addresses(html: str, change: Callable[[str], str]) -> str:
    """Return `html` with ``change(address)`` for every address in it."""

    def write(tag: Tag, text: str) -> str:
        return with_attributes(
            text, lambda name, value: change(value) if is_address(tag, name) else value
        )

    return with_tags(html, write)


def is_address(tag: Tag, attribute: str) -> bool:
    """Whether an attribute of a tag holds an address."""
    return attribute in ADDRESSES or (tag.name, attribute) == ("object", "data")


def balanced(html: str) -> str:
    """Return `html` such that it ends what it begins and ends nothing else."""
    html = _CUT_OFF.sub("&lt;", html)
    if html.rfind("<!--") > html.rfind("-->"):
        html += "-->"
    opened: list[Tag] = []

    def ends(inner: list[Tag]) -> str:
        return "".join(f"</{tag.name}>" for tag in reversed(inner) if tag.name not in ENDS_ITSELF)

    def write(tag: Tag, text: str) -> str:
        if tag.name in VOID or text.endswith("/>"):
            return text
        if not tag.is_end:
            opened.append(tag)
            return text
        place = next((i for i in range(len(opened))[::-1] if opened[i].name == tag.name), None)
        if place is None:
            return ""
        inner = opened[place + 1 :]
        del opened[place:]
        return ends(inner) + text

    return with_tags(html, write) + ends(opened)


def is_seen(html: str) -> bool:
    """Whether a piece of HTML shows anything: words, or an element that is something itself."""
    bare = re.sub(r"(?s)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)", "", html)
    words = with_tags(bare, lambda _tag, _text: "")
    return bool(words.strip()) or any(tag.name not in GROUPS for tag in tags(bare))
