"""The photograph."""

import pytest
from sklearn.datasets import load_sample_image

from dlcourse.data.photo import photo


def test_photo_is_grey_and_half_as_large():
    grey = photo()
    assert grey.shape == (213, 320)
    assert 0 <= grey.min() < 0.1
    assert 0.9 < grey.max() <= 1
    red, green, blue = load_sample_image("china.jpg")[10:12, 14:16].mean(axis=(0, 1)) / 255
    assert grey[5, 7] == pytest.approx(0.299 * red + 0.587 * green + 0.114 * blue)
