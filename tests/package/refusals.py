"""Tests of what functions refuse, and in which words."""

import pytest

from dlcourse.errors import InputError


def refusals(*cases):
    """Make a test of calls that are refused, each with words that its error says."""

    @pytest.mark.parametrize(("call", "words"), cases)
    def test(call, words):
        with pytest.raises(InputError, match=words):
            call()

    return test
