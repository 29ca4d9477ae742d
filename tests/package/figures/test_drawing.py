"""Diagrams: what is drawn, what the words say, that they are the same each time."""

import re

import numpy as np
import pytest
from refusals import refusals

from dlcourse.convolution import correlate2d
from dlcourse.figures import drawing
from dlcourse.figures.alt_text import alt_of
from dlcourse.figures.rendering import svg
from dlcourse.figures.style import DARK, DARK_TWINS, LABEL_SIZE, LIGHT, PALETTE, WIDE
from dlcourse.figures.wording import listing

GRID = np.arange(16).reshape(4, 4)
#: How each is drawn, and some of the words for it.
DRAWINGS = {
    **{name: (getattr(drawing, name), "") for name in drawing.__all__},
    "augmentation_chain": (lambda: drawing.augmentation_chain(np.eye(28)), "and 5 copies of it"),
    "data_pipeline": (
        lambda: drawing.data_pipeline({"batch": "groups\nof 128", "fit": "train"}),
        "batch (groups of 128) and fit (train)",
    ),
    "deep_filter": (lambda: drawing.deep_filter(np.ones((2, 4, 4)), np.ones((2, 3, 3))), ""),
    "kernel_at": (lambda: drawing.kernel_at(GRID, np.eye(3), row=1, column=1), "sum is 15."),
    "max_pooling": (lambda: drawing.max_pooling(GRID), "picture of 5, 7, 13 and 15"),
    "network": (lambda: drawing.network([4, 10, 3]), "4 inputs, 10 hidden neurons and 3 outputs"),
    "padding_modes": (drawing.padding_modes, "first row reads 1, 1, 2, 3 and 3"),
}


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize(("draw", "words"), DRAWINGS.values(), ids=DRAWINGS)
def test_every_drawing_has_words_follows_the_theme_and_can_be_read_from_afar(draw, words):
    figure = draw().figure
    assert words in alt_of(figure)
    assert len(alt_of(figure).split()) >= 15
    drawn = svg(figure)
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawn.split("</style>", 1)[1]))
    assert colours <= {*DARK_TWINS, *PALETTE, LIGHT, DARK}
    assert figure.get_figwidth() <= WIDE
    sizes = [t.get_fontsize() for a in figure.axes for t in a.texts if t.get_text()]
    assert min(sizes, default=LABEL_SIZE) >= LABEL_SIZE
    assert svg(draw().figure) == drawn, "another each time"


def test_a_large_layer_is_drawn_with_dots_which_have_a_neurons_place_to_themselves():
    axes = drawing.network([4, 10])
    assert "⋮" in texts(axes)
    heights = sorted((p.center[1] for p in axes.patches if p.center[0] > 2), reverse=True)
    gaps = -np.diff(heights)
    np.testing.assert_allclose(gaps, gaps[0] * np.array([1, 1, 1, 2]))


def test_sizes_may_be_whole_floats():
    assert "2 inputs and 1 output" in alt_of(drawing.network([2.0, 1]).figure)


def test_network_writes_names_values_gradients_and_weights():
    axes = drawing.network(
        [2, 1],
        values=[[0.5, 0.1], [0.37]],
        gradients=[[0.1, 0.2], [-0.63]],
        weights=[[[1.5], [-2]]],
        inputs=["length", "width"],
        outputs=["dog"],
    )
    assert {"length", "width"} <= set(texts(axes))
    assert {"0.50", "0.37", "−0.630", "1.50", "−2.00", "dog"} <= set(texts(axes))
    assert "Gradients layer by layer: 0.1 and 0.2; -0.63." in alt_of(axes)
    assert "Weights layer by layer: 1.5 and -2." in alt_of(axes)


def test_kernel_inside_shows_products_and_sum():
    sharpen = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    axes = drawing.kernel_at(GRID, sharpen, row=1, column=2)
    expected = (GRID[0:3, 1:4] * sharpen).sum()
    assert f"sum = {expected}" in texts(axes)
    assert "6 \N{MULTIPLICATION SIGN} 5" in texts(axes)
    assert f"Their sum is {expected}" in alt_of(axes)
    words = texts(axes)  # the result is filled up to this pixel
    assert words[words.index("result") + 1 :][:2] == ["5", f"{expected}"]


@pytest.mark.parametrize(("row", "column", "missing"), [(0, 0, 5), (0, 1, 3), (3, 3, 5)])
def test_kernel_at_the_edge_has_no_sum(row, column, missing):
    axes = drawing.kernel_at(np.ones((4, 4)), np.ones((3, 3)), row=row, column=column)
    assert texts(axes).count("?") == missing
    assert "sum = ?" in texts(axes)
    assert f"{missing} of its 9 pixels are missing" in alt_of(axes)


def test_a_deep_filter_adds_up_the_products_of_all_its_slices():
    rng = np.random.default_rng(0)
    maps, weights = rng.integers(0, 3, (2, 4, 4)), rng.integers(-1, 2, (2, 3, 3))
    axes = drawing.deep_filter(maps, weights, bias=-2)
    answers = sum(correlate2d(one, part) for one, part in zip(maps, weights, strict=True)) - 2
    assert texts(axes)[-1].endswith(f"= {answers[0, 0]:g}".replace("-", "\N{MINUS SIGN}"))
    drawn = np.maximum(0, answers)
    assert f"holds {listing(f'{n:g}' for n in drawn.ravel())}" in alt_of(axes)


def test_padding_with_zero_has_a_rim_of_zeros():
    assert texts(drawing.padding_modes()).count("0") == 16


def test_typical_cnn_has_the_courses_sizes():
    sizes = {"28×28×1", "28×28×16", "14×14×16", "14×14×32", "7×7×32", "1,568", "128", "10"}
    assert sizes <= {*texts(drawing.convolutional_network())}


def test_segmentation_shares_sum_to_the_whole():
    shares = [int(share) for share in re.findall(r"(\d+)%", alt_of(drawing.image_segmentation()))]
    assert len(shares) == 5
    assert abs(sum(shares) - 100) <= 2


def test_augmentation_inverts():
    image = np.zeros((28, 28))
    image[10:18, 10:18] = 1
    *_, inverted = drawing.augmentation_chain(image).child_axes
    np.testing.assert_array_equal(inverted.images[0].get_array(), 1 - image)


test_errors = refusals(
    (lambda: drawing.network([3]), "2 to 6 numbers: got 1"),
    (lambda: drawing.network([2.5, 3]), "`sizes` must be a whole number of at least 1: got 2.5"),
    (lambda: drawing.network([3, 0]), "`sizes` must be a whole number of at least 1: got 0"),
    (lambda: drawing.network([2, 1], values=[[1, 2], [1, 2]]), r"shapes \[\(2,\), \(1,\)\]: got"),
    (lambda: drawing.network([2, 1], inputs=["a", "b", "c"]), "`inputs` must hold 2 names"),
    (lambda: drawing.network([2, 1], outputs=["a", "b"]), "`outputs` must hold 1 names"),
    (lambda: drawing.kernel_at(GRID, np.ones((2, 2))), r"got \(2, 2\) and \(4, 4\)"),
    (lambda: drawing.kernel_at(GRID, np.eye(3), row=4), r"must lie in \(4, 4\): got 4, 0"),
    (lambda: drawing.max_pooling(np.ones((3, 3))), r"must be \(4, 4\)"),
    (lambda: drawing.deep_filter(np.ones((1, 4, 4)), np.ones((2, 3, 3))), r"got \(1, 4, 4\)"),
    (lambda: drawing.data_pipeline(["a"]), "`stages` must be purposes by name: got a list"),
    (lambda: drawing.data_pipeline({}), "`stages` must be purposes by name, at least one"),
    (lambda: drawing.augmentation_chain(255 * np.eye(28)), "0 to 1: got 0 to 255"),
)
