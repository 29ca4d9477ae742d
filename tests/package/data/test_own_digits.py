"""Our ten pictures: nine digits and a dog, each in two sizes, with their licence."""

import pytest
from PIL import Image

from dlcourse.data import own_digits
from dlcourse.errors import InputError


def test_our_pictures_are_nine_digits_and_a_dog():
    X, y = own_digits.load_small()
    assert X.shape == (10, 28, 28)
    assert y[-1] is None
    assert len(set(y[:9])) == 9
    with pytest.raises(InputError, match="cat"):
        own_digits.path("cat")


def test_an_original_is_large_and_names_its_licence():
    for picture in own_digits.PICTURES:
        with Image.open(own_digits.path(picture.name)) as image:
            assert image.size == (448, 448)
            assert image.info["comment"] == b"CC BY 4.0, dlcourse"
