"""Who works together, from `TF_CONFIG` or Slurm's variables."""

import json

import pytest
import tensorflow as tf

from dlcourse import distributed
from dlcourse.distributed import strategy
from dlcourse.errors import InputError

SLURM = {
    "SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2", "SLURM_JOB_ID": "7",
    "SLURM_STEP_NODELIST": "n[9-10]", "SLURM_STEP_TASKS_PER_NODE": "1(x2)",
}  # fmt: skip


def tf_config(addresses, index, task="worker"):
    return json.dumps({"cluster": {"worker": addresses}, "task": {"type": task, "index": index}})


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


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"SLURM_STEP_NODELIST": "n[1-"}, r"got n\[1-"),
        ({"SLURM_STEP_TASKS_PER_NODE": "1"}, "1 tasks on 2 nodes, but 2 in all"),
        ({"SLURM_PROCID": "2"}, "this one being 2"),
        ({"SLURM_PROCID": "two"}, "'two'"),
        ({"SLURM_STEP_NUM_TASKS": "two"}, "'two'"),
        ({"SLURM_JOB_ID": "seven"}, "'seven'"),
        ({"SLURM_NODEID": "0"}, "got task 1 on node 0, not 1"),
    ],
)
def test_slurm_variables_that_do_not_fit(change, match):
    with pytest.raises(InputError, match=match):
        distributed.from_environment(SLURM | change)


def test_tensorflow_is_told_what_slurm_says(monkeypatch):
    """In Slurm's order: n9 before n10, though "n10" sorts before "n9"."""
    for name, value in SLURM.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TF_CONFIG", "")
    monkeypatch.setattr(strategy, "shake_hands", lambda cluster, agreed, wait: None)
    read = tf.distribute.cluster_resolver.TFConfigClusterResolver
    monkeypatch.setattr(tf.distribute, "MultiWorkerMirroredStrategy", read)
    resolver = strategy.choose_strategy()
    assert resolver.cluster_spec().as_dict() == {"worker": ["n9:20448", "n10:20448"]}
    assert (resolver.task_type, resolver.task_id) == ("worker", 1)
