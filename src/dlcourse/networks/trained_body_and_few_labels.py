"""Transfer learning: the features of a trained network, and a few labels for a new last layer.

A network that was trained on many pictures has learned, on the way, to describe pictures: the
numbers that go into its last layer. For another question with few labels that description is kept,
and only the last layer is learned anew. Here are the draw of the few labels and the body that gives
the features; chapters add the new layer, and `retrain_without_compiling.take_steps` trains it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import train_test_split

from dlcourse import argument_checks
from dlcourse.errors import InputError


def few_labelled(y: ArrayLike, n: int, *, seed: int) -> NDArray[np.int64]:
    """Draw which `n` examples are labelled, each class in proportion to its size.

    `y` are the classes of all examples, shape (n_samples,); what comes back are indices into it,
    shape (n,). Each class must get one at least, and keep one.

    >>> np.bincount(np.repeat([0, 1], 50)[few_labelled(np.repeat([0, 1], 50), 10, seed=0)])
    array([5, 5])
    """
    labels = argument_checks.labels(y, "y", "n_samples")
    n, seed = argument_checks.count(n, "n"), argument_checks.seed(seed)
    try:
        rows, _ = train_test_split(
            np.arange(len(labels)), train_size=n, stratify=labels, random_state=seed
        )
    except ValueError as error:
        raise InputError(f"`n` and `y` must leave each class its share: {error}") from None
    if set(labels[rows]) < set(labels):
        raise InputError(f"`n` must be larger: with {n}, a rare class gets no label.")
    return np.asarray(rows)


def trained_body(network: Any) -> Any:
    """Return a built ``keras.Sequential`` without its last layer: same layers, same weights.

    The outputs are the features: what goes into the last layer. It shares its weights with
    `network`, so training the one changes the other.
    """
    import keras  # noqa: PLC0415  (seconds to import)

    network = argument_checks.instance(network, "network", keras.Sequential)
    if not network.built or len(network.layers) < 2:
        raise InputError("`network` must be built, and have a layer before its last one.")
    return keras.Model(network.inputs[0], network.layers[-2].output)
