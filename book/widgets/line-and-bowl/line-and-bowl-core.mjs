// A line through points, y = m x + c, and its loss as a landscape over m and c. No DOM.
// A third weight k may multiply a second input. The mean squared error of any of these is a
// bowl, L(w) = w·Aw − 2 b·w + d, so that all we need of the points are A, b and d.

const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const dot = (u, v) => u.reduce((sum, ui, i) => sum + ui * v[i], 0);

/** The bowl of points: `inputs` are lists of numbers, one for each weight but the last (c). */
export function bowl(inputs, t) {
  const columns = [...inputs, t.map(() => 1)];
  const with_ = (u, v) => mean(u.map((ui, i) => ui * v[i]));
  return { A: columns.map((u) => columns.map((v) => with_(u, v))), b: columns.map((u) => with_(u, t)), d: with_(t, t) };
}

/** The mean squared error with the weights w; never below 0. */
export const loss = ({ A, b, d }, w) => Math.max(0, dot(w, A.map((row) => dot(row, w))) - 2 * dot(b, w) + d);

/** The slope of the loss for each weight, 2 (A w − b). */
export const gradient = ({ A, b }, w) => A.map((row, i) => 2 * (dot(row, w) - b[i]));

/** The weights after one step against the slopes. */
export const step = (landscape, w, rate) => gradient(landscape, w).map((slope, i) => w[i] - rate * slope);

/** The formula's answer, where all slopes are 0: solve A w = b by elimination; A is symmetric and positive. */
export function best({ A, b }) {
  const rows = A.map((row, i) => [...row, b[i]]);
  rows.forEach((row, i) => {
    for (let j = 0; j < rows.length; j++) {
      if (j === i) continue;
      const factor = rows[j][i] / row[i];
      rows[j] = rows[j].map((v, k) => v - factor * row[k]);
    }
  });
  return rows.map((row, i) => row.at(-1) / row[i]);
}

/** The learning rate from which on every step leads further away: 1 / the largest eigenvalue of A. */
export function limit({ A }) {
  let v = A.map(() => 1);
  let size = 0;
  for (let i = 0; i < 500; i++) {
    const next = A.map((row) => dot(row, v));
    size = Math.hypot(...next);
    v = next.map((value) => value / size);
  }
  return 1 / size;
}

/** The bowl over m and c alone (the first weight and the last), all others as they are in w. */
export function slice({ A, b, d }, w) {
  const [shown, fixed] = [[0, w.length - 1], w.map((_, i) => i).slice(1, -1)];
  const away = (i) => fixed.reduce((sum, j) => sum + A[i][j] * w[j], 0);
  const rest = fixed.reduce((sum, j) => sum + w[j] * (away(j) - 2 * b[j]), d);
  return { A: shown.map((i) => shown.map((j) => A[i][j])), b: shown.map((i) => b[i] - away(i)), d: rest };
}

/** The line of equal loss at a height above the lowest point of a bowl over two weights: an ellipse. */
export function contour(landscape, above, corners = 72) {
  const { A } = landscape;
  const middle = best(landscape);
  // A = R Rᵀ (Cholesky): the circle of radius √above, taken back through Rᵀ.
  const [r11, r21] = [Math.sqrt(A[0][0]), A[0][1] / Math.sqrt(A[0][0])];
  const r22 = Math.sqrt(A[1][1] - r21 * r21);
  return Array.from({ length: corners }, (_, i) => {
    const [u, v] = [Math.cos, Math.sin].map((f) => Math.sqrt(above) * f((2 * Math.PI * i) / corners));
    const c = v / r22;
    return [middle[0] + (u - r21 * c) / r11, middle[1] + c];
  });
}
