"""Nothing but our own errors comes out of plots, drawings and tables, whatever goes in."""

import contextlib
import inspect
from datetime import UTC, datetime

import matplotlib.pyplot as plt
import numpy as np
import pytest
from explosive import Explosive
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from dlcourse.errors import DlcourseError
from dlcourse.figures import drawing, plotting, tables
from dlcourse.figures.style import alt_of

POINTS, CLASSES = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 1.0]]), np.array([0, 1, 1])
LINE = {"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 4.0]}
PATH = {"slopes": [0.0, 1.0], "intercepts": [0.0, 0.5]}
LABELLED = {"names": ["a", "b"], "x_label": "u / cm", "y_label": "v / cm"}
SMALL = np.arange(16.0).reshape(4, 4)
P = [[0.9, 0.1], [0.4, 0.6]]

#: Every public function with arguments that suit it; the fuzz replaces one at a time.
CALLS = {
    "plotting.accuracy_bars": {"accuracies": {"a": 0.5}},
    "plotting.activation_curves": {"z": [0, 1, 2], "curves": {"a": [1, 2, 1]}, "y_label": "a"},
    "plotting.confusion_matrix": {"matrix": [[3, 1], [0, 2]], "names": ["a", "b"]},
    "plotting.decision_regions": {"X": POINTS, "y": CLASSES, "predict": lambda X: X[:, 0] > 1,
                                  **LABELLED},
    "plotting.feature_maps": {"maps": np.zeros((4, 4, 2)), "columns": 2},
    "plotting.filter_grid": {"filters": np.ones((3, 3, 1, 2)), "columns": 2},
    "plotting.image_grid": {"images": np.zeros((2, 4, 4)), "labels": [1, 2], "columns": 2},
    "plotting.image_numbers": {"image": SMALL, "decimals": 1},
    "plotting.image_row": {"images": [SMALL, SMALL], "names": ["a", "b"], "columns": 2},
    "plotting.kmeans_steps": {"X": POINTS, "centres": [POINTS[:2]] * 2, "labels": [CLASSES] * 2,
                              "x_label": "u", "y_label": "v", "columns": 2},
    "plotting.learning_curves": {"training": [2, 1], "validation": [3, 2], "quantity": "loss"},
    "plotting.line_fit": {**LINE, "slope": 1.5, "intercept": 1.0, "x_label": "u", "y_label": "v"},
    "plotting.line_steps": {**LINE, **PATH, "show": [0, 1], "x_label": "u", "y_label": "v"},
    "plotting.loss_surface": {**LINE, **PATH},
    "plotting.probability_bars": {"probabilities": P[0], "names": ["a", "b"], "truth": 1},
    "plotting.reliability_diagram": {"confidence": [0.5, np.nan], "accuracy": [0.4, np.nan],
                                     "counts": [3, 0]},
    "plotting.scatter": {"X": POINTS, "y": CLASSES, **LABELLED},
    "plotting.scatter_matrix": {"X": POINTS, "y": CLASSES, "feature_names": ["u", "v"],
                                "names": ["a", "b"], "unit": "cm"},
    "plotting.spread_over_seeds": {"values": {"a": [0.5, 0.6]}, "quantity": "accuracy"},
    "plotting.timing_bars": {"seconds": {"a": 1.0, "b": 2.0}, "unit": "s"},
    "drawing.artificial_neuron": {"x": [1, 2], "w": [3, 4], "b": 0.5, "z": 1.0, "a": 0.7,
                                  "activation": "sigmoid"},
    "drawing.augmentation_chain": {"image": np.eye(9), "seed": 0},
    "drawing.data_parallelism": {"n_devices": 2},
    "drawing.data_pipeline": {"stages": {"load": "from disk", "fit": "train"}},
    "drawing.data_split": {"n_train": 9, "n_validation": 3, "n_test": 3},
    "drawing.kernel_at": {"image": SMALL, "kernel": np.eye(3), "row": 1, "column": 1},
    "drawing.max_pooling": {"image": SMALL},
    "drawing.network": {"sizes": [2, 1], "layer_names": ["a", "b"], "inputs": ["c", "d"],
                        "outputs": ["e"], "values": [[1, 2], [3]], "gradients": [[1, 2], [3]],
                        "weights": [[[1], [2]]], "most": 6},
    "drawing.padding_modes": {"image": SMALL[:3, :3]},
    "drawing.painting_styles": {"seed": 0},
    **{
        f"drawing.{name}": {}
        for name in ("biological_neuron", "convolutional_network", "image_segmentation",
                     "iris_flower", "layers_of_abstraction")
    },
    "tables.confusion_table": {"matrix": [[3, 1], [0, 2]], "names": ["a", "b"], "caption": "C."},
    "tables.metrics_table": {"metrics": {"a": {"loss": 1.0}}, "head": "h", "caption": "C."},
    "tables.probability_table": {"probabilities": P, "truths": [0, None], "names": ["a", "b"],
                                 "classes": ["no", "yes"], "thing": "flower", "caption": "C."},
}  # fmt: skip


ODD = [
    None, True, "", "relu", b"x", object(), Explosive(), {}, {"a": 1}, {"a": "b"},
    {1: [1]}, {"a": Explosive()}, {"a": {}}, {"a": None, "b": [1.0]}, set(), [], [[]],
    [[1.0], [2.0, 3.0]], ["a"], ["a", None], [None], [Explosive()], float("nan"), float("inf"),
    10**400, -1, 0, 1, 2, 2.5, 1e300, 1e15, -1e15, 1e-300, 1 + 2j, np.array(3), np.array([]),
    np.zeros((0, 3)), np.array(["a"]), np.array([1j]), datetime.now(UTC), [10**400],
    np.array([None]), np.full((4, 4), np.nan), np.full((4, 4), 1e200), np.full((4, 4), 1e15),
    np.full((4, 4), -1e15), np.full((4, 4), 1e-300), np.zeros((3, 2)), np.zeros((4, 4)),
    [1e15, -1e15, 0.0], [1e15, 1e15], [1e-300, 0.0, 0.0], [0.0, 0.0],
    [1e15, np.nextafter(1e15, 0), 1e15],
    np.zeros((2, 2, 2, 2, 2)), np.zeros((2, 1, 1)), np.zeros((1, 1)), range(3), iter([1]), plt,
    [5, 5, 5], [-1, 0], [0.5, 0.5], [[0.5, 0.5]] * 2,
]  # fmt: skip
arrays = st_numpy.arrays(
    st_numpy.boolean_dtypes() | st_numpy.integer_dtypes() | st_numpy.floating_dtypes(),
    st_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
anything = (
    st.sampled_from(ODD)
    | arrays
    | st.floats()
    | st.integers(-5, 5)
    | st.lists(st.floats(-1e15, 1e15) | st.integers(0, 3), max_size=4)
    | st.lists(st.text(max_size=3), max_size=4)
    | st.dictionaries(st.text(max_size=3), st.floats() | st.lists(st.floats(), max_size=3))
)


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def function_of(name):
    module, function = name.split(".")
    return getattr({"plotting": plotting, "drawing": drawing, "tables": tables}[module], function)


def call(function, arguments):
    """Call with positional arguments where the signature has them."""
    parameters = inspect.signature(function).parameters.values()
    positional = [p.name for p in parameters if p.kind == p.POSITIONAL_OR_KEYWORD]
    rest = {name: value for name, value in arguments.items() if name not in positional}
    try:
        return function(*[arguments[name] for name in positional if name in arguments], **rest)
    finally:
        plt.close("all")


def test_every_function_and_every_argument_is_tried():
    public = {f"plotting.{n}" for n in plotting.__all__} | {f"drawing.{n}" for n in drawing.__all__}
    public |= {f"tables.{n}" for n in vars(tables) if n.endswith("_table")}
    assert public == set(CALLS)
    for name, arguments in CALLS.items():
        assert set(inspect.signature(function_of(name)).parameters) - {"axes"} == set(arguments)


@pytest.mark.parametrize("name", CALLS)
def test_odd_arguments_one_at_a_time(name):
    function = function_of(name)
    drawn = call(function, CALLS[name])
    assert isinstance(drawn, tables.Table) or alt_of(drawn)
    for argument in CALLS[name]:
        n_refused = 0
        for odd in ODD:
            try:
                call(function, CALLS[name] | {argument: odd})
            except DlcourseError as error:
                n_refused += 1
                assert "`" in str(error) or "stay finite" in str(error), error  # noqa: PT017
        assert n_refused > 20, argument
        if inspect.signature(function).parameters[argument].default is not None:
            with pytest.raises(DlcourseError):
                call(function, CALLS[name] | {argument: None})


@pytest.mark.parametrize("name", [name for name in CALLS if CALLS[name]])
@settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_but_our_own_errors_comes_out(name, data):
    arguments = dict(CALLS[name])
    for argument in data.draw(st.sets(st.sampled_from(sorted(arguments)), min_size=1)):
        arguments[argument] = data.draw(anything)
    with contextlib.suppress(DlcourseError):
        call(function_of(name), arguments)
