"""The loop on one device: the steps of `fit`, also in two halves; progress; each replica's rows."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf
from refusals import refusals
from worker import batches, model

from dlcourse import distributed
from dlcourse.distributed import checkpoints, progress_and_time_left, split_global_batch
from dlcourse.errors import InputError


@pytest.mark.parametrize(("n_workers", "n_here"), [(1, 1), (2, 1), (3, 1), (1, 3), (2, 2), (5, 1)])
@pytest.mark.parametrize("batch_size", [1, 2, 7, 32])
def test_the_pieces_make_up_the_batch(n_workers, n_here, batch_size):
    """Every row once, shares that sum to one, whatever the sizes."""
    n_replicas = n_workers * n_here
    pieces = []
    for worker in range(n_workers):
        context = SimpleNamespace(
            num_replicas_in_sync=n_replicas, num_input_pipelines=n_workers,
            input_pipeline_id=worker,
        )  # fmt: skip
        pieces.append(
            list(split_global_batch.rows_of_this_worker(batches(0, batch_size=batch_size), context))
        )
    for i, (X, _) in enumerate(batches(0, batch_size=batch_size)):
        mine = [pieces[w][i * n_here + k] for w in range(n_workers) for k in range(n_here)]
        assert all(len(piece[0]) >= 1 for piece in mine), "no replica works on nothing"
        seen = np.concatenate([piece[0] for piece in mine if float(piece[2]) > 0])
        np.testing.assert_array_equal(seen, X)
        assert sum(len(p[0]) * float(p[2]) for p in mine) == pytest.approx(1)
        assert {float(piece[3]) for piece in mine} == {len(X)}


@pytest.mark.parametrize(
    ("epochs", "options"), [(2, {}), (2, {"dropout": 0.3}), (1, {"use_ema": True})]
)
def test_one_device_takes_the_steps_of_fit(epochs, options):
    """The same weights and the same history, dropout and weight decay included."""
    fitted, history = model(**options), {}
    for epoch in range(epochs):
        fit = fitted.fit(
            batches(epoch), validation_data=batches(0), epochs=1, shuffle=False, verbose=0
        )
        for name, values in fit.history.items():
            history.setdefault(name, []).extend(values)
    run = distributed.train(lambda: model(**options), batches, epochs=epochs, validation=batches(0))
    for ours, theirs in zip(run.model.get_weights(), fitted.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)
    assert run.history.keys() == history.keys()
    for name, values in history.items():
        np.testing.assert_allclose(run.history[name], values, atol=1e-6)


def test_a_run_in_two_halves_is_the_run(tmp_path):
    """Dropout's random numbers go on too."""
    whole = distributed.train(lambda: model(dropout=0.3), batches, epochs=3)
    distributed.train(lambda: model(dropout=0.3), batches, epochs=1, folder=tmp_path)
    # Another seed: what was kept counts, not what the model starts with.
    rest = distributed.train(lambda: model(dropout=0.3, seed=9), batches, epochs=3, folder=tmp_path)
    assert len(rest.seconds) == 2
    assert rest.history == whole.history
    with pytest.raises(InputError, match="holds 3 epochs already"):
        distributed.train(lambda: model(dropout=0.3), batches, epochs=2, folder=tmp_path)
    for ours, theirs in zip(rest.model.get_weights(), whole.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_progress_counts_steps_and_time():
    reports = []
    distributed.train(model, batches, epochs=2, report=reports.append, steps_per_call=1)
    assert [(p.epoch, p.step, p.steps) for p in reports] == [
        (epoch, step, 4) for epoch in (1, 2) for step in (1, 2, 3, 4)
    ]
    assert reports[-1].seconds_left == 0
    assert all(p.rate > 0 and p.seconds_left > 0 for p in reports[:-1])
    assert reports[3].logs.keys() == {"loss", "accuracy"}


def trained_on(change):
    """Return a call that trains on batches that went through a function."""
    return lambda: distributed.train(model, lambda epoch: change(batches(epoch)), epochs=1)


def compiled_with(loss):
    made = model()
    made.compile("sgd", loss)
    return lambda: distributed.train(lambda: made, batches, epochs=1)


MISFIT = "Batches and model must fit each other: "

test_what_does_not_fit_is_said = refusals(
    (lambda: distributed.train(model, batches, epochs=0), "`epochs` .* of at least 1: got 0"),
    (lambda: distributed.train(keras.Sequential, batches, epochs=1), "built and compiled"),
    (compiled_with("mse"), "mean SparseCategoricalCrossentropy, .* got 'mse'"),
    (compiled_with(keras.losses.SparseCategoricalCrossentropy(reduction="sum")), "the mean"),
    (lambda: distributed.train(model, batches, epochs=1, validation=batches(0).repeat()), "known"),
    (trained_on(lambda data: data.repeat()), "known number of batches"),
    (trained_on(lambda data: data.take(0)), "at least one: got 0"),
    (trained_on(lambda data: data.map(lambda X, y: (X, y + 5))), MISFIT),  # five classes
    (trained_on(lambda data: data.map(lambda X, y: (X, y - 5))), MISFIT),
    (trained_on(lambda data: data.map(lambda X, y: (X[:, :2], y))), MISFIT + ".*None, 2,"),
    (trained_on(lambda data: data.map(lambda X, y: X)), MISFIT),
    (trained_on(lambda data: data.map(lambda X, y: (X, y, y))), MISFIT),
)


def test_a_folder_of_another_model_is_refused(tmp_path):
    strange = checkpoints.Checkpoint(1, {"w": np.arange(3.0)}, {"loss": [0.5]}, {})
    checkpoints.save(tmp_path, strange)
    with pytest.raises(InputError, match="this very model"):
        distributed.train(model, batches, epochs=2, folder=tmp_path)


def test_speed_is_measured_after_the_first_call_which_compiles(monkeypatch):
    """A hundred examples a step: 16 steps to warm up, 16 more in 2 s, 16 more in 3 s."""
    clock = iter([0.0, 10.0, 12.0, 15.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    reports = []
    watch = progress_and_time_left.Watch(0, 2, reports.append)
    for step in (16, 32, 48):
        watch.step(step, 64, 100 * step, {"loss": 1.0})
    assert [report.rate for report in reports] == [160, 800, 640]
    assert [report.seconds_left for report in reports] == [112 * 10 / 16, 96 * 2 / 16, 80 * 5 / 32]
    assert watch.last.rate == 640


def test_an_error_while_a_model_is_made_is_not_hidden():
    """The handler of lost workers used to read a trainer that was not there yet."""

    def make_model():
        raise tf.errors.InternalError(None, None, "no memory for a variable")

    with pytest.raises(tf.errors.InternalError, match="no memory"):
        distributed.train(make_model, batches, epochs=1)
