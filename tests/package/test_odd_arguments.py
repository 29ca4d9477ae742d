"""Any public function refuses what does not fit, names it, and lets out no error but ours."""

import contextlib
import inspect
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
#: By the name of a parameter what suits it, and what else suits it in some functions.
SUITABLE = {
    "W": X, "X": X, "activation": "tanh", "activations": ["relu"], "b": 0.5, "batch_size": 2,
    "beta_1": 0.9, "beta_2": 0.99, "da": X, "epochs": 1, "epsilon": 1e-8, "forward": FORWARD,
    "gradient": X, "gradients": GRADIENTS, "image": X, "k": 2, "kernel": X[:2], "labels": LABELS,
    "layers": NETWORK.layers, "learning_rate": 0.1, "logits": X, "loss": "cross_entropy", "n": 5,
    "n_bins": 4, "n_classes": 2, "n_clusters": 2, "n_right": 3, "n_steps": 3, "name": "emboss",
    "network": NETWORK, "optimiser": optimisers.Adam(), "padding": "mirror", "predicted": LABELS,
    "probabilities": activations.softmax(X), "rng": RNG, "scheme": "he", "seed": 0, "size": 2,
    "sizes": [2, 3], "stride": 1, "t": LABELS, "theta": X, "validation": (X, LABELS),
    "values": X[0], "w": X[0], "x": X, "y": X, "z": X,
}  # fmt: skip
#: What an error calls an argument, where that is not its name.
CALLED = {("backpropagation.backpropagate", "t"): "labels"}
LINE = {"x": X[:, 0], "y": X[:, 1]}
SUITABLE_IN = {
    "dense_network.Dense": {"b": X[0]},
    "losses.squared_error": {"t": X + 1},
    "losses.squared_error_derivative": {"t": X + 1},
    "regression.fit_line": LINE,
    "regression.fit_line_by_steps": LINE,
    "training.fit": {"y": LABELS},
    "training.with_parameters": {"theta": training.parameters(NETWORK)},
    "uncertainty.wilson_interval": {"z": 1.5},
}


def adam_step(theta, gradient):
    adam = optimisers.Adam()
    return adam.step(theta, gradient, adam.start(theta))


def public():
    """Every public function and every class that checks what it is made of; four methods."""
    for module in MODULES:
        for name, value in vars(module).items():
            ours = getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
            if ours and (inspect.isfunction(value) or hasattr(value, "__post_init__")):
                yield f"{module.__name__.removeprefix('dlcourse.')}.{name}", value
    yield "Adam.step", adam_step
    yield "GradientDescent.step", optimisers.GradientDescent(0.1).step
    for name in ("softmax", "tanh"):
        yield f"{name}.backward", activations.ACTIVATIONS[name].backward
    yield "Line.predict", regression.Line(1.0, 2.0).predict


FUNCTIONS = dict(public())


def suitable(name):
    """Suitable arguments by name; a new parameter needs a line in `SUITABLE`."""
    parameters = set(inspect.signature(FUNCTIONS[name]).parameters) - {"state"}
    return {key: SUITABLE[key] for key in parameters} | SUITABLE_IN.get(name, {})


@pytest.mark.parametrize("name", FUNCTIONS)
def test_suitable_arguments_are_accepted_and_odd_ones_refused_one_at_a_time(name):
    arguments = suitable(name)
    FUNCTIONS[name](**arguments)
    for argument in arguments:
        n_named = 0
        for odd in ODD:
            try:
                FUNCTIONS[name](**arguments | {argument: odd})
            except DlcourseError as error:
                n_named += f"`{CALLED.get((name, argument), argument)}" in str(error)
                assert str(error).count("`") or "stay finite" in str(error), error  # noqa: PT017
        assert n_named > 20, argument


anything = st.sampled_from(ODD) | st_numpy.arrays(
    st_numpy.boolean_dtypes() | st_numpy.integer_dtypes() | st_numpy.floating_dtypes()
    | st_numpy.complex_number_dtypes() | st_numpy.unicode_string_dtypes(),
    st_numpy.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4),
)  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_but_our_own_errors_comes_out(name, data):
    arguments = suitable(name)
    for argument in data.draw(st.sets(st.sampled_from(sorted(arguments)), min_size=1)):
        arguments[argument] = data.draw(anything)
    with contextlib.suppress(DlcourseError):
        FUNCTIONS[name](**arguments)
