"""How fast: fair timing, the work of a network counted, and words that fit what was measured.

A time is only worth something beside another that was taken in the same minutes on the same
machine. So all that is compared takes turns, and the conclusion is computed, not typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from dlcourse import validation
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

#: Two times that differ by a smaller factor are called the same: on a machine that also does other
#: things, one thing timed twice, some minutes apart, was seen to differ by a fifth.
NOISE = 1.25
BYTES = 4


def take_turns(
    contenders: Mapping[str, Callable[[], object]], *, rounds: int = 3
) -> dict[str, float]:
    """Time several functions in turn.

    Whatever else the machine does then slows all of them alike, and the quickest round of each
    counts, for nothing makes a machine too fast. A first round, in which things are compiled and
    caches filled, is left out.

    Parameters
    ----------
    contenders
        Functions without arguments, by name.
    rounds
        How often each is timed.

    Returns
    -------
    dict of str to float
        The seconds of the quickest round of each.

    Raises
    ------
    InputError
        If there is nothing to time.

    Examples
    --------
    >>> times = take_turns({"little": lambda: sum(range(10)), "much": lambda: sum(range(10**6))})
    >>> times["little"] < times["much"]
    True
    """
    rounds = validation.count(rounds, "rounds", at_most=100_000)
    if not isinstance(contenders, Mapping) or not all(map(callable, contenders.values())):
        raise InputError(
            f"`contenders` must be functions by name: got {validation.describe(contenders)}."
        )
    if not contenders:
        raise InputError("`contenders` must name at least one function: got none.")
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, function in contenders.items():
            start = perf_counter()
            function()
            seconds[name].append(perf_counter() - start)
    return {name: min(values[1:]) for name, values in seconds.items()}


def in_words(before: float, after: float) -> str:
    """Say how a time compares with the one before, whichever is the shorter.

    Both are seconds; InputError is raised if one is not above 0.

    Examples
    --------
    >>> in_words(3.0, 1.5), in_words(1.0, 1.05), in_words(1.0, 1.3)
    ('2.0 times as fast', 'about as fast as before', 'slower: it took 1.3 times as long')
    """
    before = validation.number(before, "before", above=0)
    after = validation.number(after, "after", above=0)
    if before > NOISE * after:
        return f"{before / after:.1f} times as fast"
    if after > NOISE * before:
        return f"slower: it took {after / before:.1f} times as long"
    return "about as fast as before"


def waits_for(compute: float, move: float) -> str:
    """Say which of two times holds a layer up, or that they are too close to tell.

    `compute` are the seconds that the operations take, `move` those of the bytes; InputError is
    raised if one is not above 0.

    Examples
    --------
    >>> waits_for(2.0, 1.0), waits_for(1.0, 2.0), waits_for(1.0, 1.1)
    ('operations', 'bytes', 'either')
    """
    compute = validation.number(compute, "compute", above=0)
    move = validation.number(move, "move", above=0)
    if max(compute, move) <= NOISE * min(compute, move):
        return "either"
    return "operations" if compute > move else "bytes"


@dataclass(frozen=True)
class LayerWork:
    """What one layer does for one example, forwards.

    Attributes
    ----------
    name
        The layer's name.
    operations
        Multiplications and additions.
    n_values
        Numbers that it reads and numbers that it writes, together.
    n_weights
        Its weights, read once for a whole batch.
    """

    name: str
    operations: int
    n_values: int
    n_weights: int

    def n_bytes(self, batch_size: int) -> float:
        """Return the bytes moved for one example, the weights shared by the batch.

        Examples
        --------
        >>> LayerWork("dense", 2 * 1568 * 128, 1568 + 128, 1568 * 128 + 128).n_bytes(128)
        13060.0
        """
        return BYTES * (self.n_values + self.n_weights / validation.count(batch_size, "batch_size"))


def work_of(model: Any) -> list[LayerWork]:
    """Count the work of a Keras model's convolutions, poolings and dense layers.

    Parameters
    ----------
    model
        A built ``keras.Sequential``.

    Returns
    -------
    list of LayerWork
        Layers that only rearrange, or rest when predicting, are left out.

    Raises
    ------
    InputError
        If `model` has no layers that can be counted.
    """
    work = []
    for layer in getattr(model, "layers", []):
        layer_type = type(layer).__name__
        if layer_type not in {"Conv2D", "Dense", "MaxPooling2D"}:
            continue
        n_in, n_out = (int(np.prod(side.shape[1:])) for side in (layer.input, layer.output))
        if layer_type == "MaxPooling2D":
            operations = n_in  # a comparison for each number
        else:
            places = n_out // layer.output.shape[-1]
            operations = 2 * places * int(np.prod(layer.kernel.shape))
        work.append(LayerWork(layer.name, operations, n_in + n_out, int(layer.count_params())))
    if not work:
        raise InputError("`model` must be a built Keras model with layers that compute.")
    return work


@dataclass(frozen=True)
class Machine:
    """What a machine was measured to do.

    Attributes
    ----------
    operations
        Operations a second in a large matrix product.
    n_bytes
        Bytes a second, read and written, where nothing is computed to speak of.
    """

    operations: float
    n_bytes: float

    def seconds(self, work: LayerWork, *, batch_size: int) -> tuple[float, float]:
        """Return how long a layer takes for one example: to compute, and to move the bytes.

        Not the least time: data that fit into a cache move faster than through memory.

        Examples
        --------
        >>> Machine(1e9, 1e9).seconds(LayerWork("conv", 2_000, 100, 0), batch_size=8)
        (2e-06, 4e-07)
        """
        return work.operations / self.operations, work.n_bytes(batch_size) / self.n_bytes


def measure_machine(*, n: int = 1_500, n_numbers: int = 2**24, rounds: int = 10) -> Machine:
    """Measure the device that TensorFlow uses: a matrix product, and a walk through memory.

    Parameters
    ----------
    n
        Rows and columns of the matrices.
    n_numbers
        Numbers to read and write, 4 bytes each; more than a cache holds.
    rounds
        How often each is timed; the best counts, for nothing makes a machine too fast.

    Returns
    -------
    Machine
    """
    n = validation.count(n, "n", at_most=20_000)
    n_numbers = validation.count(n_numbers, "n_numbers", at_most=2**28)
    import tensorflow as tf  # noqa: PLC0415

    matrix = tf.random.stateless_normal((n, n), (1, 2))
    numbers = tf.zeros(n_numbers)

    def finished(result: Any) -> None:
        tf.reshape(result, [-1])[0].numpy()  # a graphics card answers when it is done

    contenders = {
        "product": lambda: finished(tf.linalg.matmul(matrix, matrix)),
        "walk": lambda: finished(numbers + 1.0),
    }
    seconds = take_turns(contenders, rounds=rounds)
    return Machine(2 * n**3 / seconds["product"], 2 * BYTES * n_numbers / seconds["walk"])
