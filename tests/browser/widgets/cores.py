"""The figures' modules without a browser: their functions are called in node."""

import base64
import json
import subprocess
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
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
