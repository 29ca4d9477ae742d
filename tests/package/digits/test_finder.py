"""The finder slides over a picture, and says where things stand."""

from unittest.mock import Mock

import numpy as np
import pytest

from dlcourse.digits import finder
from dlcourse.networks import inference, pretrained
from dlcourse.robust import strokes


@pytest.fixture(scope="module")
def network():
    return pretrained.load_finder()


def sheet(digit, *, shape=(150, 200), row=70, column=120, side=60):
    """A digit on white paper; its box is about 0.7 of `side`."""
    paths = strokes.write(strokes.DIGITS[digit][0], rng=np.random.default_rng(0), wobble=0, slant=0)
    grey = np.ones(shape, np.float32)
    ink = strokes.draw(paths, width=0.1, size=side, margin=0.15)
    grey[row - side // 2 :, column - side // 2 :][:side, :side] -= ink
    return grey.clip(0, 1)


def test_sliding_gives_what_window_after_window_gives(network):
    x = np.random.default_rng(0).normal(0, 1, (1, 48, 56)).astype(np.float32)
    whole = finder._answers(network, x)
    assert whole.shape == (1, 3, 4, 15)
    for i in range(3):
        for j in range(4):
            window = x[:, 8 * i : 8 * i + 32, 8 * j : 8 * j + 32]
            np.testing.assert_allclose(
                finder._answers(network, window)[0, 0, 0], whole[0, i, j], rtol=1e-3, atol=1e-4
            )
    assert inference.forward(network, x[:, :32, :32, np.newaxis]).shape == (1, 1, 1, 15)


def test_light_and_polarity_do_not_matter():
    x = np.random.default_rng(1).uniform(0, 1, (64, 64)).astype(np.float32)
    even = finder.flatten_light(x)
    np.testing.assert_allclose(finder.flatten_light(1 - x), -even, atol=1e-4)
    np.testing.assert_allclose(finder.flatten_light(0.5 * x + 0.3), even, atol=0.02)


@pytest.mark.parametrize("step", [0.4, 1.0, 2.7])
def test_a_plane_is_cut_out_as_a_plane(step):
    v, u = np.mgrid[:60, :80].astype(np.float32) / 100
    seen = finder.cut(u + v, (20, 25), step, (8, 9), 0.0)
    rows, columns = np.mgrid[:8, :9]
    expected = (20 + 25 + step * (rows + columns + 1) - 1) / 100
    np.testing.assert_allclose(seen, expected, atol=2e-3)


def test_beyond_the_edge_is_paper():
    seen = finder.cut(np.zeros((10, 10), np.float32), (-100, -100), 1.0, (20, 20), 0.8)
    np.testing.assert_allclose(seen, 0.8)


@pytest.mark.parametrize("digit", [2, 3, 5, 7])
@pytest.mark.parametrize(("row", "column", "side"), [(70, 120, 60), (40, 60, 40), (75, 100, 140)])
def test_a_digit_is_found_where_it_stands(network, digit, row, column, side):
    best = finder.find(network, sheet(digit, row=row, column=column, side=side))[0]
    assert best[:10].argmax() == digit
    assert best[finder.ROW] == pytest.approx(row, abs=0.1 * side)
    assert best[finder.COLUMN] == pytest.approx(column, abs=0.1 * side)
    assert best[finder.SIZE] == pytest.approx(0.77 * side, rel=0.2)


def test_nothing_is_found_on_blank_paper(network):
    assert len(finder.find(network, np.full((60, 90), 0.8, np.float32))) == 0


@pytest.mark.parametrize(
    ("side", "sizes"), [(140, finder.COARSE), (60, finder.COARSE + finder.MIDDLE)]
)
def test_a_large_clear_digit_needs_no_finer_sizes(network, monkeypatch, side, sizes):
    scan = Mock(wraps=finder.scan)
    monkeypatch.setattr(finder, "scan", scan)
    finder.find(network, sheet(3, row=75, column=100, side=side))
    assert sum((call.args[2] for call in scan.call_args_list), ()) == sizes
