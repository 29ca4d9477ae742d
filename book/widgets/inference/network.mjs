// Runs a network forward: multiply, add, keep the largest, drop the negative. No DOM.
// Pictures are flat arrays in the order row, column, channel, with their shape beside them.

const ACTIVATIONS = {
  linear: (values) => values,
  relu: (values) => values.map((v) => (v > 0 ? v : 0)),
  softmax,
};

/** Probabilities from logits, safe for large ones. */
export function softmax(logits) {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const e = Float32Array.from(logits, (z) => Math.exp(z - largest));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / sum);
}

/** A picture with a border of zeros. */
function pad({ shape: [h, w, c], values }, top, left, height, width) {
  const out = new Float32Array(height * width * c);
  for (let y = 0; y < h; y++)
    out.set(values.subarray(y * w * c, (y + 1) * w * c), ((y + top) * width + left) * c);
  return { shape: [height, width, c], values: out };
}

/** Cross-correlation with a bank of filters, stride 1; four inputs at a time, which is quicker. */
function conv({ kernel, bias, padding }, input) {
  const [kh, kw, channels, n] = kernel.shape;
  const [h, w] = input.shape;
  const same = padding === "same";
  const framed = same ? pad(input, (kh - 1) >> 1, (kw - 1) >> 1, h + kh - 1, w + kw - 1) : input;
  const [rows, columns] = same ? [h, w] : [h - kh + 1, w - kw + 1];
  const [pixels, weights, width, row] = [framed.values, kernel.values, framed.shape[1], kw * channels];
  const out = new Float32Array(rows * columns * n);
  const sum = new Float64Array(n);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      sum.set(bias.values);
      for (let ky = 0; ky < kh; ky++) {
        const from = ((y + ky) * width + x) * channels;
        let i = 0;
        for (; i + 3 < row; i += 4) {
          const a = pixels[from + i];
          const b = pixels[from + i + 1];
          const c = pixels[from + i + 2];
          const d = pixels[from + i + 3];
          if (a === 0 && b === 0 && c === 0 && d === 0) continue;
          for (let k = 0, j = (ky * row + i) * n; k < n; k++, j++)
            sum[k] += a * weights[j] + b * weights[j + n] + c * weights[j + 2 * n] + d * weights[j + 3 * n];
        }
        for (; i < row; i++)
          for (let k = 0, j = (ky * row + i) * n; k < n; k++, j++) sum[k] += pixels[from + i] * weights[j];
      }
      out.set(sum, (y * columns + x) * n);
    }
  return { shape: [rows, columns, n], values: out };
}

/** The largest of each window; windows that do not fit are dropped. */
function maxPool({ size: [ph, pw] }, { shape: [h, w, c], values }) {
  const [rows, columns] = [Math.floor(h / ph), Math.floor(w / pw)];
  const out = new Float32Array(rows * columns * c).fill(-Infinity);
  for (let y = 0; y < rows * ph; y++)
    for (let x = 0; x < columns * pw; x++)
      for (let k = 0; k < c; k++) {
        const to = (Math.floor(y / ph) * columns + Math.floor(x / pw)) * c + k;
        out[to] = Math.max(out[to], values[(y * w + x) * c + k]);
      }
  return { shape: [rows, columns, c], values: out };
}

/** Every input to every neuron: x W + b. */
function dense({ kernel, bias }, { values }) {
  const n = kernel.shape[1];
  const out = Float64Array.from(bias.values);
  values.forEach((value, i) => {
    if (value !== 0) for (let k = 0; k < n; k++) out[k] += value * kernel.values[i * n + k];
  });
  return { shape: [n], values: Float32Array.from(out) };
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
