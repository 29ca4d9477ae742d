"""The examples in the extension's docstrings say what the functions do."""

import doctest

import pytest
from _publishing import console
from _publishing.execution import clean_outputs
from _publishing.page import search_results


@pytest.mark.parametrize("module", [console, clean_outputs, search_results])
def test_examples_in_docstrings(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
