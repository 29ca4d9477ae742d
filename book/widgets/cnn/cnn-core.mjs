// The layers of a convolutional network as pictures with captions. No DOM.
import { run } from "../inference/network.mjs";
import { softmax } from "../shared/activations.mjs";

const TITLES = {
  conv: (layer) => `Convolution: ${layer.kernel.shape[3]} filters of ${layer.kernel.shape[0]} × ${layer.kernel.shape[1]}`,
  max_pool: (layer) => `Pooling: the largest of each ${layer.size.join(" × ")}`,
  flatten: () => "Flatten: all values in one row",
  dense: (layer) => `Dense: every value to ${layer.bias.shape[0]} neurons`,
};

/** One channel of a layer's output as a picture. */
export function channel({ shape: [height, width, n], values }, k) {
  const one = Float32Array.from({ length: height * width }, (_, i) => values[i * n + k]);
  return { height, width, values: one };
}

/** A filter's weights for one channel of its input, as a picture. */
export function filter({ kernel: { shape: [height, width, channels, n], values } }, input, k) {
  const one = Float32Array.from({ length: height * width }, (_, i) => values[(i * channels + input) * n + k]);
  return { height, width, values: one };
}

/** What each layer makes of a picture, with title and size, and the probabilities. */
export function layersOf(network, pixels) {
  const steps = run(network, pixels);
  const output = steps.at(-1);
  const layers = steps.map(({ layer, shape, values }) => ({
    layer, shape, values,
    title: layer ? TITLES[layer.kind](layer) : "The picture",
    size: `${shape.length > 1 ? `${shape.join(" × ")} = ` : ""}${values.length.toLocaleString("en-GB")} values`,
    largest: values.reduce((a, b) => Math.max(a, b), 0),
  }));
  return { layers, probabilities: output.layer.activation === "softmax" ? output.values : softmax(output.values) };
}
