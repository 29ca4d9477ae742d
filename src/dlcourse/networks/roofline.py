"""The roofline model: whether a layer waits for its operations or for its bytes.

The operations and bytes of each layer are counted, and the machine is measured; the quotients
are the two times.

Source: S. Williams, A. Waterman and D. Patterson, *Roofline: an insightful visual performance model
for multicore architectures*, Communications of the ACM 52 (4), 2009.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.timing import NOISE, take_turns

#: The size of a number in single precision.
BYTES = 4


@dataclass(frozen=True)
class LayerWork:
    """What one layer does for one example, forwards.

    `operations` are multiplications and additions, `n_values` the numbers that it reads and those
    that it writes, together; its `n_weights` are read once for a whole batch.
    """

    name: str
    operations: int
    n_values: int
    n_weights: int

    def n_bytes(self, batch_size: int) -> float:
        """Return the bytes moved for one example, the weights shared by the batch.

        >>> LayerWork("dense", 2 * 1568 * 128, 1568 + 128, 1568 * 128 + 128).n_bytes(128)
        13060.0
        """
        return BYTES * (
            self.n_values + self.n_weights / argument_checks.count(batch_size, "batch_size")
        )


def work_of(model: Any) -> list[LayerWork]:
    """Count the work of a Keras model's convolutions, poolings and dense layers.

    `model` is a built ``keras.Sequential``. Layers that only rearrange, or rest when predicting,
    are left out; if none remains, that raises `InputError`.
    """
    work = []
    for layer in getattr(model, "layers", ()) if getattr(model, "built", False) else ():
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

    `operations` a second in a large matrix product, and `n_bytes` a second, read and written, where
    nothing is computed to speak of.
    """

    operations: float
    n_bytes: float

    def seconds(self, work: LayerWork, *, batch_size: int) -> tuple[float, float]:
        """Return how long a layer takes for one example: to compute, and to move the bytes.

        Not the least time: data that fit into a cache move faster than through memory.

        >>> Machine(1e9, 1e9).seconds(LayerWork("conv", 2_000, 100, 0), batch_size=8)
        (2e-06, 4e-07)
        """
        return work.operations / self.operations, work.n_bytes(batch_size) / self.n_bytes


def measure_machine(*, n: int = 1_500, n_numbers: int = 2**24) -> Machine:
    """Measure the device that TensorFlow uses: a matrix product, and a walk through memory.

    The matrices have `n` rows and columns; the walk reads and writes `n_numbers` of 4 bytes, more
    than a cache holds. The best of ten times counts, for nothing makes a machine too fast.
    """
    n = argument_checks.count(n, "n", at_most=20_000)
    n_numbers = argument_checks.count(n_numbers, "n_numbers", at_most=2**28)
    import tensorflow as tf  # noqa: PLC0415

    matrix = tf.random.stateless_normal((n, n), (1, 2))
    numbers = tf.zeros(n_numbers)

    def finished(result: Any) -> None:
        tf.reshape(result, [-1])[0].numpy()  # a graphics card answers when it is done

    contenders = {
        "product": lambda: finished(tf.linalg.matmul(matrix, matrix)),
        "walk": lambda: finished(numbers + 1.0),
    }
    seconds = take_turns(contenders, rounds=10)
    return Machine(2 * n**3 / seconds["product"], 2 * BYTES * n_numbers / seconds["walk"])


def waits_for(compute: float, move: float) -> str:
    """Say which of two times holds a layer up, or that they are too close to tell.

    `compute` are the seconds that the operations take, `move` those of the bytes.

    >>> waits_for(2.0, 1.0), waits_for(1.0, 2.0), waits_for(1.0, 1.1), waits_for(1.1, 1.0)
    ('operations', 'bytes', 'either', 'either')
    """
    compute = argument_checks.number(compute, "compute", above=0)
    move = argument_checks.number(move, "move", above=0)
    if max(compute, move) <= NOISE * min(compute, move):
        return "either"
    return "operations" if compute > move else "bytes"
