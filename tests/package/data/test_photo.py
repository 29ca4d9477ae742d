"""The photograph."""

import io

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

from dlcourse.data.photo import photo, png
from dlcourse.errors import InputError


def test_photo_is_grey_and_half_as_large():
    grey = photo()
    assert grey.shape == (213, 320)
    assert 0 <= grey.min() < 0.1
    assert 0.9 < grey.max() <= 1
    red, green, blue = load_sample_image("china.jpg")[10:12, 14:16].mean(axis=(0, 1)) / 255
    assert grey[5, 7] == pytest.approx(0.299 * red + 0.587 * green + 0.114 * blue)


def test_fewer_shades_make_a_smaller_file():
    picture = photo()
    full, few = png(picture, width=240), png(picture, width=240, shades=64)
    assert len(few) < 0.85 * len(full)
    with Image.open(io.BytesIO(full)) as a, Image.open(io.BytesIO(few)) as b:
        grey, coarse = np.asarray(a, int), np.asarray(b, int)
    assert len(np.unique(coarse)) <= 64
    assert np.abs(grey - coarse).max() <= 3
    with pytest.raises(InputError, match="`shades` must be a whole number from 2 to 256: got 1"):
        png(picture, shades=1)


def test_greys_are_rounded_to_the_nearest_byte():
    greys = [-0.2, 0, 0.4 / 255, 0.6 / 255, 0.5, 254.6 / 255, 1, 1.7]
    with Image.open(io.BytesIO(png([greys]))) as image:
        assert list(np.asarray(image)[0]) == [0, 0, 0, 1, 128, 255, 255, 255]
