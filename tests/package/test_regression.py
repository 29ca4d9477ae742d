"""Lines against hand values and scikit-learn."""

import numpy as np
import pytest
from refusals import refusals
from sklearn.linear_model import LinearRegression

from dlcourse.regression import fit_line, fit_line_by_steps

X = np.array([0.0, 1.0, 2.0, 3.0])
Y = np.array([1.0, 2.0, 2.0, 5.0])


def test_a_line_by_hand():
    # x̄ = 1.5, ȳ = 2.5; Σ dx dy = 2.25 + 0.25 − 0.25 + 3.75 = 6, Σ dx² = 5
    line = fit_line(X, Y)
    assert line.slope == pytest.approx(1.2)
    assert line.intercept == pytest.approx(0.7)
    np.testing.assert_allclose(line.predict([[0.0, 10.0]]), [[0.7, 12.7]])


def test_the_formula_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    x, y = rng.normal(3, 2, size=12), rng.normal(size=12)
    theirs = LinearRegression().fit(x[:, None], y)
    ours = fit_line(x, y)
    assert ours.slope == pytest.approx(theirs.coef_[0])
    assert ours.intercept == pytest.approx(theirs.intercept_)


def test_one_step_by_hand():
    # At (0, 0) the errors are −y: ∂m = −2 mean(x y) = −10.5, ∂c = −2 mean(y) = −5
    steps = fit_line_by_steps(X, Y, learning_rate=0.1, n_steps=1)
    np.testing.assert_allclose(steps.slopes, [0.0, 1.05])
    np.testing.assert_allclose(steps.intercepts, [0.0, 0.5])
    assert steps.losses[0] == pytest.approx(34 / 4)


def test_steps_reach_the_formula_and_the_loss_never_grows():
    steps = fit_line_by_steps(X, Y, learning_rate=0.1, n_steps=400)
    assert steps.slopes[0] == steps.intercepts[0] == 0
    assert len(steps.slopes) == len(steps.intercepts) == len(steps.losses) == 401
    assert (np.diff(steps.losses) <= 1e-15).all()
    assert steps.line.slope == pytest.approx(1.2)
    assert steps.line.intercept == pytest.approx(0.7)
    assert steps.losses[-1] == pytest.approx(np.mean((steps.line.predict(X) - Y) ** 2))


test_errors_say_what_was_expected = refusals(
    (lambda: fit_line([1.0, 1.0], [1.0, 2.0]), "`x` must hold at least two different"),
    (lambda: fit_line([1.0, 2.0], [1.0]), "as many rows as each other: got 2 and 1"),
    (lambda: fit_line([0.0, 1e-170], [0.0, 1.0]), "The line must stay finite"),
    (lambda: fit_line_by_steps(X, Y, learning_rate=0, n_steps=1), "`learning_rate`"),
    (lambda: fit_line_by_steps(X, Y, learning_rate=9, n_steps=999), "The loss must stay finite"),
)  # fmt: skip
