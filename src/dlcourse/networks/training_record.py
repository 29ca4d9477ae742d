"""The record of one training: its curves, whether a cure worked, its form in figure ``cure``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlcourse import argument_checks


@dataclass(frozen=True)
class Trial:
    """How one training went, as `retrain_without_compiling.train_anew` returns it.

    `first_loss` is that of the training set before the first step; `loss` and `accuracy` are those
    of each epoch, while the weights were changing. Validation comes after each epoch.
    """

    first_loss: float
    loss: tuple[float, ...]
    accuracy: tuple[float, ...]
    validation_loss: tuple[float, ...]
    validation_accuracy: tuple[float, ...]


def has_recovered(trial: Trial, *, n_classes: int) -> bool:
    """Return whether a cure has worked, in the chapter on networks that do not learn.

    It has if the validation loss ended below a sixth of the loss of guessing: a limit that
    separates that chapter's sick trainings from those that have recovered.

    >>> has_recovered(Trial(2.3, (0.1,), (1.0,), (0.2,), (0.9,)), n_classes=10)
    True
    """
    guessing = np.log(argument_checks.count(n_classes, "n_classes"))
    return bool(trial.validation_loss[-1] < guessing / 6)


def as_record(trial: Trial) -> dict[str, Any]:
    """Return a trial's curves for that chapter's figure ``cure``.

    Numbers have three places; what is no number is None.

    >>> as_record(Trial(2.3026, (float("nan"),), (0.1,), (2.5,), (0.1,)))["loss"]
    [None]
    """

    def rounded(values: Sequence[float]) -> list[float | None]:
        return [round(v, 3) if np.isfinite(v) else None for v in values]

    return {
        "first": round(trial.first_loss, 3),
        "loss": rounded(trial.loss),
        "validation": rounded(trial.validation_loss),
        "accuracy": round(trial.validation_accuracy[-1], 3),
    }
