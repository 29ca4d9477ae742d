"""Activations against hand values and TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf
from refusals import refusals

from dlcourse import activations
from dlcourse.activations import ACTIVATIONS

Z = np.array([[-30.0, -2.0, -0.5], [0.25, 3.0, 40.0]])
SMOOTH = ["linear", "sigmoid", "tanh", "relu"]


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


@pytest.mark.parametrize("name", [*SMOOTH, "softmax"])
def test_values_and_slopes_agree_with_tensorflow(name):
    z = tf.constant(Z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = tf.keras.activations.get(name)(z)
    np.testing.assert_allclose(ACTIVATIONS[name].value(Z), a, rtol=1e-9, atol=1e-12)
    slopes = tape.batch_jacobian(a, z) if name == "softmax" else tape.gradient(a, z)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(Z), slopes, rtol=1e-7, atol=1e-12)


def test_step_is_flat_and_the_conventions_at_zero():
    np.testing.assert_array_equal(activations.step_derivative([-2.0, 0.0, 3.0]), [0, 0, 0])
    assert activations.relu_derivative(0.0) == 0.0
    assert float(tf.raw_ops.ReluGrad(gradients=[1.0], features=[0.0])[0]) == 0.0


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_large_inputs_neither_overflow_nor_become_nan(name):
    assert np.isfinite(ACTIVATIONS[name].value([-1e5, 0.0, 1e5])).all()
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


def test_backward_multiplies_by_the_slope_or_the_jacobian():
    da = np.array([[1.0, -2.0, 3.0]])
    z = np.array([[0.1, 0.2, 0.3]])
    tanh, softmax = ACTIVATIONS["tanh"], ACTIVATIONS["softmax"]
    np.testing.assert_allclose(tanh.backward(z, da), da * (1 - np.tanh(z) ** 2))
    jacobian = activations.softmax_jacobian(z)[0]
    np.testing.assert_allclose(softmax.backward(z, da)[0], jacobian.T @ da[0])


test_errors_name_the_argument = refusals(
    (lambda: activations.softmax(3.0), "`z` must have shape .*single number"),
    (lambda: ACTIVATIONS["relu"].backward([1.0], [1.0, 2.0]), "`z` and `da` .* the same shape"),
)
