"""A book that uses what Jupyter Book's users use, built once for a run of the tests."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(scope="session")
def site(build_book):
    """Build the corpus; a warning fails it."""
    paths = [path for path in CORPUS.rglob("*") if path.is_file()]
    files = {path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in paths}
    return build_book(files).html
