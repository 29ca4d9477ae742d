"""The sick trainings: the figure says what the package says, and itself in a real browser."""

import numpy as np
from cores import each
from figures import press, result
from playwright.sync_api import expect

from dlcourse.networks.training_record import Trial, as_record, has_recovered

CORE = "cure/cure-core.mjs"
rng = np.random.default_rng(0)


def trial(last, n=4):
    losses = tuple(rng.uniform(0, 3, n))
    return Trial(2.4, losses, (0.5,) * n, (*losses[1:], last), (0.25,) * n)


TRIALS = [trial(v) for v in (0.1, 0.37, 0.39, 2.3, float("nan"))]


def test_it_judges_as_the_package_does():
    cases = [(one, n) for one in TRIALS for n in (2, 10, 1000)]
    answers = each(CORE, "hasRecovered", *((as_record(one), n) for one, n in cases))
    assert answers == [has_recovered(one, n_classes=n) for one, n in cases]


def test_the_training_loss_begins_before_the_first_step_and_the_axis_holds_all_curves():
    (curves,) = each(CORE, "lossCurves", [as_record(TRIALS[0])])
    assert curves["training"][0] == [0, 2.4]
    assert np.allclose(curves["training"][1:], [*enumerate(TRIALS[0].loss, 1)], atol=5e-4)
    assert np.allclose(curves["validation"], [*enumerate(TRIALS[0].validation_loss, 1)], atol=5e-4)
    # And the loss of guessing.
    records = [{"first": 2.3, "loss": [0.1], "validation": [v]} for v in (0.2, 6.8, None)]
    assert each(CORE, "ceiling", *((record, 10) for record in records)) == [3, 7, 3]


def test_a_cure_changes_something_or_says_why_not():
    records = [as_record(one) for one in TRIALS]
    data = {
        "classes": 10,
        "patients": [{"trial": 3, "right": 0, "cures": [0, 2, 1, None]}],
        "cures": [{"else": reason} for reason in ("", "", "", "it has only one")],
        "trials": records,
    }
    cured, sick, better, unchanged = each(CORE, "treat", *((data, 0, cure) for cure in range(4)))
    assert cured == {"trial": records[0], "recovered": True, "cured": True}
    assert sick == {"trial": records[2], "recovered": False, "cured": False}
    assert better == {"trial": records[1], "recovered": True, "cured": False}, "the cause is left"
    assert unchanged == {"reason": "it has only one"}


def test_a_cure_is_drawn_over_the_patient(open_figure):
    figure = open_figure("cure")
    result(figure, r"^A ended at validation loss 2\.29, 12 % right")
    assert figure.locator("svg path").count() == 2
    press(figure, "scaled inputs")
    result(figure, "Nothing changes: the inputs are scaled already")
    press(figure, "a lower rate")
    result(figure, "^Not cured: validation loss no number")
    figure.get_by_role("button", name="a higher rate").press("Enter")
    result(figure, r"^Cured: validation loss 0\.20, 95 % right")
    assert figure.locator("svg path").count() == 4
    expect(figure.get_by_text("Cured: 1 of 2.")).to_be_visible()
    press(figure, "patient B")
    result(figure, "^B ended at validation loss no number")
    assert figure.get_by_role("button", name="patient A, cured").count() == 1
