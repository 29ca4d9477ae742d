"""The networks that come with the package: their files, their numbers, their words."""

import json
from functools import partial

import numpy as np
import pytest

from dlcourse.data import mnist, own_digits
from dlcourse.digits import reader
from dlcourse.errors import InputError
from dlcourse.networks import inference, pretrained
from dlcourse.robust import (
    augmentation,
    train_digit_networks,
    training_data,
    unseen_pictures,
)

N_TEST = 1_000  # the first images of the test set: enough, and quick


@pytest.fixture(scope="module")
def test_set():
    images, labels = mnist.as_arrays(f"test[:{N_TEST}]")
    return (images / 255).astype(np.float32), labels


@pytest.fixture(scope="module")
def networks():
    return {name: pretrained.load(name) for name in pretrained.NAMES}


def test_the_files_are_small_and_say_where_they_come_from(networks):
    total = 0
    for name, network in networks.items():
        path = pretrained.path(name)
        total += path.stat().st_size
        assert network.about["name"] == name
        assert int(network.about["seed"]) >= 0
        assert int(network.about["epochs"]) > 0
        assert len(network.about["training_data_sha256"]) == 64
        assert {"tensorflow", "keras", "numpy"} <= set(json.loads(network.about["versions"]))
        assert set(json.loads(network.about["accuracy"])) == {"validation", "validation inverted"}
    assert pretrained.path("robust").stat().st_size < 450_000
    assert total < 3 * 450_000


def test_the_robust_network_is_as_large_and_can_refuse(networks):
    assert networks["robust"].n_weights == pytest.approx(networks["plain"].n_weights, rel=0.05)
    assert networks["robust"].classes == (*networks["plain"].classes, "none")


def answers(network, X):
    """What a network says of each picture: the digit, or -1 if that is probably none."""
    p = inference.probabilities(network, X)
    return np.where(p[:, 10:].sum(axis=1) >= 0.5, -1, p[:, :10].argmax(axis=1))


CONDITIONS = {
    "clean": lambda X: X,
    "inverted": lambda X: 1 - X,
    "shifted": lambda X: np.pad(X, ((0, 0), (3, 0), (3, 0)))[:, :28, :28],
    "noisy": unseen_pictures.noisy,
}


@pytest.mark.parametrize(
    ("name", "condition", "bounds"),
    [
        ("plain", "clean", (0.97, 1)),
        ("plain", "inverted", (0, 0.7)),
        ("inverted", "clean", (0.97, 1)),
        ("inverted", "inverted", (0.96, 1)),
        ("robust", "clean", (0.985, 1)),
        ("robust", "inverted", (0.985, 1)),
        ("robust", "shifted", (0.97, 1)),
        ("robust", "noisy", (0.97, 1)),
    ],
)
def test_accuracy(networks, test_set, name, condition, bounds):
    X, y = test_set
    accuracy = np.mean(answers(networks[name], CONDITIONS[condition](X)) == y)
    assert bounds[0] <= accuracy <= bounds[1]


def test_the_robust_network_refuses_few_digits_and_most_others(networks, test_set):
    X, _ = test_set
    assert np.mean(answers(networks["robust"], X) == -1) <= 0.02
    unseen = np.concatenate(list(unseen_pictures.unseen_no_digits(60).values()))
    assert np.mean(answers(networks["robust"], unseen) == -1) >= 0.93


@pytest.mark.parametrize("condition", ["clean", "inverted"])
def test_other_hands(networks, condition):
    X, y = (array[::3] for array in unseen_pictures.other_hands())
    assert np.mean(answers(networks["robust"], CONDITIONS[condition](X)) == y) >= 0.93


@pytest.mark.parametrize("picture", own_digits.PICTURES, ids=lambda p: p.name)
@pytest.mark.parametrize("small", [False, True], ids=["original", "28 by 28"])
def test_our_own_pictures(picture, small):
    reading = reader.read(own_digits.path(picture.name, small=small))
    assert reading.digit == picture.digit
    assert bool(reading.reason) == (picture.digit is None)
    assert sum(reading.probabilities) == pytest.approx(1)
    assert 0 <= reading.confidence <= 1


def test_an_unknown_network_is_named():
    for use in (pretrained.load, train_digit_networks.train):
        with pytest.raises(InputError, match="'best'"):
            use("best")


def test_the_pipeline_depends_on_seed_and_epoch_only(monkeypatch):
    X = np.random.default_rng(0).integers(0, 256, (300, 28, 28), dtype=np.uint8)
    y = np.arange(300) % 11

    def batches(epoch):
        pipeline = training_data.robust_pipeline(X, y, seed=1, epoch=epoch)
        return list(pipeline.as_numpy_iterator())

    one, again = batches(0), batches(0)
    monkeypatch.setattr(augmentation, "augment", lambda X, *, seed: X)
    plain = batches(1)
    assert [b.shape for b, _ in one] == [(128, 28, 28, 1)] * 2
    for (a, labels_a), (b, labels_b) in zip(one, again, strict=True):
        np.testing.assert_array_equal(a, b)
        np.testing.assert_array_equal(labels_a, labels_b)
    assert not np.array_equal(one[0][1], plain[0][1])
    for picture, label in zip(*plain[0], strict=True):
        same = (X / np.float32(255) == picture[..., 0]).all(axis=(1, 2))
        assert y[same] == [label]


@pytest.mark.slow
def test_a_training_that_was_killed_goes_on(tmp_path, monkeypatch):
    """Killed after its first part, it comes to the same end."""
    rng = np.random.default_rng(0)
    parts = [
        (rng.integers(0, 256, (128, 28, 28), dtype=np.uint8), rng.integers(0, 11, 128))
        for _ in range(2)
    ]
    monkeypatch.setattr(training_data, "robust_data", lambda *, seed, part: parts[part])
    monkeypatch.setattr(train_digit_networks, "ROUND", 1)
    held_out = [array[:500] for array in mnist.as_arrays("validation")]  # no step depends on it
    monkeypatch.setattr(mnist, "as_arrays", lambda split: held_out)
    whole = train_digit_networks.train("robust", seed=2, n_epochs=2)

    class KilledError(Exception):
        pass

    def die(line):
        if "epoch 1," in line:
            raise KilledError

    train = partial(train_digit_networks.train, "robust", seed=2, n_epochs=2, scratch=tmp_path)
    with pytest.raises(KilledError):
        train(report=die)
    assert len(list(tmp_path.glob("*/last-epoch.safetensors"))) == 1
    lines = []
    resumed = train(report=lines.append)
    assert lines[0].startswith("robust: epoch 2, ")
    assert not list(tmp_path.iterdir())
    assert resumed.about["training_data_sha256"] == whole.about["training_data_sha256"]
    for name, tensor in whole.tensors.items():
        np.testing.assert_allclose(resumed.tensors[name], tensor, atol=1e-4)


def test_each_part_of_the_training_has_made_pictures_of_its_own(monkeypatch):
    names = ("N_PRINTED", "N_DRAWN", "N_DISPLAYS_AND_SIGNS", "N_NOT_DIGITS", "N_SPOILT")
    for name, n in zip(names, (3, 3, 2, 4, 2), strict=True):
        monkeypatch.setattr(training_data, name, n)
    digits = tuple(array[:5_000] for array in mnist.as_arrays("validation"))
    monkeypatch.setattr(mnist, "as_arrays", lambda split: digits)
    (X, y), (again, labels), (other, _) = (
        training_data.robust_data(seed=1, part=part) for part in (0, 0, 1)
    )
    assert X.shape == (5_000 + training_data.TIMES * 14, 28, 28)
    assert list(y[-6:]) == [10] * 6
    np.testing.assert_array_equal(X, again)
    np.testing.assert_array_equal(y, labels)
    np.testing.assert_array_equal(X[:5_000], other[:5_000])
    assert not np.array_equal(X[5_000:], other[5_000:])
