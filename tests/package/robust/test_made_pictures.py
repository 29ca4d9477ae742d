"""Pictures made for training: digits of strokes and prints, and what is no digit."""

import inspect

import numpy as np
import pytest
from recorded import compare, means_and_sums

from dlcourse.errors import InputError
from dlcourse.robust import not_digits, printed_text, strokes, synthetic_digits, unseen_pictures


def test_a_pen_draws_a_line_as_wide_as_asked():
    ink = strokes.draw([np.array([[0.5, 0.0], [0.5, 1.0]])], width=0.2, size=100, margin=0.1)
    assert ink.shape == (100, 100)
    assert ink[50].sum() == pytest.approx(0.2 * 80, abs=1)
    assert ink[:, :30].max() == 0


MAKERS = ("printed_digits", "drawn_digits", "digits_of_displays_and_signs")


@pytest.mark.parametrize("make", MAKERS)
def test_digits_are_in_the_form_of_mnist(make):
    X, y = getattr(synthetic_digits, make)(60, rng=np.random.default_rng(1))
    assert X.shape == (60, 28, 28)
    assert X.dtype == np.uint8
    assert set(y) == set(range(10))
    boxes = [np.argwhere(x > 60) for x in X]
    assert all(18 <= np.ptp(box, axis=0).max() + 1 <= 21 for box in boxes)


@pytest.mark.parametrize("category", ["silhouettes", "leaves", "bodies", "mirrored signs"])
def test_no_upright_bar_is_called_none(category):
    for picture in not_digits.not_digits(40, rng=np.random.default_rng(6), category=category):
        rows, columns = np.nonzero(picture > 80)
        assert not rows.size or np.ptp(rows) < 12 or np.ptp(columns) > 0.4 * np.ptp(rows)


def test_training_has_none_of_the_signs_that_measure_it():
    rng = np.random.default_rng(0)
    assert len(set(not_digits.SIGNS)) == len(not_digits.SIGNS) > 400
    measured = inspect.getsource(unseen_pictures._sign)
    signs = {c for c in measured if ord(c) > 0x2190}
    assert len(signs) > 30
    assert not signs & set(not_digits.SIGNS)
    face = printed_text.font("DejaVuSans")
    for sign in rng.choice(list(not_digits.SIGNS), 60, replace=False):
        # No sign is only the box that stands for a missing one.
        ink, missing = (printed_text.printed(text, face) for text in (str(sign), "\U0010fffe"))
        assert ink.shape != missing.shape or np.abs(ink - missing).max() > 0.5


def test_an_unknown_category_is_named():
    with pytest.raises(InputError, match="category"):
        not_digits.not_digits(1, rng=np.random.default_rng(0), category="elephants")


def test_every_kind_is_drawn_as_recorded():
    """Of each category some pictures from a seed: their mean and a sum over their pixels.

    There are enough of displays and signs, and drawn ones, for every way in which a digit stands.
    """
    digits = {
        "drawn": synthetic_digits.drawn_digits(250, rng=np.random.default_rng(3)),
        "printed": synthetic_digits.printed_digits(8, rng=np.random.default_rng(3)),
        "shown": synthetic_digits.digits_of_displays_and_signs(250, rng=np.random.default_rng(3)),
    }
    made = {name: X for name, (X, _) in digits.items()}
    made["spoilt"] = not_digits.spoilt_digits(digits["drawn"][0], 12, rng=np.random.default_rng(3))
    made["mixed"] = not_digits.not_digits(48, rng=np.random.default_rng(3))
    for category in not_digits.NOT_DIGITS:
        made[category] = not_digits.not_digits(8, rng=np.random.default_rng(3), category=category)
    rows = {f"{name}: digits": y for name, (_, y) in digits.items()}
    rows |= {name: means_and_sums(X, white=255) for name, X in made.items()}
    compare("made_pictures", rows, tolerance=2e-2)
