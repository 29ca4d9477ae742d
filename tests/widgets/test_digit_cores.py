"""MNIST's form and the pad's preparation, without a browser, against `dlcourse.mnist_form`."""

import base64
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from dlcourse import mnist_form, reader, weights_file

ROOT = Path(__file__).resolve().parents[2]
WIDGETS = ROOT / "book/widgets"


def evaluate(calls):
    """Call functions of the figures' modules: [(module, function, arguments), …]."""

    def plain(value):
        if isinstance(value, bytes):
            return {"bytes": base64.b64encode(value).decode()}
        return value.tolist()

    steps = [{"module": str(WIDGETS / m), "call": f, "args": a} for m, f, a in calls]
    run = subprocess.run(
        [ROOT / ".venv/bin/node", Path(__file__).parent / "evaluate.mjs"],
        input=json.dumps(steps, default=plain),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def picture(values):
    height, width = values.shape
    return {"height": height, "width": width, "values": {"float32": values.ravel().tolist()}}


def array(found):
    return np.reshape(found["values"], (found["height"], found["width"]))


def strokes(rng, shape):
    """Some ink: a few fat lines, with grey edges, somewhere in the picture."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    ink = np.zeros(shape)
    for _ in range(3):
        a, b = rng.uniform(0.2, 0.8, size=(2, 2)) * shape
        t = np.clip(
            ((y - a[0]) * (b - a)[0] + (x - a[1]) * (b - a)[1]) / ((b - a) ** 2).sum(), 0, 1
        )
        away = np.hypot(y - a[0] - t * (b - a)[0], x - a[1] - t * (b - a)[1])
        ink = np.maximum(ink, np.clip(min(shape) / 14 - away, 0, 1))
    return ink.astype(np.float32)


@pytest.mark.parametrize("shape", [(280, 280), (28, 28), (120, 61), (13, 17), (400, 90)])
def test_mnists_form_is_the_packages(shape):
    ink = strokes(np.random.default_rng(shape[0]), shape)
    small, whole = evaluate(
        [("inference/mnist-form.mjs", f, [picture(ink)]) for f in ("fit", "toMnistForm")]
    )
    np.testing.assert_allclose(array(small), mnist_form.fit(ink), atol=1e-4)
    np.testing.assert_allclose(array(whole), mnist_form.to_mnist_form(ink), atol=1e-4)


def test_a_blank_picture_has_no_form():
    pad = "digit-pad/digit-pad-core.mjs"
    blank = picture(np.full((30, 30), 255.0))
    assert evaluate(
        [
            ("inference/mnist-form.mjs", "toMnistForm", [picture(np.zeros((9, 9)))]),
            (pad, "findInk", [blank]),
            (pad, "prepare", [blank, {"invert": True, "centres": True}]),
        ]
    ) == [None, None, None]


def test_preparation_turns_and_centres_only_when_asked():
    pad = "digit-pad/digit-pad-core.mjs"
    ink = strokes(np.random.default_rng(8), (280, 280))
    ink[:100] = 0  # low on the sheet
    form = mnist_form.to_mnist_form(np.where(ink < 0.25, 0, ink))

    def seen(paper, *, invert, centres):
        grey = 255 * (ink if paper == "black" else 1 - ink)
        return np.reshape(
            evaluate([(pad, "prepare", [picture(grey), {"invert": invert, "centres": centres}])])[
                0
            ]["values"],
            (28, 28),
        )

    np.testing.assert_allclose(seen("white", invert=True, centres=True), form, atol=1e-4)
    np.testing.assert_allclose(seen("white", invert=False, centres=True), 1 - form, atol=1e-4)
    np.testing.assert_allclose(seen("black", invert=False, centres=True), form, atol=1e-4)
    np.testing.assert_allclose(seen("black", invert=True, centres=True), form, atol=1e-4)
    shrunk = ink.reshape(28, 10, 28, 10).mean(axis=(1, 3))
    np.testing.assert_allclose(seen("black", invert=False, centres=False), shrunk, atol=1e-4)
    np.testing.assert_allclose(seen("white", invert=True, centres=False), shrunk, atol=1e-4)
    np.testing.assert_allclose(seen("white", invert=False, centres=False), 1 - shrunk, atol=1e-4)


@pytest.mark.parametrize(
    "logits",
    [
        [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4],
        [3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 2],
        [0, 0, 0, 5, 4, 0, 0, 0, 0, 0],
    ],
)
def test_a_verdict_is_the_readers(logits, tmp_path):
    n = len(logits)
    network = weights_file.TrainedNetwork(
        layers=(weights_file.Layer("flatten"), weights_file.Layer("dense", "dense_1")),
        tensors={
            "dense_1.kernel": np.zeros((784, n), np.float32),
            "dense_1.bias": np.array(logits, np.float32),
        },
        classes=(*"0123456789", "none")[:n],
    )
    (tmp_path / "pad.mjs").write_text(
        f'import {{ readNetwork }} from "{WIDGETS}/inference/weights.mjs";\n'
        f'import {{ answer }} from "{WIDGETS}/digit-pad/digit-pad-core.mjs";\n'
        "export const verdict = (file, values) => answer(readNetwork(file), values);\n"
    )
    call = (tmp_path / "pad.mjs", "verdict", [weights_file.to_bytes(network), [0] * 784])
    (found,) = evaluate([call])
    expected = reader.judge(network, np.zeros((28, 28)))
    assert found["digit"] == expected.digit
    assert found["confidence"] == pytest.approx(expected.confidence, abs=1e-6)
    np.testing.assert_allclose(found["probabilities"], expected.probabilities, atol=1e-6)
