"""MNIST's pipelines: nothing lost, the order, the scale, impossible batch sizes."""

import numpy as np
import tensorflow as tf
from refusals import refusals

from dlcourse.data import mnist, mnist_pipelines
from dlcourse.quick import QUICK_BATCHES


def labels_of(pipeline):
    return np.concatenate([y for _, y in pipeline.as_numpy_iterator()])


def test_a_training_pipeline_scales_shuffles_and_loses_nothing(monkeypatch):
    monkeypatch.delenv("DLCOURSE_QUICK", raising=False)
    images, labels = mnist.as_arrays("train[:500]")
    pipeline = mnist_pipelines.training_pipeline(mnist.load("train[:500]"), batch_size=128, seed=1)
    batches = list(pipeline.as_numpy_iterator())
    assert [len(y) for _, y in batches] == [128, 128, 128, 116]
    X = np.concatenate([X for X, _ in batches])
    assert X.dtype == np.float32
    assert X.min() == 0
    assert X.max() == 1
    np.testing.assert_allclose(
        np.sort(X.sum((1, 2, 3))), np.sort(images.sum((1, 2)) / 255.0), rtol=1e-5
    )
    shuffled = np.concatenate([y for _, y in batches])
    assert not np.array_equal(shuffled, labels)
    assert not np.array_equal(shuffled, labels_of(pipeline))


def test_the_order_is_that_of_seed_0_unless_another_is_asked_for():
    digits = mnist.load("train[:500]")
    usual, same, other = (
        labels_of(mnist_pipelines.training_pipeline(digits, **options))
        for options in ({}, {"seed": 0}, {"seed": 1})
    )
    np.testing.assert_array_equal(usual, same)
    assert not np.array_equal(usual, other)


def test_images_of_unknown_number_are_shuffled_too():
    digits = mnist.load("train[:500]").filter(lambda _, label: label < 5)
    ordered = [int(label) for _, label in digits]
    shuffled = labels_of(mnist_pipelines.training_pipeline(digits)).tolist()
    assert ordered != shuffled
    assert sorted(ordered) == sorted(shuffled)


def test_more_images_than_mnist_has_are_shuffled_throughout():
    """As where inverted copies come after the digits: a first batch has some of both."""
    n = 2 * mnist_pipelines.N_IMAGES
    pairs = tf.data.Dataset.from_tensor_slices((np.zeros((n, 1, 1, 1), np.uint8), np.arange(n)))
    _, first = next(iter(mnist_pipelines.training_pipeline(pairs)))
    assert 30 < np.sum(first < n // 2) < 98


def test_an_evaluation_pipeline_keeps_the_order():
    _, labels = mnist.as_arrays("test[:300]")
    pipeline = mnist_pipelines.evaluation_pipeline(mnist.load("test[:300]"))
    np.testing.assert_array_equal(labels_of(pipeline), labels)


def test_an_epoch_has_batches_of_floats_and_class_indices_whatever_kind_the_labels_are():
    images = np.zeros((10, 28, 28), np.uint8)
    for labels in (list(range(10)), np.arange(10, dtype=np.uint8)):
        pictures, digits = mnist_pipelines.epoch_batches(images, labels).element_spec
        assert (pictures.dtype, pictures.shape.as_list()) == ("float32", [None, 28, 28, 1])
        assert (digits.dtype, digits.shape.as_list()) == ("int64", [None])


def test_a_quick_run_sees_a_few_batches_only(monkeypatch):
    monkeypatch.setenv("DLCOURSE_QUICK", "1")
    pipeline = mnist_pipelines.training_pipeline(mnist.load("train"), batch_size=16)
    assert sum(1 for _ in pipeline) == QUICK_BATCHES


NO_BYTES = r"`images` must have shape .* type uint8: got an arr"
SIZE = "`batch_size` must be a whole number of at least 1"

test_what_does_not_fit_is_named = refusals(
    (lambda: mnist_pipelines.epoch_batches(np.zeros((2, 28, 28)), [0, 1]), NO_BYTES),
    (lambda: mnist_pipelines.epoch_batches(np.zeros((28, 28), np.uint8), [0, 1]), NO_BYTES),
    (lambda: mnist_pipelines.training_pipeline(mnist.load("test[:9]"), batch_size=0), SIZE),
    (lambda: mnist_pipelines.evaluation_pipeline(mnist.load("test[:9]"), batch_size=0), SIZE),
)
