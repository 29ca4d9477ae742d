"""One switch that shortens every training run: the environment variable ``DLCOURSE_QUICK``.

Set ``DLCOURSE_QUICK=1`` to rehearse a notebook in seconds: each epoch has few batches, and a
chapter's training only one epoch. Nothing else changes, and the results are of course worse.
Unset, empty or ``0`` means: train in full.
"""

import os

from dlcourse import argument_checks

#: How many batches of a training set a quick run sees. What makes or takes batches stops there:
#: `data.mnist_pipelines` and `networks.retrain_without_compiling`.
QUICK_BATCHES = 40


def is_quick() -> bool:
    """Return whether ``DLCOURSE_QUICK`` asks for short training runs."""
    return os.environ.get("DLCOURSE_QUICK", "0") not in {"", "0"}


def epochs(n: int) -> int:
    """Return the number of epochs to train for: `n`, at most 1 in a quick run.

    >>> epochs(5) == (1 if is_quick() else 5)
    True
    """
    n = argument_checks.count(n, "n", at_least=0)
    return min(n, 1) if is_quick() else n
