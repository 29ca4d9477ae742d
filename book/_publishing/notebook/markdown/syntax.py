"""Write Markdown that means the same in Colab, in Jupyter and in CommonMark."""

import re
from collections.abc import Iterable, Iterator
from html import escape as escape_html

#: Stands for a dollar sign of the text until its paragraph is known.
DOLLAR = "\ue000"
#: The same for a backslash that must stand apart from what follows it.
BACKSLASH = "\ue001"

_PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
#: What would begin or end a formula for Jupyter, dollar signs or not.
_ENVIRONMENT = re.compile(r"\\(?=(?:begin|end)\{)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINE_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+(?=\s*$)|-{2,}(?=\s*$)|:::+)")
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
#: What a line of a list may have before its text: its indent, and the markers of its items.
_MARKERS = re.compile(r"[ ]*(?:(?:[-*+]|\d{1,9}[.)]) +)*")
_FENCE = re.compile(r"(`{3,})[^`]*$")
_MATH = re.compile(r"(?<![\\$])\$(?!\$)[^$]+\$")


def escape(text: str, *, in_link: bool = False, in_table: bool = False) -> str:
    """Return `text` such that Markdown shows it as it is."""
    text = re.sub(r"\\(?=[(\[)\]]|$)", "&#92;", _ENTITY.sub("&amp;", text))
    text = re.sub(rf"\\(?=[{_PUNCTUATION}]|\n|$)", r"\\\\", text)
    text = _ENVIRONMENT.sub(BACKSLASH, text)
    text = re.sub(r"[*`~]", r"\\\g<0>", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\_", text)
    text = _TAG.sub("&lt;", text)
    text = re.sub(r"[\[\]]" if in_link else r"\](?=[(\[:])|\[(?=\^)", r"\\\g<0>", text)
    text = re.sub(r"!(?=\[|$)", r"\!", text)
    if in_table:
        text = text.replace("|", r"\|")
    return text.replace("$", DOLLAR).replace(BACKSLASH, "<span>&#92;</span>")


def paragraph(text: str) -> str:
    """Return inline Markdown as a paragraph that is nothing but a paragraph.

    A line must not begin a heading, a list or a quotation; and a dollar sign
    must not pair up with another one and become mathematics. Jupyter typesets
    the page after Markdown has removed the backslash, so two dollar signs in
    one paragraph each need an element of their own.
    """
    lines = []
    for line in text.strip().split("\n"):
        line = line.strip(" \t\n")  # noqa: PLW2901
        line = _LINE_START.sub(lambda match: "\\" + match[0], line)  # noqa: PLW2901
        lines.append(_NUMBER_START.sub(r"\1\\\2", line))
    return dollars("\n".join(line for line in lines if line))


def dollars(text: str) -> str:
    """Write the dollar signs that are text."""
    alone = text.count(DOLLAR) == 1 and not _MATH.search(text)
    return text.replace(DOLLAR, r"\$" if alone else r"<span>\$</span>")


def code_span(text: str, *, in_table: bool = False) -> str:
    """Return `text` as code in a line."""
    text = re.sub(r"\s*\n\s*", " ", text)
    if not text.strip():
        return f"<code>{text}</code>"
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    padded = text[0] in "` " or text[-1] in "` "
    if in_table and "|" in text:  # readers disagree about a backslash in code
        return f"<code>{escape(text).replace('|', '&#124;').replace(DOLLAR, '&#36;')}</code>"
    return f"{ticks} {text} {ticks}" if padded else f"{ticks}{text}{ticks}"


def fence(code: str, language: str = "") -> str:
    """Return `code` as a fenced block, with a fence that it does not contain."""
    longest = max((len(run) for run in re.findall(r"^\s*(`{3,})", code, re.MULTILINE)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}{language}\n{code.rstrip()}\n{ticks}"


def url(address: str) -> str:
    """Return `address` with every character encoded that would end a link early."""
    address = address.replace("&amp;", "&")
    return re.sub(r"[\s()<>|$\\`\"]", lambda match: f"%{ord(match[0]):02X}", address)


def link(text: str, address: str, title: str = "") -> str:
    """Return a link."""
    text = re.sub(r"\s*\n\s*", " ", text).strip() or escape(address, in_link=True)
    return f"[{text}]({url(address)}{_tooltip(title)})"


def picture(alt: str, address: str, title: str = "") -> str:
    """Return a picture."""
    return f"![{alt}]({url(address)}{_tooltip(title)})"


def _tooltip(title: str) -> str:
    return f' "{title}"' if title and not set(title) & set('"\n$|<\\') else ""


def quote(text: str) -> str:
    """Return `text` as a block quotation.

    Jupyter takes mathematics out before it reads Markdown, with the marks of the
    quotation in it. So a displayed formula is one line there, and code whose dollar
    signs could be mathematics is HTML.
    """
    return "\n".join(f"> {line}" if line else ">" for line in _quotable(text))


def _quotable(text: str) -> Iterator[str]:
    lines = iter(text.split("\n"))
    for line in lines:
        before = _MARKERS.match(line)[0]  # type: ignore[index]  # it matches nothing, too
        start = line[len(before) :].strip()
        if start == "$$":
            yield f"{line}{' '.join(_until('$$', lines))}$$"
        elif mark := _FENCE.match(start):
            code = list(_until(mark[1], lines, strip=False))
            if sum("$" in inside for inside in code) > 1:
                yield from _html_code(before, code)
            else:
                yield from [line, *code, " " * len(before) + mark[1]]
        else:
            yield line


def _until(end: str, lines: Iterator[str], *, strip: bool = True) -> Iterator[str]:
    for line in lines:
        if line.strip() == end:
            return
        yield line.strip() if strip else line


def _html_code(before: str, code: list[str]) -> Iterator[str]:
    pad = " " * len(before)
    text = escape_html("\n".join(line.removeprefix(pad) for line in code), quote=False)
    yield from f"{before}<pre><code>{text.replace('$', '&#36;')}</code></pre>".split("\n")


def details(summary: str, body: str, *, is_open: bool = False) -> str:
    """Return `body` folded; the blank lines let Markdown work inside."""
    start = "<details open>" if is_open else "<details>"
    return f"{start}\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


_LIST = re.compile(r"(?:[-*+]|\d+[.)]) ")


def join(blocks: Iterable[str]) -> str:
    """Join blocks with blank lines, and keep two lists in a row apart."""
    text = ""
    previous = ""
    for block in blocks:
        if not block.strip("\n"):
            continue
        if _LIST.match(previous) and (_LIST.match(block) or block.startswith("    ")):
            text += "\n\n<!-- -->"
        text += ("\n\n" if text else "") + block.strip("\n")
        previous = block
    return text
