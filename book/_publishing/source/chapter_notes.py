"""Read the instructors' notes on each chapter from ``instructors/notes.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from pathlib import Path

NOTES = "instructors/notes.yml"
#: What each chapter's entry holds, and what it is called.
PARTS = {"wrong": "What goes wrong", "board": "On the board", "ask": "Ask"}


def read_notes(srcdir: Path) -> dict[str, dict[str, str]]:
    """Return the notes of each chapter by its topic; an absent file has none."""
    path = srcdir / NOTES
    if not path.exists():
        return {}
    notes = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for topic, parts in notes.items():
        if not isinstance(parts, dict) or set(parts) != set(PARTS):
            raise ExtensionError(
                f"{NOTES}, {topic}: expected {', '.join(PARTS)}; got {', '.join(parts)}."
            )
    return {topic: {part: str(words) for part, words in of.items()} for topic, of in notes.items()}
