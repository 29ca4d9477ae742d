"""Backpropagation: its mathematics against the package's, and itself in a real browser."""

import re

import numpy as np
import pytest
from cores import evaluate
from figures import live, number, result
from playwright.sync_api import expect

from dlcourse.backpropagation import backpropagate
from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.dense_network import Dense, Network, forward

CORE = "backpropagation/backpropagation-core.mjs"
OTHER = {"x": [0.1, 0.3], "t": [0.0]}


def numbers(seed, output="sigmoid"):
    """The chapter's numbers, or random ones; and the package's network with them."""
    shapes = {"x": 2, "W1": (2, 2), "b1": 2, "W2": (2, 1), "b2": 1}
    case = {**vars(DOG_OR_CAT), "t": [DOG_OR_CAT.t], "output_activation": output}
    if seed is not None:
        rng = np.random.default_rng(seed)
        case |= {name: rng.normal(size=shape) for name, shape in shapes.items()}
    weights = ((case[f"W{n}"], case[f"b{n}"]) for n in (1, 2))
    layers = zip(weights, ("sigmoid", output), strict=True)
    return case, Network([Dense(np.array(W), np.array(b), a) for (W, b), a in layers])


def slopes_of(network, *examples):
    """The package's gradients for a batch."""
    x, t = (np.array([example[name] for example in examples]) for name in "xt")
    return backpropagate(network, forward(network, x), t, loss="squared_error")


@pytest.mark.parametrize("output", ["sigmoid", "linear"])
@pytest.mark.parametrize("seed", [None, 0, 1, 2])
def test_every_gradient_is_the_packages(output, seed):
    case, network = numbers(seed, output)
    (passed,) = evaluate([(CORE, "forward", [case])])
    (result,) = evaluate([(CORE, "backward", [case, passed])])
    expected = slopes_of(network, case)
    assert passed["loss"] == pytest.approx(float(expected.loss), rel=1e-12)
    for k in (0, 1):
        np.testing.assert_allclose(result[f"dW{k + 1}"], expected.dW[k], atol=1e-12)
        np.testing.assert_allclose(result[f"db{k + 1}"], np.ravel(expected.db[k]), atol=1e-12)


def test_updates_make_the_loss_fall_and_steps_go_both_ways():
    (states,) = evaluate([(CORE, "train", [numbers(None)[0], 0.5, 40])])
    losses = [state["pass"]["loss"] for state in states]
    assert losses[0] == pytest.approx(0.397, abs=1e-3)
    assert losses == sorted(losses, reverse=True)
    old, new = states[0]["numbers"], states[1]["numbers"]
    expected = np.array(old["W1"]) - 0.5 * np.array(states[0]["gradients"]["dW1"])
    np.testing.assert_allclose(new["W1"], expected, rtol=1e-12)
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


@pytest.mark.parametrize("seed", [None, 0, 1])
def test_a_step_for_two_examples_is_the_packages_step_for_a_batch(seed):
    case, network = numbers(seed)
    core = "backpropagation/story-steps.mjs"
    (stepped,) = evaluate([(core, "together", [case, OTHER, 0.7])])
    slopes = slopes_of(network, case, OTHER)
    for k, layer in enumerate(network.layers):
        for name, value, slope in (("W", layer.W, slopes.dW[k]), ("b", layer.b, slopes.db[k])):
            np.testing.assert_allclose(stepped[f"{name}{k + 1}"], value - 0.7 * slope, rtol=1e-12)


def test_backpropagation_is_stepped_through_and_linked_to(open_page):
    page = open_page()
    figure = live(page, "backpropagation")
    figure.get_by_role("button", name="Every number").click()
    result(figure, "One example, and the weights as they are")
    expect(figure.locator("[aria-live=polite]:visible")).to_have_count(1)
    back, step = (figure.get_by_role("button", name=name) for name in ("Back", "Step"))
    assert back.is_disabled()
    for _ in range(3):
        step.click()
    loss = number(result(figure, r"How wrong is it\? Loss 0\.\d{4}").split()[-1])
    assert loss == pytest.approx((0.37 - 1) ** 2, abs=1e-3)
    step.click()
    step.click()
    line = figure.locator("li").first.inner_text()
    left, product = line.rsplit("= ", 1)
    factors = [number(f) for f in left.rsplit("= ", 1)[1].split("×")]
    assert len(factors) == 3
    assert np.prod(factors) == pytest.approx(number(product), abs=1e-3)
    back.click()
    result(figure, "from the loss to the output.s sum")
    figure.get_by_label("learning rate").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    losses = []
    for _ in range(4):
        figure.get_by_role("button", name="Whole update").click()
        page.wait_for_timeout(350)
        losses.append(number(figure.locator(".live").inner_text().split()[-1]))
    assert losses == sorted(losses, reverse=True)
    title = figure.locator(".title").inner_text()
    assert "(round 5, step 4 of 8)" in title
    page.goto(figure.get_by_role("link", name="Link to this step").evaluate("a => a.href"))
    figure = live(page, "backpropagation")
    assert figure.locator(".title").inner_text() == title
    assert figure.get_by_label("learning rate").input_value() == "1"
    figure.get_by_role("button", name="Start again").click()
    expect(figure.locator(".title")).to_contain_text("(round 1, step 0 of 8)")


def test_a_dog_and_a_cat_pull_and_the_step_follows_their_mean(open_page):
    figure = live(open_page(), "backpropagation")
    words = figure.locator("[aria-live=polite]:visible")
    expect(words).to_have_text(re.compile(r"^A dog goes in \(1 of 7\)\s*Out comes 37\.0\s% dog"))
    first = figure.locator(".lines li").first.inner_text()
    assert figure.locator("section").inner_text().count(first) == 1, "each sentence once"
    step = figure.get_by_role("button", name="Step")
    step.click()
    expect(words).to_contain_text("This dog wants y up")
    step.click()
    # v1 and v2 are sized by what stands behind them.
    width = lambda i: float(figure.locator("svg line").nth(i).get_attribute("stroke-width"))  # noqa: E731
    assert width(4) > width(5) > width(0)
    for _ in range(3):
        step.click()
    expect(words).to_have_text(
        re.compile(r"^Then a cat comes along.*\(6 of 7\)\s*It is given 43\.8\s% dog")
    )
    figure.get_by_label("learning rate").fill("10")
    for _ in range(60):
        figure.get_by_role("button", name="Whole update").click()
    dog, cat = re.search(r"takes the dog from ([\d.]+)\s% .* the cat from ([\d.]+)\s%",
                         figure.locator("li").nth(1).inner_text()).groups()  # fmt: skip
    assert float(dog) > 90
    assert float(cat) < 10


def test_without_the_sigmoid_a_large_rate_jumps_over_the_valley(open_page):
    page = open_page()
    figure = live(page, "backpropagation")
    figure.get_by_role("button", name="Every number").click()
    figure.get_by_label(re.compile("activation")).select_option("linear")
    update = figure.get_by_role("button", name="Whole update")
    update.click()
    result(figure, r"y went from −0\.532 to 2\.\d+\. The step has jumped over the valley\.")
    figure.get_by_label("learning rate").fill("1.5")
    update.click()
    result(figure, r"The step has jumped over the valley and landed higher\. Loss ")
    # The story is about probabilities, and has no link; that of the numbers keeps what was chosen.
    link = figure.get_by_role("link", name="Link to this step")
    href = link.evaluate("a => a.href")
    figure.get_by_role("button", name="The story").click()
    expect(figure.locator(".lines")).to_contain_text("Out comes 37.0 % dog.")
    expect(figure.get_by_label(re.compile("activation"))).to_be_hidden()
    expect(link).to_be_hidden()
    page.goto(href)
    expect(live(page, "backpropagation").get_by_label(re.compile("activation"))).to_have_value(
        "linear"
    )
