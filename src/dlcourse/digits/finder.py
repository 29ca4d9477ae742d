"""Find the digit in a picture: slide a small network over it, as a kernel slides.

The network looks at windows of 32 by 32 pixels. It consists of convolutions and poolings only, so
it runs on a picture of any size at once, and answers for a window every 8 pixels. For each
window it says what stands in its middle (one of ten digits, nothing, or another sign), how far
the middle of that is from the window's, and how large it is compared with `NOMINAL`. The
picture is looked at in several sizes, because a digit may be small or large in it. Then
`dlcourse.digits.reader` shows the likeliest place to the robust network, whose answer counts for
more.

A picture is `grey`, of shape (height, width), 0 black to 1 white.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dlcourse.networks import inference
from dlcourse.networks.network_dataclasses import TrainedNetwork

Floats = NDArray[np.float32]

WINDOW = 32  #: pixels of a window's side
NOMINAL = 18.0  #: pixels of a digit's longer side in a window, nominally
STRIDE = 8  #: pixels from one window to the next
REACH = 16  #: pixels around each pixel within which its light is compared
FAINT = 0.015  #: differences in brightness smaller than this are noise
#: Pixels of the picture's longer side, size after size; the finer ones only if there is need.
COARSE, MIDDLE, FINE = (20, 28, 40), (56, 80), (113, 160, 226, 320)
CLEAR = 0.8  #: a digit as likely as that in the coarse sizes is enough
LARGE = 0.4  #: … if it fills at least this share of the picture's longer side
NARROW = 56  #: a strip is looked at in fine sizes until its shorter side has this many pixels
MARGIN = 10  #: pixels beyond the picture's edge that windows may reach
N_LOOKS = 8  #: places that are looked at once more
PERHAPS = 0.75  #: a place is looked at unless "nothing" is likelier
NOTHING, OTHER_SIGN, ROW, COLUMN, SIZE = range(10, 15)  #: an answer's numbers after the ten digits


def tents(n_out: int, start: float, step: float, n_in: int) -> Floats:
    """Return the matrix that resamples a row of `n_in` pixels to `n_out` ones of width `step`."""
    at = (start + step * (np.arange(n_out) + 0.5) - 0.5).astype(np.float32)
    width = np.float32(max(1.0, step))
    first = int(np.floor(min(at[0], 0) - width)) - 1
    last = int(np.ceil(max(at[-1], n_in) + width)) + 1
    pixels = np.arange(first, last, dtype=np.float32)
    weights = np.maximum(0, 1 - np.abs(at[:, np.newaxis] - pixels) / width)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(weights[:, -first : n_in - first], dtype=np.float32)


def cut(
    grey: Floats, corner: tuple[float, float], step: float, shape: tuple[int, int], paper: float
) -> Floats:
    """Cut a box out of a picture, `step` of its pixels to one; beyond its edge is `paper`."""
    rows = tents(shape[0], corner[0], step, grey.shape[0])
    columns = tents(shape[1], corner[1], step, grey.shape[1])
    return np.asarray(rows @ (grey - np.float32(paper)) @ columns.T + np.float32(paper))


def window(grey: Floats, row: float, column: float, size: float, paper: float) -> Floats:
    """Cut out a window on a thing of this size, with what surrounds it to compare its light."""
    n, step = WINDOW + 2 * REACH, size / NOMINAL
    return cut(grey, (row - n / 2 * step, column - n / 2 * step), step, (n, n), paper)


def flatten_light(x: Floats) -> Floats:
    """Take away the mean around each pixel and divide by the spread there.

    Black on white and white on black then differ only in sign; light and shadow make no difference.
    The edge of `REACH` pixels is lost.
    """

    def means(n: int) -> Floats:
        apart = np.arange(n)[:, np.newaxis] + REACH - np.arange(n + 2 * REACH)
        return np.asarray((np.abs(apart) <= REACH) / (2 * REACH + 1), dtype=np.float32)

    down, across = means(x.shape[-2] - 2 * REACH), means(x.shape[-1] - 2 * REACH).T
    x = x - x.mean(axis=(-2, -1), keepdims=True)
    mean = down @ x @ across
    variance = np.maximum(down @ (x * x) @ across - mean**2, 0)
    inner = x[..., REACH:-REACH, REACH:-REACH] - mean
    return np.asarray(inner / np.sqrt(variance + np.float32(FAINT**2)), dtype=np.float32)


def paper_of(grey: Floats) -> float:
    """Return the median brightness of the picture's edge."""
    return float(np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])))


def scan(network: TrainedNetwork, grey: Floats, levels: tuple[int, ...]) -> Floats:
    """Slide the network over the picture at every size, and return its answer for each window.

    Of shape (n_windows, 15): probabilities of the twelve classes; row, column and size in the
    picture's pixels.
    """
    paper, scanned = paper_of(grey), []
    for level in levels:
        step = max(grey.shape) / level
        height, width = (
            WINDOW + STRIDE * max(0, int(np.ceil((n / step + 2 * MARGIN - WINDOW) / STRIDE)))
            for n in grey.shape
        )
        top, left = (grey.shape[0] - height * step) / 2, (grey.shape[1] - width * step) / 2
        shape = height + 2 * REACH, width + 2 * REACH
        picture = cut(grey, (top - REACH * step, left - REACH * step), step, shape, paper)
        answers = _answers(network, flatten_light(picture)[np.newaxis])[0]
        i, j = np.mgrid[: answers.shape[0], : answers.shape[1]]
        rows = top + (WINDOW / 2 + STRIDE * i) * step
        columns = left + (WINDOW / 2 + STRIDE * j) * step
        scanned.append(_placed(answers, rows, columns, step).reshape(-1, 15))
    return np.concatenate(scanned)


def look_again(network: TrainedNetwork, grey: Floats, places: Floats) -> Floats:
    """Put a window straight on each place, and ask the network once more."""
    paper = paper_of(grey)
    windows = [window(grey, place[ROW], place[COLUMN], place[SIZE], paper) for place in places]
    answers = _answers(network, flatten_light(np.stack(windows)))[:, 0, 0]
    return _placed(answers, places[:, ROW], places[:, COLUMN], places[:, SIZE] / NOMINAL)


def _answers(network: TrainedNetwork, pictures: Floats) -> Floats:
    """Run pictures of any size through the network: fifteen numbers for every window."""
    z = inference.forward(network, pictures[..., np.newaxis])
    return np.concatenate([inference.softmax(z[..., :ROW]), z[..., ROW:]], axis=-1)


def _placed(answers: Floats, rows: Floats, columns: Floats, step: Floats | float) -> Floats:
    """Turn what the network says of places into the picture's pixels.

    It says how far off a middle is in units of 4 of the window's pixels, and four times the
    binary logarithm of the size, `NOMINAL` being 1.
    """
    row = rows + 4 * answers[..., ROW] * step
    column = columns + 4 * answers[..., COLUMN] * step
    size = 2 ** (answers[..., SIZE] / 4) * NOMINAL * step
    return np.concatenate([answers[..., :ROW], np.stack([row, column, size], axis=-1)], axis=-1)


def _apart(places: Floats) -> Floats:
    """Of overlapping places keep the surest; leave out those where probably nothing is."""
    kept: list[Floats] = []
    for place in sorted(places[places[:, NOTHING] < PERHAPS], key=lambda place: place[NOTHING]):
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    return np.array(kept, np.float32).reshape(-1, 15)


def _same(one: Floats, other: Floats) -> bool:
    """Return whether two places are one thing: near each other, and of similar size."""
    is_near = distance(one, other) <= 0.3 * max(one[SIZE], other[SIZE])
    return is_near and abs(float(np.log2(one[SIZE] / other[SIZE]))) <= 0.6


def distance(one: Floats, other: Floats) -> float:
    """Return how far apart the middles of two places are, by rows or by columns."""
    return float(max(abs(one[ROW] - other[ROW]), abs(one[COLUMN] - other[COLUMN])))


def find(network: TrainedNetwork, grey: Floats) -> Floats:
    """Find digits and other signs in a picture: at most `N_LOOKS` places, columns as in `scan`."""
    narrow = tuple(n for n in FINE if n * min(grey.shape) <= NARROW * max(grey.shape))
    windows = np.empty((0, 15), np.float32)
    for levels, clear, large in ((COARSE, CLEAR, LARGE), (MIDDLE + narrow, 0, 0), (FINE, 0, 0)):
        windows = np.concatenate([windows, scan(network, grey, levels)])
        places = _apart(windows)[:N_LOOKS]
        if len(places):
            once = look_again(network, grey, places)
            twice = look_again(network, grey, once)
            twice[:, :ROW] = (once[:, :ROW] + twice[:, :ROW]) / 2
            places = _apart(twice)
        is_large = places[:, SIZE] > large * max(grey.shape)
        if (places[is_large, :NOTHING] > clear).any():
            break
    return places
