"""Read the instructors' notes, for the list ``{chapter-notes}`` and the decks' speaker notes."""

from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from _publishing.source.chapter_names import CHAPTERS

NOTES = "instructors/notes.yml"
#: What each chapter's entry holds, and what it is called.
PARTS = {"wrong": "What goes wrong", "board": "On the board, beforehand", "ask": "Ask"}


def read_notes(srcdir: Path) -> dict[str, dict[str, str]]:
    """Return the notes of each chapter by its topic; an absent file has none."""
    path = srcdir / NOTES
    if not path.exists():
        return {}
    notes = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for topic, parts in notes.items():
        got = list(parts) if isinstance(parts, dict) else [repr(parts)]
        if set(got) != set(PARTS):
            raise ExtensionError(
                f"{NOTES}, {topic}: expected {', '.join(PARTS)}; got {', '.join(got)}."
            )
    return {topic: {part: str(words) for part, words in of.items()} for topic, of in notes.items()}


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
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-notes", ChapterNotes)
