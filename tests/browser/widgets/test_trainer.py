"""The trainer draws, starts and trains as the package does, and runs in a real browser."""

import numpy as np
import pytest
from cores import WIDGETS, evaluate
from figures import live, result
from playwright.sync_api import expect

from dlcourse.data.point_sets import SHAPES, point_set
from dlcourse.dense_network import initialise
from dlcourse.optimisers import Adam, GradientDescent
from dlcourse.training import fit

CASES = [
    ("crescents", [3], "tanh", "adam", 0.05, 10),
    ("ring", [4], "sigmoid", "sgd", 0.5, 32),
    ("xor", [2], "tanh", "adam", 0.05, 5),
    ("xor", [5, 2], "relu", "sgd", 0.1, 200),
    ("spiral", [8, 8], "relu", "adam", 0.01, 10),
    ("ring", [1], "linear", "sgd", 0.1, 1),
]


@pytest.fixture(scope="module")
def core(tmp_path_factory):
    """Train for some epochs; ask both ways of a forward pass for the probability of class 1."""
    module = tmp_path_factory.mktemp("core") / "train.mjs"
    module.write_text(
        f'import {{ Training, answerOf, forward }} from "{WIDGETS}/trainer/trainer-core.mjs";\n'
        "export function train(settings, epochs) {\n"
        "  const training = new Training(settings);\n"
        "  while (training.epochs < epochs) training.step();\n"
        "  return { ...training.points, layers: training.layers, ...training.measure() };\n"
        "}\n"
        "export const answers = (layers, X) =>\n"
        "  [X.map(answerOf(layers)), X.map((point) => forward(layers, point).a.at(-1)[1])];\n"
    )
    return module


@pytest.mark.parametrize("seed", [0, 1, 12345, 2**32 - 1])
def test_random_numbers_are_numpys(seed, tmp_path):
    (tmp_path / "draw.mjs").write_text(
        f'import {{ Random }} from "{WIDGETS}/trainer/numpy-random.mjs";\n'
        "export function draw(seed, n) {\n"
        "  const rng = new Random(seed);\n"
        "  const numbers = () => Array.from({ length: n }, () => rng.random());\n"
        "  return [numbers(), rng.permutation(n), rng.permutation(n + 1), numbers()];\n"
        "}\n"
    )
    (drawn,) = evaluate([(tmp_path / "draw.mjs", "draw", [seed, 60])])
    rng = np.random.default_rng(seed)
    expected = [rng.random(60), rng.permutation(60), rng.permutation(61), rng.random(60)]
    for ours, theirs in zip(drawn, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("case", CASES)
def test_it_trains_as_the_package_does(case, core):
    name, hidden, activation, optimiser, rate, batch = case
    settings = {"set": name, "n": 100, "noise": 0.25, "seed": 3, "hidden": hidden}
    settings |= {"activation": activation, "optimiser": optimiser, "rate": rate, "batch": batch}
    (ours,) = evaluate([(core, "train", [settings, 40])])
    rng = np.random.default_rng(3)
    X, y = point_set(name, 100, noise=0.25, rng=rng)
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


@pytest.mark.parametrize("hidden", [[1], [2], [3], [8], [4, 2], [2, 5]])
def test_the_border_in_the_hidden_space_is_the_networks(hidden, core):
    settings = {"set": "crescents", "n": 100, "noise": 0.25, "seed": 1, "hidden": hidden}
    settings |= {"activation": "tanh", "optimiser": "adam", "rate": 0.05, "batch": 10}
    (ours,) = evaluate([(core, "train", [settings, 20])])
    activations = ["tanh"] * len(hidden) + ["softmax"]
    layers = [
        {**layer, "activation": activation}
        for layer, activation in zip(ours["layers"], activations, strict=True)
    ]
    (space,) = evaluate([("trainer/hidden-projection.mjs", "hiddenSpace", [layers, ours["X"]])])
    side = np.array(space["places"]) @ space["border"]["w"] + space["border"]["b"]
    ((quick, whole),) = evaluate([(core, "answers", [layers, ours["X"]])])
    np.testing.assert_allclose(1 / (1 + np.exp(-side)), whole, atol=1e-9)
    np.testing.assert_allclose(quick, whole, atol=1e-12)


def test_settings_are_a_text_and_nonsense_is_none():
    core = "trainer/settings-as-text.mjs"
    text = "spiral-200-0.6-7-8x4-relu-sgd-0.3-32"
    (settings,) = evaluate([(core, "fromText", [text])])
    assert settings["hidden"] == [8, 4]
    assert settings["noise"] == 0.6
    back, *nothing = evaluate(
        [(core, "toText", [settings])]
        + [
            (core, "fromText", [text.replace(*change)])
            for change in (("spiral", "x"), ("8x4", "8x9"), ("8x4", "2x2x2"), ("-7-", "-a-"))
        ]
        + [(core, "fromText", [None])]
    )
    assert back == text
    assert nothing == [None] * 5


def test_missions_are_met_when_they_are_and_better_counts_replace_worse():
    core = "trainer/missions.mjs"

    def epoch(right, loss=0.3, of_training=0.9):
        other = {"accuracy": right, "loss": loss}
        return {"others": other, "training": {"accuracy": of_training, "loss": 0.1}}

    (four,) = evaluate(
        [("trainer/settings-as-text.mjs", "fromText", ["crescents-100-0.25-0-4-tanh-adam-0.05-10"])]
    )
    three, xor = {**four, "hidden": [3]}, {**four, "set": "xor", "hidden": [2]}
    calls = [
        ([None] * 4, four, [epoch(0.93)]),
        ([None] * 4, four, [epoch(0.95)]),
        ([4], three, [epoch(0.95)]),
        ([3], four, [epoch(0.95)]),
        ([], xor, [epoch(0.91)]),
        ([], {**xor, "hidden": [3]}, [epoch(0.95)]),
        ([], three, [epoch(0.8, 0.2), epoch(0.8, 0.45, 1.0)]),
        ([], three, [epoch(0.8, 0.2), epoch(0.8, 0.35, 1.0)]),
        ([], three, [epoch(0.9, 0.006), epoch(0.93, 0.013, 1.0)]),  # good on new points, too
    ]
    calls = [([m for m in marks if m is not None], *rest) for marks, *rest in calls]
    answers = evaluate([(core, "mark", list(call)) for call in calls])
    assert answers == [[], [0], [0], [], [1], [], [3], [], []]


@pytest.mark.parametrize("name", SHAPES)
def test_all_sets_have_two_classes_of_equal_size(name):
    _, y = point_set(name, 100, rng=np.random.default_rng(0))
    assert np.bincount(y).tolist() == [50, 50]


def test_the_trainer_runs_meets_a_mission_and_is_linked_to(open_page):
    page = open_page()
    figure = live(page, "trainer")
    result(figure, r"^0 steps: loss 0\.\d{3}, \d+ % right; of new points \d+ %\.$")
    figure.get_by_role("button", name="One step").click()
    result(figure, r"^1 step: loss ")
    figure.get_by_role("combobox", name="Points", exact=True).select_option("xor")
    figure.get_by_label("hidden neurons").fill("2")
    figure.get_by_role("button", name="Other points and weights").click()
    result(figure, r"^0 steps: ")
    before = figure.locator("canvas").first.evaluate("c => c.toDataURL()")
    figure.get_by_role("button", name="Run").click()
    met = figure.get_by_text("Xor: 90 % of the new points with two hidden neurons ✓ met")
    expect(met).to_be_visible(timeout=20_000)
    figure.get_by_role("button", name="Pause").click()
    assert figure.locator("canvas").first.evaluate("c => c.toDataURL()") != before
    result(figure, r"of new points (9\d|100) %\.$")
    # The link begins where this one began, and what it names is what the package trains.
    link = figure.get_by_role("link", name="Link to these settings").evaluate("a => a.href")
    assert "trainer=xor-100-0.25-1-2-tanh-adam-0.05-10" in link
    page.goto(link)
    figure = live(page, "trainer")
    assert figure.get_by_label("hidden neurons").input_value() == "2"
    assert figure.get_by_role("combobox", name="Points", exact=True).input_value() == "xor"
    page.goto(link.replace("tanh", "nonsense"))
    figure = live(page, "trainer")
    assert figure.get_by_role("combobox", name="Points", exact=True).input_value() == "crescents"


def test_a_loss_that_is_no_number_any_more_leaves_the_plot_its_scale(open_page, site):
    before = """
      const write = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (...what) {
        (window.said ??= []).push(what[0]);
        write.apply(this, what);
      };
    """
    page = open_page(f"{site}?trainer=crescents-100-0.25-0-8x8-linear-sgd-10-10", before=before)
    figure = live(page, "trainer")
    figure.get_by_role("button", name="Run").click()
    expect(figure.get_by_text("Loss NaN")).to_be_visible(timeout=20_000)
    assert page.evaluate("said.filter((text) => text.includes('NaN'))") == []
