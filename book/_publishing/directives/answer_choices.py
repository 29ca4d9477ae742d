"""Read, show and judge answers to choose from: what `quiz` and `predict` share."""

import re
from dataclasses import dataclass
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from _publishing.directives.register_nodes_and_scripts import add_nodes

LOGGER = getLogger(__name__)
OPTION = re.compile(r"- \[([ xX])\]\s+(.*)")
REASON = re.compile(r"\s+(?:—|--)\s+")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Option:
    """One answer to choose from, with the line it stands on."""

    right: bool
    text: str
    line: int

    @property
    def parts(self) -> tuple[str, str]:
        """What to choose, and why it is right or wrong."""
        choice, *reason = REASON.split(self.text, maxsplit=1)
        return choice.strip(), "".join(reason).strip()


def option(line: str, number: int) -> Option | None:
    """Read a line ``- [x] answer — reason``; None if it is none."""
    match = OPTION.fullmatch(line.strip())
    return Option(match[1] != " ", match[2], number) if match else None


class QuestionDirective(SphinxDirective):
    """A directive whose body is read line by line; lines are counted from 0."""

    has_content = True

    def name_node(self, node: nodes.Element) -> str:
        """Name the directive's node by its ``label``, or by its number on the page; return that."""
        number = self.env.new_serialno(self.name) + 1
        name: str = self.options.get("label") or f"{self.name}-{number}"
        self.options["name"] = name  # which `add_name` takes away
        self.set_source_info(node)
        self.add_name(node)
        return name

    def fill(self, node: nodes.TextElement, text: str, number: int) -> nodes.TextElement:
        """Fill a node with the inline Markdown of a line."""
        children, messages = self.state.inline_text(text.strip(), self._line(number))
        node.extend([*children, *messages])
        node.source, node.line = self.state_machine.document["source"], self._line(number)
        return node

    def warn(self, text: str, number: int) -> None:
        """Say what is wrong with a line."""
        LOGGER.warning(text, location=(self.env.docname, self._line(number)))

    def _line(self, number: int) -> int:
        """Return the line of the file on which a line of the body stands."""
        return self.lineno + self.content_offset + number + 1


class answer_choice(nodes.General, nodes.TextElement):  # noqa: N801
    """One answer to choose: its ``letter``, whether it is ``right``, and the ``group``.

    ``marked`` tells the page's script which one is right: only for a prediction, as the script of
    a quiz finds that in the reasons.
    """


def anchors(node: nodes.Element) -> str:
    """Return an anchor for each further name that a `(target)=` above has given a node."""
    return "".join(f'<span id="{name}"></span>' for name in node["ids"][1:])


def verdict(node: nodes.Element) -> str:
    """Say in words, not by colour alone, whether an answer is right."""
    return "✓ Right." if node["right"] else "✗ Not this one."


def _choice_begins(node: nodes.Element) -> str:
    """Begin an answer to choose on the page: a native control and its label."""
    more = " data-right" if node["right"] and node["marked"] else ""
    return (
        f'<label class="quiz-choice"><input type="radio" name="{escape(node["group"])}"'
        f' value="{node["letter"]}"{more}> <b>{node["letter"]}</b> <span>'
    )


def setup(app: Sphinx) -> None:
    """Register the node."""
    add_nodes(app, {answer_choice: (_choice_begins, "</span></label>\n")})
