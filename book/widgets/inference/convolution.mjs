// A convolutional layer, worked out in tiles of four pixels by eight filters. No DOM.
// Pictures are flat arrays in the order row, column, channel, with their shape beside them.

/** A picture with a border of zeros. */
function pad({ shape: [h, w, c], values }, top, left, height, width) {
  const out = new Float32Array(height * width * c);
  for (let y = 0; y < h; y++)
    out.set(values.subarray(y * w * c, (y + 1) * w * c), ((y + top) * width + left) * c);
  return { shape: [height, width, c], values: out };
}

const PIXELS = 4; // whose sums grow at the same time, for each of eight filters: a number that is read serves many
const FILTERS = 8;

// `p0`–`p3`: where four pixels' windows begin in `numbers`; a window has `rows` rows of `run`
// numbers, with `skip` between them; `weights`, `biases`, `out`: where those begin; `wide`: from
// one pixel's sums to the next's.
/** A tile in plain JavaScript: four filters at four pixels, then the other four; `wasm-convolution.mjs` has the quicker one. */
function tile(numbers, p0, p1, p2, p3, skip, run, rows, weights, biases, out, wide) {
  for (let k = 0; k < FILTERS; k += 4) {
    let [i0, i1, i2, i3, w] = [p0, p1, p2, p3, weights + k];
    let a0 = numbers[biases + k], b0 = numbers[biases + k + 1], c0 = numbers[biases + k + 2], d0 = numbers[biases + k + 3];
    let a1 = a0, b1 = b0, c1 = c0, d1 = d0, a2 = a0, b2 = b0, c2 = c0, d2 = d0, a3 = a0, b3 = b0, c3 = c0, d3 = d0;
    for (let y = 0; y < rows; y++, i0 += skip, i1 += skip, i2 += skip, i3 += skip)
      for (let x = 0; x < run; x++, w += FILTERS) {
        const v0 = numbers[i0++], v1 = numbers[i1++], v2 = numbers[i2++], v3 = numbers[i3++];
        const a = numbers[w], b = numbers[w + 1], c = numbers[w + 2], d = numbers[w + 3];
        a0 += v0 * a; b0 += v0 * b; c0 += v0 * c; d0 += v0 * d;
        a1 += v1 * a; b1 += v1 * b; c1 += v1 * c; d1 += v1 * d;
        a2 += v2 * a; b2 += v2 * b; c2 += v2 * c; d2 += v2 * d;
        a3 += v3 * a; b3 += v3 * b; c3 += v3 * c; d3 += v3 * d;
      }
    const [o0, o1, o2, o3] = [0, wide, 2 * wide, 3 * wide].map((off) => out + off + k);
    numbers[o0] = a0; numbers[o0 + 1] = b0; numbers[o0 + 2] = c0; numbers[o0 + 3] = d0;
    numbers[o1] = a1; numbers[o1 + 1] = b1; numbers[o1 + 2] = c1; numbers[o1 + 3] = d1;
    numbers[o2] = a2; numbers[o2 + 1] = b2; numbers[o2 + 2] = c2; numbers[o2 + 3] = d2;
    numbers[o3] = a3; numbers[o3 + 1] = b3; numbers[o3 + 2] = c3; numbers[o3 + 3] = d3;
  }
}

// An engine has a tile and `numbers(n)`, one array of at least n numbers: the memory, for the one
// in WebAssembly. In it lie, one after the other: all biases, the weights eight filters at a time,
// the picture, the result.
let plain = new Float64Array(0);
let engine = { tile, numbers: (n) => (plain.length < n ? (plain = new Float64Array(n)) : plain) };

/** Convolve with another engine from now on, such as that of `wasm-convolution.mjs`. */
export const useEngine = (other) => (engine = other);

/** A layer's biases and weights in the order in which a tile reads them, eight filters side by side; made once. */
const packed = new WeakMap();
function pack({ kernel, bias }) {
  const n = kernel.shape.at(-1);
  const [size, blocks] = [kernel.values.length / n, Math.ceil(n / FILTERS)];
  const all = new Float32Array(blocks * FILTERS * (1 + size));
  all.set(bias.values);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < n; k++) all[FILTERS * (blocks + (k >> 3) * size + i) + (k & 7)] = kernel.values[i * n + k];
  return { all, blocks };
}

/** Cross-correlation with a bank of filters, stride 1, tile by tile. */
export function conv(layer, input) {
  const [kh, kw, channels, n] = layer.kernel.shape;
  const [h, w] = input.shape;
  const same = layer.padding === "same";
  const framed = same ? pad(input, (kh - 1) >> 1, (kw - 1) >> 1, h + kh - 1, w + kw - 1) : input;
  const [rows, columns] = same ? [h, w] : [h - kh + 1, w - kw + 1];
  if (!packed.has(layer)) packed.set(layer, pack(layer));
  const { all, blocks } = packed.get(layer);
  const [run, line, wide, count] = [kw * channels, framed.shape[1] * channels, blocks * FILTERS, rows * columns];
  const [picture, out] = [all.length, all.length + framed.values.length];
  const numbers = engine.numbers(out + (count + PIXELS) * wide);
  numbers.set(all);
  numbers.set(framed.values, picture);
  const at = Int32Array.from({ length: count + PIXELS }, (_, i) => {
    const pixel = Math.min(i, count - 1); // what sticks out is worked out and dropped
    return picture + Math.floor(pixel / columns) * line + (pixel % columns) * channels;
  });
  for (let k = 0; k < blocks; k++)
    for (let i = 0; i < count; i += PIXELS)
      engine.tile(numbers, at[i], at[i + 1], at[i + 2], at[i + 3], line - run, run, kh, wide + k * kh * run * FILTERS, k * FILTERS, out + i * wide + k * FILTERS, wide);
  const values = new Float32Array(count * n);
  for (let i = 0; i < count; i++) values.set(numbers.subarray(out + i * wide, out + i * wide + n), i * n);
  return { shape: [rows, columns, n], values };
}
