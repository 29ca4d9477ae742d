"""Activations against hand values, finite differences and TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse import activations
from dlcourse.activations import ACTIVATIONS
from dlcourse.errors import InputError

Z = np.array([[-30.0, -2.0, -0.5], [0.25, 3.0, 40.0]])
SMOOTH = ["linear", "sigmoid", "tanh", "relu"]
rows = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 5)),
              elements=st.floats(-50, 50))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("linear", [-1.0, 0.0, 2.0]),
        ("step", [0.0, 1.0, 1.0]),
        ("sigmoid", [0.2689414213699951, 0.5, 0.8807970779778823]),
        ("tanh", [-0.7615941559557649, 0.0, 0.9640275800758169]),
        ("relu", [0.0, 0.0, 2.0]),
        ("softmax", [0.04201006613406605, 0.11419519938459449, 0.8437947344813395]),
    ],
)
def test_values_worked_by_hand(name, expected):
    np.testing.assert_allclose(ACTIVATIONS[name].value([-1, 0, 2]), expected, rtol=1e-12)


@pytest.mark.parametrize("name", SMOOTH)
def test_slopes_agree_with_finite_differences(name):
    h = 1e-6
    f = ACTIVATIONS[name].value
    numeric = (f(Z + h) - f(Z - h)) / (2 * h)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(Z), numeric, atol=1e-8)


@pytest.mark.parametrize("name", [*SMOOTH, "softmax"])
def test_values_and_slopes_agree_with_tensorflow(name):
    z = tf.constant(Z)
    theirs = {"linear": tf.identity, "softmax": tf.nn.softmax}.get(name) or getattr(tf.nn, name)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = theirs(z)
    np.testing.assert_allclose(ACTIVATIONS[name].value(Z), a, rtol=1e-9, atol=1e-12)
    if name == "softmax":
        with tf.GradientTape() as tape:
            tape.watch(z)
            a = theirs(z)
        slopes = tape.batch_jacobian(a, z)
    else:
        slopes = tape.gradient(a, z)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(Z), slopes, rtol=1e-7, atol=1e-12)


def test_the_conventions_at_zero():
    assert activations.step(0.0) == 1.0
    assert activations.step_derivative(0.0) == 0.0
    assert activations.relu_derivative(0.0) == 0.0
    assert float(tf.raw_ops.ReluGrad(gradients=[1.0], features=[0.0])[0]) == 0.0


def test_step_is_flat():
    np.testing.assert_array_equal(activations.step_derivative(Z), np.zeros((2, 3)))


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_large_inputs_neither_overflow_nor_become_nan(name):
    value = ACTIVATIONS[name].value([-1e5, 0.0, 1e5])
    assert np.isfinite(value).all()
    assert np.isfinite(ACTIVATIONS[name].derivative([-1e5, 0.0, 1e5])).all()


def test_sigmoid_keeps_its_precision_far_to_the_left():
    assert activations.sigmoid(-100.0) == pytest.approx(np.exp(-100.0), rel=1e-12)


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_numbers_give_numbers_and_shapes_stay(name):
    assert np.ndim(ACTIVATIONS[name].value(0.3)) == 0
    assert np.ndim(ACTIVATIONS[name].derivative(0.3)) == 0
    assert ACTIVATIONS[name].value(np.ones((2, 3, 4))).shape == (2, 3, 4)


def test_the_argument_is_left_alone():
    z = np.array([-1.0, 2.0])
    activations.linear(z)[0] = 9.0
    activations.relu(z)[0] = 9.0
    np.testing.assert_array_equal(z, [-1.0, 2.0])


def test_softmax_works_along_the_last_axis():
    p = activations.softmax(np.zeros((5, 2, 4)))
    np.testing.assert_array_equal(p, np.full((5, 2, 4), 0.25))
    assert activations.softmax_jacobian(np.zeros((5, 2, 4))).shape == (5, 2, 4, 4)


@given(rows)
def test_softmax_sums_to_one_and_does_not_feel_a_shift(z):
    p = activations.softmax(z)
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(activations.softmax(z + 7.0), p, rtol=1e-9)


@given(rows)
def test_softmax_jacobian_is_symmetric_and_its_rows_cancel(z):
    jacobian = activations.softmax_jacobian(z)
    np.testing.assert_allclose(jacobian.sum(axis=-1), 0.0, atol=1e-12)
    np.testing.assert_allclose(jacobian, jacobian.swapaxes(-1, -2), atol=1e-15)


@given(rows)
def test_sigmoid_and_tanh_are_the_same_curve(z):
    np.testing.assert_allclose(2 * activations.sigmoid(2 * z) - 1, np.tanh(z), atol=1e-12)


def test_backward_multiplies_by_the_slope_or_the_jacobian():
    da = np.array([[1.0, -2.0, 3.0]])
    z = np.array([[0.1, 0.2, 0.3]])
    tanh, softmax = ACTIVATIONS["tanh"], ACTIVATIONS["softmax"]
    np.testing.assert_allclose(tanh.backward(z, da), da * (1 - np.tanh(z) ** 2))
    jacobian = activations.softmax_jacobian(z)[0]
    np.testing.assert_allclose(softmax.backward(z, da)[0], jacobian.T @ da[0])


def test_errors_name_the_argument():
    with pytest.raises(InputError, match=r"`z` must hold finite numbers.*got nan"):
        activations.sigmoid([1.0, np.nan])
    with pytest.raises(InputError, match="`z` must have shape .*single number"):  # noqa: RUF043
        activations.softmax(3.0)
    with pytest.raises(InputError, match=r"`z` must not be empty: got shape \(0,\)"):
        activations.relu([])
    with pytest.raises(InputError, match="`z` and `da` must have the same shape"):
        ACTIVATIONS["relu"].backward([1.0], [1.0, 2.0])
    with pytest.raises(TypeError):
        ACTIVATIONS["mine"] = ACTIVATIONS["relu"]
