"""A trained Keras model as a `TrainedNetwork`, which NumPy and JavaScript run, and back again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.networks.network_dataclasses import ACTIVATIONS, Layer, TrainedNetwork

#: The only values of Keras's options that the file format can describe.
PLAIN = {
    "dilation_rate": (1, 1), "groups": 1, "data_format": "channels_last", "axis": -1,
    "max_value": None, "negative_slope": 0, "threshold": 0,
}  # fmt: skip


def from_keras(model: Any, *, classes: Sequence[str] | None = None) -> TrainedNetwork:
    """Describe a trained Keras model, so that it can be saved and run without Keras.

    `model` is a ``keras.Sequential`` of Conv2D (stride 1), BatchNormalization (after a Conv2D with
    linear activation), MaxPooling2D, Flatten, Dense, Dropout, and ReLU/Softmax/Activation; an
    `InputError` names the first layer that the format cannot describe. A max pooling may come
    between a Conv2D and its BatchNormalization and ReLU; the file has it after them, which gives
    the same numbers. A row of n numbers that goes in is kept as a picture of shape (1, 1, n).
    `classes` says what each output stands for; default: "0", "1", …
    """
    import keras  # noqa: PLC0415  (seconds to import)

    model = argument_checks.instance(model, "model", keras.Sequential)
    if not model.built:
        raise InputError("`model` must be built: give it an `Input`, or fit it first.")
    shape = model.input_shape[1:]
    if None in shape or len(shape) > 3 or not set(model.output_shape[1:-1]) <= {1}:
        raise InputError(
            "`model` must take pictures of one size and answer with a row of numbers: "
            f"got shapes {model.input_shape} and {model.output_shape}."
        )
    layers: list[Layer] = []
    tensors: dict[str, NDArray[np.float32]] = {}
    for keras_layer in model.layers:
        _translate(keras_layer, layers, tensors)
    n_outputs = int(model.output_shape[-1])
    if classes is None:
        classes = list(map(str, range(n_outputs)))
    names = tuple(map(str, argument_checks.sequence(classes, "classes", of="names")))
    if len(names) != n_outputs:
        raise InputError(
            f"`classes` must name each of the {n_outputs} outputs: got {len(names)} names."
        )
    if len(shape) == 1:  # four lengths of a flower: a picture of one pixel with four channels
        layers.insert(0, Layer("flatten"))
    height, width, channels = (1,) * (3 - len(shape)) + shape
    return TrainedNetwork(
        layers=tuple(layers),
        tensors=tensors,
        input_shape=(height, width, channels),
        classes=names,
    )


def _translate(
    keras_layer: Any, layers: list[Layer], tensors: dict[str, NDArray[np.float32]]
) -> None:
    """Append what `keras_layer` does to `layers` and `tensors`."""
    layer_type = type(keras_layer).__name__
    config = _plain_config(keras_layer)
    if layer_type in {"InputLayer", "Dropout"}:
        return
    if layer_type in {"Conv2D", "Dense"}:
        _translate_weights(keras_layer, config, layers, tensors)
    elif layer_type == "BatchNormalization":
        _fold(keras_layer, layers, tensors)
    elif layer_type in {"ReLU", "Softmax", "Activation"}:
        _set_activation(layers, str(config.get("activation", layer_type)).lower(), layer_type)
    elif layer_type == "MaxPooling2D":
        size = (int(config["pool_size"][0]), int(config["pool_size"][1]))
        if tuple(config["strides"] or size) != size or config["padding"] != "valid":
            raise InputError("MaxPooling2D must have strides equal to its pool size, no padding.")
        layers.append(Layer("max_pool", size=size))
    elif layer_type == "Flatten":
        if layers and layers[-1].activation == "softmax":
            raise InputError("A softmax must come last: let the Flatten come before it.")
        layers.append(Layer("flatten"))
    else:
        raise InputError(
            f"`model` has a layer of kind {layer_type}, which the file format cannot describe. "
            "Known: Conv2D, BatchNormalization, MaxPooling2D, Flatten, Dense, Dropout, "
            "ReLU, Softmax, Activation."
        )


def _plain_config(keras_layer: Any) -> dict[str, Any]:
    """Return the layer's options, if the file format can describe them."""
    config = dict(keras_layer.get_config())
    if config.get("axis") == len(keras_layer.output.shape) - 1:  # the last one, counted from ahead
        config["axis"] = -1
    for option, value in PLAIN.items():
        if config.get(option, value) != value:
            raise InputError(
                f"`{option}` of {keras_layer.name} must be {value}: got {config[option]}."
            )
    return config


def _translate_weights(
    keras_layer: Any,
    config: Mapping[str, Any],
    layers: list[Layer],
    tensors: dict[str, NDArray[np.float32]],
) -> None:
    """Append a convolution or a dense layer with its kernel and bias."""
    is_conv = type(keras_layer).__name__ == "Conv2D"
    if is_conv and config["strides"] != (1, 1):
        raise InputError(f"Conv2D {keras_layer.name} must have stride 1: got {config['strides']}.")
    if config["activation"] not in ACTIVATIONS:
        raise InputError(
            f"The activation of {keras_layer.name} must be one of {', '.join(ACTIVATIONS)}: "
            f"got {config['activation']}."
        )
    layer_type: Literal["conv", "dense"] = "conv" if is_conv else "dense"
    name = f"{layer_type}_{1 + sum(layer.kind == layer_type for layer in layers)}"
    kernel = np.asarray(keras_layer.kernel, dtype=np.float32)
    bias = np.zeros(kernel.shape[-1], np.float32)
    if config["use_bias"]:
        bias = np.asarray(keras_layer.bias, dtype=np.float32)
    tensors[f"{name}.kernel"], tensors[f"{name}.bias"] = kernel, bias
    layers.append(Layer(layer_type, name, config["activation"], config.get("padding", "valid")))


def _fold(batch_norm: Any, layers: list[Layer], tensors: dict[str, NDArray[np.float32]]) -> None:
    """Fold a batch normalisation into the linear layer before it.

    ``gamma (W x + b - mean) / sqrt(variance + epsilon) + beta`` is itself ``W' x + b'``. If
    that grows with ``W x``, the largest of a window stays the largest, so a max pooling may
    stand in between.
    """
    before = layers[_before_pooling(layers)] if layers else None
    if before is None or not before.name or before.activation != "linear":
        raise InputError("BatchNormalization must follow a Conv2D or Dense with no activation.")
    mean = np.asarray(batch_norm.moving_mean, dtype=np.float64)
    variance = np.asarray(batch_norm.moving_variance, dtype=np.float64)
    gamma = 1.0 if batch_norm.gamma is None else np.asarray(batch_norm.gamma, dtype=np.float64)
    beta = 0.0 if batch_norm.beta is None else np.asarray(batch_norm.beta, dtype=np.float64)
    factor = gamma / np.sqrt(variance + batch_norm.epsilon)
    if before is not layers[-1] and np.any(factor <= 0):
        raise InputError(
            f"{batch_norm.name} follows a MaxPooling2D, so its gamma must be positive: got "
            f"{np.min(gamma):g}. Build it with `scale=False`, or pool after it."
        )
    kernel, bias = tensors[f"{before.name}.kernel"], tensors[f"{before.name}.bias"]
    tensors[f"{before.name}.kernel"] = (kernel * factor).astype(np.float32)
    tensors[f"{before.name}.bias"] = ((bias - mean) * factor + beta).astype(np.float32)


def _before_pooling(layers: list[Layer]) -> int:
    """Return the index of the last layer, leaving out a max pooling."""
    return -2 if len(layers) > 1 and layers[-1].kind == "max_pool" else -1


def _set_activation(layers: list[Layer], activation: str, layer_type: str) -> None:
    """Set the activation of the last layer, which must be linear.

    A ReLU keeps the order of numbers, so it may as well act before a max pooling as after it.
    """
    at = _before_pooling(layers) if activation == "relu" else -1
    last = layers[at] if layers else None
    known = activation in ACTIVATIONS
    if not known or last is None or not last.name or last.activation != "linear":
        raise InputError(
            f"A layer of kind {layer_type} ({activation}) cannot follow what is before it."
        )
    layers[at] = replace(last, activation=activation)


def to_keras(network: TrainedNetwork) -> Any:
    """Build the same network as a ``keras.Sequential``, weights set, ready to predict."""
    network = argument_checks.instance(network, "network", TrainedNetwork)
    import keras  # noqa: PLC0415  (seconds to import)

    layers = keras.layers
    model = keras.Sequential([layers.Input(network.input_shape)])
    for layer in network.layers:
        if layer.kind == "max_pool":
            model.add(layers.MaxPooling2D(layer.size))
        elif layer.kind == "flatten":
            model.add(layers.Flatten())
        else:
            kernel, bias = (network.tensors[f"{layer.name}.{part}"] for part in ("kernel", "bias"))
            named: dict[str, Any] = {"name": layer.name, "activation": layer.activation}
            if layer.kind == "conv":
                size = kernel.shape[:2]
                model.add(layers.Conv2D(len(bias), size, padding=layer.padding, **named))
            else:
                model.add(layers.Dense(len(bias), **named))
            model.layers[-1].set_weights([kernel, bias])
    return model
