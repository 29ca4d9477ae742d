"""Nothing but our own errors comes out of what trains, mixes, keeps and spreads networks."""

from importlib import import_module
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from odd import ODD, with_odd
from worker import batches, model

from dlcourse.data import mnist_source
from dlcourse.distributed import Cluster, checkpoints
from dlcourse.errors import InputError
from dlcourse.networks import pretrained, weights_file
from dlcourse.robust import variety

RNG, SEED = np.random.default_rng(0), (1, 2)
INK = np.zeros((2, 28, 28, 1), np.float32)
INK[:, 6:22, 13:16] = 1
PLATES = np.ones((2, 1, 1, 1), np.float32)
BYTES = np.zeros((130, 28, 28, 1), np.uint8)
PLAIN = pretrained.load("plain")
DENSE = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
KEPT = checkpoints.Checkpoint(1, {"w": np.ones(2)}, {}, {})
MAKERS = [
    *(f"creatures.{name}" for name in ("animal", "body", "outdoors", "shape", "silhouette")),
    *(f"textures.{name}" for name in ("blot", "leaves", "paper", "texture")),
    *(f"variety.{name}" for name in ("doodle", "drawn_letter", "mirrored", "printed_letter",
                                     "printed_sign", "scribble", "word")),
]  # fmt: skip

#: Every public function with arguments that suit it; the test replaces one at a time.
CALLS = {
    "augmentation.augment": {"X": INK, "seed": SEED},
    "augmentation.disturb": {"picture": INK, "seed": SEED},
    "augmentation.lay_on_paper": {"ink": INK, "seed": SEED, "on_plate": PLATES},
    "augmentation.move": {"ink": INK, "seed": SEED, "small": PLATES},
    "augmentation.thicken": {"ink": INK, "seed": SEED},
    "augmentation.with_inverted_copies": {"dataset": batches(0)},
    "digit_networks.compile_for_training": {"model": DENSE, "learning_rate": 0.1,
                                            "weight_decay": 0.1},
    "digit_networks.robust_network": {"dropout": 0.1, "dtype": "float32"},
    "digit_networks.robust_pipeline": {"X": BYTES, "y": np.zeros(130, int), "seed": 1, "epoch": 1},
    "distributed.checkpoints.kept_in": {"folder": Path("none")},
    "distributed.checkpoints.load_latest": {"folder": "none", "settings": {}},
    "distributed.checkpoints.path_of": {"folder": "none", "epoch": 1},
    "distributed.checkpoints.save": {"folder": "kept", "checkpoint": KEPT},
    "distributed.choose_strategy": {"run": {}, "wait": 1},
    "distributed.cluster.meet": {"cluster": Cluster(("127.0.0.1:45678",), 0), "run": {},
                                 "wait": 0.1},
    "distributed.from_environment": {"environ": {}},
    "distributed.launch": {"command": ["true"], "n_workers": 1, "port": None},
    "glue.glue": {"name": "answer", "value": 1},
    "mnist_files.check_files": {"folder": Path("none")},
    "mnist_files.is_prepared": {"data_dir": "none"},
    "mnist_files.prepare": {"files": "none"},
    "signage.dots": {"digit": 5, "rng": RNG},
    "signage.outline": {"ink": INK[0, ..., 0], "rng": RNG},
    "signage.segments": {"digit": 5, "rng": RNG},
    "signage.stencil": {"ink": INK[0, ..., 0], "rng": RNG},
    "textures.pattern": {"rng": RNG, "size": 28},
    "variety.drawn_digits": {"n": 2, "rng": RNG},
    "variety.font": {"name": "cmr10", "size": 64},
    "variety.not_digits": {"n": 2, "rng": RNG, "kind": "words"},
    "variety.printed": {"text": "7", "font": variety.font("cmr10")},
    "variety.printed_digits": {"n": 2, "rng": RNG},
    "variety.shown_digits": {"n": 2, "rng": RNG},
    "variety.spoilt_digits": {"X": (255 * INK[..., 0]).astype(np.uint8), "n": 2, "rng": RNG},
    "weights_file.from_bytes": {"data": weights_file.to_bytes(PLAIN)},
    "weights_file.load": {"path": pretrained.path("plain")},
    "weights_file.network_of": {"model": DENSE, "classes": ["a", "b"], "about": {"by": "hand"}},
    "weights_file.save": {"network": PLAIN, "path": "plain.safetensors", "dtype": "float16"},
    "weights_file.to_bytes": {"network": PLAIN, "dtype": "float16"},
    "weights_file.to_keras": {"network": PLAIN},
} | {maker: {"rng": RNG} for maker in MAKERS}  # fmt: skip
#: Here a path that leads nowhere is named itself.
PATHS = ("data", "data_dir", "files", "folder", "path")
ANYTHING = ("value",)


@pytest.mark.parametrize("name", CALLS)
def test_odd_arguments_one_at_a_time(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module, _, function = name.rpartition(".")
    function = getattr(import_module(f"dlcourse.{module}"), function)
    if name != "mnist_files.check_files":
        function(**CALLS[name])
    for argument in CALLS[name].keys() - set(ANYTHING):
        with_odd(function, CALLS[name], argument, unnamed=PATHS)


@pytest.mark.parametrize(
    "argument", ["make_model", "make_batches", "epochs", "strategy", "validation", "metrics",
                 "folder", "settings", "report", "steps_per_call"],
)  # fmt: skip
def test_odd_arguments_of_training(argument, tmp_path, monkeypatch):
    """Those that would do are left out, for each of them is a run."""
    monkeypatch.chdir(tmp_path)
    train = import_module("dlcourse.distributed").train
    suitable = {"make_model": model, "make_batches": batches, "epochs": 1, "folder": "kept"}
    train(**suitable | {"strategy": tf.distribute.get_strategy()})
    for odd in ODD:
        will_do = isinstance(odd, str | Path | dict) or callable(odd) or odd is None
        if will_do and argument not in {"epochs", "strategy", "validation", "steps_per_call"}:
            continue
        if odd is None and argument not in {"epochs", "steps_per_call"}:
            continue
        with pytest.raises(InputError, match=f"`{argument}`"):
            train(**suitable | {argument: odd})


def test_what_the_functions_for_training_give_is_looked_at():
    train = import_module("dlcourse.distributed").train
    for made in (None, 3, "model", object()):
        with pytest.raises(InputError, match="`make_model` must give a model"):
            train(lambda made=made: made, batches, epochs=1)
        with pytest.raises(InputError, match=r"`make_batches` must give a tf\.data\.Dataset"):
            train(model, lambda _, made=made: made, epochs=1)


@pytest.mark.parametrize("name", ["seed", "part"])
def test_the_data_for_training_ask_for_seeds(name):
    for odd in (None, -1, 2.5, "1", 2**64):
        with pytest.raises(InputError, match=f"`{name}`"):
            pretrained.robust_data(**{name: odd})


@pytest.mark.parametrize(
    ("name", "odd"),
    [("name", 3), ("seed", -1), ("n_epochs", 0), ("n_epochs", 1.5), ("scratch", 7), ("report", 7)],
)
def test_training_a_digit_network_says_at_once_what_is_wrong(name, odd):
    with pytest.raises(InputError, match=f"`{name}`"):
        pretrained.train(**{"name": "plain", name: odd})


@pytest.mark.parametrize("function", [mnist_source.prepare, mnist_source.download])
def test_a_data_set_goes_into_a_folder(function):
    for odd in (3, b"x", "a\0b", [], Path):
        with pytest.raises(InputError, match="`data_dir`"):
            function(
                **{"data_dir": odd} | ({"files": "none"} if "pre" in function.__name__ else {})
            )


def test_labels_and_pictures_of_the_pipeline_belong_together():
    with pytest.raises(InputError, match="`y` must be class indices from 0 to 10: got 11"):
        pretrained.robust_pipeline(BYTES, np.full(130, 11), seed=0, epoch=0)
    with pytest.raises(InputError, match="`X` and `y` must have as many rows"):
        pretrained.robust_pipeline(BYTES, np.zeros(129, int), seed=0, epoch=0)
