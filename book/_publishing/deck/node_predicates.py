"""What `slides_from_doctree` asks of a node: whether it is seen, is prose, closes a chapter.

Where a Markdown cell has words for its slide alone (`{slide-only}`), its prose is left off the
slide; pictures, figures and predictions stay. A closing section is a slide without being marked;
with words of its own it shows only these.
"""

import re

from docutils import nodes

from _publishing.directives.interactive import interactive
from _publishing.directives.predict import predict
from _publishing.directives.slide_only_and_speaker_notes import slide_only
from _publishing.invisible_nodes import is_invisible
from _publishing.source.slide_metadata import slide_marker

CLOSING = {"Summary", "Further reading"}


def closes(section: nodes.section) -> bool:
    """Whether a section closes a chapter, and is a slide as it stands."""
    title = next(iter(section.findall(nodes.title)), None)
    return title is not None and title.astext() in CLOSING


def shows(node: nodes.Element) -> bool:
    """Whether a node is something to see.

    A title is shown as the slide's heading, and a rule parts what slides part anyway.
    """
    if isinstance(node, nodes.raw):
        return bool(re.sub(r"<!--.*?-->", "", node.astext(), flags=re.DOTALL).strip())
    unseen = (nodes.title, nodes.Invisible, nodes.transition)
    return not (isinstance(node, unseen) or is_invisible(node))


def has_own_words(section: nodes.Element) -> bool:
    """Whether a section has words for its slide alone."""
    return next(iter(section.findall(slide_only)), None) is not None


def own_words_follow(marker: nodes.Element) -> bool:
    """Whether the Markdown cell that begins at a marker has its own words for the slide."""
    for node in marker.findall(include_self=False, ascend=True):
        if isinstance(node, (slide_marker, slide_only)):
            return isinstance(node, slide_only)
    return False


def is_prose(node: nodes.Element) -> bool:
    """Whether a node is words alone: no picture, no figure, no prediction."""
    return not any(isinstance(part, (interactive, predict, nodes.image)) for part in node.findall())
