"""Data augmentation: more variety from the same pictures.

`augment` turns, slants and stretches each picture, draws it with a thinner or bolder pen, and lays
it on paper of another brightness, with shadows, plates, frames, blur and noise, differently every
time. It works on whole batches with TensorFlow, and takes a small part of an epoch.
"""

from functools import cache
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.digits.mnist_form import SIZE
from dlcourse.errors import InputError


def augment(X: Any, *, seed: Any) -> tf.Tensor:
    """Return the pictures of a batch, each changed at random, values from 0 to 1.

    `X` is ink on paper in MNIST's form, shape (n_samples, 28, 28, 1), ink 1, paper 0. `seed` is two
    integers, shape (2,); the same one gives the same pictures. After P. Y. Simard, D. Steinkraus
    and J. C. Platt, "Best practices for convolutional neural networks applied to visual document
    analysis", 2003.
    """
    if not _is_symbolic(X):  # in a pipeline X has no values yet
        X = argument_checks.brightness(X, "X", "n_samples height width channels")
    X = tf.cast(X, tf.float32)
    if X.shape[1:] != (SIZE, SIZE, 1):
        raise InputError(f"`X` must have shape (n_samples, 28, 28, 1): got {tuple(X.shape)}.")
    _require_seed(seed)
    seeds = tf.unstack(tf.random.experimental.stateless_split(seed, 5))
    drawn = tf.random.stateless_uniform((tf.shape(X)[0], 1, 1, 1), seeds[0])
    on_plate = tf.cast(drawn < 0.12, tf.float32)
    ink = thicken(move(X, seed=seeds[1], small=on_plate), seed=seeds[2])
    picture = lay_on_paper(ink, seed=seeds[3], on_plate=on_plate)
    return tf.clip_by_value(disturb(picture, seed=seeds[4]), 0.0, 1.0)


def _is_symbolic(value: Any) -> bool:
    return bool(tf.is_tensor(value) and tf.is_symbolic_tensor(value))


def _require_seed(seed: Any) -> None:
    given = seed if _is_symbolic(seed) else np.asarray(seed)
    if given.shape != (2,) or not tf.as_dtype(given.dtype).is_integer:
        raise InputError(f"`seed` must be two whole numbers: got {argument_checks.describe(seed)}.")


def _uniform(n: Any, low: float, high: float, seed: Any, *, columns: int = 1) -> tf.Tensor:
    """Draw uniform numbers, shape (n, columns)."""
    return tf.random.stateless_uniform((n, columns), seed, low, high)


def move(ink: Any, *, seed: Any, small: Any) -> tf.Tensor:
    """Turn, slant, scale, shift, tilt and bend each picture.

    One projective map for each picture does the first five. Then two matrix products bend it:
    they stretch a part of the rows (and of the columns) and squeeze another. Where `small`, shape
    (n, 1, 1, 1), is 1, the digit is made smaller, to fit on a plate.
    """
    n = tf.shape(ink)[0]
    turn_seed, bend_seed = tf.unstack(tf.random.experimental.stateless_split(seed, 2))
    u = tf.unstack(_uniform(n, -1.0, 1.0, turn_seed, columns=9), axis=1)
    wild = 0.35 + 0.65 * tf.abs(u[7])  # most pictures are moved a little, a few a lot
    angle, lean = 0.22 * wild * u[0], 0.3 * wild * u[1]
    # One in four grows, up to the whole picture; one in six is down to half as large.
    larger = tf.minimum(tf.nn.relu(u[8] - 0.5) / 0.3, 1.0)
    smaller = tf.nn.relu(-u[8] - 0.67) / 0.33
    scale = (1.0 + 0.15 * wild * u[2]) * (1.0 + 0.38 * larger - 0.42 * smaller)
    scale *= 1.0 - 0.33 * small[:, 0, 0, 0]
    stretch = tf.exp((0.18 * wild + 0.16 * larger) * u[3])
    a0, a1 = stretch / scale * tf.cos(angle), (lean - tf.sin(angle)) / scale
    b0, b1 = tf.sin(angle) / scale, tf.cos(angle) / (stretch * scale)
    middle = (SIZE - 1) / 2
    room = 1.4 + 0.55 * tf.nn.relu(middle - 10.0 * scale)  # a small digit may lie further off
    a2 = middle - a0 * (middle + room * wild * u[4]) - a1 * (middle + room * wild * u[5])
    b2 = middle - b0 * (middle + room * wild * u[4]) - b1 * (middle + room * wild * u[5])
    tilt = 0.004 * wild * u[6]
    zero = tf.zeros_like(tilt)
    turned = tf.raw_ops.ImageProjectiveTransformV3(
        images=ink,
        transforms=tf.stack([a0, a1, a2, b0, b1, b2, zero, tilt], axis=1),
        output_shape=(SIZE, SIZE),
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )
    return _bend(turned, bend_seed)


def _bend(ink: Any, seed: Any) -> tf.Tensor:
    """Stretch the rows and the columns unevenly: ``rows @ picture @ columns``."""
    n = tf.shape(ink)[0]
    where = tf.range(SIZE, dtype=tf.float32)
    t = (where - 13.5) / 13.5
    amounts = _uniform(n, -1.2, 1.2, seed, columns=4)

    def weights(first: Any, second: Any) -> tf.Tensor:
        source = where + first * (1 - t**2) + second * t * (1 - t**2) * 1.5  # (n, 28)
        return tf.nn.relu(1.0 - tf.abs(source[:, :, tf.newaxis] - where))  # linear interpolation

    rows = weights(amounts[:, 0:1], amounts[:, 1:2])
    columns = weights(amounts[:, 2:3], amounts[:, 3:4])
    return (rows @ ink[..., 0] @ tf.transpose(columns, (0, 2, 1)))[..., tf.newaxis]


def thicken(ink: Any, *, seed: Any) -> tf.Tensor:
    """Write some pictures with a bolder pen, some with a thinner one."""
    amount = _uniform(tf.shape(ink)[0], -1.5, 2.0, seed)[:, :, tf.newaxis, tf.newaxis]
    bolder = tf.nn.max_pool2d(ink, 3, 1, "SAME")
    thinner = -tf.nn.max_pool2d(-ink, 2, 1, "SAME")
    plus, minus = tf.clip_by_value(amount - 0.8, 0.0, 1.0), tf.clip_by_value(-amount - 0.8, 0, 1)
    return ink + plus * (bolder - ink) + minus * (thinner - ink)


def lay_on_paper(ink: Any, *, seed: Any, on_plate: Any) -> tf.Tensor:
    """Choose the brightness of ink and paper, and add shadows, plates and frames.

    About 40 % of the pictures stay white on black, like MNIST's.
    """
    n = tf.shape(ink)[0]
    s = tf.unstack(tf.random.experimental.stateless_split(seed, 4))
    u = tf.unstack(tf.reshape(_uniform(n, 0.0, 1.0, s[0], columns=8), (n, 8, 1, 1, 1)), axis=1)
    plain = tf.cast(u[0] < 0.62, tf.float32) * (1.0 - on_plate)
    contrast = 0.18 + 0.82 * u[1]
    paper = (1.0 - contrast) * u[2]
    fore = (1.0 - plain) * (paper + contrast) + plain
    back = (1.0 - plain) * paper
    # Shadow and stains: a coarse random field, four by four, made smooth by enlarging.
    field = tf.random.stateless_uniform((n, 4, 4, 1), s[1], -1.0, 1.0)
    field = tf.image.resize(field, (SIZE, SIZE))
    shadow = (1.0 - plain) * tf.cast(u[3] < 0.6, tf.float32) * 0.45 * contrast * u[4] * field
    inside, rim = _plate(n, s[2])
    # A plate: the paper ends at its edge, beyond is a wall; or a line runs around the digit.
    wall = u[5] * fore + (1 - u[5]) * back
    back_with_wall = back + on_plate * (1.0 - inside) * (wall - back)
    line = on_plate * rim * tf.cast(u[6] < 0.6, tf.float32)
    picture = back_with_wall + tf.maximum(ink, line) * (fore - back_with_wall) + shadow
    negative = tf.cast(u[7] < 0.42, tf.float32)
    return negative * (1.0 - picture) + (1.0 - negative) * picture


def _plate(n: Any, seed: Any) -> tuple[tf.Tensor, tf.Tensor]:
    """Draw rectangles: what is inside each, and its rim, shape (n, 28, 28, 1)."""
    sides = _uniform(n, 0.5, 4.5, seed, columns=6)
    where = tf.range(SIZE, dtype=tf.float32)

    def box(inset: Any) -> tf.Tensor:
        rows = tf.clip_by_value(where - sides[:, 0:1] - inset, 0, 1)
        rows *= tf.clip_by_value(27.0 - where - sides[:, 1:2] - inset, 0, 1)
        columns = tf.clip_by_value(where - sides[:, 2:3] - inset, 0, 1)
        columns *= tf.clip_by_value(27.0 - where - sides[:, 3:4] - inset, 0, 1)
        return (rows[:, :, tf.newaxis] * columns[:, tf.newaxis, :])[..., tf.newaxis]

    inside = box(0.0)
    return inside, inside - box(0.6 + sides[:, 4:5] * 0.35)


def disturb(picture: Any, *, seed: Any) -> tf.Tensor:
    """Blur or coarsen half of the pictures, and add noise to some, as a camera does."""
    n = tf.shape(picture)[0]
    s = tf.unstack(tf.random.experimental.stateless_split(seed, 2))
    u = _uniform(n, 0.0, 1.0, s[0], columns=3)
    lenses = _lenses()
    rows = tf.gather(tf.constant(lenses), tf.cast(u[:, 0] * len(lenses), tf.int32))
    picture = (rows @ picture[..., 0] @ tf.transpose(rows, (0, 2, 1)))[..., tf.newaxis]
    noise = tf.random.stateless_uniform(tf.shape(picture), s[1], -1.7, 1.7)  # spread of about one
    strength = 0.14 * tf.nn.relu(u[:, 1] * 2 - 1) * u[:, 2]
    return picture + strength[:, tf.newaxis, tf.newaxis, tf.newaxis] * noise


@cache
def _lenses() -> NDArray[np.float32]:
    """Return what lenses do to rows (and columns), as matrices, shape (n_lenses, 28, 28).

    Half of them change nothing. A blur mixes each pixel with its neighbours. A coarse lens
    averages over cells of 1.6 to 3.8 pixels, and draws straight lines between their middles.
    """
    where = np.arange(SIZE)
    blurs = [
        np.exp(-((where[:, np.newaxis] - where) ** 2) / (2 * sigma**2))
        for sigma in np.linspace(0.4, 1.1, 8)
    ]
    coarse = []
    for cell in np.linspace(1.6, 3.8, 12):
        middles = 13.5 + cell * np.arange(-round(14 / cell), round(14 / cell) + 1)
        overlap = (cell + 1) / 2 - np.abs(middles[:, np.newaxis] - where)
        average = np.clip(overlap, 0, min(1, cell))
        average /= average.sum(axis=1, keepdims=True)
        between = np.maximum(0, 1 - np.abs(where[:, np.newaxis] - middles) / cell)
        coarse.append(between @ average)
    lenses = np.stack([*(20 * [np.eye(SIZE)]), *blurs, *coarse])
    return np.asarray(lenses / lenses.sum(axis=2, keepdims=True), dtype=np.float32)
