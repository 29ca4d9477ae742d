"""Nothing but our own errors comes out of any public function, whatever goes in."""

import contextlib
import inspect
import warnings
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from dlcourse import (
    activations,
    backpropagation,
    clustering,
    convolution,
    dense_network,
    evaluation,
    image_kernels,
    losses,
    neuron,
    optimisers,
    regression,
    training,
    uncertainty,
)
from dlcourse.errors import DlcourseError


class Explosive:
    """The oddest argument of all: it fails however it is touched."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError

    def __len__(self):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None


MODULES = [activations, backpropagation, clustering, convolution, evaluation, image_kernels,
           losses, dense_network, neuron, optimisers, regression, training,
           uncertainty]  # fmt: skip
RNG = np.random.default_rng(0)
NETWORK = dense_network.initialise([2, 3, 2], activations=["relu", "softmax"], rng=RNG)
X, LABELS = RNG.normal(size=(4, 2)), np.array([0, 1, 1, 0])
FORWARD = dense_network.forward(NETWORK, X)
GRADIENTS = backpropagation.backpropagate(NETWORK, FORWARD, LABELS, loss="cross_entropy")
P = activations.softmax(X)
IMAGES, FILTERS = np.ones((2, 4, 4, 1)), np.ones((2, 2, 1, 3))
ODD = [
    None, True, "", "relu", "softmax", "cross_entropy", "squared_error", b"x", object(), Explosive(),  # noqa: E501
    Explosive, {}, {"a": 1}, set(), [], [[]], [[1.0], [2.0, 3.0]], ["a"], [None], (X,), (X, None),
    [Explosive()], float("nan"), float("inf"), -float("inf"), 10**400, -1, 0, 1, 2, 2.5, 1e300,
    1 + 2j, np.float64("nan"), np.array(3), np.array([]), np.zeros((0, 3)), np.zeros((2, 0)),
    np.array(["a"]), np.array([1j]), np.array([datetime.now(UTC).replace(tzinfo=None)]), [10**400],
    np.array([None]), np.full((4, 2), np.nan), np.full((4, 2), 1e200), np.full(4, 1e99),
    np.full((4, 2), 1e99), np.longdouble("1e4000"), np.array([2**64 - 1], np.uint64),
    np.array([True, False, True, False]), np.ma.masked_all((4, 2)), np.zeros((2, 2, 2, 2, 2)),
    range(4), iter([1]), lambda: 0, training, NETWORK, FORWARD, optimisers.Adam, RNG,
]  # fmt: skip
arrays = st_numpy.arrays(
    st_numpy.boolean_dtypes() | st_numpy.integer_dtypes() | st_numpy.floating_dtypes()
    | st_numpy.complex_number_dtypes() | st_numpy.unicode_string_dtypes(),
    st_numpy.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4),
)  # fmt: skip
anything = (
    st.sampled_from(ODD)
    | arrays
    | st.floats()
    | st.integers(-5, 5)
    | st.text(max_size=5)
    | st.lists(st.floats() | st.integers(), max_size=4)
    | st.recursive(st.none() | st.floats(), lambda inner: st.lists(inner, max_size=3), max_leaves=8)
)


#: Every public callable with arguments that suit it; the fuzz replaces one at a time.
CALLS = {
    **{
        f"activations.{name}": {"z": X}
        for name in ["linear", "step", "sigmoid", "tanh", "relu", "softmax", "linear_derivative", "step_derivative", "sigmoid_derivative", "tanh_derivative", "relu_derivative", "softmax_jacobian"]  # noqa: E501
    },
    "losses.squared_error": {"y": X, "t": X + 1},
    "losses.squared_error_derivative": {"y": X, "t": X + 1},
    "losses.cross_entropy": {"probabilities": P, "labels": LABELS},
    "losses.cross_entropy_derivative": {"probabilities": P, "labels": LABELS},
    "losses.cross_entropy_from_logits_derivative": {"logits": X, "labels": LABELS},
    "neuron.weighted_sum": {"x": X, "w": X[0], "b": 0.5},
    "neuron.fire": {"x": X, "w": X[0], "b": 0.5, "activation": "tanh"},
    "neuron.learn": {"x": X, "t": LABELS, "w": X[0], "b": 0.5, "activation": "tanh",
                     "learning_rate": 0.1},
    "dense_network.Dense": {"W": X, "b": X[0], "activation": "relu"},
    "dense_network.Network": {"layers": NETWORK.layers},
    "dense_network.initialise": {"sizes": [2, 3], "activations": ["relu"], "scheme": "he",
                                 "rng": RNG},
    "dense_network.forward": {"network": NETWORK, "X": X},
    "dense_network.predict": {"network": NETWORK, "X": X},
    "backpropagation.backpropagate": {"network": NETWORK, "forward": FORWARD, "t": LABELS,
                              "loss": "cross_entropy"},
    "optimisers.GradientDescent": {"learning_rate": 0.1},
    "optimisers.Adam": {"learning_rate": 0.1, "beta_1": 0.9, "beta_2": 0.99, "epsilon": 1e-8},
    "training.fit": {"network": NETWORK, "X": X, "y": LABELS, "loss": "cross_entropy",
                     "optimiser": optimisers.Adam(), "epochs": 1, "batch_size": 2,
                     "validation": (X, LABELS), "rng": RNG},
    "training.parameters": {"network": NETWORK},
    "training.with_parameters": {"network": NETWORK, "theta": training.parameters(NETWORK)},
    "training.flatten": {"gradients": GRADIENTS},
    "regression.fit_line": {"x": X[:, 0], "y": X[:, 1]},
    "regression.fit_line_by_steps": {"x": X[:, 0], "y": X[:, 1], "learning_rate": 0.1,
                                     "n_steps": 3},
    "clustering.kmeans": {"X": X, "n_clusters": 2, "seed": 0},
    "image_kernels.kernel": {"name": "emboss"},
    "convolution.output_size": {"n": 5, "k": 2, "padding": "zero", "stride": 2},
    **{
        f"convolution.{name}": {"image": X, "kernel": X[:2], "padding": "mirror", "stride": 2}
        for name in ("correlate2d", "correlate2d_by_loop", "convolve2d")
    },
    **{
        f"convolution.{name}": {"image": X, "size": 2, "stride": 1}
        for name in ("max_pool2d", "max_pool2d_by_loop")
    },
    "evaluation.accuracy": {"labels": LABELS, "predicted": LABELS},
    "evaluation.confusion_matrix": {"labels": LABELS, "predicted": LABELS, "n_classes": 2},
    "evaluation.per_class_accuracy": {"labels": LABELS, "predicted": LABELS, "n_classes": 2},
    "evaluation.calibration": {"labels": LABELS, "probabilities": P, "n_bins": 4},
    "uncertainty.standard_error": {"n_right": 3, "n": 4},
    "uncertainty.wilson_interval": {"n_right": 3, "n": 4, "z": 1.5},
    "uncertainty.spread": {"values": X[0]},
}  # fmt: skip


#: Plain results: they are made by our functions, not by users.
RESULTS = {"Activation", "Loss", "Forward", "Gradients", "NeuronStep", "Line", "LineSteps", "KMeans",  # noqa: E501
           "KMeansStep", "Kernel", "Calibration", "Spread", "Fit", "History", "Optimiser"}  # fmt: skip  # noqa: E501


def function_of(name):
    module, function = name.split(".")
    return getattr(next(m for m in MODULES if m.__name__ == f"dlcourse.{module}"), function)


def call(function, arguments):
    """Call with positional arguments where the signature has them."""
    parameters = inspect.signature(function).parameters.values()
    positional = [p.name for p in parameters if p.kind == p.POSITIONAL_OR_KEYWORD]
    rest = {name: value for name, value in arguments.items() if name not in positional}
    return function(*[arguments[name] for name in positional if name in arguments], **rest)


def test_every_public_function_is_fuzzed():
    public = {
        f"{module.__name__.split('.')[-1]}.{name}"
        for module in MODULES
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__ and name not in RESULTS
    }  # fmt: skip
    assert public == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_suitable_arguments_are_accepted_and_odd_ones_refused_one_at_a_time(name):
    function = function_of(name)
    call(function, CALLS[name])
    for argument in CALLS[name]:
        n_refused = 0
        for odd in ODD:
            try:
                call(function, CALLS[name] | {argument: odd})
            except DlcourseError as error:
                n_refused += 1
                assert str(error).count("`") or "stay finite" in str(error), error  # noqa: PT017
        assert n_refused > 20, argument


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_but_our_own_errors_comes_out(name, data):
    arguments = dict(CALLS[name])
    for argument in data.draw(st.sets(st.sampled_from(sorted(arguments)), min_size=1)):
        arguments[argument] = data.draw(anything)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with contextlib.suppress(DlcourseError):
            call(function_of(name), arguments)


@pytest.mark.parametrize("optimiser", [optimisers.GradientDescent(0.1), optimisers.Adam(0.1)])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_optimisers_and_activations_too(optimiser, data):
    theta = data.draw(anything)
    for attempt in (
        lambda: optimiser.start(theta),
        lambda: optimiser.step(theta, data.draw(anything), optimiser.start(theta)),
        lambda: optimiser.step(X, data.draw(anything), optimiser.start(X)),
        lambda: activations.ACTIVATIONS["softmax"].backward(theta, X),
        lambda: activations.ACTIVATIONS["tanh"].backward(X, theta),
        lambda: regression.Line(1.0, 2.0).predict(theta),
    ):
        with contextlib.suppress(DlcourseError):
            attempt()
