"""Train the networks that come with the package: ``make weights``.

    python tools/train_weights.py                 all of them
    python tools/train_weights.py robust          only this one
    python tools/train_weights.py finder          the one that says where a digit stands

Training is kept under data/weights after every epoch of the robust network and every slice of the
finder's training, so a run that is stopped goes on where it was; after a change of the code that
is refused until data/weights is deleted. A file in src/dlcourse/networks/weights is replaced only
when its network is complete.
"""

import shutil
import sys
from functools import partial
from pathlib import Path

from dlcourse.networks import pretrained, weights_file
from dlcourse.networks.keras_settings import settle_keras
from dlcourse.networks.trained_network import TrainedNetwork
from dlcourse.robust import train_digit_networks
from dlcourse.robust.finder import training as finder_training

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "data" / "weights"


def train(name: str) -> TrainedNetwork:
    """Train a network; the finder in slices of training, each with new cut-outs of pictures."""
    if name != "finder":
        report = partial(print, flush=True)
        return train_digit_networks.train(name, scratch=KEPT, report=report)
    folder = KEPT / "finder"
    finder_training.train(folder, n_slices=finder_training.N_SLICES)
    return finder_training.kept_network(folder)


if __name__ == "__main__":
    names = sys.argv[1:] or [*pretrained.NAMES, "finder"]
    if not {*names} <= {*pretrained.NAMES, "finder"}:
        sys.exit(__doc__)
    settle_keras()
    for name in names:
        path = ROOT / "src/dlcourse/networks/weights" / f"{name}.safetensors"
        weights_file.save(train(name), path)
        shutil.rmtree(KEPT / name, ignore_errors=True)
        print(f"{path}: {path.stat().st_size:,} bytes", flush=True)
