"""Train the networks that come with the package: ``make weights``.

    python tools/train_weights.py                 all of them
    python tools/train_weights.py robust          only this one
    python tools/train_weights.py finder          the one that says where a digit stands

The robust network, which takes longest, is kept under data/weights after every epoch, so a run that
is stopped goes on where it was; after a change of the code that is refused until data/weights is
deleted. A file in src/dlcourse/networks/weights is replaced only when its network is complete.
"""

import sys
from functools import partial
from pathlib import Path

from dlcourse.networks import pretrained, weights_file
from dlcourse.networks.keras_settings import settle_keras
from dlcourse.robust import train_digit_networks
from dlcourse.robust.finder import training as finder_training

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "data" / "weights"

if __name__ == "__main__":
    names = sys.argv[1:] or [*pretrained.NAMES, "finder"]
    if not {*names} <= {*pretrained.NAMES, "finder"}:
        sys.exit(__doc__)
    settle_keras()
    say = partial(print, flush=True)
    for name in names:
        if name == "finder":
            network = finder_training.train(report=say)
        else:
            network = train_digit_networks.train(name, scratch=KEPT, report=say)
        path = ROOT / "src/dlcourse/networks/weights" / f"{name}.safetensors"
        weights_file.save(network, path)
        say(f"{path}: {path.stat().st_size:,} bytes")
