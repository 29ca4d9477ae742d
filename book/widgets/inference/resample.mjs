// Resizes pictures as Pillow does, so that the page sees the pixels that the package sees, and cuts boxes out of them,
// as `dlcourse.digits.finder` does. No DOM. Pictures are {height, width, values}.

/** Round as Python does: halves to the even neighbour. */
export const round = (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

// Each is 0 beyond ±`support`, in pixels of what comes in or what goes out, whichever are larger.
const BOX = { support: 0.5, weigh: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) };
const TENT = { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) };
const BICUBIC = {
  support: 2,
  weigh(x) {
    const v = Math.abs(x);
    if (v < 1) return (1.5 * v - 2.5) * v * v + 1;
    return v < 2 ? ((v - 5) * v + 8) * v * -0.5 + 2 : 0;
  },
};

/**
 * For each of `n` pixels, `step` of the `length` old ones apart: its first old pixel, and the weights from there on.
 * They add up to 1, or do so only with those of pixels `beyond` the edge.
 */
function windows(n, start, step, length, { support, weigh }, beyond = false) {
  const wide = Math.max(step, 1);
  return Array.from({ length: n }, (_, i) => {
    const middle = start + (i + 0.5) * step;
    const [first, end] = [-1, 1].map((side) => Math.floor(middle + side * support * wide + 0.5));
    const [low, high] = [first, end].map((at) => Math.min(Math.max(at, 0), length));
    const all = Array.from({ length: end - first }, (_, k) => weigh((first + k - middle + 0.5) / wide));
    const inside = all.slice(low - first, high - first);
    const sum = (beyond ? all : inside).reduce((a, b) => a + b, 0);
    return { low, weights: inside.map((w) => w / sum) };
  });
}

/** A picture of the pixels that windows see, down and across; what lies beyond the edge is `paper`. */
function resample({ width, values }, down, across, paper = 0) {
  const first = Math.min(...across.map(({ low }) => low));
  const last = Math.max(...across.map(({ low, weights }) => low + weights.length));
  const [line, out] = [new Float64Array(width), new Float32Array(down.length * across.length)];
  down.forEach((rows, y) => {
    line.fill(0);
    rows.weights.forEach((w, k) => add(line, w, values, (rows.low + k) * width, paper, first, last));
    across.forEach(({ low, weights }, x) => {
      let sum = paper;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * line[low + k];
      out[y * across.length + x] = sum;
    });
  });
  return { height: down.length, width: across.length, values: out };
}

function add(line, weight, values, from, paper, first, last) {
  for (let x = first; x < last; x++) line[x] += weight * (values[from + x] - paper);
}

/** Resize to rows and columns: with a box filter if the picture `shrinks`, else bicubic. */
export function resized(picture, rows, columns, shrinks) {
  const { height, width } = picture;
  const filter = shrinks ? BOX : BICUBIC;
  return resample(picture, windows(rows, 0, height / rows, height, filter), windows(columns, 0, width / columns, width, filter));
}

/** Cut a box out of a picture, `step` of its pixels to one; beyond its edge is `paper`. */
export const cut = (picture, top, left, step, [rows, columns], paper) =>
  resample(picture, windows(rows, top, step, picture.height, TENT, true), windows(columns, left, step, picture.width, TENT, true), paper);
