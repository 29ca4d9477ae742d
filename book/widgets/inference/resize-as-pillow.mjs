// Resizes a picture as Pillow does, so that the page sees the pixels that the package sees. No DOM.
// Pictures are {height, width, values}.

/** Round as Python does: halves to the even neighbour. */
export const round = (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

const box = (x) => (x > -0.5 && x <= 0.5 ? 1 : 0);

function bicubic(x) {
  const v = Math.abs(x);
  if (v < 1) return (1.5 * v - 2.5) * v * v + 1;
  return v < 2 ? ((v - 5) * v + 8) * v * -0.5 + 2 : 0;
}

/** For each of `to` positions: where its window starts among `from`, and the window's weights. */
function windows(from, to, filter, support) {
  const scale = from / to;
  const wide = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(middle - support * wide + 0.5));
    const end = Math.min(from, Math.trunc(middle + support * wide + 0.5));
    const weights = Array.from({ length: end - start }, (_, k) => filter((start + k - middle + 0.5) / wide));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start, weights: weights.map((w) => w / sum) };
  });
}

/** Resize with a filter that is 0 beyond ±`support`: first across, then down. */
function resize({ height, width, values }, rows, columns, filter, support) {
  const across = windows(width, columns, filter, support);
  const down = windows(height, rows, filter, support);
  const narrow = new Float32Array(height * columns);
  for (let y = 0; y < height; y++)
    across.forEach(({ start, weights }, x) => {
      narrow[y * columns + x] = weights.reduce((sum, w, k) => sum + w * values[y * width + start + k], 0);
    });
  const out = new Float32Array(rows * columns);
  down.forEach(({ start, weights }, y) => {
    for (let x = 0; x < columns; x++)
      out[y * columns + x] = weights.reduce((sum, w, k) => sum + w * narrow[(start + k) * columns + x], 0);
  });
  return { height: rows, width: columns, values: out };
}

/** Resize to rows and columns: with a box filter if the picture `shrinks`, else bicubic. */
export const resized = (picture, rows, columns, shrinks) =>
  shrinks ? resize(picture, rows, columns, box, 0.5) : resize(picture, rows, columns, bicubic, 2);
