"""What the tests of the extension share."""

import pytest
from _publishing.build_cache import remove_unused
from tiny_book import NOTEBOOK_HEADER


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Where an empty cache keeps what the build makes."""
    monkeypatch.setenv("DLCOURSE_CACHE", str(tmp_path))
    remove_unused.cache_clear()
    return tmp_path / "made"


@pytest.fixture(scope="session")
def notebook_header():
    return NOTEBOOK_HEADER
