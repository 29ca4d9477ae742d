// Finds digits in a picture: where each stands, how large, and which it may be. A small network slides over it, as
// `dlcourse.digits.finder` has it. No DOM.
// Pictures are {height, width, values}, 0 black to 1 white.
import { run } from "../inference/network.mjs";
import { cut } from "../inference/resample.mjs";
import { softmax } from "../shared/activations.mjs";
import { paperOf } from "../inference/border-and-paper.mjs";

const WINDOW = 32; // pixels of a window's side
const NOMINAL = 18; // pixels of a digit's longer side in a window, nominally
const STRIDE = 8; // pixels from one window to the next
const REACH = 16; // pixels around each pixel within which its light is compared
const FAINT = 0.015; // differences in brightness smaller than this are noise
// Pixels of the picture's longer side, size after size; the finer ones only if there is need.
const [COARSE, MIDDLE, FINE] = [[20, 28, 40], [56, 80], [113, 160, 226, 320]];
const CLEAR = 0.8; // a digit as likely as that in the coarse sizes is enough
const LARGE = 0.4; // … if it fills at least this share of the picture's longer side
const NARROW = 56; // a strip is looked at in fine sizes until its shorter side has this many pixels
const MARGIN = 10; // pixels beyond the picture's edge that windows may reach
const N_LOOKS = 8; // places that are looked at once more
const PERHAPS = 0.75; // a place is looked at unless "nothing" is likelier
// An answer: scores of ten digits, nothing, another sign (11); how far the thing's middle is from the window's, down and
// across, in units of 4 pixels; and four times the binary logarithm of its size over NOMINAL.
const [NOTHING, ROW, COLUMN, SIZE] = [10, 12, 13, 14];

/** Means of 2 `REACH` + 1 values in a row, without the edge of `REACH`; the columns become rows. */
function slide(values, height, width) {
  const size = 2 * REACH + 1;
  const out = new Float64Array((width - 2 * REACH) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0, sum = 0; x < width; x++) {
      sum += values[y * width + x];
      const left = x - size + 1;
      if (left < 0) continue;
      out[left * height + y] = sum / size;
      sum -= values[y * width + left];
    }
  return out;
}

/** Means over the box around each pixel. */
const means = (values, height, width) => slide(slide(values, height, width), width - 2 * REACH, height);

/** Take away the mean around each pixel and divide by the spread there. */
function flattenLight({ height, width, values }) {
  const [h, w] = [height - 2 * REACH, width - 2 * REACH];
  const [mean, squares] = [values, new Float64Array(values).map((v) => v * v)].map((all) => means(all, height, width));
  const out = new Float32Array(h * w);
  for (let i = 0, y = REACH; y < height - REACH; y++)
    for (let at = y * width + REACH, end = at + w; at < end; at++, i++)
      out[i] = (values[at] - mean[i]) / Math.sqrt(Math.max(squares[i] - mean[i] ** 2, 0) + FAINT ** 2);
  return { height: h, width: w, values: out };
}

/** The network's answers for every window of a picture, as places: {row, column, size, p}. */
function answers(network, { height, width, values }, top, left, step) {
  const { shape: [rows, columns, n], values: z } = run(network, flattenLight({ height, width, values }).values, [height - 2 * REACH, width - 2 * REACH, 1]).at(-1);
  return Array.from({ length: rows * columns }, (_, k) => {
    const all = z.subarray(k * n, (k + 1) * n);
    const at = (edge, i, off) => edge + (WINDOW / 2 + STRIDE * i + 4 * off) * step;
    return {
      row: at(top, Math.floor(k / columns), all[ROW]),
      column: at(left, k % columns, all[COLUMN]),
      size: 2 ** (all[SIZE] / 4) * NOMINAL * step,
      p: softmax(all.subarray(0, ROW)),
    };
  });
}

/** Slide the network over the picture at every size. */
function scan(network, grey, levels, paper) {
  return levels.flatMap((level) => {
    const step = Math.max(grey.height, grey.width) / level;
    const side = (n) => WINDOW + STRIDE * Math.max(0, Math.ceil((n / step + 2 * MARGIN - WINDOW) / STRIDE));
    const [height, width] = [side(grey.height), side(grey.width)];
    const [top, left] = [(grey.height - height * step) / 2, (grey.width - width * step) / 2];
    const shape = [height + 2 * REACH, width + 2 * REACH];
    return answers(network, cut(grey, top - REACH * step, left - REACH * step, step, shape, paper), top, left, step);
  });
}

/** Look once more, with a window straight on a place. */
function look(network, grey, { row, column, size }, paper) {
  const [n, step] = [WINDOW + 2 * REACH, size / NOMINAL];
  const [top, left] = [row, column].map((v) => v - (n / 2) * step);
  return answers(network, cut(grey, top, left, step, [n, n], paper), row - (WINDOW / 2) * step, column - (WINDOW / 2) * step, step)[0];
}

export const far = (one, other) => Math.max(Math.abs(one.row - other.row), Math.abs(one.column - other.column));

/** Whether two places are one thing: near each other, and of similar size. */
const same = (one, other) =>
  far(one, other) <= 0.3 * Math.max(one.size, other.size) && Math.abs(Math.log2(one.size / other.size)) <= 0.6;

/** Of overlapping places the surest, without those where probably nothing is. */
function apart(places) {
  const kept = [];
  for (const place of places.filter(({ p }) => p[NOTHING] < PERHAPS).sort((a, b) => a.p[NOTHING] - b.p[NOTHING]))
    if (!kept.some((other) => same(place, other))) kept.push(place);
  return kept;
}

/** The places of digits and other signs in a picture. */
export function find(network, grey) {
  const paper = paperOf(grey);
  const [shorter, longer] = [grey.height, grey.width].sort((a, b) => a - b);
  const narrow = FINE.filter((n) => n * shorter <= NARROW * longer);
  let [windows, places] = [[], []];
  for (const [levels, clear, large] of [[COARSE, CLEAR, LARGE], [[...MIDDLE, ...narrow], 0, 0], [FINE, 0, 0]]) {
    windows = [...windows, ...scan(network, grey, levels, paper)];
    const looked = apart(windows).slice(0, N_LOOKS).map((place) => {
      const once = look(network, grey, place, paper);
      const twice = look(network, grey, once, paper);
      return { ...twice, p: twice.p.map((v, i) => (v + once.p[i]) / 2) };
    });
    places = apart(looked);
    if (places.some(({ p, size }) => Math.max(...p.slice(0, NOTHING)) > clear && size > large * longer)) break;
  }
  return places;
}
