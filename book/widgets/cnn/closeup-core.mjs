// How one pixel of a map came about: its patch, filter, products, bias and ReLU, or its pooling. No DOM.

/** A window of one channel, as rows; zeros beyond the edge. */
function cut({ shape: [height, width, n], values }, channel, top, left, rows, columns) {
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => {
      const [r, c] = [top + y, left + x];
      return r < 0 || c < 0 || r >= height || c >= width ? 0 : values[(r * width + c) * n + channel];
    }),
  );
}

const sum = (rows) => rows.flat().reduce((a, b) => a + b, 0);

function conv({ kernel, bias, padding, activation }, input, { row, column, channel }) {
  const [kh, kw, channels, n] = kernel.shape;
  const [up, left] = padding === "same" ? [(kh - 1) >> 1, (kw - 1) >> 1] : [0, 0];
  const inputs = Array.from({ length: channels }, (_, k) => {
    const patch = cut(input, k, row - up, column - left, kh, kw);
    const weights = patch.map((line, y) => line.map((_, x) => kernel.values[((y * kw + x) * channels + k) * n + channel]));
    const products = patch.map((line, y) => line.map((v, x) => v * weights[y][x]));
    return { patch, weights, products, sum: sum(products) };
  });
  const total = inputs.reduce((all, part) => all + part.sum, 0);
  const z = total + bias.values[channel];
  return { kind: "conv", inputs, total, bias: bias.values[channel], z, value: activation === "relu" ? Math.max(0, z) : z, top: row - up, left: column - left, size: [kh, kw] };
}

function maxPool({ size: [ph, pw] }, input, { row, column, channel }) {
  const window = cut(input, channel, row * ph, column * pw, ph, pw);
  const value = Math.max(...window.flat());
  const at = window.flat().indexOf(value);
  return { kind: "max_pool", window, winner: [Math.floor(at / pw), at % pw], value, top: row * ph, left: column * pw, size: [ph, pw] };
}

/**
 * The pixel of a layer's map, from what the layer before handed on; null for other layers. `layers` as
 * `layersOf` gives them: `{layer, shape, values}`, the input first, its layer null.
 */
export function inspect(layers, index, place) {
  const { layer, shape, values } = layers[index];
  if (shape.length !== 3) return null;
  if (!layer) return { kind: "input", value: values[(place.row * shape[1] + place.column) * shape[2] + place.channel] };
  return { conv, max_pool: maxPool }[layer.kind](layer, layers[index - 1], place);
}
