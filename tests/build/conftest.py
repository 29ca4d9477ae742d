"""Lets the tests of this folder import the small book that they build; a book that is served."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from serving import Server


@pytest.fixture
def checkout(tmp_path):
    """A book of two pages that is not served yet."""
    return Server(tmp_path)


@pytest.fixture
def server(checkout):
    """A book that is served."""
    checkout.start()
    yield checkout
    checkout.stop()
