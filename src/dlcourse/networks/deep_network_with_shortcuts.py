"""A network of many dense layers in Keras, with residual connections and normalisation or without.

Without help a signal shrinks or grows a little in each layer, and a slope on its way back too;
after twenty layers little of it is left. *Batch normalisation* brings the sums of each layer back
to mean 0 and standard deviation 1 over the batch. A *shortcut* (residual connection) adds what
went into a layer to what comes out, so that signal and slope have a way past it.

Source: S. Ioffe and C. Szegedy, *Batch normalization*, ICML 2015, algorithm 1. K. He et al.,
*Identity mappings in deep residual networks*, ECCV 2016, figure 1 (b).
"""

from typing import Any

from dlcourse import argument_checks


def deep_network(
    n_layers: int,
    *,
    n_inputs: int,
    n_classes: int,
    width: int = 32,
    normalise: bool = False,
    shortcuts: bool = False,
) -> Any:
    """Build a network of many dense layers of the same width, in Keras; it is not compiled.

    The first layer brings `n_inputs` numbers to `width`, then come `n_layers` of that width, and
    the last makes `n_classes` logits: ``n_layers + 2`` dense layers in all. With `normalise` each
    of those between begins with a batch normalisation; with `shortcuts` its input is added to its
    output. Input shape (n_samples, n_inputs), output shape (n_samples, n_classes).
    """
    n_layers = argument_checks.count(n_layers, "n_layers", at_most=1_000)
    n_inputs = argument_checks.count(n_inputs, "n_inputs", at_most=100_000)
    n_classes = argument_checks.count(n_classes, "n_classes", at_most=10_000)
    width = argument_checks.count(width, "width", at_most=10_000)
    import keras  # noqa: PLC0415  (seconds to import)

    inputs = keras.Input((n_inputs,))
    x = keras.layers.Dense(width)(inputs)
    for _ in range(n_layers):
        h = keras.layers.BatchNormalization()(x) if normalise else x
        h = keras.layers.Dense(width)(keras.layers.ReLU()(h))
        x = x + h if shortcuts else h
    return keras.Model(inputs, keras.layers.Dense(n_classes)(x))
