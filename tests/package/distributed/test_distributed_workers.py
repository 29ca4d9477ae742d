"""Several processes over loopback, and several devices in one, train what one process trains."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from dlcourse import distributed
from dlcourse.distributed import checkpoints
from dlcourse.errors import ClusterError, InputError

WORKER = Path(__file__).parent / "worker.py"
EPOCHS = 6


def command(out, **options):
    return [sys.executable, str(WORKER), json.dumps({"epochs": EPOCHS, "out": str(out), **options})]


def result(out):
    """What a run left: weights, history, and after which epoch it went on."""
    found = checkpoints.load_latest(Path(out), {})
    assert found.epoch == EPOCHS
    return found.arrays, found.history, int((Path(out) / "resumed").read_text())


def assert_same(found, expected):
    for name, array in expected[0].items():
        np.testing.assert_allclose(found[0][name], array, atol=1e-5)
    assert found[1].keys() == expected[1].keys()
    for name, values in expected[1].items():
        np.testing.assert_allclose(found[1][name], values, atol=1e-5)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What one process reaches, on one device."""
    out = tmp_path_factory.mktemp("alone")
    subprocess.run(command(out), check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return result(out)


@pytest.mark.parametrize("n_workers", [2, 3])
def test_workers_reach_what_one_process_reaches(alone, tmp_path, n_workers):
    """Batches of 32 do not divide by 3, and the last batch is a single picture."""
    distributed.launch(command(tmp_path), n_workers)
    assert_same(result(tmp_path), alone)


def test_devices_reach_what_one_device_reaches(alone, tmp_path):
    """Three logical parts of the processor under `MirroredStrategy`."""
    subprocess.run(
        command(tmp_path, devices=3), check=True, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert_same(result(tmp_path), alone)


MASKS = """
import json
import keras
import tensorflow as tf
from dlcourse.distributed.trainer import Trainer

cpu = tf.config.list_physical_devices("CPU")[0]
parts = [tf.config.LogicalDeviceConfiguration() for _ in range(3)]
tf.config.set_logical_device_configuration(cpu, parts)

def made():
    keras.utils.set_random_seed(4)
    model = keras.Sequential([keras.Input((40,)), keras.layers.Dropout(0.5), keras.layers.Dense(2)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model

def masks(strategy, resumed=False):
    trainer = Trainer(strategy, made, None)
    if resumed:
        trainer._restore(trainer.state(1, {}, {}).arrays)
    dropout = trainer.model.layers[0]
    run = tf.function(lambda: strategy.run(lambda: dropout(tf.ones((1, 40)), training=True)))
    return [[m.numpy()[0].tolist() for m in strategy.experimental_local_results(run())]
            for _ in range(2)]

names = [device.name for device in tf.config.list_logical_devices("CPU")]
strategy = tf.distribute.MirroredStrategy(names)
alone, apart = masks(tf.distribute.get_strategy()), masks(strategy)
print(json.dumps([alone, apart, masks(strategy, resumed=True)]))
"""


def test_each_device_draws_its_own_dropout():
    """The first draws that of one device alone; no two the same, also when a run goes on."""
    done = subprocess.run(
        [sys.executable, "-c", MASKS], check=True, capture_output=True, text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    alone, *apart = json.loads(done.stdout)
    for masks in apart:
        assert [each[0] for each in masks] == [each[0] for each in alone]
        drawn = [tuple(mask) for each in masks for mask in each]
        assert len(set(drawn)) == len(drawn) == 6
        assert all(8 < np.count_nonzero(mask) < 32 for mask in drawn)


def test_a_worker_killed_in_the_middle(alone, tmp_path):
    """One clear line; the same command then goes on, and reaches the same."""
    folder, out = tmp_path / "kept", tmp_path / "out"
    line = command(out, folder=str(folder), pause=0.5)

    def kill(pids):
        def wait_and_kill():
            while not list(folder.glob("epoch-*")):
                time.sleep(0.01)
            os.kill(pids[1], signal.SIGKILL)

        threading.Thread(target=wait_and_kill, daemon=True).start()

    with pytest.raises(ClusterError, match=r"^worker 1 was killed \(SIGKILL\); the others were"):
        distributed.launch(line, 2, started=kill)
    assert not out.exists(), "the run was not over"
    epochs = [path.name for path in folder.glob("epoch-*")]
    assert len(epochs) == 1
    distributed.launch(command(out, folder=str(folder)), 2)
    assert result(out)[2] >= 1
    assert_same(result(out), alone)


def test_no_worker_leaves_before_the_first_has_saved_the_last_epoch(tmp_path):
    """Else whoever takes the end of one for the end of all would lose that epoch."""
    distributed.launch(command(tmp_path, epochs=1, linger=3.0), 2)
    left = [float((tmp_path / f"worker {i} left").read_text()) for i in range(2)]
    assert left[1] - left[0] > -1.5


def test_a_worker_that_says_why_it_stops():
    words = "import sys, os, json; i = json.loads(os.environ['TF_CONFIG'])['task']['index']; "
    speak = words + "sys.exit('dlcourse: no room' if i == 1 else 0)"
    with pytest.raises(ClusterError, match=r"^no room$"):
        distributed.launch([sys.executable, "-c", speak], 2)
    fail = words + "1 / i"
    with pytest.raises(ClusterError, match=r"worker 0 failed \(ZeroDivisionError"):
        distributed.launch([sys.executable, "-c", fail], 2)


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
    for path in tmp_path.iterdir():
        for _ in range(500):
            if not Path(f"/proc/{path.name}").exists() or "Z" in _state(path.name):
                break
            time.sleep(0.02)
        else:
            pytest.fail("a worker outlived the process that started it")


def _state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


@pytest.mark.parametrize(
    ("n_workers", "port", "match"),
    [(0, None, "`n_workers`"), (65, None, "`n_workers`"), (2, 80, "`port`"), (2, 65_535, "room")],
)
def test_workers_that_cannot_be(n_workers, port, match):
    with pytest.raises(InputError, match=match):
        distributed.launch(["true"], n_workers, port=port)
