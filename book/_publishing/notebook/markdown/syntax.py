"""Write Markdown that means the same in Colab, in Jupyter and in CommonMark."""

import re
from collections.abc import Iterable

#: Stands for a dollar sign of the text until its paragraph is known.
DOLLAR = "\ue000"

_PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINE_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+(?=\s*$)|-{2,}(?=\s*$)|:::+)")
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_DISPLAY = re.compile(r"\$\$\n(.*?)\n *\$\$$", re.DOTALL | re.MULTILINE)


def escape(text: str, *, in_link: bool = False) -> str:
    """Return `text` such that Markdown shows it as it is."""
    text = re.sub(r"\\(?=[(\[)\]]|$)", "&#92;", _ENTITY.sub("&amp;", text))
    text = re.sub(rf"\\(?=[{_PUNCTUATION}]|\n|$)", r"\\\\", text)
    text = re.sub(r"[*`~]", r"\\\g<0>", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\_", text)
    text = _TAG.sub("&lt;", text)
    text = re.sub(r"[\[\]]" if in_link else r"\](?=[(\[:])|\[(?=\^)", r"\\\g<0>", text)
    text = re.sub(r"!(?=\[|$)", r"\!", text)
    return text.replace("$", DOLLAR)


def paragraph(text: str) -> str:
    """Return inline Markdown as a paragraph that is nothing but a paragraph.

    A line must not begin a heading, a list or a quotation; and a dollar sign
    must not pair up with another one and become mathematics. Jupyter typesets
    the page after Markdown has removed the backslash, so each dollar sign needs
    an element of its own.
    """
    lines = []
    for line in text.strip().split("\n"):
        line = line.strip(" \t\n")  # noqa: PLW2901
        line = _LINE_START.sub(lambda match: "\\" + match[0], line)  # noqa: PLW2901
        lines.append(_NUMBER_START.sub(r"\1\\\2", line))
    return dollars("\n".join(line for line in lines if line))


def dollars(text: str) -> str:
    """Write the dollar signs that are text."""
    return text.replace(DOLLAR, r"<span>\$</span>")


def code_span(text: str) -> str:
    """Return `text` as code in a line."""
    text = re.sub(r"\s*\n\s*", " ", text)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    padded = text[0] in "` " or text[-1] in "` "
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
    tooltip = f' "{title}"' if title and not set(title) & set('"\n$|<\\') else ""
    return f"[{text}]({url(address)}{tooltip})"


def picture(alt: str, address: str) -> str:
    """Return a picture."""
    return f"![{alt}]({url(address)})"


def quote(text: str) -> str:
    """Return `text` as a block quotation.

    Jupyter takes mathematics out before it reads Markdown, with the marks of the
    quotation in it. So a displayed formula is one line there.
    """
    text = _DISPLAY.sub(lambda formula: f"$${' '.join(formula[1].split())}$$", text)
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def details(summary: str, body: str) -> str:
    """Return `body` folded; the blank lines let Markdown work inside."""
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


def join(blocks: Iterable[str]) -> str:
    """Join blocks with blank lines."""
    return "\n\n".join(text for block in blocks if (text := block.strip("\n")))
