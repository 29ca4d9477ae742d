"""The trainer draws, starts and trains as the package does, and runs in a real browser."""

import numpy as np
import pytest
from cores import evaluate, javascript
from figures import live, press, result
from playwright.sync_api import expect

from dlcourse.data.point_sets import point_set
from dlcourse.dense_network import initialise
from dlcourse.optimisers import Adam, GradientDescent
from dlcourse.training import fit

SETTINGS = ("set", "hidden", "activation", "optimiser", "rate", "batch", "n", "seed")
CASES = [
    ("crescents", [3], "tanh", "adam", 0.05, 10, 100, 3),
    ("ring", [4], "sigmoid", "sgd", 0.5, 32, 200, 0),
    ("xor", [2], "tanh", "adam", 0.05, 5, 20, 1),
    ("xor", [5, 2], "relu", "sgd", 0.1, 200, 100, 12345),
    ("spiral", [8, 8], "relu", "adam", 0.01, 10, 61, 9999),
    ("ring", [1], "linear", "sgd", 0.1, 1, 60, 2**32 - 1),
]
#: Trains for some epochs; gives what the hidden layer makes of the points, and the answers, too.
TRAIN = """
import { Training, forward } from "~/trainer/trainer-core.mjs";
import { hiddenSpace } from "~/trainer/hidden-projection.mjs";
export function run(settings, epochs) {
  const training = new Training(settings);
  while (training.epochs < epochs) training.step();
  const { layers, points } = training;
  const answers = points.X.map((x) => forward(layers, x).a.at(-1)[1]);
  return { ...points, layers, answers, ...hiddenSpace(layers, points.X), ...training.measure() };
}
"""


@pytest.mark.parametrize("case", CASES)
def test_it_draws_and_trains_as_the_package_does(case):
    name, hidden, activation, optimiser, rate, batch, n, seed = case
    ours = javascript(TRAIN, {"noise": 0.25, **dict(zip(SETTINGS, case, strict=True))}, 40)
    rng = np.random.default_rng(seed)
    X, y = point_set(name, n, noise=0.25, rng=rng)
    new = point_set(name, 400, noise=0.25, rng=rng)
    activations = [activation] * len(hidden) + ["softmax"]
    start = initialise([2, *hidden, 2], activations=activations, rng=rng)
    steps = Adam(rate) if optimiser == "adam" else GradientDescent(rate)
    how = {"loss": "cross_entropy", "epochs": 40, "batch_size": batch, "validation": new}
    theirs = fit(start, X, y, optimiser=steps, rng=rng, **how)
    np.testing.assert_allclose(ours["X"], X, atol=1e-14)
    assert ours["y"] == y.tolist()
    for layer, expected in zip(ours["layers"], theirs.network.layers, strict=True):
        np.testing.assert_allclose(layer["W"], expected.W, atol=1e-9)
        np.testing.assert_allclose(layer["b"], expected.b, atol=1e-9)
    others = ours["others"]
    assert others["loss"] == pytest.approx(theirs.history.validation_loss[-1], abs=1e-9)
    assert others["accuracy"] == pytest.approx(theirs.history.validation_accuracy[-1])
    # The border in the hidden space is the network's own.
    side = np.array(ours["places"]) @ ours["border"]["w"] + ours["border"]["b"]
    np.testing.assert_allclose(1 / (1 + np.exp(-side)), ours["answers"], atol=1e-9)


def test_settings_are_a_text_and_nonsense_is_none():
    core = "trainer/settings-as-text.mjs"
    text = "spiral-200-0.6-7-8x4-relu-sgd-0.3-32"
    (settings,) = evaluate([(core, "fromText", [text])])
    assert settings["hidden"] == [8, 4]
    assert settings["noise"] == 0.6
    assert evaluate([(core, "toText", [settings])]) == [text]
    changes = [("spiral", "x"), ("8x4", "8x9"), ("8x4", "2x2x2"), ("-7-", "-a-")]
    nonsense = [text.replace(*change) for change in changes] + [None]
    assert evaluate([(core, "fromText", [one]) for one in nonsense]) == [None] * 5


def test_missions_are_met_when_they_are_and_better_counts_replace_worse():
    core = "trainer/missions.mjs"

    def epoch(right, loss=0.3, of_training=0.9):
        other = {"accuracy": right, "loss": loss}
        return {"others": other, "training": {"accuracy": of_training, "loss": 0.1}}

    four, three, two = ({"set": "crescents", "noise": 0.25, "hidden": [n]} for n in (4, 3, 2))
    cases = [
        ([], four, [epoch(0.93)], []),
        ([], four, [epoch(0.95)], [0]),
        ([4], three, [epoch(0.95)], [0]),
        ([3], four, [epoch(0.95)], []),
        ([], {**two, "set": "xor"}, [epoch(0.91)], [1]),
        ([], {**three, "set": "xor"}, [epoch(0.95)], []),
        ([], three, [epoch(0.8, 0.2), epoch(0.8, 0.45, 1.0)], [3]),
        ([], three, [epoch(0.8, 0.2), epoch(0.8, 0.35, 1.0)], []),
        ([], three, [epoch(0.9, 0.006), epoch(0.93, 0.013, 1.0)], []),  # good on new points, too
    ]
    answers = evaluate([(core, "mark", case[:3]) for case in cases])
    assert answers == [case[3] for case in cases]


def test_the_trainer_runs_meets_a_mission_and_is_linked_to(open_figure):
    figure = open_figure("trainer")
    result(figure, r"^0 steps: loss 0\.\d{3}, \d+ % right; of new points \d+ %\.$")
    press(figure, "One step")
    result(figure, r"^1 step: loss ")
    points = figure.get_by_role("combobox", name="Points", exact=True)
    points.select_option("xor")
    figure.get_by_label("hidden neurons").fill("2")
    press(figure, "Other points and weights")
    result(figure, r"^0 steps: ")
    before = figure.locator("canvas").first.evaluate("c => c.toDataURL()")
    press(figure, "Run")
    met = figure.get_by_text("Xor: 90 % of the new points with two hidden neurons ✓ met")
    expect(met).to_be_visible(timeout=20_000)
    press(figure, "Pause")
    assert figure.locator("canvas").first.evaluate("c => c.toDataURL()") != before
    result(figure, r"of new points (9\d|100) %\.$")
    # The link begins where this one began, and what it names is what the package trains.
    link = figure.get_by_role("link", name="Link to these settings").evaluate("a => a.href")
    assert "trainer=xor-100-0.25-1-2-tanh-adam-0.05-10" in link
    nonsense = link.replace("tanh", "nonsense")
    for address, chosen, n_hidden in ((link, "xor", "2"), (nonsense, "crescents", "4")):
        figure.page.goto(address)
        live(figure.page, "trainer")
        assert points.input_value() == chosen
        assert figure.get_by_label("hidden neurons").input_value() == n_hidden


def test_a_loss_that_is_no_number_any_more_leaves_the_plot_its_scale(open_figure, chapters):
    before = """
      const write = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (...what) {
        (window.said ??= []).push(what[0]);
        write.apply(this, what);
      };
    """
    address = f"{chapters}/figures.html?trainer=crescents-100-0.25-0-8x8-linear-sgd-10-10"
    figure = open_figure("trainer", address, before=before)
    press(figure, "Run")
    expect(figure.get_by_text("Loss NaN")).to_be_visible(timeout=20_000)
    assert figure.page.evaluate("said.filter((text) => text.includes('NaN'))") == []
