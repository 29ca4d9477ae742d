// Runs a network forward: multiply, add, keep the largest, drop the negative. No DOM.
// Pictures are flat arrays in the order row, column, channel, with their shape beside them. A network is what
// `readNetwork` of weights-file.mjs returns: its input's shape, and its layers, each with its kind, and with an
// activation, a kernel and a bias if it has weights.
import { softmax } from "../shared/activations.mjs";
import { conv } from "./convolution.mjs";

const ACTIVATIONS = {
  linear: (values) => values,
  relu(values) {
    for (let i = 0; i < values.length; i++) values[i] = (values[i] + Math.abs(values[i])) / 2; // no branch to guess wrong
    return values;
  },
  softmax,
};

/** The largest of each window; windows that do not fit are dropped. */
function maxPool({ size: [ph, pw] }, { shape: [h, w, c], values }) {
  const [rows, columns] = [Math.floor(h / ph), Math.floor(w / pw)];
  const out = new Float32Array(rows * columns * c).fill(-Infinity);
  for (let y = 0; y < rows * ph; y++)
    for (let x = 0; x < columns * pw; x++) {
      const to = (Math.floor(y / ph) * columns + Math.floor(x / pw)) * c;
      const from = (y * w + x) * c;
      for (let k = 0; k < c; k++) out[to + k] = Math.max(out[to + k], values[from + k]);
    }
  return { shape: [rows, columns, c], values: out };
}

/** Every input to every neuron: x W + b. */
function dense({ kernel, bias }, { values }) {
  const n = kernel.shape[1];
  const out = Float32Array.from(bias.values);
  for (let i = 0, j = 0; i < values.length; i++, j += n)
    if (values[i] !== 0) for (let k = 0; k < n; k++) out[k] += values[i] * kernel.values[j + k];
  return { shape: [n], values: out };
}

const flatten = (_layer, { values }) => ({ shape: [values.length], values });

const KINDS = { conv, max_pool: maxPool, flatten, dense };

/**
 * What each layer makes of the input: `[{layer, shape, values}, …]`, the input first. A network of
 * convolutions and poolings only takes a picture of any `shape`.
 */
export function run(network, values, shape = network.input) {
  const steps = [{ layer: null, shape, values: Float32Array.from(values) }];
  for (const layer of network.layers) {
    const { shape, values: sums } = KINDS[layer.kind](layer, steps.at(-1));
    steps.push({ layer, shape, values: ACTIVATIONS[layer.activation ?? "linear"](sums) });
  }
  return steps;
}

/** The probabilities of the classes; a network that ends in logits gets its softmax here. */
export function predict(network, values) {
  const output = run(network, values).at(-1);
  return output.layer.activation === "softmax" ? output.values : softmax(output.values);
}

/** The index of the largest value. */
export const largest = (values) => values.reduce((best, v, i) => (v > values[best] ? i : best), 0);
