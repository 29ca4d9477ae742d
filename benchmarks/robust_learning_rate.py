"""Choose the robust network's learning rate by how well validation pictures are read.

The same pictures choose the thresholds of `dlcourse.digits.reader`; none of them scores the reader
(see `benchmarks.reader_scores`).

    python -m benchmarks.robust_learning_rate [FOLDER]

trains a network for a few epochs at each rate. Each reads these pictures together with the finder,
the network that says where a digit stands; the rate with the fewest wrong answers trains the
network that is shipped. About half an hour on two cores; a network that is in FOLDER (default:
data/weights) is not trained again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest import mock

from benchmarks import reader_scores
from dlcourse.digits import reader
from dlcourse.networks import pretrained, weights_file
from dlcourse.robust import train_digit_networks

RATES = (1e-3, 2e-3, 4e-3)
N_EPOCHS = 4


def wrong_answers(rate: float, folder: Path) -> dict[str, int]:
    """Train a network at this rate, and count its wrong answers on each set to choose by."""
    path = folder / f"robust-{rate:g}.safetensors"
    if not path.is_file():
        network = train_digit_networks.train("robust", n_epochs=N_EPOCHS, rate=rate, scratch=folder)
        weights_file.save(network, path)
    networks = {"robust": weights_file.load(path), "finder": pretrained.load_finder()}
    with mock.patch.object(reader, "_network", networks.__getitem__):
        counts = reader_scores.measure(reader_scores.choosing())
    return {name: count["n"] - count["right"] for name, count in counts.items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "data/weights")
    for rate in RATES:
        wrong = wrong_answers(rate, folder)
        print(f"{rate:g}: {sum(wrong.values())} wrong, {wrong}", flush=True)
