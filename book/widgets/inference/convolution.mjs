// A convolutional layer. No DOM. Pictures are flat arrays in the order row, column, channel, with their shape beside them.

/** A picture with a border of zeros. */
function pad({ shape: [h, w, c], values }, top, left, height, width) {
  const out = new Float32Array(height * width * c);
  for (let y = 0; y < h; y++)
    out.set(values.subarray(y * w * c, (y + 1) * w * c), ((y + top) * width + left) * c);
  return { shape: [height, width, c], values: out };
}

/** Cross-correlation with a bank of filters, stride 1. */
export function conv({ kernel, bias, padding }, input) {
  const [kh, kw, channels, n] = kernel.shape;
  const [h, w] = input.shape;
  const same = padding === "same";
  const framed = same ? pad(input, (kh - 1) >> 1, (kw - 1) >> 1, h + kh - 1, w + kw - 1) : input;
  const [rows, columns] = same ? [h, w] : [h - kh + 1, w - kw + 1];
  const [run, line] = [kw * channels, framed.shape[1] * channels];
  const values = new Float32Array(rows * columns * n);
  const sums = new Float64Array(n);
  for (let i = 0; i < rows * columns; i++) {
    sums.set(bias.values);
    add(sums, kernel.values, framed.values, Math.floor(i / columns) * line + (i % columns) * channels, kh, run, line);
    values.set(sums, i * n);
  }
  return { shape: [rows, columns, n], values };
}

/** Add what a window holds to the sums of all filters: `rows` of `run` values, one `line` apart. */
function add(sums, weights, values, from, rows, run, line) {
  const n = sums.length;
  for (let y = 0, w = 0; y < rows; y++)
    for (let at = from + y * line, end = at + run; at < end; at++, w += n) {
      const v = values[at];
      // Many values are 0, after ReLU: it is quicker to pass over them than to use each weight for several windows.
      if (v !== 0) for (let k = 0; k < n; k++) sums[k] += v * weights[w + k];
    }
}
