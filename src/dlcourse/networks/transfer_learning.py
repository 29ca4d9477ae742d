"""Transfer learning: the features of a trained network, and a few labels for a new last layer.

A network that was trained on many pictures has learned, on the way, to describe pictures: the
numbers that go into its last layer. For another question with few labels that description is kept,
and only the last layer is learned anew. Here are the draw of the few labels, the body that gives
the features, and training by a number of steps instead of epochs; chapters add the new layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.model_selection import train_test_split

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.quick import QUICK_BATCHES, is_quick

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def few(y: ArrayLike, n: int, *, seed: int) -> NDArray[np.int64]:
    """Draw which `n` examples are labelled, each class about equally often.

    Parameters
    ----------
    y
        The classes of all examples, shape (n_samples,).
    n
        How many to draw: at least one for each class, and fewer than there are.
    seed
        Decides which.

    Returns
    -------
    ndarray of shape (n,)
        Indices into `y`.

    Raises
    ------
    InputError
        If `n` is out of range.

    Examples
    --------
    >>> np.bincount(np.repeat([0, 1], 50)[few(np.repeat([0, 1], 50), 10, seed=0)])
    array([5, 5])
    """
    labels = argument_checks.labels(y, "y", "n_samples")
    n = argument_checks.count(n, "n")
    n_classes = len(np.unique(labels))
    if not n_classes <= n <= len(labels) - n_classes:
        raise InputError(
            f"`n` must lie between {n_classes}, one for each class, and "
            f"{len(labels) - n_classes}: got {n}."
        )
    rows, _ = train_test_split(
        np.arange(len(labels)), train_size=n, stratify=labels, random_state=seed
    )
    return np.asarray(rows)


def body(network: Any) -> Any:
    """Return a Keras network without its last layer: same layers, same weights.

    Parameters
    ----------
    network
        A ``keras.Sequential`` of at least two layers.

    Returns
    -------
    keras.Model
        Its outputs are the features: what goes into the last layer. It shares its weights
        with `network`, so training the one changes the other.

    Raises
    ------
    InputError
        If there is no layer before the last.
    """
    import keras  # noqa: PLC0415  (seconds to import)

    network = argument_checks.instance(network, "network", keras.Sequential)
    if len(network.layers) < 2:
        raise InputError("`network` must have a layer before its last one.")
    return keras.Model(network.inputs[0], network.layers[-2].output)


def take_steps(
    network: Any, X: NDArray[Any], y: NDArray[Any], *, steps: int, batch_size: int = 25, seed: int
) -> None:
    """Train for a fixed number of steps, however few examples there are.

    The examples are gone through again and again, in a new order each time.

    Parameters
    ----------
    network
        From `dlcourse.networks.fast_training.compile_network`.
    X, y
        The examples.
    steps
        How many batches to train on; at most 40 in a quick run.
    batch_size
        Examples in a batch.
    seed
        Decides the order.

    Raises
    ------
    InputError
        If X and y differ in length, or `steps` or `batch_size` is not a whole number from 1.
    """
    steps = argument_checks.count(steps, "steps")
    n = argument_checks.count(batch_size, "batch_size") * (
        min(steps, QUICK_BATCHES) if is_quick() else steps
    )
    argument_checks.same_length(X, "X", y, "y")
    order = in_rounds(len(X), n, seed=seed)
    network.train_epoch(np.asarray(X, np.float32), np.asarray(y, np.int64), order, batch_size)


def in_rounds(n_examples: int, n: int, *, seed: int) -> NDArray[np.int64]:
    """Return `n` indices that go round all examples, each round in a new order.

    Examples
    --------
    >>> sorted(in_rounds(3, 7, seed=0)[:6])
    [np.int64(0), np.int64(0), np.int64(1), np.int64(1), np.int64(2), np.int64(2)]
    """
    rng = np.random.default_rng(seed)
    rounds = [rng.permutation(n_examples) for _ in range(-(-n // n_examples))]
    return np.concatenate(rounds)[:n]
