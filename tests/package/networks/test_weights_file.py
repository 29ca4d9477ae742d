"""The file format: what is saved comes back, and what is wrong with a file is named."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from dlcourse.errors import DataError
from dlcourse.networks import keras_conversion, weights_file


def test_float16_round_trip_keeps_names_layers_and_metadata(model, tmp_path):
    about = {"seed": "7", "accuracy": json.dumps({"test": 0.9})}
    network = keras_conversion.from_keras(model, classes=[*"0123456789", "none"])
    network = replace(network, about=about)
    path = tmp_path / "deep" / "net.safetensors"
    weights_file.save(network, str(path))
    loaded = weights_file.load(str(path))
    assert loaded.layers == network.layers
    assert loaded.classes[-1] == "none"
    assert loaded.about == about
    assert loaded.n_weights == network.n_weights
    assert set(loaded.tensors) == {
        f"{name}.{part}"
        for name in ("conv_1", "conv_2", "conv_3", "dense_1", "dense_2")
        for part in ("kernel", "bias")
    }
    for name, tensor in network.tensors.items():
        assert loaded.tensors[name].dtype == np.float32
        np.testing.assert_allclose(loaded.tensors[name], tensor, rtol=1e-3, atol=1e-6)
    assert [p.name for p in path.parent.iterdir()] == ["net.safetensors"]


def test_the_same_network_gives_the_same_bytes(model):
    """What is said of a file has no order of chance."""
    about = {name: name.upper() for name in "abcdefgh"}
    network = replace(keras_conversion.from_keras(model), about=about)
    files = {weights_file.to_bytes(network) for _ in range(4)}
    assert len(files) == 1
    head = files.pop()[8:].partition(b"}")[0].decode()
    assert re.findall(r'"([a-h])":', head) == sorted(about)


@pytest.mark.parametrize(
    "damage", [lambda b: b[:50], lambda _: b"", lambda b: b[:-9], lambda _: b"x" * 99]
)
def test_a_damaged_file_is_named(model, tmp_path, damage):
    path = tmp_path / "net.safetensors"
    path.write_bytes(damage(weights_file.to_bytes(keras_conversion.from_keras(model))))
    with pytest.raises(DataError, match=r"net\.safetensors is not a network file"):
        weights_file.load(path)


@pytest.fixture(scope="module")
def description(model):
    """What a file says of its layers, and its tensors."""
    network = keras_conversion.from_keras(model)
    data = weights_file.to_bytes(network)
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return json.loads(header["__metadata__"]["network"]), dict(network.tensors)


def changed(layers, at, **change):
    return [layer | change if i == at else layer for i, layer in enumerate(layers)]


def described(words, tensors):
    from safetensors.numpy import save

    metadata = {"format": weights_file.FORMAT, "network": json.dumps(words)}
    return weights_file.from_bytes(save(tensors, metadata=metadata))


def test_a_description_that_fits_its_tensors(description, model):
    words, tensors = description
    assert described(words, tensors).layers == keras_conversion.from_keras(model).layers


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w | {"input": [28, 28, 3]},
        lambda w: w | {"input": [28, 29]},
        lambda w: w | {"input": [20_000, 20_000, 1]},
        lambda w: w | {"classes": ["0"]},
        lambda w: w | {"layers": []},
        lambda w: w | {"layers": w["layers"][:-1]},
        lambda w: w | {"layers": w["layers"][1:]},
        lambda w: w | {"layers": [x for x in w["layers"] if x["kind"] != "flatten"]},
        lambda w: w | {"layers": changed(w["layers"], 0, activation="tanh")},
        lambda w: w | {"layers": changed(w["layers"], 0, padding="full")},
        lambda w: w | {"layers": changed(w["layers"], 0, kind="dense")},
        lambda w: w | {"layers": changed(w["layers"], 0, name="")},
        lambda w: w | {"layers": changed(w["layers"], 0, name="conv_9")},
        lambda w: w | {"layers": changed(w["layers"], 0, colour="red")},
        lambda w: w | {"layers": changed(w["layers"], 1, size=[0, 2])},
        lambda w: w | {"layers": changed(w["layers"], 1, size=[99, 2])},
        lambda w: w | {"layers": changed(w["layers"], 1, size=[2, 2, 2])},
        lambda w: w | {"layers": changed(w["layers"], 1, name="pool")},
        lambda w: [],
    ],
)
def test_a_description_that_does_not_fit_its_tensors(description, change):
    words, tensors = description
    with pytest.raises(DataError, match="the data is not a network file"):
        described(change(words), tensors)


def test_weights_that_are_not_finite(description):
    words, tensors = description
    tensors = tensors | {"dense_2.bias": np.full(11, np.inf, np.float32)}
    with pytest.raises(DataError, match="not finite"):
        described(words, tensors)


def test_where_nothing_can_be_written(model, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match=r"Cannot write the network file .*(File exists|Not a dir)"):
        weights_file.save(keras_conversion.from_keras(model), tmp_path / "file" / "net.safetensors")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"plain\.safetensors.*No such file"):
        weights_file.load(tmp_path / "plain.safetensors")
