// Finds the ways in which a picture can be read as ink on paper, as `dlcourse.digits.preparation` does, step
// by step and with the same numbers. Pictures are {height, width, values}, 0 black to 1 white;
// masks are Uint8Arrays. No DOM.
import { centre, fit } from "../inference/mnist-form.mjs";
import { countSigns, grow, keepMarks } from "./marks.mjs";
import { chosen, count, distances, mean, median, quantile, sum } from "./numbers.mjs";
import { opening } from "./opening.mjs";
import { background, localLevel } from "./paper.mjs";
import { extent } from "./patches.mjs";
import { holesOf, isPlate } from "./plates.mjs";
import { around, halo, rimOf, thicken } from "./shapes.mjs";
import { gaussian, noiseOf, smoothed, workingCopy } from "./smooth.mjs";
import { strokeWidth } from "./stroke-width.mjs";
import { otsu } from "./threshold.mjs";

export const SMALLEST = 16; // pixels of a side below which there is nothing to look at more closely
const MAX_CANDIDATES = 3;
/** What differs from the paper by less than this part of full ink is paper. */
const FAINTEST = 0.1;
/** Working pixels around the ink in which soft edges still belong to it. */
const HALO = 8;
/** Ink around a hole, in areas of the hole. */
const [THINNEST_LOOP, BOLDEST_LOOP] = [0.6, 4];
/** Blurs, in working pixels, through which ink may be seen. */
const LENSES = [1.5, 4.5];
/** Part of the ink that has paper on both sides, at least. */
const SURROUNDED = 0.6;
/** … which is lighter (or darker) than it by this part of full ink. */
const DEEP = 0.3;
/** Ink of less contrast than the first is tidier than the second. */
const [FAINT, TIDY] = [0.1, 0.15];

/** How badly "ink of one shade on paper of another", seen through a lens, describes the marks' surroundings. */
function untidinessOf(even, sign, mask, height, width) {
  const e = extent(mask, width);
  const more = 2 + Math.floor(Math.max(e.height - 1, e.width - 1) / 10);
  const [top, left] = [Math.max(0, e.top - more), Math.max(0, e.left - more)];
  const [bottom, right] = [Math.min(height, e.bottom + more + 1), Math.min(width, e.right + more + 1)];
  const centred = (from) => {
    const part = new Float64Array((bottom - top) * (right - left));
    for (let y = top, i = 0; y < bottom; y++) for (let x = left; x < right; x++) part[i++] = from[y * width + x];
    const middle = mean(part);
    return part.map((v) => v - middle);
  };
  const product = (a, b) => a.reduce((total, v, i) => total + v * b[i], 0) / a.length;
  const seen = centred(even);
  const unexplained = LENSES.map((blur) => {
    const model = centred(gaussian({ height, width, values: mask }, blur).values);
    const slope = product(seen, model) / Math.max(product(model, model), 1e-9);
    const rest = seen.map((v, i) => v - slope * model[i]);
    return Math.sqrt(product(rest, rest)) / Math.max(sign * slope, 1e-3);
  });
  return Math.min(...unexplained, 1);
}

/** Whether marks have paper on both sides, as strokes do, and not the edge of a shadow. */
function isSurrounded(smooth, sign, mask, full) {
  const { height, width } = smooth;
  const bright = smooth.values.map((v) => sign * v);
  const opened = opening(bright, height, width, 2 * Math.ceil(strokeWidth(mask, width, extent(mask, width))) + 3);
  let n = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] && bright[i] - opened[i] > DEEP * full) n++;
  return n >= SURROUNDED * count(mask);
}

/** Kept marks as a prepared digit, with a judgement; null if they cannot be ink. */
export function asInk(grey, even, kind, kept, dark) {
  const { height, width } = grey;
  const n = count(kept);
  if (n < 12 || n === kept.length) return null;
  const sign = dark ? -1 : 1;
  const near = chosen(even, around(kept, height, width, 3, 6));
  if (!near.length) return null;
  const paper = median(near);
  const full = quantile(chosen(even, kept).map((v) => sign * v), 0.7) - sign * paper;
  const spread = median(distances(near, paper)) / 0.6745;
  const rim = chosen(even, rimOf(kept, height, width, 3));
  const step = rim.length ? sign * (median(rim) - paper) : 0;
  if (full < 0.025 || full < 3 * spread || full < 0.8 * noiseOf(grey) || step < 0.2 * full) return null;
  const box = extent(kept, width);
  if (Math.max(box.height, box.width) < 0.07 * Math.max(height, width)) return null;
  const least = Math.max(0.3, (4 * spread) / full);
  const relative = new Float64Array(even.length);
  const faint = new Uint8Array(even.length);
  for (let i = 0; i < even.length; i++) {
    relative[i] = (sign * (even[i] - paper)) / full;
    faint[i] = relative[i] > least ? 1 : 0;
  }
  const mask = grow(kept, faint, height, width);
  const untidiness = untidinessOf(even, sign, mask, height, width);
  if ((full < FAINT && untidiness > TIDY) || !isSurrounded(smoothed(grey), sign, mask, full)) return null;
  const close = halo(mask, kind.map((is, i) => (is && !mask[i] ? 1 : 0)), height, width, HALO);
  const soft = new Float64Array(even.length);
  for (let i = 0; i < soft.length; i++) if (close[i]) soft[i] = Math.min(1, Math.max(0, (relative[i] - FAINTEST) / (1 - FAINTEST)));
  const ink = thicken(soft, mask, height, width);
  const border = [];
  for (let x = 0; x < width; x++) border.push(kind[x], kind[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) border.push(kind[y * width], kind[(y + 1) * width - 1]);
  const filled = count(mask) / (box.height * box.width);
  const aspect = box.width / box.height;
  const plausibility =
    full - 1.5 * untidiness - 1.5 * Math.max(0, mean(border) - 0.35) - ((filled > 0.72 && aspect > 0.5 && aspect < 2) || isPlate(mask, height, width) ? 0.8 : 0)
    - 0.4 * Math.max(0, 0.25 - Math.max(box.height, box.width) / Math.max(height, width)) - (0.8 * spread) / full;
  const fitted = fit(ink);
  return { grey, even: { height, width, values: even }, mask, ink, fitted, picture: centre(fitted), dark, nSigns: countSigns(mask, height, width), untidiness, contrast: Math.min(full, 1), plausibility };
}

/** Whether `inner` shows through the holes of `outer`: the eye of a zero, a sign on a plate. */
export function liesWithin(inner, outer) {
  if (inner.dark === outer.dark) return false;
  const holes = holesOf(outer.mask, outer.grey.height, outer.grey.width);
  return sum(chosen(holes, inner.mask)) > 0.7 * count(inner.mask);
}

/** Whether `inner` is only the paper that shows through the loop of `outer`. */
export function isHole(inner, outer) {
  const { height, width } = outer.grey;
  if (!liesWithin(inner, outer) || isPlate(outer.mask, height, width)) return false;
  const [ink, paper] = [count(outer.mask), count(holesOf(outer.mask, height, width))];
  return THINNEST_LOOP * paper < ink && ink < BOLDEST_LOOP * paper;
}

/** The ways in which a picture can be read, at most three, the best first; none if it is blank. */
export function candidates(picture) {
  const grey = workingCopy(picture);
  const smooth = smoothed(grey);
  const level = median(smooth.values);
  const papers = [new Float64Array(smooth.values.length).fill(level), background(smooth), localLevel(smooth)];
  const found = [];
  for (const paper of papers) {
    const even = new Float64Array(paper.length);
    for (let i = 0; i < even.length; i++) even[i] = smooth.values[i] - paper[i];
    const threshold = otsu(even);
    for (const dark of [true, false]) {
      const kind = new Uint8Array(even.length);
      for (let i = 0; i < kind.length; i++) kind[i] = (dark ? even[i] < threshold : even[i] > threshold) ? 1 : 0;
      const one = asInk(grey, even, kind, keepMarks(kind, grey.height, grey.width), dark);
      if (one) found.push(one);
    }
  }
  return inOrder(found);
}

/** Ways to see ink by plausibility, without those that say the same, at most three. */
export function inOrder(found) {
  const distinct = [];
  for (const one of found.sort((a, b) => b.plausibility - a.plausibility)) {
    const alike = (other) => one.picture.values.reduce((d, v, i) => d + Math.abs(v - other.picture.values[i]), 0) < 0.25 * sum(other.picture.values);
    if (!distinct.some(alike)) distinct.push(one);
  }
  const outer = distinct.findIndex((one, i) => i > 0 && isHole(distinct[0], one));
  if (outer > 0) distinct.unshift(...distinct.splice(outer, 1)); // the hole of a zero comes after the zero
  return distinct.slice(0, MAX_CANDIDATES);
}
