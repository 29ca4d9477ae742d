"""The figures' modules without a browser: their functions are called in node."""

import base64
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from tiny_book import BOOK, ROOT

from dlcourse.networks.network_dataclasses import Layer, TrainedNetwork

WIDGETS = BOOK / "widgets"


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


def each(module, function, *lists):
    """Call one function with several lists of arguments."""
    return evaluate([(module, function, [*arguments]) for arguments in lists])


def javascript(lines, *arguments):
    """Call the function `run` of a few lines, in which ~ is the folder of the figures."""
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "run.mjs"
        module.write_text(lines.replace("~", str(WIDGETS)))
        return evaluate([(module, "run", arguments)])[0]


def picture(values):
    height, width = values.shape
    encoded = base64.b64encode(np.asarray(values, np.float32).tobytes()).decode()
    return {"height": height, "width": width, "values": {"float32": encoded}}


def array(image):
    return np.reshape(image["values"], (image["height"], image["width"]))


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
