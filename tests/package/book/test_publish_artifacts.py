"""What leaves a cell for the site: the same bytes for the same value, and nothing else."""

import base64
import hashlib
import json

import numpy as np
import pytest

from dlcourse.book import publish_artifacts
from dlcourse.errors import InputError


def test_a_bundle_carries_the_bytes_and_their_sum():
    output = publish_artifacts.as_output("plain.bin", b"abc", media_type="a/b")
    carried = output[publish_artifacts.MIME_TYPE]
    assert (carried["name"], carried["media_type"]) == ("plain.bin", "a/b")
    assert base64.b64decode(carried["base64"]) == b"abc"
    assert carried["sha256"] == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize(("n", "size"), [(999, "999 bytes"), (1000, "1 kB"), (2_600, "3 kB")])
def test_the_quiet_line_says_how_much(n, size):
    output = publish_artifacts.as_output("a.bin", bytes(n), media_type="a/b")
    assert output["text/plain"] == f"a.bin ({size}) goes to the figures of the site."


@pytest.mark.parametrize("name", ["A.bin", "a", "-a.bin", "a/b.bin", "a.bin\n", "", None])
def test_a_name_that_is_no_file_of_the_site_is_refused(name):
    with pytest.raises(InputError, match="`name` must be lower-case"):
        publish_artifacts.publish(name, b"abc")


@pytest.mark.parametrize("data", [b"", "abc", None])
def test_only_some_bytes_are_published(data):
    with pytest.raises(InputError, match="`data` must be bytes, at least one"):
        publish_artifacts.publish("a.bin", data)


def test_json_is_compact_sorted_and_knows_arrays():
    value = {"b": np.arange(2), "a": [np.float32(0.5), "ü"]}
    assert publish_artifacts._json(value) == b'{"a":[0.5,"\\u00fc"],"b":[0,1]}'
    assert json.loads(publish_artifacts._json(np.eye(2))) == [[1, 0], [0, 1]]


@pytest.mark.parametrize("value", [float("nan"), {"a": [np.inf]}, {1, 2}, object(), {(1, 2): 3}])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(InputError, match="`value` must be finite numbers"):
        publish_artifacts.publish_json("a.json", value)


def test_a_list_within_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(InputError, match="`value`"):
        publish_artifacts.publish_json("a.json", endless)
