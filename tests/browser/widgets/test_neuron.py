"""The neuron: its mathematics against the package's, and itself in a real browser."""

import numpy as np
import pytest
from cores import each
from figures import PHONE, drag, middle, result, touch
from playwright.sync_api import expect

from dlcourse import neuron

CORE = "neuron/neuron-core.mjs"
PAIRS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def neurons(seed, n):
    """Random weights and biases."""
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=2), rng.normal()) for _ in range(n)]


@pytest.mark.parametrize("activation", ["step", "sigmoid", "tanh", "relu", "linear"])
def test_a_neuron_fires_as_the_package_says(activation):
    inputs = np.random.default_rng(0).normal(size=(20, 2))
    cases = [(x, *one) for x, one in zip(inputs, neurons(1, 20), strict=True)]
    cases += [(np.zeros(2), np.ones(2), 0.0), (np.full(2, 400.0), np.ones(2), 0.0)]
    answers = each(CORE, "fire", *((*case, activation) for case in cases))
    for case, answer in zip(cases, answers, strict=True):
        z, a = neuron.weighted_sum(*case), neuron.fire(*case, activation=activation)
        assert answer == pytest.approx({"z": float(z), "a": float(a)}, rel=1e-12)


def test_a_sum_that_only_rounding_parts_from_zero_is_zero():
    tenths = ([0.3, 0.6], -0.9)
    assert each(CORE, "fire", ([1, 1], *tenths, "step")) == [{"z": 0, "a": 1}]
    assert each(CORE, "rightAbout", ([0, 0, 0, 1], *tenths)) == [[True] * 4]


@pytest.mark.parametrize(("name", "targets"), [("or", [0, 1, 1, 1]), ("xor", [0, 1, 1, 0])])
def test_a_neuron_is_right_about_what_it_says(name, targets):
    cases = neurons(4, 20)
    answers = each(CORE, "rightAbout", *((targets, *case) for case in cases))
    for (w, b), answer in zip(cases, answers, strict=True):
        assert answer == (neuron.fire(PAIRS, w, b, activation="step") == targets).tolist()
        assert sum(answer) < 4 or name == "or"


def test_the_decision_line_is_where_the_sum_is_zero():
    cases = neurons(2, 50)
    lines, sides = (
        each(CORE, name, *((w, b, 3) for w, b in cases))
        for name in ("decisionLine", "positiveSide")
    )
    for (w, b), line, side in zip(cases, lines, sides, strict=True):
        crosses = len(set(np.sign((6 * PAIRS - 3) @ w + b))) > 1
        assert (line is not None) is crosses
        for point in line or []:
            assert neuron.weighted_sum(np.array(point), w, b) == pytest.approx(0, abs=1e-9)
            assert np.abs(point).max() == pytest.approx(3)
        assert all(np.dot(point, w) + b >= -1e-9 for point in side)


def test_no_weights_draw_no_line_and_a_line_beyond_the_plane_is_none():
    lines = each(CORE, "decisionLine", ([0, 0], 1, 3), ([1, 0], 9, 3), ([0, 2], -2, 3))
    assert lines == [None, None, [[3, 1], [-3, 1]]]
    assert each(CORE, "biasThrough", ([1, 2], [3, -1])) == [-1]


def test_the_neuron_answers_keys_mouse_and_choice(open_figure):
    figure = open_figure("neuron")
    assert result(figure, r"Sum z = 0\.500") == "Sum z = 0.500; output a = 0.622 (sigmoid)."
    for _ in range(10):
        figure.get_by_label("input x₁").press("ArrowRight")
    result(figure, r"Sum z = 0\.580; output a = 0\.641 \(sigmoid\)\.")
    figure.get_by_label("Activation").select_option("step")
    result(figure, r"output a = 1\.000 \(step\)")
    expect(figure.get_by_role("img", name="The sum 0.58 becomes 1.00 (step).")).to_be_visible()
    # To (−2.5, 2.5), upper left: far on the other side of the line.
    svg = figure.locator("svg").first
    drag(svg, [middle(svg, figure.locator("g.handle").nth(1)), (0.23, 0.14)])
    result(figure, r"Sum z = −4\.\d+; output a = 0\.000 \(step\)")
    assert float(figure.get_by_label("input x₁").input_value()) < -2
    assert "unshaded side" in svg.get_attribute("aria-label")
    # It is asked for OR, AND and XOR.
    figure.get_by_label("Activation").select_option("sigmoid")
    for name, value in (("weight w₁", "1"), ("weight w₂", "1"), ("bias b", "-0.5")):
        figure.get_by_label(name).fill(value)
    target = figure.get_by_label("Target")
    for name, right in (("or", 4), ("and", 2), ("xor", 3)):
        target.select_option(name)
        result(figure, rf"{name.title()}: {right} of 4 right\.$")
    expect(figure.get_by_text("3 of 4 right (best: 3)")).to_be_visible()
    target.select_option("none")
    result(figure, r"\(sigmoid\)\.$")


def test_the_neuron_is_dragged_by_a_finger_and_the_page_stays(open_figure):
    figure = open_figure("neuron", **PHONE)
    svg = figure.locator("svg").first
    svg.scroll_into_view_if_needed()
    figure.page.wait_for_timeout(300)
    before = figure.page.evaluate("scrollY")
    u, v = middle(svg, figure.locator("g.handle").nth(1))
    touch(svg, [(u, v), (u, 0.8)])
    result(figure, r"Sum z = [34]\.\d+")
    assert figure.page.evaluate("scrollY") == before
