"""What a network's answers are taken to mean."""

from types import SimpleNamespace

import numpy as np
import pytest

from dlcourse import reader


def test_a_network_that_cannot_decide_is_sure_of_nothing_but_that(monkeypatch):
    answers = np.full((1, 11), 0.08)
    answers[0, 4], answers[0, 10] = 0.18, 0.1
    monkeypatch.setattr("dlcourse.inference.probabilities", lambda *_: answers)
    found = reader.judge(SimpleNamespace(n_classes=11), np.zeros((28, 28)))
    assert found.digit is None
    assert "cannot decide" in found.reason
    assert found.confidence == pytest.approx(1 - 0.18)


def test_what_is_likelier_none_than_any_digit_is_refused(monkeypatch):
    answers = np.zeros((1, 11))
    answers[0, [2, 3, 10]] = 0.34, 0.2, 0.46
    monkeypatch.setattr("dlcourse.inference.probabilities", lambda *_: answers)
    found = reader.judge(SimpleNamespace(n_classes=11), np.zeros((28, 28)))
    assert found.digit is None
    assert "none of these" in found.reason
    assert found.confidence == pytest.approx(0.46)
