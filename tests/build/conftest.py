"""A book that is served."""

import pytest
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
