// Runs a network forward: multiply, add, keep the largest, drop the negative. No DOM.
// Pictures are flat arrays in the order row, column, channel, with their shape beside them.

const ACTIVATIONS = {
  linear: (values) => values,
  relu(values) {
    for (let i = 0; i < values.length; i++) if (!(values[i] > 0)) values[i] = 0;
    return values;
  },
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
  const out = new Float64Array(height * width * c);
  for (let y = 0; y < h; y++)
    out.set(values.subarray(y * w * c, (y + 1) * w * c), ((y + top) * width + left) * c);
  return { shape: [height, width, c], values: out };
}

const BLOCK = 4; // filters, and pixels, whose sums grow at the same time: each number read serves four

/** A layer's weights in the order in which `conv` reads them, four filters side by side; made once. */
const packed = new WeakMap();
function pack({ kernel, bias }) {
  const n = kernel.shape.at(-1);
  const [size, blocks] = [kernel.values.length / n, Math.ceil(n / BLOCK)];
  const [weights, biases] = [new Float64Array(blocks * size * BLOCK), new Float64Array(blocks * BLOCK)];
  biases.set(bias.values);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < n; k++) weights[((k >> 2) * size + i) * BLOCK + (k & 3)] = kernel.values[i * n + k];
  return { weights, biases, blocks };
}

/** Cross-correlation with a bank of filters, stride 1: four filters at four pixels at a time, which is quicker. */
function conv(layer, input) {
  const [kh, kw, channels, n] = layer.kernel.shape;
  const [h, w] = input.shape;
  const same = layer.padding === "same";
  const framed = same ? pad(input, (kh - 1) >> 1, (kw - 1) >> 1, h + kh - 1, w + kw - 1) : input;
  const [rows, columns] = same ? [h, w] : [h - kh + 1, w - kw + 1];
  if (!packed.has(layer)) packed.set(layer, pack(layer));
  const { weights, biases, blocks } = packed.get(layer);
  const out = new Float64Array(rows * columns * n);
  const [wide, run] = [framed.shape[1] * channels, kw * channels];
  for (let y = 0; y < rows; y++)
    for (let k = 0; k < blocks; k++)
      for (let x = 0; x < columns; x += BLOCK)
        four(framed.values, y * wide, wide, channels, run, kh, weights, k * kh * run * BLOCK, biases, k * BLOCK, out, y * columns, x, columns, n);
  return { shape: [rows, columns, n], values: out };
}

/** Four filters (from `k`) at four pixels (from `x`) of a row; what sticks out is worked out and dropped. */
function four(pixels, top, wide, channels, run, kh, weights, w, biases, k, out, row, x, columns, n) {
  const last = columns - 1;
  const [x1, x2, x3] = [Math.min(x + 1, last), Math.min(x + 2, last), Math.min(x + 3, last)];
  let a0 = biases[k], b0 = biases[k + 1], c0 = biases[k + 2], d0 = biases[k + 3];
  let a1 = a0, b1 = b0, c1 = c0, d1 = d0, a2 = a0, b2 = b0, c2 = c0, d2 = d0, a3 = a0, b3 = b0, c3 = c0, d3 = d0;
  for (let ky = 0; ky < kh; ky++) {
    const from = top + ky * wide;
    const [p0, p1, p2, p3] = [from + x * channels, from + x1 * channels, from + x2 * channels, from + x3 * channels];
    for (let i = 0; i < run; i++, w += BLOCK) {
      const v0 = pixels[p0 + i], v1 = pixels[p1 + i], v2 = pixels[p2 + i], v3 = pixels[p3 + i];
      const a = weights[w], b = weights[w + 1], c = weights[w + 2], d = weights[w + 3];
      a0 += v0 * a; b0 += v0 * b; c0 += v0 * c; d0 += v0 * d;
      a1 += v1 * a; b1 += v1 * b; c1 += v1 * c; d1 += v1 * d;
      a2 += v2 * a; b2 += v2 * b; c2 += v2 * c; d2 += v2 * d;
      a3 += v3 * a; b3 += v3 * b; c3 += v3 * c; d3 += v3 * d;
    }
  }
  store(out, (row + x) * n, k, n, a0, b0, c0, d0);
  store(out, (row + x1) * n, k, n, a1, b1, c1, d1);
  store(out, (row + x2) * n, k, n, a2, b2, c2, d2);
  store(out, (row + x3) * n, k, n, a3, b3, c3, d3);
}

function store(out, at, k, n, a, b, c, d) {
  out[at + k] = a;
  if (k + 1 < n) out[at + k + 1] = b;
  if (k + 2 < n) out[at + k + 2] = c;
  if (k + 3 < n) out[at + k + 3] = d;
}

/** The largest of each window; windows that do not fit are dropped. */
function maxPool({ size: [ph, pw] }, { shape: [h, w, c], values }) {
  const [rows, columns] = [Math.floor(h / ph), Math.floor(w / pw)];
  const out = new Float64Array(rows * columns * c).fill(-Infinity);
  for (let y = 0; y < rows * ph; y++)
    for (let x = 0; x < columns * pw; x++) {
      const to = (Math.floor(y / ph) * columns + Math.floor(x / pw)) * c;
      const from = (y * w + x) * c;
      for (let k = 0; k < c; k++) if (values[from + k] > out[to + k]) out[to + k] = values[from + k];
    }
  return { shape: [rows, columns, c], values: out };
}

/** Every input to every neuron: x W + b. */
function dense({ kernel, bias }, { values }) {
  const n = kernel.shape[1];
  const out = Float64Array.from(bias.values);
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
  const steps = [{ layer: null, shape, values: Float64Array.from(values) }];
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
