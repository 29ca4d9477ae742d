"""Every promise of the workshop has its place in the book."""

import re
from pathlib import Path

import pytest
import yaml
from tiny_book import BOOK

PROMISES = yaml.safe_load((BOOK / "promises.yml").read_text())
PLACES = [
    (section, promise, place)
    for section, promises in PROMISES.items()
    for promise, place in promises.items()
]


def labels(text):
    """All that a page can be linked to by: targets, and names or labels of directives and cells."""
    targets = re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE)
    named = re.findall(r"^\s*:?(?:name|label): +([\w-]+)\s*$", text, re.MULTILINE)
    return set(targets) | set(named)


def source(name):
    """The source of a chapter, or of a page of the appendix."""
    paths = [BOOK / folder / f"{name}.md" for folder in ("chapters", "appendix", ".")]
    return next(filter(Path.is_file, paths), paths[0])


@pytest.mark.parametrize(("section", "promise", "place"), PLACES, ids=[p[1][:60] for p in PLACES])
def test_the_promise_is_kept_somewhere(section, promise, place):
    chapter, _, label = place.partition("#")
    assert source(chapter).is_file(), f"no chapter {chapter!r}"
    assert label in labels(source(chapter).read_text()), f"{chapter} has no label {label!r}"
    toc = (BOOK / "_toc.yml").read_text()
    assert re.search(rf"file: (\w+/)?{re.escape(chapter)}$", toc, re.MULTILINE), "not in the book"


def test_each_correction_is_labelled_once():
    seen = [
        label
        for path in BOOK.glob("*/*.md")
        for label in re.findall(r"^\((put-right-\d+)\)=$", path.read_text(), re.MULTILINE)
    ]
    assert sorted(seen) == sorted(set(seen))
    assert {int(label.rpartition("-")[2]) for label in seen} <= set(range(1, 20))
