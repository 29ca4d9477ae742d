"""Nothing but our own errors comes out of data, pictures, networks and pens, whatever goes in."""

from importlib import import_module

import numpy as np
import pytest
from matplotlib.figure import Figure
from odd import with_odd

from dlcourse import digit_networks, digits, irises, own_digits, picture_files

FLOWERS, PLAIN = irises.load(), digit_networks.load("plain")
GREY = picture_files.load_grey(own_digits.path("plate"))[::8, ::8]
FOUND = digits.prepare(GREY)
INK = np.zeros((28, 28), np.float32)
INK[6:22, 13:16] = 1
X, MASK, RNG = np.stack([INK, INK]), INK > 0.5, np.random.default_rng(0)
BYTES, LABELS = (255 * X).astype(np.uint8), np.array([1, 1])

#: Every public function with arguments that suit it; the test replaces one at a time.
CALLS = {
    "check.check": {"name": "kernels-1"},
    "digit_networks.load": {"name": "plain"},
    "digit_networks.path": {"name": "plain"},
    "digits.background": {"grey": GREY, "n_rounds": 2},
    "digits.candidates": {"picture": GREY},
    "closer.as_one": {"prepared": FOUND},
    "marks.count_signs": {"mask": MASK},
    "marks.grow": {"mask": MASK, "faint": MASK},
    "digits.is_gap": {"inner": FOUND, "outer": FOUND},
    "digits.is_hole": {"inner": FOUND, "outer": FOUND},
    "marks.is_plate": {"mask": FOUND.mask},
    "marks.holes_of": {"mask": MASK},
    "marks.keep_marks": {"kind": MASK},
    "digits.local_level": {"grey": GREY},
    "digits.otsu": {"values": GREY},
    "digits.prepare": {"picture": GREY},
    "marks.signs": {"mask": MASK},
    "marks.stroke_width": {"mask": MASK},
    "marks.thicken": {"ink": INK, "mask": MASK},
    "digits.untidiness": {"even": INK, "mask": MASK},
    "digits.working_copy": {"grey": GREY},
    "figure_style.alt_of": {"target": Figure()},
    "figure_style.png": {"figure": Figure(), "scale": 0.1},
    "figure_style.svg": {"figure": Figure()},
    "inference.logits": {"network": PLAIN, "X": X},
    "inference.probabilities": {"network": PLAIN, "X": X},
    "irises.pipeline": {"X": FLOWERS.X, "y": FLOWERS.y, "batch_size": 8, "shuffle_seed": 1},
    "irises.split": {"irises": FLOWERS, "seed": 0, "n_test": 38, "n_validation": 22},
    "laboratory.answers": {"network": PLAIN, "X": X, "refuse_at": 0.5},
    "laboratory.clean": {"X": X},
    "laboratory.compare": {"networks": {"plain": PLAIN}, "X": X, "y": LABELS, "seed": 0},
    "laboratory.inverted": {"X": X},
    "laboratory.noisy": {"X": X, "seed": 0, "spread": 0.2},
    "laboratory.over_seeds": {"networks": [PLAIN, PLAIN], "X": X, "y": LABELS},
    "laboratory.score": {"network": PLAIN, "X": X, "y": LABELS},
    "laboratory.shifted": {"X": X, "seed": 0, "pixels": 2},
    "laboratory.unseen_no_digits": {"n": 1, "seed": 0},
    "mnist.epoch_batches": {"images": BYTES, "labels": LABELS, "batch_size": 2, "seed": 0,
                            "epoch": 0},
    "mnist_form.centre": {"fitted": INK},
    "mnist_form.crop": {"ink": INK},
    "mnist_form.fit": {"ink": INK},
    "mnist_form.to_mnist_form": {"ink": INK},
    "models.epoch_lines": {"every": 1},
    "models.iris_network": {"n_hidden": 2, "n_classes": 2},
    "models.mnist_network": {"dropout": 0.4},
    "models.seed_everything": {"seed": 0},
    "own_digits.load_colour": {"name": "pen"},
    "own_digits.path": {"name": "pen"},
    "picture_files.load_grey": {"picture": own_digits.path("pen")},
    "pictures.photo": {"shrink": 16},
    "pictures.png": {"picture": INK, "width": 9, "shades": 2},
    "quick.epochs": {"n": 2},
    "reader.judge": {"network": PLAIN, "picture": INK},
    "reader.read": {"picture": own_digits.path("pen"), "network": "plain"},
    "reader.read_grey": {"grey": GREY, "network": PLAIN},
    "speed.take_turns": {"contenders": {"a": list}, "rounds": 1},
    "stills.kernel": {"kernel": "sharpen"},
    "stills.neuron": {"inputs": (1, 2), "weights": (3, 4), "bias": 0.5, "activation": "relu"},
    "strokes.draw": {"paths": [np.eye(2)], "width": 0.1, "size": 28, "margin": 0.1},
    "strokes.smooth": {"points": np.eye(2), "n_between": 2},
    "strokes.write": {"sign": [("curve", ((0, 0), (1, 1)))], "rng": RNG, "wobble": 0.1,
                      "slant": 0.1},
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_odd_arguments_one_at_a_time(name):
    module, _, function = name.rpartition(".")
    function = getattr(import_module(f"dlcourse.{module}"), function)
    suitable = CALLS[name] | ({"answer": 20} if name == "check.check" else {})
    function(**suitable)
    for argument in CALLS[name]:
        with_odd(function, suitable, argument, unnamed=("picture",), more=[PLAIN])
