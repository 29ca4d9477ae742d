"""Backpropagation: its mathematics against the package's, and itself in a real browser."""

import re

import numpy as np
import pytest
from cores import evaluate
from figures import live, number, press, result
from playwright.sync_api import expect

from dlcourse.backpropagation import backpropagate
from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.dense_network import Dense, Network, forward

CORE = "backpropagation/backpropagation-core.mjs"
OTHER = {"x": [0.1, 0.3], "t": [0.0]}


def numbers(seed=None, output="sigmoid"):
    """The chapter's numbers, or random ones."""
    shapes = {"x": 2, "W1": (2, 2), "b1": 2, "W2": (2, 1), "b2": 1}
    case = {**vars(DOG_OR_CAT), "t": [DOG_OR_CAT.t], "output_activation": output}
    if seed is not None:
        rng = np.random.default_rng(seed)
        case |= {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return case


def slopes_of(case, *examples):
    """The package's loss and gradients for a batch, by the figure's names for them."""
    layers = ((case[f"W{n}"], case[f"b{n}"]) for n in (1, 2))
    activations = ("sigmoid", case["output_activation"])
    network = Network(
        [Dense(np.array(W), np.array(b), a) for (W, b), a in zip(layers, activations, strict=True)]
    )
    x, t = (np.array([example[name] for example in examples]) for name in "xt")
    slopes = backpropagate(network, forward(network, x), t, loss="squared_error")
    both = {f"{name}{n + 1}": getattr(slopes, f"d{name}")[n] for name in "Wb" for n in (0, 1)}
    return float(slopes.loss), both


@pytest.mark.parametrize("output", ["sigmoid", "linear"])
@pytest.mark.parametrize("seed", [None, 0, 1, 2])
def test_every_gradient_is_the_packages_also_for_two_examples(output, seed):
    case = numbers(seed, output)
    (passed,) = evaluate([(CORE, "forward", [case])])
    together = ("backpropagation/story-steps.mjs", "together", [case, OTHER, 0.7])
    result, stepped = evaluate([(CORE, "backward", [case, passed]), together])
    loss, slopes = slopes_of(case, case)
    assert passed["loss"] == pytest.approx(loss, rel=1e-12)
    for name, slope in slopes.items():
        np.testing.assert_allclose(
            result[f"d{name}"], np.reshape(slope, np.shape(case[name])), atol=1e-12
        )
    for name, slope in slopes_of(case, case, OTHER)[1].items():
        moved = np.array(case[name]) - 0.7 * np.reshape(slope, np.shape(case[name]))
        np.testing.assert_allclose(stepped[name], moved, rtol=1e-12)


def test_steps_go_both_ways_and_are_a_text():
    moves = {(0, 0, -1): (0, 0), (0, 8, 1): (1, 0), (2, 0, -1): (1, 8), (40, 8, 1): (40, 8)}
    calls = [(CORE, "move", [{"round": r, "step": s}, by, 40]) for r, s, by in moves]
    assert [tuple(moved.values()) for moved in evaluate(calls)] == [*moves.values()]
    texts = {
        "0.5_2_3": [0.5, 2, 3, "sigmoid"],
        "0.5_2_3_linear": [0.5, 2, 3, "linear"],
        **dict.fromkeys(("0.5_99_3", "0.5_2_3_toString", "abc")),
    }
    read = evaluate([(CORE, "fromText", [text, 40]) for text in texts])
    assert [one and [*one.values()] for one in read] == [*texts.values()]


def test_backpropagation_is_stepped_through_and_linked_to(open_figure):
    figure = open_figure("backpropagation")
    page = figure.page
    press(figure, "Every number")
    result(figure, "One example, and the weights as they are")
    expect(figure.locator("[aria-live=polite]:visible")).to_have_count(1)
    assert figure.get_by_role("button", name="Back").is_disabled()
    for _ in range(3):
        press(figure, "Step")
    loss = number(result(figure, r"How wrong is it\? Loss 0\.\d{4}").split()[-1])
    assert loss == pytest.approx((0.37 - 1) ** 2, abs=1e-3)
    press(figure, "Step")
    press(figure, "Step")
    line = figure.locator("li").first.inner_text()
    left, product = line.rsplit("= ", 1)
    factors = [number(f) for f in left.rsplit("= ", 1)[1].split("×")]
    assert len(factors) == 3
    assert np.prod(factors) == pytest.approx(number(product), abs=1e-3)
    press(figure, "Back")
    result(figure, "from the loss to the output.s sum")
    for _ in range(5):
        figure.get_by_label("learning rate").press("ArrowRight")
    losses = []
    for _ in range(4):
        press(figure, "Whole update")
        page.wait_for_timeout(350)
        losses.append(number(figure.locator(".live").inner_text().split()[-1]))
    assert losses == sorted(losses, reverse=True)
    title = figure.locator(".title").inner_text()
    assert "(round 5, step 4 of 8)" in title
    page.goto(figure.get_by_role("link", name="Link to this step").evaluate("a => a.href"))
    figure = live(page, "backpropagation")
    assert figure.locator(".title").inner_text() == title
    assert figure.get_by_label("learning rate").input_value() == "1"
    press(figure, "Start again")
    expect(figure.locator(".title")).to_contain_text("(round 1, step 0 of 8)")


def test_a_dog_and_a_cat_pull_and_the_step_follows_their_mean(open_figure):
    figure = open_figure("backpropagation")
    words = figure.locator("[aria-live=polite]:visible")
    expect(words).to_have_text(re.compile(r"^A dog goes in \(1 of 7\)\s*Out comes 37\.0\s% dog"))
    first = figure.locator(".lines li").first.inner_text()
    assert figure.locator("section").inner_text().count(first) == 1, "each sentence once"
    press(figure, "Step")
    expect(words).to_contain_text("This dog wants y up")
    press(figure, "Step")
    # v1 and v2 are sized by what stands behind them.
    width = lambda i: float(figure.locator("svg line").nth(i).get_attribute("stroke-width"))  # noqa: E731
    assert width(4) > width(5) > width(0)
    for _ in range(3):
        press(figure, "Step")
    cat = re.compile(r"^Then a cat comes along.*\(6 of 7\)\s*It is given 43\.8\s% dog")
    expect(words).to_have_text(cat)
    figure.get_by_label("learning rate").fill("10")
    for _ in range(60):
        press(figure, "Whole update")
    dog, cat = re.search(r"takes the dog from ([\d.]+)\s% .* the cat from ([\d.]+)\s%",
                         figure.locator("li").nth(1).inner_text()).groups()  # fmt: skip
    assert float(dog) > 90
    assert float(cat) < 10


def test_without_the_sigmoid_a_large_rate_jumps_over_the_valley(open_figure):
    figure = open_figure("backpropagation")
    press(figure, "Every number")
    figure.get_by_label(re.compile("activation")).select_option("linear")
    press(figure, "Whole update")
    result(figure, r"y went from −0\.532 to 2\.\d+\. The step has jumped over the valley\.")
    figure.get_by_label("learning rate").fill("1.5")
    press(figure, "Whole update")
    result(figure, r"The step has jumped over the valley and landed higher\. Loss ")
    # The story is about probabilities, and has no link; that of the numbers keeps what was chosen.
    link = figure.get_by_role("link", name="Link to this step")
    href = link.evaluate("a => a.href")
    press(figure, "The story")
    expect(figure.locator(".lines")).to_contain_text("Out comes 37.0 % dog.")
    expect(figure.get_by_label(re.compile("activation"))).to_be_hidden()
    expect(link).to_be_hidden()
    figure = open_figure("backpropagation", href)
    expect(figure.get_by_label(re.compile("activation"))).to_have_value("linear")
