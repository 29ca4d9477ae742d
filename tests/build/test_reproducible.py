"""Two cold builds give the same site, byte for byte.

Here for the welcome page and one light chapter, in two folders of different names. The
whole book is compared with `DLCOURSE_WHOLE_BOOK=1 pytest tests/build/test_reproducible.py`,
which trains every network twice. Pages of chapters that measure time
(`measures_time: true` in their front matter) and the page of execution times differ, and
what carries their text with them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_book import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = bool(os.environ.get("DLCOURSE_WHOLE_BOOK"))
LIGHT = (
    "format: jb-book\nroot: index\nchapters:\n"
    "  - file: chapters/neurons\n  - file: appendix/glossary\n"
)
#: Beside the sources, what a build of the book reads.
SHARED = (
    "src", "requirements.lock", "pyproject.toml", "package.json", "package-lock.json",
    "node_modules", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff",
)  # fmt: skip


def copy_of_the_book(root: Path) -> Path:
    """Put the book into a folder of its own, with no outputs stored."""
    book = root / "book"
    shutil.copytree(REPOSITORY / "book", book, ignore=shutil.ignore_patterns("_build"))
    for name in SHARED:
        if (REPOSITORY / name).exists():
            (root / name).symlink_to((REPOSITORY / name).resolve())
    if not WHOLE:
        (book / "_toc.yml").write_text(LIGHT, encoding="utf-8")
        (book / "schedule.yml").unlink()  # it names chapters that are left out here
    return book


def build(book: Path, *more: str) -> Path:
    """Build a book; give the site."""
    out = book / "_build" / "html"
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY / "src"),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1767225600",
        "DLCOURSE_CACHE": str(book.parent / "cache"),  # nothing that another build has executed
    }
    doctrees = str(out.parent / ".doctrees")
    options = ["-q", "-j", "2", "-b", "html", "-d", doctrees]
    command = [sys.executable, "-m", "sphinx", *options, *more, str(book), str(out)]
    result = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr
    return out


def measures_time() -> set[str]:
    """Return the pages that say of themselves that they measure time."""
    pages = (REPOSITORY / "book" / "chapters").glob("*.md")
    return {
        page.stem
        for page in pages
        if re.search(r"^\s+measures_time: true$", page.read_text(encoding="utf-8"), re.MULTILINE)
    }


def comparable(site: Path) -> dict[str, bytes]:
    """Return every file of a site that must not differ."""
    timed = measures_time() | {"execution-times"}
    # .buildinfo is Sphinx's memory of its configuration, in which paths stand.
    carries = {".buildinfo", *(["searchindex.js", "course.pdf"] if WHOLE else [])}
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
        and not (timed & {part.split(".")[0] for part in path.relative_to(site).parts})
        and path.name not in carries
        and path.relative_to(site).as_posix() != "executions/index.json"  # it has the seconds
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Two cold builds in two places."""
    places = [tmp_path_factory.mktemp(name) for name in ("one", "another")]
    return [comparable(build(copy_of_the_book(place))) for place in places]


def test_the_same_files(sites):
    """Neither build has a file that the other lacks."""
    first, second = sites
    assert "index.html" in first
    assert sorted(first) == sorted(second)


def test_the_same_bytes(sites):
    """And each file is the same."""
    first, second = sites
    assert [name for name in first if first[name] != second[name]] == []


def test_no_place_of_this_machine_is_published(sites):
    """A path of the build's folder in a page would differ elsewhere."""
    first, _ = sites
    leaks = [
        n for n, text in first.items() if b"/pytest-of-" in text or os.fsencode(REPOSITORY) in text
    ]
    assert leaks == []


def test_a_page_built_anew_alone_is_as_in_a_whole_build(tmp_path):
    """What the other pages left behind serves the search, the style sheet and all the rest."""
    book = copy_of_the_book(tmp_path)
    build(book)
    page = book / "chapters" / "neurons.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nOne more xylophone.\n", encoding="utf-8")
    alone = comparable(build(book))
    assert b"xylophone" in alone["chapters/neurons.html"]
    whole = comparable(build(book, "-E", "-a"))
    assert [name for name in whole if whole[name] != alone.get(name)] == []
    assert sorted(whole) == sorted(alone)
