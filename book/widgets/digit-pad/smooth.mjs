// The size at which the ink is looked for, and noise smoothed away, as `dlcourse.digits.preparation` does.
// Pictures are {height, width, values}, 0 black to 1 white. No DOM.
import { resized, round } from "../inference/mnist-form.mjs";
import { distances, median, sum } from "./numbers.mjs";

const WORKING_SIDE = 224;

/** Index beyond an edge, mirrored: d c b a | a b c d | d c b a. */
function mirrored(i, n) {
  const m = ((i % (2 * n)) + 2 * n) % (2 * n);
  return m < n ? m : 2 * n - 1 - m;
}

/** One-dimensional weights slid along both axes, the edges mirrored. */
function slide({ height, width, values }, weights) {
  const reach = weights.length >> 1;
  const across = new Float64Array(values.length);
  const out = new Float64Array(values.length);
  const columns = Int32Array.from({ length: width + 2 * reach }, (_, i) => mirrored(i - reach, width));
  const rows = Int32Array.from({ length: height + 2 * reach }, (_, i) => mirrored(i - reach, height));
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * width; x < width; x++) {
      let total = 0;
      for (let k = 0; k < weights.length; k++) total += weights[k] * values[at + columns[x + k]];
      across[at + x] = total;
    }
  for (let y = 0; y < height; y++)
    for (let k = 0; k < weights.length; k++) {
      const from = rows[y + k] * width;
      for (let x = 0; x < width; x++) out[y * width + x] += weights[k] * across[from + x];
    }
  return { height, width, values: out };
}

export function gaussian(picture, sigma) {
  const reach = Math.trunc(4 * sigma + 0.5);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
  const total = sum(bell);
  return slide(picture, bell.map((v) => v / total));
}

/** A function of a picture that works once for each, and then remembers. */
function remembered(work) {
  const made = new WeakMap();
  return (grey) => {
    if (!made.has(grey)) made.set(grey, work(grey));
    return made.get(grey);
  };
}

/** The spread of the noise, after Immerkær (1996): [1 −2 1] along both axes. */
export const noiseOf = remembered((grey) => median(distances(slide(grey, [1, -2, 1]).values, 0)) / 0.6745 / 6);

/** A picture of working size with the noise taken out, the more the noisier it is. */
export const smoothed = remembered((grey) => gaussian(grey, noiseOf(grey) < 0.02 ? 1 : 2));

/** A picture of any size, brought to the one at which the ink is looked for. */
export function workingCopy(picture) {
  const scale = WORKING_SIDE / Math.max(picture.height, picture.width);
  const [height, width] = [picture.height, picture.width].map((n) => Math.max(8, round(n * scale)));
  const { values } = resized(picture, height, width, scale < 1);
  const copy = new Float64Array(values.length);
  for (let i = 0; i < copy.length; i++) copy[i] = Math.min(1, Math.max(0, values[i]));
  return { height, width, values: copy };
}
