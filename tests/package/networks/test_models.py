"""The workshop's two networks: their sizes, and that runs can be repeated."""

import keras
import numpy as np
from refusals import refusals

from dlcourse.data import irises
from dlcourse.networks import models


def test_the_digit_network_has_the_workshops_sizes():
    network = models.mnist_network()
    shapes = {layer.name: layer.output.shape[1:] for layer in network.layers}
    assert shapes["conv_1"] == (28, 28, 16)
    assert shapes["pool_1"] == (14, 14, 16)
    assert shapes["pool_2"] == (7, 7, 32)
    assert shapes["flatten"] == (1568,)
    assert network.output_shape == (None, 10)
    assert network.layers[-1].activation.__name__ == "linear"
    assert network.count_params() == 215_370


def test_the_iris_network_has_the_workshops_layers():
    network = models.iris_network()
    assert [w.shape for w in network.get_weights()] == [
        (4, 10), (10,), (10, 10), (10,), (10, 3), (3,),
    ]  # fmt: skip
    assert [layer.activation.__name__ for layer in network.layers] == ["relu", "relu", "softmax"]


def test_a_seeded_run_can_be_repeated_to_the_bit():
    def train():
        models.seed_everything(7)
        flowers = irises.load()
        network = models.iris_network()
        network.compile("adam", "sparse_categorical_crossentropy")
        batches = irises.pipeline(flowers.X, flowers.y, shuffle_seed=7)
        network.fit(batches, epochs=2, shuffle=False, verbose=0)
        return network.get_weights()

    for first, second in zip(train(), train(), strict=True):
        np.testing.assert_array_equal(first, second)


def test_epoch_lines_print_every_nth_epoch_without_seconds(capsys):
    callback = models.epoch_lines(every=2)
    for epoch in range(4):
        callback.on_epoch_end(epoch, {"loss": 0.5, "accuracy": 0.25})
    assert capsys.readouterr().out.splitlines() == [
        "epoch   2  loss 0.500  accuracy 0.250",
        "epoch   4  loss 0.500  accuracy 0.250",
    ]


test_what_is_out_of_range_is_named = refusals(
    (lambda: models.mnist_network(dropout=1), "`dropout`"),
    (lambda: models.seed_everything(-1), "`seed`"),
    (lambda: models.epoch_lines(every=0), "`every`"),
)


def test_the_last_layer_stays_at_32_bits_under_mixed_precision():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        network = models.mnist_network()
    finally:
        keras.config.set_dtype_policy("float32")
    assert network.layers[0].compute_dtype == "bfloat16"
    assert network.layers[-1].compute_dtype == "float32"
