"""The instructors' notes on all chapters, as a list: ``{chapter-notes}``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from _publishing.source.chapter_notes import NOTES, PARTS, read_notes
from _publishing.source.toc import CHAPTERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ChapterNotes(SphinxDirective):
    """For each chapter of the book what goes wrong, a plan of the board, and a question."""

    def run(self) -> list[nodes.Node]:
        """Write the notes as Markdown, and parse that."""
        folder = Path(self.env.srcdir)
        self.env.note_dependency(str(folder / NOTES))
        lines: list[str] = []
        for topic, notes in read_notes(folder).items():
            if f"{CHAPTERS}{topic}" not in self.env.found_docs:
                continue
            lines += [f"**{{ref}}`{topic}`**", ""]
            lines += [f"- *{name}.* {notes[part]}" for part, name in PARTS.items()] + [""]
        box = nodes.Element()
        self.state.nested_parse(StringList(lines, source=NOTES), self.content_offset, box)
        return box.children


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-notes", ChapterNotes)
