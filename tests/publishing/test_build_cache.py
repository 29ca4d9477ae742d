"""The cache gives back what was made by the same recipe, whole, or has it made again."""

import os
import time

import pytest
from _publishing.build_cache import UNUSED, keep, recall, remembered, remove_unused


@pytest.mark.usefixtures("cache")
def test_it_is_made_once():
    made = []
    for _ in range(3):
        assert remembered(b"recipe", lambda: made.append(1) or b"content") == b"content"
    assert len(made) == 1
    assert recall(b"another recipe") is None


def test_what_was_damaged_is_made_again(cache):
    remembered(b"recipe", lambda: b"content")
    (path,) = cache.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert recall(b"recipe") is None
    assert remembered(b"recipe", lambda: b"made again") == b"made again"


def test_a_cache_that_cannot_be_written_costs_time_alone(cache):
    cache.write_text("a file where the folder should be")
    assert remembered(b"recipe", lambda: b"content") == b"content"
    assert recall(b"recipe") is None


def test_what_no_build_has_used_for_long_goes(cache):
    keep(b"old", b"1")
    keep(b"in use", b"2")
    for path in cache.iterdir():
        os.utime(path, (0, time.time() - UNUSED - 60))
    assert recall(b"in use") == b"2"
    remove_unused.cache_clear()
    keep(b"new", b"3")
    assert recall(b"old") is None
    assert recall(b"in use") == b"2"
