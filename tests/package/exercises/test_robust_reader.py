"""The exercises on a reader that may refuse: solutions, and mistakes that people make."""

import numpy as np
import pytest
from scipy import ndimage

from dlcourse.exercises.checking import check


def striped(images):
    copy = images.copy()
    copy[:, ::3] = 0
    return copy


def noisy(images):
    noise = np.random.default_rng(0).normal(0, 0.4, images.shape)
    return np.clip(images + noise, 0, 1)


def turned(images):
    return np.clip(ndimage.rotate(images, 20, axes=(1, 2), reshape=False), 0, 1)


def smaller(images):
    copy = np.zeros_like(images)
    copy[:, 7:21, 7:21] = images[:, ::2, ::2]
    return copy


def cut_out(images):
    copy = images.copy()
    copy[:, 10:18, 10:18] = 0
    return copy


def in_place(images):
    images[:, ::3] = 0
    return images


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("robust-reader-1", [100 / 9, 0.01]),
        ("robust-reader-1", (11.1, 0.01)),
        ("robust-reader-2", striped),
        ("robust-reader-2", lambda images: 1 - images),
        ("robust-reader-2", lambda images: np.roll(images, (3, -4), axis=(1, 2))),
        ("robust-reader-2", noisy),
        ("robust-reader-2", turned),
        ("robust-reader-2", smaller),
        ("robust-reader-2", cut_out),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("robust-reader-1", 11.1, "2 numbers"),
        ("robust-reader-1", [0.01, 11.1], "other way round"),
        ("robust-reader-1", [0.111, 0.0001], "fractions"),
        ("robust-reader-1", [11.1, 0.1], "one in 10,000"),
        ("robust-reader-2", lambda images: None, "returns nothing"),
        ("robust-reader-2", lambda images: images[:, 1:], "Keep the shape"),
        ("robust-reader-2", lambda images: images + 0.5, "np.clip"),
        ("robust-reader-2", in_place, "copy()"),
        ("robust-reader-2", lambda images: images, "Nothing"),
        ("robust-reader-2", np.zeros_like, "all one shade"),
        ("robust-reader-2", "striped", "function"),
        ("robust-reader-2", lambda images: images[:, :, ::-1], "come out mirrored. "),
        ("robust-reader-2", lambda images: images[:, ::-1], "from top to bottom"),
        ("robust-reader-2", lambda images: 1 - images[:, ::-1, ::-1], "upside down"),
        ("robust-reader-2", lambda images: np.rot90(images, axes=(1, 2)), "to the left"),
        ("robust-reader-2", lambda images: images.transpose(0, 2, 1), "exchanged"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
