"""The digit networks against what they are to reach, and the robust one's training speed.

How well pictures are read, found and cut out by the package, is measured by
`benchmarks.reader_scores`.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import Row, reader_scores
from dlcourse.data import mnist, own_digits
from dlcourse.digits import benchmark_results, reader
from dlcourse.networks import pretrained
from dlcourse.robust import model as robust_model
from dlcourse.robust import robustness, training_data, unseen_pictures

if TYPE_CHECKING:
    from numpy.typing import NDArray

N_STEPS = 60


def run() -> list[Row]:
    """Measure accuracy, refusal and speed."""
    return [
        *accuracies(),
        *refusals(),
        *own_pictures(),
        *readings(),
        *speed(),
    ]


def _share(name: str, value: float, goal: float, meaning: str = "to reach") -> Row:
    return Row(name, float(value), goal, meaning, unit="%")


def accuracies() -> list[Row]:
    """Score the three networks on MNIST's test set, and the robust one on other hands."""
    images, labels = mnist.as_arrays("test")
    X = (images / 255).astype(np.float32)
    rows = []
    networks = {name: pretrained.load(name) for name in pretrained.NAMES}
    goals = {"clean": 0.992, "inverted": 0.988}
    for name, scores in robustness.compare(networks, X, labels).items():
        for condition, score in scores.items():
            goal = goals.get(condition) if name == "robust" else None
            rows.append(
                _share(
                    f"{name}: MNIST test, {condition}",
                    score.right,
                    goal or 1.0,
                    "to reach" if goal else "perfect",
                )
            )
    robust = networks["robust"]
    answers = robustness.answers(robust, X, refuse_at=2.0)  # never refuses
    rows.append(_share("robust: MNIST test, not refusing", (answers == labels).mean(), 0.992))
    for in_form, how in ((True, "in MNIST's form"), (False, "from edge to edge")):
        H, y = unseen_pictures.other_hands(in_mnist_form=in_form)
        for polarity, V in (("white on black", H), ("black on white", 1 - H)):
            name = f"robust: load_digits {how}, {polarity}"
            rows.append(_share(name, robustness.score(robust, V, y).right, 0.95))
    return rows


def refusals() -> list[Row]:
    """Score what the robust network refuses."""
    robust = pretrained.load("robust")
    images, labels = mnist.as_arrays("test")
    X = (images / 255).astype(np.float32)
    refused = robustness.score(robust, X, labels).refused
    rows = [_share("robust: MNIST test digits refused", refused, 0.02, "at most")]
    shares = []
    for kind, pictures in unseen_pictures.unseen_no_digits().items():
        for polarity, V in (("", pictures), (", inverted", 1 - pictures)):
            none = np.full(len(V), -1)
            shares.append(robustness.score(robust, V, none).right)
            rows.append(_share(f"robust: unseen {kind}{polarity} refused", shares[-1], 0.95))
    rows.append(_share("robust: all unseen kinds refused", float(np.mean(shares)), 0.95))
    return rows


def own_pictures() -> list[Row]:
    """Count our nine digits and the dog, prepared and as they are."""
    rows = []
    X, y = own_digits.load_small()
    truth = np.array([-1 if digit is None else digit for digit in y])
    for name in pretrained.NAMES:
        network = pretrained.load(name)
        as_is = robustness.answers(network, X) == truth
        rows.append(_share(f"{name}: own nine digits, 28 by 28 as they are", as_is[:9].mean(), 1.0))
        read = [
            reader.read(own_digits.path(p.name), network=name).digit == p.digit
            for p in own_digits.PICTURES
        ]
        rows.append(_share(f"{name}: own nine digits, prepared", np.mean(read[:9]), 1.0))
        rows.append(_share(f"{name}: the dog refused", float(read[9]), 1.0))
    return rows


def readings() -> list[Row]:
    """Read the pictures to choose by; of those to score by, repeat what was recorded."""
    (record,) = (one for one in benchmark_results.scorings() if reader_scores.shipped(one))
    rows = []
    chosen_by = reader_scores.measure(reader_scores.choosing())
    halves = {"choosing": chosen_by, "scoring": record["scores"]}
    for half, counts in halves.items():
        for name, count in counts.items():
            right, misread = (count[key] / count["n"] for key in ("right", "misread"))
            rows.append(_share(f"reading, {half}: {name}, right", right, 0.96))
            rows.append(_share(f"reading, {half}: {name}, misread", misread, 0.005, "at most"))
    return rows


def speed() -> list[Row]:
    """Time an epoch, with augmentation and without, against the machine's floor.

    Once in single precision, once with 16-bit products; the floor is measured with numbers of the
    same kind. The last row sets the epoch as it is trained, with those that are quicker here,
    beside the floor in single precision, which is what a plain matrix product gives.
    """
    rng = np.random.default_rng(0)
    n = N_STEPS * training_data.BATCH_SIZE
    X = rng.integers(0, 256, (n, 28, 28, 1), dtype=np.uint8)
    y = rng.integers(0, 11, n).astype(np.uint8)
    rows = []
    epochs: dict[str, float] = {}
    single = 0.0
    for dtype, product in (("float32", "float32"), ("mixed_bfloat16", "bfloat16")):
        model = robust_model.robust_network(dtype=dtype)
        robust_model.compile_for_training(model, 1e-3)
        _epoch(model, X, y, epoch=0, augmented=True)
        plain, augmented, floors = [], [], []
        for epoch in range(3):  # in turn, so that a busy machine slows all alike
            plain.append(_epoch(model, X, y, epoch=epoch, augmented=False))
            augmented.append(_epoch(model, X, y, epoch=epoch, augmented=True))
            floors.append(6 * _multiplications(model) * n / _operations_a_second(product))
        scale = 55_000 / n
        single = single or float(np.median(floors)) * scale
        epochs[dtype] = float(np.median(augmented)) * scale
        cost = max(0.0, 1 - np.median(plain) / np.median(augmented))
        rows += [
            Row(
                f"robust: an epoch of 55,000, augmented, {product}",
                epochs[dtype],
                float(np.median(floors)) * scale,
                "the machine's floor",
            ),
            _share(f"robust: augmentation's share of it, {product}", cost, 0.30, "at most"),
        ]
    as_trained = epochs[robust_model.quicker_dtype()]
    name = "robust: an epoch of 55,000, augmented, as trained"
    return [*rows, Row(name, as_trained, single, "the machine's floor in single precision")]


def _epoch(
    model: Any, X: NDArray[np.uint8], y: NDArray[np.uint8], *, epoch: int, augmented: bool
) -> float:
    """Train for one epoch; give the seconds."""
    pipeline = training_data.robust_pipeline(X, y, seed=0, epoch=epoch, augmented=augmented)
    start = perf_counter()
    model.fit(pipeline, epochs=1, verbose=0, shuffle=False)
    return perf_counter() - start


def _operations_a_second(dtype: str) -> float:
    """Multiply large matrices, one after another."""
    import tensorflow as tf  # noqa: PLC0415

    a = tf.cast(tf.random.stateless_normal((2048, 2048), (1, 2)), dtype)
    tf.cast(tf.linalg.matmul(a, a), tf.float32).numpy()
    start = perf_counter()
    for _ in range(10):
        b = tf.linalg.matmul(a, a)
    tf.cast(b, tf.float32).numpy()
    return 10 * 2 * 2048**3 / (perf_counter() - start)


def _multiplications(model: Any) -> int:
    """Count the multiplications of one picture's forward pass."""
    total = 0
    for layer in model.layers:
        if type(layer).__name__ == "Conv2D":
            total += int(np.prod(layer.output.shape[1:3])) * int(np.prod(layer.kernel.shape))
        elif type(layer).__name__ == "Dense":
            total += int(np.prod(layer.kernel.shape))
    return total
