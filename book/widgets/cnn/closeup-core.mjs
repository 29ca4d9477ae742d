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

/** The pixel of a layer's map, from what the layer before handed on; null for other layers. */
export function inspect(layers, index, place) {
  const { layer, shape, values } = layers[index];
  if (shape.length !== 3) return null;
  if (!layer) return { kind: "input", value: values[(place.row * shape[1] + place.column) * shape[2] + place.channel] };
  return { conv, max_pool: maxPool }[layer.kind](layer, layers[index - 1], place);
}

/** Where a pixel of a mosaic of maps is: {channel, row, column}; null on the lines between them. */
export function placeIn([height, width, n], across, { row, column }) {
  const [down, along] = [Math.floor(row / (height + 1)), Math.floor(column / (width + 1))];
  const place = { channel: down * across + along, row: row % (height + 1), column: column % (width + 1) };
  return place.row < height && place.column < width && place.channel < n && along < across ? place : null;
}

/** The reverse: the pixel of the mosaic at which a place is shown. */
export const shownAt = ([height, width], across, { channel, row, column }) => ({
  row: Math.floor(channel / across) * (height + 1) + row,
  column: (channel % across) * (width + 1) + column,
});

/** One step in a mosaic, from map to map over its edges; it stays where there is nothing further. */
export function walk(shape, across, place, [down, right]) {
  const [height, width, n] = shape;
  const next = { ...place, row: place.row + down, column: place.column + right };
  const over = Number(next.column >= width) - Number(next.column < 0);
  const under = Number(next.row >= height) - Number(next.row < 0);
  if (over && (Math.floor(place.channel / across) !== Math.floor((place.channel + over) / across))) return place;
  const channel = place.channel + over + under * across;
  if (channel < 0 || channel >= n) return place;
  return { channel, row: (next.row + height) % height, column: (next.column + width) % width };
}

/** For the tests: what is seen at places of a network's layers. */
export const inspectAll = (layers, places) => places.map(([index, place]) => inspect(layers, index, place));
