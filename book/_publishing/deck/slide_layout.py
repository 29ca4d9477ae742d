"""How the words, code and pictures of a slide lie, and how much room they need.

Words and a picture stand side by side or one below the other, whichever lets the picture be larger.
The nodes' `natural_size` is from `page.alt_text_and_size`, `nb_element` from MyST-NB.
"""

from collections.abc import Iterable
from math import ceil

from docutils import nodes

from _publishing.directives.interactive import interactive

#: Room for a picture on a slide, and beside words (pixels), without its caption.
ROOM = (1152, 450)
BESIDE = 670
#: Height of a line of text.
LINE = 44
#: Characters in a line of text.
WIDTH = 68


def ratio_of(node: nodes.Element) -> float | None:
    """Return width by height of the widest picture in a node, or None if it has none.

    The still inside a live figure does not count: it is seen only until the figure has loaded.
    """
    if next(node.findall(interactive), None) is not None:
        return None
    sizes = [image.get("natural_size", (3, 2)) for image in node.findall(nodes.image)]
    return max((width / height for width, height in sizes), default=None)


def arrangement(content: Iterable[nodes.Element]) -> str:
    """Return the layout of a slide: text, picture, beside or below."""
    content = list(content)
    ratios = [ratio for node in content if (ratio := ratio_of(node))]
    if not ratios:
        return "text"
    if len(ratios) == len(content):
        return "picture"
    together = 1 / sum(1 / ratio for ratio in ratios)
    width, height = ROOM
    words = LINE * sum(map(lines_of, content))
    below = min(width, (height - words) * together)
    return "below" if below > min(BESIDE, height * together) else "beside"


def is_picture(node: nodes.Element) -> bool:
    """Whether a node is laid out as a picture; a live figure is not (`ratio_of`)."""
    return ratio_of(node) is not None


def lines_of(node: nodes.Element) -> float:
    """Return the estimated height of a node in lines of text."""
    if is_picture(node):
        return 0.0
    if table_rows := node.astext().count("<tr"):
        return table_rows + 1.0
    if isinstance(node, nodes.math_block):
        return 2.0
    if node.get("nb_element") or isinstance(node, nodes.literal_block):  # code, or what it prints
        return 0.75 * len(node.astext().splitlines()) + 1
    rows = [part for part in node.findall() if isinstance(part, (nodes.list_item, nodes.row))]
    items: list[nodes.Node] = [*rows] or [node]
    lengths = [sum(len(part.astext()) for part in item.children) for item in items]
    return sum(ceil(length / WIDTH) for length in lengths) + 0.5 * len(items)
