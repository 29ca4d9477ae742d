// What the last hidden layer makes of the points, in two dimensions, with the border there. No DOM.
import { forward } from "./trainer-core.mjs";

const dot = (u, v) => u.reduce((sum, ui, i) => sum + ui * v[i], 0);

/** The direction in which rows differ most, by power iteration; always the same sign. */
function principal(rows) {
  const n = rows[0].length;
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
  const centred = rows.map((row) => row.map((v, j) => v - mean[j]));
  let direction = Array.from({ length: n }, (_, j) => 1 + j / n);
  for (let i = 0; i < 60; i++) {
    const next = new Array(n).fill(0);
    for (const row of centred) {
      const along = dot(row, direction);
      for (let j = 0; j < n; j++) next[j] += along * row[j];
    }
    const length = Math.hypot(...next);
    if (length < 1e-12) break;
    direction = next.map((v) => v / length);
  }
  const largest = direction.reduce((best, v) => (Math.abs(v) > Math.abs(best) ? v : best), 0);
  const size = Math.hypot(...direction) * (largest < 0 ? -1 : 1);
  return direction.map((v) => v / size);
}

/**
 * Points of the hidden space, `places`, and the border in it: class 1 is where
 * `border.w · place + border.b` is above 0.
 *
 * Two neurons are shown as they are. More are turned: across goes what the output weighs, so that
 * the border is exact; up goes the direction in which the points differ most besides. With one
 * neuron there is nothing to go up.
 */
export function hiddenSpace(layers, X) {
  const { W, b } = layers.at(-1);
  const rows = X.map((point) => [...forward(layers, point).a.at(-2)]);
  const weights = W.map((row) => row[1] - row[0]);
  const bias = b[1] - b[0];
  if (weights.length === 2) return { places: rows, border: { w: weights, b: bias } };
  if (weights.length === 1) return { places: rows.map(([v]) => [v, 0]), border: { w: [weights[0], 0], b: bias } };
  const size = Math.hypot(...weights) || 1;
  const across = weights.map((w) => w / size);
  const along = rows.map((row) => dot(row, across));
  const rest = rows.map((row, i) => row.map((v, j) => v - along[i] * across[j]));
  const up = principal(rest);
  return { places: rest.map((row, i) => [along[i], dot(row, up)]), border: { w: [size, 0], b: bias } };
}
