"""Every figure stays where it was drawn: its lines, marks, words, limits and colours.

``geometry/`` keeps what each figure is made of. After a change on purpose, look at the
figure, then record anew and read what ``git diff`` says::

    DLCOURSE_RECORD=1 pytest tests/package/test_geometry.py
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_record import drawn
from kept import compare, same

from dlcourse import drawing, plotting, stills

RECORDS = Path(__file__).parent / "geometry"

X = np.array([[0, 0], [1, 0.5], [0.5, 2], [4, 3], [5, 2.5]])
Y = [0, 0, 1, 1, 2]
NAMES = ["a", "b", "c"]
AXES = {"x_label": "u", "y_label": "v"}
Z = np.linspace(-2, 2, 9)
PICTURES = np.arange(3 * 4 * 5).reshape(3, 4, 5) / 60
MAPS = np.sin(np.arange(4 * 4 * 5)).reshape(4, 4, 5)

#: Each is drawn with every option that moves something.
FIGURES = {
    "drawing.artificial_neuron": drawing.artificial_neuron,
    "drawing.artificial_neuron.values": lambda: drawing.artificial_neuron(
        [1, 2, -3], [0.5, -1, 0.25], b=0.1, z=-2.15, a=0.104
    ),
    "drawing.augmentation_chain": drawing.augmentation_chain,
    "drawing.biological_neuron": drawing.biological_neuron,
    "drawing.convolutional_network": drawing.convolutional_network,
    "drawing.data_parallelism": drawing.data_parallelism,
    "drawing.data_pipeline": drawing.data_pipeline,
    "drawing.data_split": lambda: drawing.data_split(90, 22, 38),
    "drawing.image_segmentation": drawing.image_segmentation,
    "drawing.iris_flower": drawing.iris_flower,
    "drawing.kernel_at": lambda: drawing.kernel_at(
        np.arange(20).reshape(4, 5), [[0, 1, 0], [2, -4, 2], [0, 1, 0]], row=1, column=3
    ),
    "drawing.kernel_at.edge": lambda: drawing.kernel_at(np.ones((4, 4)), np.eye(3)),
    "drawing.layers_of_abstraction": drawing.layers_of_abstraction,
    "drawing.max_pooling": drawing.max_pooling,
    "drawing.network": lambda: drawing.network([4, 10, 3], layer_names=NAMES, outputs=NAMES),
    "drawing.network.values": stills.backpropagation,
    "drawing.network.weights": lambda: drawing.network(
        [2, 1], weights=[[[0], [-2]]], inputs=NAMES[:2]
    ),
    "drawing.padding_modes": drawing.padding_modes,
    "drawing.painting_styles": drawing.painting_styles,
    "plotting.accuracy_bars": lambda: plotting.accuracy_bars({"clean": 0.98, "inverted": 0.3}),
    "plotting.activation_curves": lambda: plotting.activation_curves(
        Z, {"step": Z >= 0, "tanh": np.tanh(Z), "bump": np.exp(-(Z**2))}
    ),
    "plotting.confusion_matrix": lambda: plotting.confusion_matrix(
        [[5, 3, 0], [1, 90, 0], [0, 2, 7]], names=NAMES
    ),
    "plotting.confusion_matrix.five": lambda: plotting.confusion_matrix(np.diag(range(1, 6))),
    "plotting.decision_regions": lambda: plotting.decision_regions(
        X, Y, predict=lambda points: np.clip(points @ [1, 0.3] // 2.2, 0, 2), names=NAMES, **AXES
    ),
    "plotting.feature_maps": lambda: plotting.feature_maps(MAPS, columns=3),
    "plotting.filter_grid": lambda: plotting.filter_grid(MAPS, columns=3),
    "plotting.filter_grid.keras": lambda: plotting.filter_grid(MAPS[:, :, np.newaxis]),
    "plotting.image_grid": lambda: plotting.image_grid(PICTURES, NAMES, columns=2),
    "plotting.image_numbers": lambda: plotting.image_numbers(PICTURES[1], decimals=1),
    "plotting.image_row": lambda: plotting.image_row(PICTURES, NAMES),
    "plotting.kmeans_steps": lambda: plotting.kmeans_steps(
        X, centres=[X[:2], X[:2] + 1, X[3:]], labels=[[0, 1, 1, 1, 1], [0, 0, 1, 1, 1], [0] * 5]
    ),
    "plotting.learning_curves": lambda: plotting.learning_curves([1, 0.5, 0.2], [1.1, 0.6, 0.9]),
    "plotting.learning_curves.accuracy": lambda: plotting.learning_curves(
        [0.5, 0.9], quantity="accuracy"
    ),
    "plotting.line_fit": lambda: plotting.line_fit([0, 1, 2], [0, 1, 5], slope=1, intercept=0.5),
    "plotting.line_steps": lambda: plotting.line_steps(
        [0, 1, 2], [1, 3, 5], slopes=[0, 1, 1.5, 2], intercepts=[0, 0.5, 1, 1]
    ),
    "plotting.loss_surface": lambda: plotting.loss_surface(
        [0, 1, 2], [1, 3, 5], slopes=[0, 1, 1.5], intercepts=[0, 0.5, 0.7]
    ),
    "plotting.probability_bars": lambda: plotting.probability_bars(
        [0.37, 0.6, 0.03], names=NAMES, truth=0
    ),
    "plotting.probability_bars.digits": lambda: plotting.probability_bars(np.full(10, 0.1)),
    "plotting.reliability_diagram": lambda: plotting.reliability_diagram(
        [np.nan, 0.35, 0.9], [np.nan, 0.4, 0.6], [0, 10, 30]
    ),
    "plotting.scatter": lambda: plotting.scatter(X, Y, names=NAMES, **AXES),
    "plotting.scatter_matrix": lambda: plotting.scatter_matrix(
        X, Y, feature_names=["u", "v"], names=NAMES
    ),
    "plotting.spread_over_seeds": lambda: plotting.spread_over_seeds(
        {"plain": [0.9, 0.95, 0.952, 1.0], "augmented": [0.97, 0.98]}
    ),
    "plotting.spread_over_seeds.numbers": lambda: plotting.spread_over_seeds(
        {"plain": [3, 5, 5]}, quantity="seconds"
    ),
    "plotting.timing_bars": lambda: plotting.timing_bars(
        {"slow": 2.0, "outside": 1.19, "inside": 1.21, "fast": 0.1}
    ),
    "stills.digit_pad": stills.digit_pad,
    "stills.flowers": stills.flowers,
    "stills.kernel": stills.kernel,
    "stills.neuron": stills.neuron,
}


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_as_recorded(name):
    compare(RECORDS / f"{name}.txt", drawn(FIGURES[name]))


@pytest.mark.parametrize("module", [drawing, plotting])
def test_every_figure_is_recorded(module):
    short = module.__name__.rpartition(".")[2]
    recorded = {name.split(".")[1] for name in FIGURES if name.startswith(f"{short}.")}
    assert recorded == set(module.__all__)


def test_no_record_is_left_over():
    assert {path.stem for path in RECORDS.glob("*.txt")} == set(FIGURES)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("line 0.333 2, 1 4; #1e4000", "line 0.334 2, 1 4; #1e4000", True),
        ("line 0.333 2, 1 4; #1e4000", "line 0.343 2, 1 4; #1e4000", False),
        ("line 0.333 2, 1 4; #1e4000", "line 0.333 2, 1 4; #1e4001", False),
        ("sum 123456", "sum 123457", True),
        ("sum 123456", "sum 123556", False),
        ("sum -1", "sum 1", False),
    ],
)
def test_only_the_last_digit_may_differ(one, other, alike):
    assert same(one, other) == alike
