"""Training under any strategy: who works together, what is kept, and the loop on one device.

Several processes: see test_distributed_workers.py.
"""

import json
import os
import re
import socket
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from worker import batches, model

from dlcourse import distributed
from dlcourse.distributed import checkpoints, launcher, loop, progress, rendezvous, sharding
from dlcourse.errors import ClusterError, DataError, InputError


def tf_config(addresses, index, task="worker"):
    return json.dumps({"cluster": {"worker": addresses}, "task": {"type": task, "index": index}})


# --- who works together ----------------------------------------------------------------


def test_alone_without_variables():
    assert distributed.from_environment({}) is None
    assert distributed.from_environment({"SLURM_PROCID": "0", "SLURM_STEP_NUM_TASKS": "1"}) is None


def test_a_chief_counts_as_the_first_worker():
    jobs = {"chief": ["a:1"], "worker": ["b:1", "c:1"]}
    config = json.dumps({"cluster": jobs, "task": {"type": "worker", "index": 1}})
    cluster = distributed.from_environment({"TF_CONFIG": config})
    assert cluster == distributed.Cluster(("a:1", "b:1", "c:1"), 2)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", tf_config(["a:1"], 1), tf_config(["a"], 0), tf_config(["a:1"], 0, "ps"),
     tf_config(["a:x"], 0), tf_config(["a:1"], -1), tf_config(["a:1"], 1e999),
     tf_config(["a:65536"], 0), tf_config(["a:0"], 0), tf_config(["a..b:1"], 0),
     tf_config(["x" * 64 + ":1"], 0), tf_config(["a:1", "a:1"], 0), tf_config(["a:1"], 0, "chief"),
     tf_config("a:1", 0), tf_config(7, 0), "[" * 100_000, "7", '{"cluster": [], "task": {}}',
     '{"cluster": [], "task": {"type": "worker", "index": 0}}'],
)  # fmt: skip
def test_a_tf_config_that_cannot_be_understood_is_shown_a_good_one(text):
    with pytest.raises(InputError, match=r'must be JSON like \{"cluster": \{"worker"'):
        distributed.from_environment({"TF_CONFIG": text})


def test_slurm_numbers_tasks_in_its_own_order():
    cluster = distributed.from_environment(
        {
            "SLURM_PROCID": "3", "SLURM_STEP_NUM_TASKS": "5", "SLURM_JOB_ID": "57003",
            "SLURM_STEP_NODELIST": "n[9-10],gpu", "SLURM_STEP_TASKS_PER_NODE": "2(x2),1",
        }
    )  # fmt: skip
    # n9 before n10, though "n10" sorts before "n9".
    assert cluster.addresses == ("n9:37003", "n9:37004", "n10:37003", "n10:37004", "gpu:37003")
    assert cluster.index == 3


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"SLURM_STEP_NODELIST": "n[1-"}, r"got n\[1-"),
        ({"SLURM_STEP_TASKS_PER_NODE": "1"}, "1 tasks on 2 nodes, but 2 in all"),
        ({"SLURM_PROCID": "2"}, "this one being 2"),
        ({"SLURM_PROCID": "two"}, "'two'"),
        ({"SLURM_STEP_NUM_TASKS": "two"}, "'two'"),
        ({"SLURM_JOB_ID": "seven"}, "'seven'"),
    ],
)
def test_slurm_variables_that_do_not_fit(change, match):
    slurm = {
        "SLURM_PROCID": "0", "SLURM_STEP_NUM_TASKS": "2",
        "SLURM_STEP_NODELIST": "n[1-2]", "SLURM_STEP_TASKS_PER_NODE": "1(x2)",
    }  # fmt: skip
    with pytest.raises(InputError, match=match):
        distributed.from_environment(slurm | change)


def test_tensorflow_is_told_what_slurm_says(monkeypatch):
    slurm = {
        "SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2", "SLURM_JOB_ID": "7",
        "SLURM_STEP_NODELIST": "n[1-2]", "SLURM_STEP_TASKS_PER_NODE": "1(x2)",
    }  # fmt: skip
    for name, value in slurm.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TF_CONFIG", "")
    monkeypatch.delenv("TF_CONFIG")
    monkeypatch.setattr(loop, "rendezvous", lambda cluster, run, wait: None)
    read = tf.distribute.cluster_resolver.TFConfigClusterResolver
    monkeypatch.setattr(tf.distribute, "MultiWorkerMirroredStrategy", read)
    resolver = loop.choose_strategy()
    assert resolver.cluster_spec().as_dict() == {"worker": ["n1:20007", "n2:20007"]}
    assert (resolver.task_type, resolver.task_id) == ("worker", 1)


def met(n, *, wait=10.0, run=lambda i: {"seed": 0}, missing=()):
    """Let workers meet in threads; give what each of them ended with."""
    addresses = tuple(f"127.0.0.1:{port}" for port in launcher._free_ports(n))
    ends = {}

    def come(i):
        try:
            rendezvous.rendezvous(distributed.Cluster(addresses, i), run(i), wait=wait)
            ends[i] = "met"
        except ClusterError as error:
            ends[i] = str(error)

    threads = [threading.Thread(target=come, args=(i,)) for i in range(n) if i not in missing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return addresses, ends


def test_workers_that_agree_meet():
    assert met(3)[1] == {0: "met", 1: "met", 2: "met"}


def test_a_worker_that_never_comes_is_named_to_all():
    addresses, ends = met(3, wait=1.0, missing=[2])
    assert ends[0] == ends[1]
    assert ends[0].startswith(f"Worker 2 ({addresses[2]}) did not come within 1 s.")


def test_a_chief_that_never_comes():
    addresses, ends = met(2, wait=1.0, missing=[0])
    assert ends[1].startswith(f"Worker 0 ({addresses[0]}), which leads, could not be reached")


def test_a_worker_that_was_started_otherwise():
    _, ends = met(2, run=lambda i: {"seed": 0, "batch_size": 128 >> i})
    assert "was started with batch_size 64, worker 0" in ends[0]
    assert ends[1] == ends[0]


def test_other_versions_on_a_worker():
    addresses = tuple(f"127.0.0.1:{port}" for port in launcher._free_ports(2))
    old = {**rendezvous.versions(), "tensorflow": "2.1.0"}
    answers = []

    def come():
        for _ in range(200):
            try:
                guest = socket.create_connection(("127.0.0.1", int(addresses[0].split(":")[1])))
                break
            except OSError:
                time.sleep(0.02)
        with guest:
            greeting = {"hello": rendezvous.GREETING, "index": 1, "versions": old, "run": {}}
            guest.sendall(json.dumps(greeting).encode() + b"\n")
            answers.append(json.loads(guest.makefile().readline()))

    thread = threading.Thread(target=come)
    thread.start()
    with pytest.raises(ClusterError, match=r"has tensorflow 2\.1\.0, worker 0 .*Install the same"):
        rendezvous.rendezvous(distributed.Cluster(addresses, 0), {}, wait=10)
    thread.join()
    assert "2.1.0" in answers[0]["verdict"]


def test_a_stranger_at_the_port_is_ignored():
    addresses = tuple(f"127.0.0.1:{port}" for port in launcher._free_ports(2))
    port = int(addresses[0].split(":")[1])
    first = threading.Thread(
        target=rendezvous.rendezvous,
        args=(distributed.Cluster(addresses, 0), {}),
        kwargs={"wait": 10},
    )
    first.start()
    greeting = {
        "hello": rendezvous.GREETING,
        "index": 1,
        "versions": rendezvous.versions(),
        "run": {},
    }
    wrong = [{"index": None}, {"index": []}, {"index": 2}, {"index": True}, {"index": -1},
             {"versions": []}, {"run": 3}]  # fmt: skip
    strangers = [json.dumps(greeting | change).encode() + b"\n" for change in wrong]
    nested = b"[" * 60_000 + b"\n"
    for words in (b"GET / HTTP/1.1\r\n\r\n", b'["hello"]\n', b"", nested, *strangers):
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", port)) as stranger:
                    stranger.sendall(words)
                break
            except OSError:
                time.sleep(0.02)
    rendezvous.rendezvous(distributed.Cluster(addresses, 1), {}, wait=10)
    first.join()


def test_a_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        here = distributed.Cluster((f"127.0.0.1:{port}", "127.0.0.1:1"), 0)
        with pytest.raises(ClusterError, match=rf"cannot open port {port} .*already in use"):
            rendezvous.rendezvous(here, {}, wait=1)


def test_ports_that_are_given_may_be_the_last_ones():
    assert launcher._given_ports(65_534, 2) == [65_534, 65_535]
    assert launcher._given_ports(1024, 3) == [1024, 1025, 1026]


def test_a_chief_without_a_verdict_is_a_stranger():
    """Whatever else listens at the chief's port: the worker waits for the chief, and says so."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        replies = [{"hello": rendezvous.GREETING}, {"hello": rendezvous.GREETING, "verdict": 3}, {}]

        def answer():
            for words in replies:
                guest, _ = server.accept()
                with guest:
                    guest.makefile().readline()
                    guest.sendall(json.dumps(words).encode() + b"\n")
            server.close()

        thread = threading.Thread(target=answer)
        thread.start()
        here, port = server.getsockname()[1], launcher._free_ports(1)[0]
        pair = distributed.Cluster((f"127.0.0.1:{here}", f"127.0.0.1:{port}"), 1)
        with pytest.raises(ClusterError, match="which leads, could not be reached within 1 s"):
            rendezvous.rendezvous(pair, {}, wait=1)
        thread.join()


@pytest.mark.parametrize("run", [{"a": object()}, {"a": {1, 2}}])
def test_what_cannot_be_told_to_the_others_is_refused(run):
    with pytest.raises(InputError, match="`run` must be texts and numbers"):
        rendezvous.rendezvous(distributed.Cluster(("127.0.0.1:1",), 0), run)


# --- workers on this machine -------------------------------------------------------------


@pytest.mark.parametrize("command", [["no such program"], ["true", "a\0b"], [""], ["true", 3]])
def test_a_command_that_cannot_be_run(command):
    with pytest.raises(InputError, match="`command` must be"):
        distributed.launch(command, 1)


@pytest.mark.parametrize(
    ("code", "cause"),
    [(-9, r"was killed \(SIGKILL\)"), (-35, r"was killed \(signal 35\)"), (4, "without a message")],
)
def test_the_cause_of_an_end_is_named(tmp_path, code, cause):
    """Also by a signal of real time, which has no name."""
    log = tmp_path / "log"
    log.touch()
    assert re.search(cause, launcher._cause(1, code, log))


# --- what is kept ------------------------------------------------------------------------


def kept(epoch, **settings):
    return checkpoints.Checkpoint(
        epoch, {"w": np.arange(3.0), "n": np.array(7)}, {"loss": [0.5] * epoch}, settings
    )


def test_a_checkpoint_comes_back_and_replaces_the_one_before(tmp_path):
    checkpoints.save(tmp_path, kept(1, seed=3))
    checkpoints.save(tmp_path, kept(2, seed=3))
    assert [path.name for path in tmp_path.iterdir()] == ["epoch-0002.safetensors"]
    latest = checkpoints.load_latest(tmp_path, {"seed": 3})
    assert (latest.epoch, latest.history) == (2, {"loss": [0.5, 0.5]})
    np.testing.assert_array_equal(latest.arrays["w"], [0, 1, 2])
    assert latest.arrays["n"].dtype == np.int64
    assert checkpoints.load_latest(tmp_path / "elsewhere", {}) is None


def test_a_full_disk_leaves_the_epoch_before(tmp_path, monkeypatch):
    checkpoints.save(tmp_path, kept(1))

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match=f"Cannot keep the epoch in {tmp_path}: No space"):
        checkpoints.save(tmp_path, kept(2))
    assert [path.name for path in tmp_path.iterdir()] == ["epoch-0001.safetensors"]


def test_the_last_epoch_is_the_last_by_number(tmp_path):
    """And what only looks like an epoch is left alone."""
    stranger = tmp_path / "epoch-last.safetensors"
    stranger.write_bytes(b"not ours")
    for epoch in (9_999, 10_000):
        checkpoints.save(tmp_path, kept(epoch))
        assert checkpoints.load_latest(tmp_path, {}).epoch == epoch
        assert checkpoints.kept_in(tmp_path) == [checkpoints.path_of(tmp_path, epoch)]
    assert stranger.read_bytes() == b"not ours"


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match=r"Cannot keep the epoch in .*file"):
        checkpoints.save(tmp_path / "file", kept(1))


@pytest.mark.parametrize(
    "change", [{"epoch": "0"}, {"epoch": "one"}, {"history": "[]"}, {"settings": "3"},
               {"history": "[" * 100_000}],
)  # fmt: skip
def test_a_checkpoint_that_says_nonsense_is_named(tmp_path, change):
    from safetensors.numpy import save_file

    about = {"format": checkpoints.FORMAT, "epoch": "1", "history": "{}", "settings": "{}"}
    save_file({"w": np.ones(1)}, tmp_path / "epoch-0001.safetensors", metadata=about)
    assert checkpoints.load_latest(tmp_path, {}).epoch == 1
    save_file({"w": np.ones(1)}, tmp_path / "epoch-0002.safetensors", metadata=about | change)
    with pytest.raises(DataError, match=r"epoch-0002\.safetensors is damaged"):
        checkpoints.load_latest(tmp_path, {})


def test_another_run_is_not_continued(tmp_path):
    checkpoints.save(tmp_path, kept(1, batch_size=64))
    with pytest.raises(InputError, match="its batch_size is 64, and this one's is 128"):
        checkpoints.load_latest(tmp_path, {"batch_size": 128})


@pytest.mark.parametrize("length", [0, 5, 100, -1])
def test_a_damaged_checkpoint_is_named(tmp_path, length):
    path = checkpoints.save(tmp_path, kept(1))
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DataError, match=r"epoch-0001\.safetensors is damaged"):
        checkpoints.load_latest(tmp_path, {})


# --- the rows of each replica --------------------------------------------------------------


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
            list(sharding.rows_of_this_worker(batches(0, batch_size=batch_size), context))
        )
    for i, (X, _) in enumerate(batches(0, batch_size=batch_size)):
        mine = [pieces[w][i * n_here + k] for w in range(n_workers) for k in range(n_here)]
        assert all(len(piece[0]) >= 1 for piece in mine), "no replica works on nothing"
        seen = np.concatenate([piece[0] for piece in mine if float(piece[2]) > 0])
        np.testing.assert_array_equal(seen, X)
        assert sum(len(p[0]) * float(p[2]) for p in mine) == pytest.approx(1)
        assert {float(piece[3]) for piece in mine} == {len(X)}


# --- the loop, on one device -----------------------------------------------------------------


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_one_device_takes_the_steps_of_fit(dropout):
    """The same weights and the same history, dropout and weight decay included."""
    fitted, history = model(dropout=dropout), {}
    for epoch in range(2):
        fit = fitted.fit(
            batches(epoch), validation_data=batches(0), epochs=1, shuffle=False, verbose=0
        )
        for name, values in fit.history.items():
            history.setdefault(name, []).extend(values)
    run = distributed.train(
        lambda: model(dropout=dropout), batches, epochs=2, validation=batches(0)
    )
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
    assert rest.resumed_after == 1
    assert rest.history == whole.history
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


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"epochs": 0}, "`epochs` must be a whole number of at least 1: got 0"),
        ({"make_batches": lambda epoch: batches(0).repeat()}, "known number of batches"),
        ({"make_batches": lambda epoch: batches(0).take(0)}, "at least one: got 0"),
        ({"make_model": lambda: __import__("keras").Sequential()}, "built and compiled"),
    ],
)
def test_what_does_not_fit_is_said(options, match):
    arguments = {"make_model": model, "make_batches": batches, "epochs": 1, **options}
    with pytest.raises(InputError, match=match):
        distributed.train(arguments.pop("make_model"), arguments.pop("make_batches"), **arguments)


def reshaped(function):
    """Return batches whose pictures and labels went through a function."""
    return lambda epoch: batches(epoch).map(function)


@pytest.mark.parametrize(
    "make_batches",
    [
        reshaped(lambda X, y: (X, y + 5)),  # five classes
        reshaped(lambda X, y: (X, y - 5)),
        reshaped(lambda X, y: (X[:, :2], y)),
        reshaped(lambda X, y: X),
        reshaped(lambda X, y: (X, y, y)),
    ],
)
def test_batches_that_do_not_fit_the_model(make_batches):
    with pytest.raises(InputError, match="Batches and model must fit each other: "):
        distributed.train(model, make_batches, epochs=1)


def test_a_folder_of_another_model_is_refused(tmp_path):
    checkpoints.save(Path(tmp_path), kept(1))
    with pytest.raises(InputError, match="this very model"):
        distributed.train(model, batches, epochs=2, folder=tmp_path)


def test_speed_is_measured_after_the_first_call_which_compiles(monkeypatch):
    """A hundred examples a step: 16 steps to warm up, 16 more in 2 s, 16 more in 3 s."""
    clock = iter([0.0, 10.0, 12.0, 15.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    reports = []
    watch = progress.Watch(0, 2, reports.append)
    for step in (16, 32, 48):
        watch.step(step, 64, 100 * step, {"loss": 1.0})
    assert [report.rate for report in reports] == [160, 800, 640]
    assert [report.seconds_left for report in reports] == [
        112 * 10 / 16,
        96 * 2 / 16,
        80 * 5 / 32,
    ]
    assert watch.rate == 640


def test_an_error_while_a_model_is_made_is_not_hidden():
    """The handler of lost workers used to read a trainer that was not there yet."""

    def make_model():
        raise tf.errors.InternalError(None, None, "no memory for a variable")

    with pytest.raises(tf.errors.InternalError, match="no memory"):
        distributed.train(make_model, batches, epochs=1)


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
