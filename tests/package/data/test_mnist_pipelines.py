"""MNIST's pipelines: nothing lost, the order, the scale, impossible batch sizes."""

import numpy as np
import pytest

from dlcourse.data import mnist, mnist_pipelines
from dlcourse.errors import InputError
from dlcourse.quick import QUICK_BATCHES


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
    again = np.concatenate([y for _, y in pipeline.as_numpy_iterator()])
    assert not np.array_equal(shuffled, again)


def test_the_order_is_that_of_seed_0_unless_another_is_asked_for():
    digits = mnist.load("train[:500]")
    orders = [
        np.concatenate([y for _, y in pipeline.as_numpy_iterator()])
        for pipeline in (
            mnist_pipelines.training_pipeline(digits),
            mnist_pipelines.training_pipeline(digits, seed=0),
            mnist_pipelines.training_pipeline(digits, seed=1),
        )
    ]
    np.testing.assert_array_equal(orders[0], orders[1])
    assert not np.array_equal(orders[0], orders[2])


def test_an_evaluation_pipeline_keeps_the_order():
    _, labels = mnist.as_arrays("test[:300]")
    pipeline = mnist_pipelines.evaluation_pipeline(mnist.load("test[:300]"))
    np.testing.assert_array_equal(
        np.concatenate([y for _, y in pipeline.as_numpy_iterator()]), labels
    )


def test_an_epoch_has_batches_of_floats_and_class_indices_whatever_kind_the_labels_are():
    images = np.zeros((10, 28, 28), np.uint8)
    for labels in (list(range(10)), np.arange(10, dtype=np.uint8)):
        pictures, digits = mnist_pipelines.epoch_batches(images, labels).element_spec
        assert (pictures.dtype, pictures.shape.as_list()) == ("float32", [None, 28, 28, 1])
        assert (digits.dtype, digits.shape.as_list()) == ("int64", [None])


def test_pictures_that_are_no_bytes_are_named():
    for wrong in (np.zeros((2, 28, 28)), np.zeros((28, 28), np.uint8)):
        with pytest.raises(InputError, match=r"`images` must have shape .* type uint8: got an arr"):
            mnist_pipelines.epoch_batches(wrong, [0, 1])


def test_a_quick_run_sees_a_few_batches_only(monkeypatch):
    monkeypatch.setenv("DLCOURSE_QUICK", "1")
    pipeline = mnist_pipelines.training_pipeline(mnist.load("train"), batch_size=16)
    assert sum(1 for _ in pipeline) == QUICK_BATCHES


@pytest.mark.parametrize(
    "make", [mnist_pipelines.training_pipeline, mnist_pipelines.evaluation_pipeline]
)
def test_an_impossible_batch_size_is_named(make):
    with pytest.raises(InputError, match="`batch_size` must be a whole number of at least 1"):
        make(mnist.load("test[:10]"), batch_size=0)
