"""The figures' mathematics, without a browser, against what `dlcourse` computes here and now."""

import numpy as np
import pytest
from cores import WIDGETS, array, evaluate, picture

from dlcourse import kernels, neuron
from dlcourse.activations import softmax
from dlcourse.backpropagation import backpropagate
from dlcourse.convolution import convolve2d, correlate2d
from dlcourse.data import irises
from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.network import Dense, Network, forward
from dlcourse.networks import inference
from dlcourse.networks.weights_file import Layer, TrainedNetwork, to_bytes
from dlcourse.regression import Line, fit_line, fit_line_by_steps


@pytest.mark.parametrize("activation", ["step", "sigmoid", "tanh", "relu", "linear"])
def test_a_neuron_fires_as_the_package_says(activation):
    rng = np.random.default_rng(1)
    cases = [(rng.normal(size=2), rng.normal(size=2), rng.normal()) for _ in range(20)]
    cases += [(np.zeros(2), np.ones(2), 0.0), (np.full(2, 400.0), np.ones(2), 0.0)]
    result = evaluate([("neuron/neuron-core.mjs", "fire", [*case, activation]) for case in cases])
    for (x, w, b), answer in zip(cases, result, strict=True):
        assert answer["z"] == pytest.approx(float(neuron.weighted_sum(x, w, b)), rel=1e-12)
        expected = float(neuron.fire(x, w, b, activation=activation))
        assert answer["a"] == pytest.approx(expected, rel=1e-12)


def test_a_neuron_is_right_about_what_it_says():
    rng = np.random.default_rng(4)
    pairs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    targets = {"or": [0, 1, 1, 1], "xor": [0, 1, 1, 0]}
    cases = [(name, rng.normal(size=2), rng.normal()) for name in targets for _ in range(20)]
    core = "neuron/neuron-core.mjs"
    answers = evaluate([(core, "rightAbout", [targets[n], w, b]) for n, w, b in cases])
    for (name, w, b), answer in zip(cases, answers, strict=True):
        says = neuron.fire(pairs, w, b, activation="step")
        assert answer == (says == targets[name]).tolist()
        assert sum(answer) < 4 or name == "or"


def test_the_decision_line_is_where_the_sum_is_zero():
    rng = np.random.default_rng(2)
    cases = [(rng.normal(size=2), rng.normal()) for _ in range(50)]
    lines = evaluate([("neuron/neuron-core.mjs", "decisionLine", [w, b, 3]) for w, b in cases])
    sides = evaluate([("neuron/neuron-core.mjs", "positiveSide", [w, b, 3]) for w, b in cases])
    corners = np.array([[-3, -3], [3, -3], [3, 3], [-3, 3]])
    for (w, b), line, side in zip(cases, lines, sides, strict=True):
        crosses = len(set(np.sign(corners @ w + b))) > 1
        assert (line is not None) is crosses
        for point in line or []:
            assert neuron.weighted_sum(np.array(point), w, b) == pytest.approx(0, abs=1e-9)
            assert np.abs(point).max() == pytest.approx(3)
        assert all(np.dot(point, w) + b >= -1e-9 for point in side)


def test_no_weights_draw_no_line_and_a_line_beyond_the_plane_is_none():
    core = "neuron/neuron-core.mjs"
    assert evaluate(
        [
            (core, "decisionLine", [[0, 0], 1, 3]),
            (core, "decisionLine", [[1, 0], 9, 3]),
            (core, "decisionLine", [[0, 2], -2, 3]),
            (core, "biasThrough", [[1, 2], [3, -1]]),
        ]
    ) == [None, None, [[3, 1], [-3, 1]], -1]


@pytest.mark.parametrize("rate", [0.001, 0.03, 0.05, 0.07])
def test_a_line_takes_the_steps_of_the_package(rate):
    flowers = irises.load()
    x, t = flowers.X[:, 2].astype(float), flowers.X[:, 3].astype(float)
    core = "line-and-bowl/line-and-bowl-core.mjs"
    (bowl,) = evaluate([(core, "bowl", [[x], t])])
    steps = fit_line_by_steps(x, t, learning_rate=rate, n_steps=20, start=Line(0.5, -1.0))
    expected = np.column_stack([steps.slopes, steps.intercepts])
    stepped = evaluate([(core, "step", [bowl, w, rate]) for w in expected[:-1]])
    np.testing.assert_allclose(stepped, expected[1:], rtol=1e-12, atol=1e-12)
    losses = evaluate([(core, "loss", [bowl, w]) for w in expected])
    np.testing.assert_allclose(losses, steps.losses, rtol=1e-9, atol=1e-12)
    (best,) = evaluate([(core, "best", [bowl])])
    line = fit_line(x, t)
    np.testing.assert_allclose(best, [line.slope, line.intercept], rtol=1e-9)
    (limit,) = evaluate([(core, "limit", [bowl])])
    assert bool(steps.losses[-1] > steps.losses[0]) is (rate > limit)


def test_contours_are_where_the_loss_is_equal_also_in_a_slice():
    rng = np.random.default_rng(5)
    inputs, t = rng.normal(size=(2, 30)) + 2, rng.normal(size=30)
    core = "line-and-bowl/line-and-bowl-core.mjs"
    (bowl,) = evaluate([(core, "bowl", [list(inputs), t])])
    m, k, c = 0.3, -0.7, 0.2
    (cut,) = evaluate([(core, "slice", [bowl, [m, k, c]])])
    (ring,) = evaluate([(core, "contour", [cut, 0.8, 12])])
    (middle,) = evaluate([(core, "best", [cut])])

    def loss(m, c):
        return float(np.mean((m * inputs[0] + k * inputs[1] + c - t) ** 2))

    least = loss(*middle)
    assert all(loss(*point) == pytest.approx(least + 0.8, rel=1e-9) for point in ring)
    X = np.column_stack([*inputs, np.ones(30)])
    (best,) = evaluate([(core, "best", [bowl])])
    np.testing.assert_allclose(best, np.linalg.lstsq(X, t)[0], rtol=1e-9)


def numbers(rng=None):
    if rng is None:
        return {**vars(DOG_OR_CAT), "t": [DOG_OR_CAT.t], "activation": "sigmoid"}
    shapes = {"x": 2, "W1": (2, 2), "b1": 2, "W2": (2, 1), "b2": 1}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()} | {"t": [1.0]}


@pytest.mark.parametrize(
    ("hidden", "output"), [("sigmoid", "sigmoid"), ("tanh", "linear"), ("relu", "sigmoid")]
)
@pytest.mark.parametrize("seed", [None, 0, 1, 2])
def test_every_gradient_is_the_packages(hidden, output, seed):
    case = numbers(None if seed is None else np.random.default_rng(seed))
    case |= {"activation": hidden, "output_activation": output}
    core = "backpropagation/backpropagation-core.mjs"
    (passed,) = evaluate([(core, "forward", [case])])
    (result,) = evaluate([(core, "backward", [case, passed])])
    network = Network(
        [
            Dense(np.array(case["W1"]), np.array(case["b1"]), hidden),
            Dense(np.array(case["W2"]), np.array(case["b2"]), output),
        ]
    )
    steps = forward(network, np.array([case["x"]]))
    expected = backpropagate(network, steps, np.array([case["t"]]), loss="squared_error")
    assert passed["loss"] == pytest.approx(float(expected.loss), rel=1e-12)
    for layer in (0, 1):
        np.testing.assert_allclose(result[f"dW{layer + 1}"], expected.dW[layer], atol=1e-12)
        np.testing.assert_allclose(
            result[f"db{layer + 1}"], np.ravel(expected.db[layer]), atol=1e-12
        )


def test_updates_make_the_loss_fall_and_steps_go_both_ways():
    core = "backpropagation/backpropagation-core.mjs"
    (states,) = evaluate([(core, "train", [numbers(), 0.5, 40])])
    losses = [state["pass"]["loss"] for state in states]
    assert losses[0] == pytest.approx(0.397, abs=1e-3)
    assert losses == sorted(losses, reverse=True)
    old, new = states[0]["numbers"], states[1]["numbers"]
    expected = np.array(old["W1"]) - 0.5 * np.array(states[0]["gradients"]["dW1"])
    np.testing.assert_allclose(new["W1"], expected, rtol=1e-12)
    assert evaluate(
        [
            (core, "move", [{"round": 0, "step": 0}, -1, 40]),
            (core, "move", [{"round": 0, "step": 8}, 1, 40]),
            (core, "move", [{"round": 2, "step": 0}, -1, 40]),
            (core, "move", [{"round": 40, "step": 8}, 1, 40]),
            (core, "fromText", ["0.5_2_3", 40]),
            (core, "fromText", ["0.5_99_3", 40]),
            (core, "fromText", ["abc", 40]),
        ]
    ) == [
        {"round": 0, "step": 0},
        {"round": 1, "step": 0},
        {"round": 1, "step": 8},
        {"round": 40, "step": 8},
        {"rate": 0.5, "round": 2, "step": 3},
        None,
        None,
    ]


@pytest.mark.parametrize("seed", [None, 0, 1])
def test_a_step_for_two_examples_is_the_packages_step_for_a_batch(seed):
    case = numbers(None if seed is None else np.random.default_rng(seed))
    case |= {"activation": "sigmoid", "output_activation": "sigmoid"}
    other = {"x": [0.1, 0.3], "t": [0.0]}
    core = "backpropagation/pulls.mjs"
    (stepped,) = evaluate([(core, "together", [case, other, 0.7])])
    network = Network(
        [
            Dense(np.array(case["W1"]), np.array(case["b1"]), "sigmoid"),
            Dense(np.array(case["W2"]), np.array(case["b2"]), "sigmoid"),
        ]
    )
    passed = forward(network, np.array([case["x"], other["x"]]))
    truth = np.array([case["t"], other["t"]])
    slopes = backpropagate(network, passed, truth, loss="squared_error")
    for k, layer in enumerate(network.layers):
        W = layer.W - 0.7 * slopes.dW[k]
        b = layer.b - 0.7 * slopes.db[k]
        np.testing.assert_allclose(stepped[f"W{k + 1}"], W, rtol=1e-12)
        np.testing.assert_allclose(stepped[f"b{k + 1}"], b, rtol=1e-12)


@pytest.mark.parametrize("edges", ["zero", "mirror", "valid"])
@pytest.mark.parametrize("name", kernels.KERNELS)
def test_kernels_do_what_the_package_does(name, edges):
    rng = np.random.default_rng(3)
    photo = rng.integers(0, 256, size=(9, 12)).astype(float)
    values = kernels.kernel(name)
    core = "kernel/kernel-core.mjs"
    place = {"row": 0 if edges != "valid" else 4, "column": 5, "edges": edges}
    turned, laid, flipped, pixel = evaluate(
        [
            (core, "turned", [values]),
            (core, "apply", [picture(photo), values, edges]),
            (core, "apply", [picture(photo), values[::-1, ::-1], edges]),
            (core, "at", [picture(photo), values, place]),
        ]
    )
    assert turned == values[::-1, ::-1].tolist()
    np.testing.assert_allclose(array(laid), correlate2d(photo, values, padding=edges), atol=1e-3)
    np.testing.assert_allclose(array(flipped), convolve2d(photo, values, padding=edges), atol=1e-3)
    margin = (len(values) - 1) // 2 if edges == "valid" else 0
    expected = correlate2d(photo, values, padding=edges)[place["row"] - margin, 5 - margin]
    assert pixel["sum"] == pytest.approx(float(expected), abs=1e-9)
    np.testing.assert_allclose(np.multiply(pixel["patch"], values), pixel["products"])


def test_the_offered_kernels_are_the_packages(tmp_path):
    module = f"{WIDGETS}/kernel/kernel-core.mjs"
    (tmp_path / "all.mjs").write_text(
        f'import {{ KERNELS }} from "{module}";\nexport const all = () => KERNELS;\n'
    )
    (offered,) = evaluate([(tmp_path / "all.mjs", "all", [])])
    assert len(offered) >= 8
    for name, values in offered.items():
        np.testing.assert_allclose(values, kernels.kernel(name), err_msg=name)


def test_valid_has_no_pixel_at_the_edge_and_a_small_kernel_grows():
    core = "kernel/kernel-core.mjs"
    photo = picture(np.ones((5, 5)))
    place = {"row": 0, "column": 2, "edges": "valid"}
    none, big, small = evaluate(
        [
            (core, "at", [photo, np.ones((3, 3)), place]),
            (core, "resized", [[[1, 2, 3], [4, 5, 6], [7, 8, 9]], 5]),
            (core, "resized", [np.arange(25).reshape(5, 5), 3]),
        ]
    )
    assert none is None
    assert big == np.pad(np.arange(1, 10).reshape(3, 3), 1).tolist()
    assert small == [[6, 7, 8], [11, 12, 13], [16, 17, 18]]


def random_network(rng):
    def tensor(*shape):
        return rng.normal(scale=0.3, size=shape).astype(np.float16).astype(np.float32)

    return TrainedNetwork(
        layers=(
            Layer("conv", "conv_1", "relu", "same"),
            Layer("max_pool", size=(2, 2)),
            Layer("conv", "conv_2", "relu", "valid"),
            Layer("max_pool", size=(3, 2)),
            Layer("flatten"),
            Layer("dense", "dense_1", "relu"),
            Layer("dense", "dense_2", "softmax"),
        ),
        tensors={
            "conv_1.kernel": tensor(4, 5, 1, 3),
            "conv_1.bias": tensor(3),
            "conv_2.kernel": tensor(3, 3, 3, 4),
            "conv_2.bias": tensor(4),
            "dense_1.kernel": tensor(4 * 6 * 4, 7),
            "dense_1.bias": tensor(7),
            "dense_2.kernel": tensor(7, 10),
            "dense_2.bias": tensor(10),
        },
    )


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_any_network_of_the_format_runs_as_in_the_package(dtype, tmp_path):
    rng = np.random.default_rng(5)
    network = random_network(rng)
    X = rng.random((4, 28, 28), dtype=np.float32)
    (tmp_path / "net.mjs").write_text(
        f'import {{ readNetwork }} from "{WIDGETS}/inference/weights.mjs";\n'
        f'import {{ predict }} from "{WIDGETS}/inference/network.mjs";\n'
        "export const answers = (file, X) => X.map((x) => predict(readNetwork(file), x.flat()));\n"
    )
    (result,) = evaluate([(tmp_path / "net.mjs", "answers", [to_bytes(network, dtype=dtype), X])])
    np.testing.assert_allclose(result, inference.probabilities(network, X), atol=1e-5)


def test_a_pixel_of_any_map_is_explained(tmp_path):
    rng = np.random.default_rng(6)
    network = random_network(rng)
    X = rng.random((28, 28), dtype=np.float32)
    places = [
        [1, {"row": 0, "column": 27, "channel": 2}],
        [1, {"row": 13, "column": 5, "channel": 0}],
        [2, {"row": 3, "column": 13, "channel": 1}],
        [3, {"row": 0, "column": 11, "channel": 3}],
        [3, {"row": 7, "column": 2, "channel": 0}],
        [4, {"row": 3, "column": 5, "channel": 2}],
    ]
    (tmp_path / "net.mjs").write_text(
        f'import {{ readNetwork }} from "{WIDGETS}/inference/weights.mjs";\n'
        f'import {{ look }} from "{WIDGETS}/cnn/cnn-core.mjs";\n'
        f'import {{ inspectAll }} from "{WIDGETS}/cnn/closeup-core.mjs";\n'
        "export const answers = (file, x, places) =>"
        " inspectAll(look(readNetwork(file), x.flat()).layers, places);\n"
    )
    file = to_bytes(network, dtype="float32")
    (answers,) = evaluate([(tmp_path / "net.mjs", "answers", [file, X, places])])
    for (index, place), answer in zip(places, answers, strict=True):
        layers = network.layers[:index]
        names = tuple(f"{layer.name}." for layer in layers if layer.name)
        tensors = {k: v for k, v in network.tensors.items() if k.startswith(names)}
        maps = inference.forward(TrainedNetwork(layers, tensors), X[None, ..., None])[0]
        value = maps[place["row"], place["column"], place["channel"]]
        assert answer["value"] == pytest.approx(float(value), abs=1e-5)
        if answer["kind"] == "conv":
            for part in answer["inputs"]:
                np.testing.assert_allclose(
                    np.multiply(part["patch"], part["weights"]), part["products"]
                )
            total = sum(np.sum(part["products"]) for part in answer["inputs"])
            assert max(0, total + answer["bias"]) == pytest.approx(answer["value"], abs=1e-5)
        else:
            y, x = answer["winner"]
            assert answer["window"][y][x] == np.max(answer["window"]) == answer["value"]


def test_one_walks_from_map_to_map_and_finds_every_place_again():
    core = "cnn/closeup-core.mjs"
    shape = [5, 4, 16]
    places = [{"channel": 9, "row": 0, "column": 0}, {"channel": 7, "row": 2, "column": 3}]
    spots = evaluate([(core, "shownAt", [shape, 8, place]) for place in places])
    assert evaluate([(core, "placeIn", [shape, 8, spot]) for spot in spots]) == places
    gap, left, up, stuck, down = evaluate(
        [
            (core, "placeIn", [shape, 8, {"row": 5, "column": 0}]),
            (core, "walk", [shape, 8, places[0], [0, -1]]),
            (core, "walk", [shape, 8, places[0], [-1, 0]]),
            (core, "walk", [shape, 8, places[1], [0, 1]]),
            (core, "walk", [shape, 8, {"channel": 15, "row": 4, "column": 0}, [1, 0]]),
        ]
    )
    assert gap is None
    assert left == {"channel": 8, "row": 0, "column": 3}
    assert up == {"channel": 1, "row": 4, "column": 0}
    assert stuck == places[1]
    assert down == {"channel": 15, "row": 4, "column": 0}


def test_half_precision_numbers_are_read_exactly():
    bits = np.arange(2**16, dtype=np.uint16)
    values = bits.view(np.float16).astype(float)
    finite = np.isfinite(values)
    sample = [int(b) for b in bits[finite][::37]]
    result = evaluate([("inference/weights.mjs", "fromHalf", [b]) for b in sample])
    assert result == values[sample].tolist()


def test_softmax_of_large_logits_is_stable():
    (result,) = evaluate([("inference/network.mjs", "softmax", [[1000, 999, -1000]])])
    np.testing.assert_allclose(result, softmax(np.array([1000.0, 999.0, -1000.0])), atol=1e-7)
