"""Instructors are told of every chapter what goes wrong, what to draw and what to ask."""

import pytest
from _publishing.directives.instructors_notes import PARTS, read_notes
from sphinx.errors import ExtensionError
from tiny_book import BOOK, CHAPTERS


def test_every_chapter_has_its_notes():
    notes = read_notes(BOOK)
    assert CHAPTERS
    assert {path.stem for path in CHAPTERS} - set(notes) == set()
    assert all(of["ask"].endswith("?") for of in notes.values())
    assert all(len(words) > 20 for of in notes.values() for words in of.values())


@pytest.mark.parametrize(
    ("parts", "got"), [("{wrong: a, board: b}", "wrong, board"), ("", "None"), ("[a]", r"\['a'\]")]
)
def test_notes_that_lack_a_part_are_named(tmp_path, parts, got):
    assert read_notes(tmp_path) == {}
    (tmp_path / "instructors").mkdir()
    path = tmp_path / "instructors" / "notes.yml"
    path.write_text(f"neurons: {parts}\n", encoding="utf-8")
    with pytest.raises(ExtensionError, match=f"neurons: expected {', '.join(PARTS)}; got {got}."):
        read_notes(tmp_path)
