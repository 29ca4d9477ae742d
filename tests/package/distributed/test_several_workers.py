"""Several processes over loopback, and several devices in one, train what one device trains."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from refusals import refusals
from worker import batches, model

from dlcourse import distributed
from dlcourse.distributed import checkpoints, launcher
from dlcourse.errors import ClusterError

HERE = Path(__file__).parent
EPOCHS = 3


@pytest.fixture(scope="module")
def alone():
    """What one device reaches: weights and history."""
    run = distributed.train(model, batches, epochs=EPOCHS, validation=batches(0))
    return run.model.get_weights(), run.history


def assert_same(weights, history, alone):
    for ours, expected in zip(weights, alone[0], strict=True):
        np.testing.assert_allclose(ours, expected, atol=1e-5)
    assert history.keys() == alone[1].keys()
    for name, values in alone[1].items():
        np.testing.assert_allclose(history[name], values, atol=1e-5)


def kill_the_second(monkeypatch, when=lambda: True):
    """Let `launch` lose its second worker, once something is so."""
    watch = launcher._watch

    def kill_and_watch(processes):
        def wait_and_kill():
            while not when():
                time.sleep(0.01)
            processes[1].kill()

        threading.Thread(target=wait_and_kill, daemon=True).start()
        return watch(processes)

    monkeypatch.setattr(launcher, "_watch", kill_and_watch)


KILLED = r"^worker 1 was killed \(SIGKILL\); the others were ended. The same command goes on after"


def test_a_worker_that_is_killed_is_named_and_ends_the_others(monkeypatch):
    kill_the_second(monkeypatch)
    with pytest.raises(ClusterError, match=KILLED):
        distributed.launch([sys.executable, "-c", "import time; time.sleep(60)"], 2)


@pytest.mark.slow
def test_a_training_goes_on_after_a_worker_was_killed(alone, tmp_path, monkeypatch):
    """One clear line; the same command then goes on, and two reach what one reaches.

    And no worker leaves before the first has saved the last epoch: whoever takes the end of one
    for the end of all would lose that epoch.
    """
    folder, out = tmp_path / "kept", tmp_path / "out"

    def command(**options):
        words = {"epochs": EPOCHS, "out": str(out), "folder": str(folder), **options}
        return [sys.executable, str(HERE / "worker.py"), json.dumps(words)]

    with monkeypatch.context() as patch:
        kill_the_second(patch, when=(folder / checkpoints.NAME).exists)
        with pytest.raises(ClusterError, match=KILLED):
            distributed.launch(command(pause=0.5), 2)
    assert not out.exists(), "the run was not over"
    assert 1 <= checkpoints.load_latest(folder, {}).epoch < EPOCHS
    distributed.launch(command(linger=1.0), 2)
    assert int((out / "trained").read_text()) < EPOCHS
    result = checkpoints.load_latest(out, {})
    names = sorted(result.arrays, key=lambda name: int(name.partition("-")[2]))
    assert_same([result.arrays[name] for name in names], result.history, alone)
    left = [float((folder / f"worker {i} left").read_text()) for i in range(2)]
    assert left[1] - left[0] > -0.5


DEVICES = """
import json, keras, sys
import tensorflow as tf
from dlcourse.distributed import train
from dlcourse.distributed.trainer_under_strategy import Trainer
sys.path.insert(0, sys.argv[1])
from worker import batches, model

cpu = tf.config.list_physical_devices("CPU")[0]
parts = [tf.config.LogicalDeviceConfiguration() for _ in range(3)]
tf.config.set_logical_device_configuration(cpu, parts)
names = [device.name for device in tf.config.list_logical_devices("CPU")]
strategy = tf.distribute.MirroredStrategy(names)

def with_dropout():
    keras.utils.set_random_seed(4)
    model = keras.Sequential([keras.Input((40,)), keras.layers.Dropout(0.5), keras.layers.Dense(2)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model

def masks(strategy, resumed=False):
    trainer = Trainer(strategy, with_dropout)
    if resumed:
        trainer._restore(trainer.state(1, {}, {}).arrays)
    dropout = trainer.model.layers[0]
    run = tf.function(lambda: strategy.run(lambda: dropout(tf.ones((1, 40)), training=True)))
    return [[m.numpy()[0].tolist() for m in strategy.experimental_local_results(run())]
            for _ in range(2)]

all_masks = [masks(tf.distribute.get_strategy()), masks(strategy), masks(strategy, resumed=True)]
run = train(model, batches, epochs=3, validation=batches(0), strategy=strategy)
weights = [w.tolist() for w in run.model.get_weights()]
print(json.dumps([all_masks, weights, run.history]))
"""


@pytest.mark.slow
def test_three_devices_reach_what_one_reaches_and_draw_their_own_dropout(alone):
    """Batches of 32 do not divide by 3. The first device draws what one alone draws."""
    done = subprocess.run(
        [sys.executable, "-c", DEVICES, str(HERE)], check=True, capture_output=True, text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    (one, *several), weights, history = json.loads(done.stdout)
    for masks in several:
        assert [each[0] for each in masks] == [each[0] for each in one]
        drawn = [tuple(mask) for each in masks for mask in each]
        assert len(set(drawn)) == len(drawn) == 6
        assert all(8 < np.count_nonzero(mask) < 32 for mask in drawn)
    assert_same(weights, history, alone)


def test_a_worker_that_says_why_it_stops():
    words = "import sys, os, json; i = json.loads(os.environ['TF_CONFIG'])['task']['index']; "
    speak = words + "sys.exit('dlcourse: no room' if i == 1 else 0)"
    with pytest.raises(ClusterError, match=r"^no room$"):
        distributed.launch([sys.executable, "-c", speak], 2)
    fail = words + "1 / i"
    with pytest.raises(ClusterError, match=r"worker 0 failed \(ZeroDivisionError"):
        distributed.launch([sys.executable, "-c", fail], 2)
    with pytest.raises(ClusterError, match=r"worker 1 failed \(without a message\)"):
        distributed.launch([sys.executable, "-c", words + "os._exit(4 * i)"], 2)
    with pytest.raises(ClusterError, match=r"worker 0 was killed \(signal 40\)"):  # has no name
        distributed.launch([sys.executable, "-c", "import os; os.kill(os.getpid(), 40)"], 1)


def test_workers_that_were_started_end_when_a_later_one_cannot_be(monkeypatch):
    begun = []
    start = launcher._start

    def fail_at_the_second(*args, **options):
        if begun:
            raise OSError(11, "Resource temporarily unavailable")
        begun.append(start(*args, **options))
        return begun[0]

    monkeypatch.setattr(launcher, "_start", fail_at_the_second)
    with pytest.raises(OSError, match="temporarily"):
        distributed.launch([sys.executable, "-c", "import time; time.sleep(60)"], 2)
    assert begun[0].poll() is not None


def test_workers_end_with_the_process_that_started_them(tmp_path):
    """Also when it is killed, so that none is left behind."""
    wait = (
        "import time, os; from dlcourse.distributed.launcher import end_with_parent; "
        f"end_with_parent(); open(r'{tmp_path}/' + str(os.getpid()), 'w'); time.sleep(60)"
    )
    code = (
        "import sys; from dlcourse import distributed; "
        f"distributed.launch([sys.executable, '-c', {wait!r}], 2)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    end = time.monotonic() + 10
    while any(_lives(path.name) for path in tmp_path.iterdir()):
        assert time.monotonic() < end, "a worker outlived the process that started it"
        time.sleep(0.02)


def _lives(pid):
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


test_workers_that_cannot_be = refusals(
    (lambda: distributed.launch(["true"], 0), "`n_workers`"),
    (lambda: distributed.launch(["true"], 65), "`n_workers`"),
    (lambda: distributed.launch("true", 1), "`command` must be a list of words: got 'true'"),
    (lambda: distributed.launch([], 1), "`command` must be a list of words: got a list"),
    (lambda: distributed.launch(["true", 7], 1), "`command` must be a text: got 7"),
    (lambda: distributed.launch(["nosuchprogram"], 1), "begin with a program .*'nosuchprogram'"),
    (lambda: distributed.launch(["true", "\0"], 1), r"begin with a program .*'true \\x00'"),
)
