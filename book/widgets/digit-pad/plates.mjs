// Plates: what a sign stands on, and what is only the surroundings of a sign. Masks are Uint8Arrays
// of 0 and 1. As `dlcourse.digits.marks` has them. No DOM.
import { count } from "./numbers.mjs";
import { extent, marksOf, reached } from "./patches.mjs";
import { around } from "./shapes.mjs";
import { strokeWidth } from "./stroke-width.mjs";

/** Parts of its box that a plate covers, at least and if it has corners. */
const [DISC, RECTANGLE] = [0.7, 0.88];
/** A hole whose strokes are narrower than this part of its shorter side is a sign. */
const SLENDER = 0.45;
/** A loop's widths differ by this factor at most; its eye fills so much of a box. */
const [EVEN, FULL] = [1.6, 0.7];

const negated = (mask) => mask.map((v) => 1 - v);

/** The pixels of a mask's holes: those that no way along the edges leads out of. */
export function holesOf(mask, height, width) {
  const free = negated(mask);
  const border = free.map((_, i) => +(i < width || i >= free.length - width || i % width === 0 || i % width === width - 1));
  const outside = reached(border, free, height, width, false);
  return free.map((v, i) => v - outside[i]);
}

/** The paper around a mark, with all that stands on it; everything, if it has no edge. */
export function plateAround(kind, mark, height, width) {
  const everything = new Uint8Array(kind.length).fill(1);
  const holes = holesOf(mark, height, width);
  const filled = mark.map((v, i) => v | holes[i]);
  const near = around(filled, height, width, 1, 1).map((v, i) => v & (1 - kind[i]));
  const free = negated(kind);
  const left = near.slice();
  let [paper, most] = [null, 0];
  for (let first = 0; first < left.length; first++) {
    if (!left[first]) continue;
    const seed = new Uint8Array(kind.length);
    seed[first] = 1;
    const found = reached(seed, free, height, width, false);
    let n = 0;
    for (let i = 0; i < left.length; i++)
      if (found[i] && left[i]) {
        left[i] = 0;
        n++;
      }
    if (n > most) [paper, most] = [found, n];
  }
  if (!paper) return everything;
  const box = extent(paper, width);
  if (box.top === 0 || box.left === 0 || box.bottom === height - 1 || box.right === width - 1) return everything;
  const plate = paper.map((v, i) => v | mark[i]);
  const inside = holesOf(plate, height, width);
  return plate.map((v, i) => v | inside[i]);
}

/** Whether marks are what a sign is cut out of, not ink: a rectangle, or a plate of other shape; a narrow zero is none. */
export function isPlate(mask, height, width) {
  const holes = holesOf(mask, height, width);
  const nHoles = count(holes);
  if (!nHoles) return false;
  const box = extent(mask, width);
  const covered = (count(mask) + nHoles) / (box.height * box.width);
  if (covered < DISC) return false;
  const [largest] = marksOf(holes, height, width).sort((a, b) => b.pixels.length - a.pixels.length);
  const sign = new Uint8Array(mask.length);
  for (const i of largest.pixels) sign[i] = 1;
  const its = extent(sign, width);
  if (covered <= RECTANGLE) return strokeWidth(sign, width, its) < SLENDER * Math.min(its.height, its.width);
  const around = [its.top - box.top, box.bottom - its.bottom, its.left - box.left, box.right - its.right];
  const isLoop = Math.max(...around) <= EVEN * Math.min(...around) && largest.pixels.length > FULL * its.height * its.width;
  return its.height <= its.width || !isLoop;
}
