"""The line and its bowl: its mathematics against the package's, and itself in a real browser."""

import numpy as np
import pytest
from cores import each
from figures import drag, middle, press, result

from dlcourse.data import irises
from dlcourse.regression import fit_line, fit_line_by_steps

CORE = "line-and-bowl/line-and-bowl-core.mjs"


@pytest.mark.parametrize("rate", [0.001, 0.03, 0.05, 0.07])
def test_a_line_takes_the_steps_of_the_package(rate):
    flowers = irises.load()
    x, t = flowers.X[:, 2].astype(float), flowers.X[:, 3].astype(float)
    (bowl,) = each(CORE, "bowl", ([x], t))
    steps = fit_line_by_steps(x, t, learning_rate=rate, n_steps=20)
    expected = np.column_stack([steps.slopes, steps.intercepts])
    stepped = each(CORE, "step", *((bowl, w, rate) for w in expected[:-1]))
    np.testing.assert_allclose(stepped, expected[1:], rtol=1e-12, atol=1e-12)
    losses = each(CORE, "loss", *((bowl, w) for w in expected))
    np.testing.assert_allclose(losses, steps.losses, rtol=1e-9, atol=1e-12)
    (best,) = each(CORE, "best", [bowl])
    line = fit_line(x, t)
    np.testing.assert_allclose(best, [line.slope, line.intercept], rtol=1e-9)
    (limit,) = each(CORE, "limit", [bowl])
    assert bool(steps.losses[-1] > steps.losses[0]) is (rate > limit)


def test_contours_are_where_the_loss_is_equal_also_in_a_slice():
    rng = np.random.default_rng(5)
    inputs, t = rng.normal(size=(2, 30)) + 2, rng.normal(size=30)
    (bowl,) = each(CORE, "bowl", (list(inputs), t))
    m, k, c = 0.3, -0.7, 0.2
    (cut,) = each(CORE, "slice", (bowl, [m, k, c]))
    (ring,) = each(CORE, "contour", (cut, 0.8, 12))
    (middle,) = each(CORE, "best", [cut])

    def loss(m, c):
        return float(np.mean((m * inputs[0] + k * inputs[1] + c - t) ** 2))

    least = loss(*middle)
    assert all(loss(*point) == pytest.approx(least + 0.8, rel=1e-9) for point in ring)
    X = np.column_stack([*inputs, np.ones(30)])
    (best,) = each(CORE, "best", [bowl])
    np.testing.assert_allclose(best, np.linalg.lstsq(X, t)[0], rtol=1e-9)


def test_the_line_walks_down_its_bowl_and_jumps_out_of_it(open_figure):
    figure = open_figure("line-and-bowl", reduced_motion="reduce")
    flowers = irises.load()
    x, t = flowers.X[:, 2], flowers.X[:, 3]
    start = result(figure, r"^Loss 2\.\d{4} with m = 0\.00, c = 0\.00\.$")
    assert float(start.split()[1]) == pytest.approx(float(np.mean(t**2)), abs=1e-4)
    press(figure, "One step")
    press(figure, "A hundred steps")
    walked = float(result(figure, r"^After 101 steps: loss 0\.").split()[4].rstrip("."))
    steps = fit_line_by_steps(x, t, learning_rate=0.03, n_steps=101)
    assert walked == pytest.approx(steps.losses[-1], abs=1e-4)
    # Too large a rate leaves the map, and the package would refuse it as well.
    figure.get_by_label("learning rate").fill("0.07")
    press(figure, "Back to zero")
    press(figure, "A hundred steps")
    result(figure, r"Every step overshoots and lands higher: this rate is too large\.$")
    # The ball, by mouse: the line follows, and so do the sliders.
    press(figure, "Back to zero")
    plot, bowl = figure.locator("svg").first, figure.locator("svg").nth(1)
    u, v = middle(bowl, bowl.locator("g.handle"))
    drag(bowl, [(u, v), (u + 0.15, v + 0.1)])
    result(figure, r"with m = 0\.[1-9]\d, c = −[0-2]\.\d\d\.$")
    assert float(figure.get_by_label("slope m").input_value()) > 0.1
    # The line, by its right handle: up is steeper.
    before = float(figure.get_by_label("slope m").input_value())
    u, v = middle(plot, plot.locator("g.handle").last)
    drag(plot, [(u, v), (u, v - 0.2)])
    assert float(figure.get_by_label("slope m").input_value()) > before + 0.05
    figure.get_by_label("intercept c").press("ArrowUp")
    result(figure, r"^Loss \d+\.\d{4} with m = ")
