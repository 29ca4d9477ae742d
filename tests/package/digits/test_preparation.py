"""The ink is found, whatever its polarity, paper, light and frame; the form is MNIST's."""

from pathlib import Path

import numpy as np
import pytest
from kept import compare, number, weighed
from scipy import ndimage

from dlcourse.data import own_digits
from dlcourse.digits import load_picture, mnist_form, preparation
from dlcourse.errors import InputError
from dlcourse.robust import strokes


def drawn(digit, *, size=200, width=0.1, way=0):
    paths = strokes.write(
        strokes.DIGITS[digit][way], rng=np.random.default_rng(0), wobble=0, slant=0
    )
    return strokes.draw(paths, width=width, size=size, margin=0.25)


def same_shape(picture, ink):
    """How well two pictures in MNIST's form agree, up to a pixel's shift: 1 is perfect."""
    expected = mnist_form.to_mnist_form(ink)
    shifts = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return max(
        np.corrcoef(np.roll(picture, shift, (0, 1)).ravel(), expected.ravel())[0, 1]
        for shift in shifts
    )


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("inverted", [False, True])
def test_polarity_does_not_matter(digit, inverted):
    ink = drawn(digit)
    prepared = preparation.prepare(1 - ink if inverted else ink)
    assert prepared.dark_ink == inverted
    assert prepared.n_signs == 1
    assert same_shape(prepared.picture, ink) > (0.92 if digit == 9 else 0.95)  # 9: a column wider


def test_the_form_is_that_of_mnist():
    prepared = preparation.prepare(np.roll(1 - 0.3 * drawn(4), (40, -30), (0, 1)))
    assert prepared.picture.shape == (28, 28)
    assert max(prepared.fitted.shape) == 20
    middle = ndimage.center_of_mass(prepared.picture)
    np.testing.assert_allclose(middle, 13.5, atol=0.51)
    assert prepared.picture.max() > 0.9
    assert prepared.picture.min() == 0


def test_every_step_is_kept():
    prepared = preparation.prepare(1 - drawn(3))
    for step in (prepared.grey, prepared.even, prepared.mask):
        assert max(step.shape) == preparation.WORKING_SIDE
    assert prepared.ink.min() >= 0
    assert prepared.ink.max() <= 1
    assert prepared.contrast == pytest.approx(1, abs=0.1)
    assert prepared.untidiness < 0.1


def test_faint_pencil_is_thickened():
    ink = drawn(2, width=0.012, size=400)
    rng = np.random.default_rng(1)
    page = (0.93 - 0.15 * ink + rng.normal(0, 0.01, ink.shape)).clip(0, 1)
    prepared = preparation.prepare(page)
    assert prepared.contrast < 0.3
    assert same_shape(prepared.picture, drawn(2, width=0.1)) > 0.8


def test_a_shadow_is_evened():
    v, u = np.mgrid[-1:1:200j, -1:1:200j]
    ink = drawn(6)
    light = 0.9 - 0.3 * (u + 0.5 * v)
    shadow = 1 / (1 + np.exp(-(u + v) / 0.2))
    page = ((0.95 - 0.85 * ink) * light * (1 - 0.4 * shadow)).clip(0, 1)
    assert same_shape(preparation.prepare(page).picture, ink) > 0.9


@pytest.mark.parametrize("dark", [True, False])
def test_a_framed_plate_on_a_wall_gives_the_digit(dark):
    v, u = np.mgrid[-1:1:200j, -1:1:200j]
    box = np.maximum(np.abs(u), np.abs(v))
    ink = drawn(7, width=0.14)
    page = np.full(u.shape, 0.45)
    page[box < 0.8] = 0.95 if dark else 0.05
    line = (box < 0.72) & (box > 0.66)
    page = np.where((ink > 0.5) | line, 0.1 if dark else 0.9, page)
    assert same_shape(preparation.prepare(page).picture, ink) > 0.9


def test_the_hole_of_a_zero_is_not_the_digit():
    ink = drawn(0, width=0.2)
    first, *_ = preparation.candidates(1 - ink)
    assert first.dark_ink
    assert same_shape(first.picture, ink) > 0.95


@pytest.mark.parametrize(
    "page",
    [
        np.full((50, 60), 0.8),
        np.clip(np.random.default_rng(0).normal(0.8, 0.01, (90, 90)), 0, 1),
        np.linspace(0.3, 0.9, 100)[:, None] * np.ones((1, 120)),
        np.ones((1, 1)),
        np.zeros((1, 500)),
    ],
    ids=["flat", "noise", "gradient", "one pixel", "one row"],
)
def test_blank_paper_is_called_blank(page):
    assert preparation.candidates(page) == ()
    with pytest.raises(InputError, match="blank"):
        preparation.prepare(page)


def test_two_digits_are_counted():
    page = 1 - np.hstack([drawn(1)[:, 50:150], drawn(8)[:, 50:150]])
    assert preparation.prepare(page).n_signs == 2


def test_a_digit_in_two_strokes_is_one_sign():
    assert preparation.prepare(1 - drawn(5, way=0)).n_signs == 1
    broken = drawn(5, way=0)
    broken[68:74] = 0  # a gap between the bar and the belly
    assert preparation.prepare(1 - broken).n_signs == 1


@pytest.mark.parametrize(
    ("bad", "match"),
    [
        (np.zeros((2, 3, 4)), "shape"),
        (np.zeros((0, 3)), "shape"),
        (np.full((9, 9), 255.0), "0 to 1"),
        (np.full((9, 9), np.inf), "finite"),
        ([["a"]], "numbers"),
    ],
)
def test_what_is_no_picture_is_refused(bad, match):
    with pytest.raises(InputError, match=match):
        preparation.candidates(bad)


def test_any_shape_gives_candidates_or_none():
    rng = np.random.default_rng(2)
    for shape in [(1, 1), (2, 300), (300, 2), (8, 8), (28, 28), (31, 457)]:
        for page in (rng.uniform(size=shape), (rng.uniform(size=shape) > 0.5) * 1.0):
            for candidate in preparation.candidates(page):
                assert candidate.picture.shape == (28, 28)
                assert np.isfinite(candidate.picture).all()


def test_otsu_splits_two_kinds():
    values = np.concatenate([np.full(90, 0.2), np.full(10, 0.7)])
    assert 0.2 < preparation.otsu(values) <= 0.7


def test_fit_keeps_the_shape():
    assert mnist_form.fit(np.ones((50, 25))).shape == (20, 10)
    assert mnist_form.fit(np.ones((2, 4))).shape == (10, 20)
    assert mnist_form.fit(np.pad(np.ones((9, 3)), 4)).shape == (20, 7)


@pytest.mark.parametrize("function", [mnist_form.crop, mnist_form.fit, mnist_form.centre])
def test_blank_ink_is_refused(function):
    with pytest.raises(InputError):
        function(np.zeros((9, 9)))


def test_ink_larger_than_the_form_is_refused():
    with pytest.raises(InputError, match="at most 28"):
        mnist_form.centre(np.ones((29, 3)))


def bar():
    """Draw a bar of 21 by 5 pixels."""
    mask = np.zeros((60, 60), bool)
    mask[20:41, 30:35] = True
    return mask


def spotted(*places):
    """How untidy the bar is when single pixels of the paper are as dark as ink."""
    even = bar().astype(float)
    for row, column in places:
        even[row, column] = 1
    return preparation.untidiness(even, bar())


def test_untidiness_looks_at_a_box_around_the_marks():
    """The box is larger by 2 pixels and a tenth of the marks' size: here 4 to each side."""
    within = [(16, 32), (44, 32), (30, 26), (30, 38)]
    outside = [(15, 32), (45, 32), (30, 25), (30, 39)]
    assert all(spotted(place) == pytest.approx(spotted(), abs=1e-12) for place in outside)
    assert all(abs(spotted(place) - spotted()) > 1e-3 for place in within)


@pytest.mark.parametrize("blur", preparation.LENSES)
def test_ink_seen_through_a_lens_is_tidy(blur):
    """Blurred ink is its own mask, blurred, in two shades, whatever these are."""
    even = 0.3 + 0.2 * ndimage.gaussian_filter(bar().astype(float), blur)
    assert preparation.untidiness(even, bar()) == pytest.approx(0, abs=1e-9)


def test_untidiness_is_what_a_line_leaves_unexplained():
    """NumPy's own least squares, over the bar's box, for the blur that explains more."""
    rng = np.random.default_rng(4)
    even = bar() + rng.normal(0, 0.3, (60, 60))
    left = []
    for blur in preparation.LENSES:
        model = ndimage.gaussian_filter(bar().astype(float), blur)[16:45, 26:39].ravel()
        slope, intercept = np.polyfit(model, even[16:45, 26:39].ravel(), 1)
        rest = even[16:45, 26:39].ravel() - slope * model - intercept
        left.append(rest.std() / slope)
    assert preparation.untidiness(even, bar()) == pytest.approx(min(left))
    assert preparation.untidiness(-even, bar()) == 1  # brighter where the ink should be darker


def test_every_step_is_as_recorded():
    """For each of our pictures and each reading: its judgements and a sum over each step."""
    lines = []
    for own in own_digits.PICTURES:
        for found in preparation.candidates(load_picture.load_grey(own_digits.path(own.name))):
            judged = (found.contrast, found.untidiness, found.plausibility)
            steps = (found.grey, found.even, found.mask, found.ink, found.fitted, found.picture)
            lines.append(
                f"{own.name}: {'dark' if found.dark_ink else 'light'} ink, {found.n_signs} signs, "
                f"contrast, untidiness, plausibility {', '.join(map(number, judged))}; steps "
                + ", ".join(number(weighed(step)) for step in steps)
            )
    compare(Path(__file__).with_name("recorded") / "digits.txt", lines, tolerance=1e-2)


@pytest.mark.parametrize("step", [mnist_form.crop, mnist_form.fit, mnist_form.centre])
def test_each_step_to_mnists_form_gives_what_a_network_takes(step):
    assert step(np.ones((4, 3))).dtype == np.float32


def cloud(width):
    """A dark spot that fades into the paper, the wider the softer."""
    rows, columns = np.mgrid[-112:112, -112:112]
    return 1 - 0.8 * np.exp(-((rows / width) ** 2 + (2.2 * columns / width) ** 2) / 2)


@pytest.mark.parametrize("width", [55, 60, 65, 70])
def test_a_shadow_has_no_edge_and_is_no_ink(width):
    assert not any(found.dark_ink for found in preparation.candidates(cloud(width)))


@pytest.mark.parametrize("width", [10, 30])
def test_a_blurred_stroke_is_ink(width):
    assert preparation.prepare(cloud(width)).dark_ink


@pytest.mark.parametrize("values", [[0, 0, 0, 1], [0, 1, 1, 1]])
def test_one_value_apart_is_a_kind_of_its_own(values):
    assert 0 < preparation.otsu(np.array(values, float)) < 1
