"""Our ten pictures are those that our code draws."""

import numpy as np
import pytest
from PIL import Image

from dlcourse.data import own_digits
from dlcourse.errors import InputError
from dlcourse.robust import draw_shipped_own_digits as make

NAMES = [picture.name for picture in own_digits.PICTURES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All twenty files, drawn anew."""
    folder = tmp_path_factory.mktemp("pictures")
    make.main(folder)
    return folder


def difference(folder, shipped):
    """How far apart two pictures are in a scale of 0 to 255, for each pixel."""
    with Image.open(folder / shipped.name) as new, Image.open(shipped) as old:
        assert (new.size, new.mode) == (old.size, old.mode)
        return np.abs(np.asarray(new, dtype=float) - np.asarray(old, dtype=float))


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_drawn_again_with_their_licence(name, folder):
    apart = difference(folder, own_digits.path(name))
    assert apart.mean() < 0.1, "JPEG's own rounding is far less"
    assert apart.max() <= 16
    assert difference(folder, own_digits.path(name, small=True)).max() <= 1
    for path in (own_digits.path(name), folder / f"{name}.jpg"):
        with Image.open(path) as image:
            assert image.info["comment"] == b"CC BY 4.0, dlcourse"


def test_nothing_else_is_drawn(folder):
    shipped = {own_digits.path(name, small=small).name for name in NAMES for small in (False, True)}
    assert {path.name for path in folder.iterdir()} == shipped
    assert [drawer.__name__ for drawer in make.DRAWERS] == NAMES


def test_our_pictures_are_nine_digits_and_a_dog():
    X, y = own_digits.load_small()
    assert X.shape == (10, 28, 28)
    assert y[-1] is None
    assert len(set(y[:9])) == 9
    with pytest.raises(InputError, match="cat"):
        own_digits.path("cat")
