"""What leaves a cell for the site: the same bytes for the same value, and nothing else."""

import base64
import hashlib
import io

import numpy as np
import pytest
from PIL import Image

from dlcourse.book import figure_data, grey_png
from dlcourse.data.photo import photo
from dlcourse.errors import InputError


def test_a_bundle_carries_the_bytes_and_their_sum():
    carried = figure_data.as_output("plain.bin", b"abc", media_type="a/b")[figure_data.MIME_TYPE]
    assert (carried["name"], carried["media_type"]) == ("plain.bin", "a/b")
    assert base64.b64decode(carried["base64"]) == b"abc"
    assert carried["sha256"] == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize(("n", "size"), [(999, "999 bytes"), (1000, "1 kB"), (2_600, "3 kB")])
def test_the_quiet_line_says_how_much(n, size):
    output = figure_data.as_output("a.bin", bytes(n), media_type="a/b")
    assert output["text/plain"] == f"a.bin ({size}) goes to the figures of the site."


@pytest.mark.parametrize("name", ["A.bin", "a", "-a.bin", "a/b.bin", "a.bin\n", "", None])
def test_a_name_that_is_no_file_of_the_site_is_refused(name):
    with pytest.raises(InputError, match="`name` must be lower-case"):
        figure_data.publish(name, b"abc")


@pytest.mark.parametrize("data", [b"", "abc", None])
def test_only_some_bytes_are_published(data):
    with pytest.raises(InputError, match="`data` must be bytes, at least one"):
        figure_data.publish("a.bin", data)


def test_json_is_compact_sorted_and_knows_arrays():
    value = {"b": np.eye(2, dtype=int), "a": [np.float32(0.5), "ü"]}
    assert figure_data._json(value) == b'{"a":[0.5,"\\u00fc"],"b":[[1,0],[0,1]]}'


ENDLESS = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    "value", [float("nan"), {"a": [np.inf]}, {1, 2}, object(), {(1, 2): 3}, ENDLESS]
)
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(InputError, match="`value` must be finite numbers"):
        figure_data.publish_json("a.json", value)


def test_fewer_shades_make_a_smaller_file():
    picture = photo()
    full, few = grey_png(picture, width=240), grey_png(picture, width=240, shades=64)
    assert len(few) < 0.85 * len(full)
    with Image.open(io.BytesIO(full)) as a, Image.open(io.BytesIO(few)) as b:
        grey, coarse = np.asarray(a, int), np.asarray(b, int)
    assert len(np.unique(coarse)) <= 64
    assert np.abs(grey - coarse).max() <= 3
    with pytest.raises(InputError, match="`shades` must be a whole number of at least 2: got 1"):
        grey_png(picture, shades=1)
    with pytest.raises(InputError, match=r"`width` must leave .* 10,000 rows: got 500, 10,500"):
        grey_png(np.zeros((21, 1)), width=500)


def test_greys_are_rounded_to_the_nearest_byte():
    greys = [-0.2, 0, 0.4 / 255, 0.6 / 255, 0.5, 254.6 / 255, 1, 1.7]
    with Image.open(io.BytesIO(grey_png([greys]))) as image:
        assert list(np.asarray(image)[0]) == [0, 0, 0, 1, 128, 255, 255, 255]
