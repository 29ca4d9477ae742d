// How bright the paper is at each pixel, the ink left out, as `dlcourse.digits.preparation` finds it.
// Pictures are {height, width, values}, 0 black to 1 white. No DOM.
import { median } from "./numbers.mjs";
import { gaussian } from "./smooth.mjs";

const ROUNDS = 6;

/** Solve A x = b by elimination with pivots; a row without a pivot gives 0. */
function solve(A, b) {
  const n = b.length;
  const rows = A.map((row, i) => [...row, b[i]]);
  for (let k = 0; k < n; k++) {
    const best = rows.slice(k).reduce((p, row, i) => (Math.abs(row[k]) > Math.abs(rows[p][k]) ? k + i : p), k);
    [rows[k], rows[best]] = [rows[best], rows[k]];
    for (let i = 0; i < n; i++)
      if (i !== k && rows[k][k] !== 0) {
        const factor = rows[i][k] / rows[k][k];
        for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
      }
  }
  return rows.map((row, i) => (row[i] ? row[n] / row[i] : 0));
}

/** A smooth surface (a polynomial of degree two) through the paper, the ink left out. */
export function background({ height, width, values }) {
  const at = (i, n) => (n > 1 ? -1 + (2 * i) / (n - 1) : -1);
  const terms = new Float64Array(6 * values.length);
  for (let i = 0, k = 0; i < values.length; i++) {
    const v = at(Math.floor(i / width), height);
    const u = at(i % width, width);
    terms[k++] = 1;
    terms[k++] = u;
    terms[k++] = v;
    terms[k++] = u * v;
    terms[k++] = u * u;
    terms[k++] = v * v;
  }
  const weights = new Float64Array(values.length).fill(1);
  const surface = new Float64Array(values.length);
  const away = new Float64Array(values.length);
  for (let round = 1; ; round++) {
    const A = Array.from({ length: 6 }, () => new Float64Array(6));
    const b = new Float64Array(6);
    for (let i = 0; i < values.length; i += 7)
      for (let j = 0; j < 6; j++) {
        const weighted = weights[i] * terms[6 * i + j];
        b[j] += weighted * values[i];
        for (let k = 0; k < 6; k++) A[j][k] += weighted * terms[6 * i + k];
      }
    const parts = solve(A, b);
    for (let i = 0; i < values.length; i++) {
      let total = 0;
      for (let k = 0; k < 6; k++) total += parts[k] * terms[6 * i + k];
      surface[i] = total;
      away[i] = Math.abs(values[i] - total);
    }
    if (round === ROUNDS) return surface;
    const scale = Math.max(median(away), 1e-3) * 2;
    for (let i = 0; i < values.length; i++) weights[i] = 1 / (1 + (away[i] / scale) ** 4);
  }
}

/** The median of a window around each pixel, edges repeated: one histogram that moves along. */
function medianFilter({ height, width, values }, size) {
  const order = Float64Array.from(new Set(values)).sort();
  const rank = new Map(Array.from(order, (v, i) => [v, i]));
  const ranks = Int32Array.from(values, (v) => rank.get(v));
  const [before, wanted] = [size >> 1, (size * size) >> 1];
  const clip = (i, n) => Math.min(n - 1, Math.max(0, i));
  const out = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    const counts = new Int32Array(order.length);
    let [at, below] = [0, 0]; // below: how many of the window have a rank less than `at`
    const column = (x, by) => {
      for (let k = 0; k < size; k++) {
        const r = ranks[clip(y - before + k, height) * width + clip(x, width)];
        counts[r] += by;
        if (r < at) below += by;
      }
    };
    for (let k = 0; k < size; k++) column(k - before, 1);
    for (let x = 0; x < width; x++) {
      if (x) {
        column(x - 1 - before, -1);
        column(x - 1 - before + size, 1);
      }
      while (below > wanted) below -= counts[--at];
      while (below + counts[at] <= wanted) below += counts[at++];
      out[y * width + x] = order[at];
    }
  }
  return { height, width, values: out };
}

/** The paper around each pixel: the median of a wide neighbourhood, if strokes are narrow. */
export function localLevel({ height, width, values }) {
  const [rows, columns] = [height, width].map((n) => Math.ceil(n / 4));
  const coarse = Float64Array.from({ length: rows * columns }, (_, i) => values[4 * Math.floor(i / columns) * width + 4 * (i % columns)]);
  const level = medianFilter({ height: rows, width: columns, values: coarse }, Math.max(3, Math.floor(Math.max(rows, columns) / 3))).values;
  const places = (n, from) => Array.from({ length: n }, (_, i) => (n > 1 ? (i * (from - 1)) / (n - 1) : 0));
  const [ys, xs] = [places(height, rows), places(width, columns)];
  const out = new Float64Array(values.length);
  ys.forEach((y, i) => xs.forEach((x, j) => {
    const [top, left] = [Math.min(Math.floor(y), rows - 1), Math.min(Math.floor(x), columns - 1)];
    const [bottom, right] = [Math.min(top + 1, rows - 1), Math.min(left + 1, columns - 1)];
    const [down, along] = [y - top, x - left];
    const at = (r, c) => level[r * columns + c];
    out[i * width + j] = (1 - down) * ((1 - along) * at(top, left) + along * at(top, right)) + down * ((1 - along) * at(bottom, left) + along * at(bottom, right));
  }));
  return gaussian({ height, width, values: out }, 4).values;
}
