"""The sick trainings: the figure says what the package says, and itself in a real browser."""

import numpy as np
import pytest
from cores import evaluate
from figures import live, result
from playwright.sync_api import expect

from dlcourse.networks.training_record import Trial, as_record, has_recovered

CORE = "cure/cure-core.mjs"
rng = np.random.default_rng(0)


def trial(last, n=4):
    losses = tuple(rng.uniform(0, 3, n))
    return Trial(2.4, losses, (0.5,) * n, (*losses[1:], last), (0.25,) * n)


TRIALS = [trial(v) for v in (0.1, 0.37, 0.39, 2.3, float("nan"))]


@pytest.mark.parametrize("n_classes", [2, 10, 1000])
def test_it_judges_as_the_package_does(n_classes):
    calls = [(CORE, "hasRecovered", [as_record(t), n_classes]) for t in TRIALS]
    assert evaluate(calls) == [has_recovered(t, n_classes=n_classes) for t in TRIALS]


def test_the_training_loss_begins_before_the_first_step():
    (curves,) = evaluate([(CORE, "lossCurves", [as_record(TRIALS[0])])])
    assert curves["training"][0] == [0, 2.4]
    assert np.allclose(curves["training"][1:], [*enumerate(TRIALS[0].loss, 1)], atol=5e-4)
    assert np.allclose(curves["validation"], [*enumerate(TRIALS[0].validation_loss, 1)], atol=5e-4)


def test_the_axis_holds_the_sick_curves_and_the_loss_of_guessing():
    records = [{"first": 2.3, "loss": [0.1], "validation": [v]} for v in (0.2, 6.8, None)]
    assert evaluate([(CORE, "ceiling", [r, 10]) for r in records]) == [3, 7, 3]


def test_a_cure_changes_something_or_says_why_not():
    records = [as_record(t) for t in TRIALS]
    data = {
        "classes": 10,
        "patients": [{"trial": 3, "right": 0, "cures": [0, 2, 1, None]}],
        "cures": [{"else": reason} for reason in ("", "", "", "it has only one")],
        "trials": records,
    }
    calls = [(CORE, "treat", [data, 0, cure]) for cure in range(4)]
    cured, sick, better, unchanged = evaluate(calls)
    assert cured == {"trial": records[0], "recovered": True, "cured": True}
    assert sick == {"trial": records[2], "recovered": False, "cured": False}
    assert better == {"trial": records[1], "recovered": True, "cured": False}, "the cause is left"
    assert unchanged == {"reason": "it has only one"}


def test_a_cure_is_drawn_over_the_patient(open_page):
    figure = live(open_page(), "cure")
    result(figure, r"^A ended at validation loss 2\.29, 12 % right")
    assert figure.locator("svg path").count() == 2
    figure.get_by_role("button", name="scaled inputs").click()
    result(figure, "Nothing changes: the inputs are scaled already")
    figure.get_by_role("button", name="a lower rate").click()
    result(figure, "^Not cured: validation loss no number")
    figure.get_by_role("button", name="a higher rate").press("Enter")
    result(figure, r"^Cured: validation loss 0\.20, 95 % right")
    assert figure.locator("svg path").count() == 4
    expect(figure.get_by_text("Cured: 1 of 2.")).to_be_visible()
    figure.get_by_role("button", name="patient B").click()
    result(figure, "^B ended at validation loss no number")
    assert figure.get_by_role("button", name="patient A, cured").count() == 1
