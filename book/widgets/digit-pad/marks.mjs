// The marks of a mask, a Uint8Array of 0 and 1: which can be a digit, and how many signs they are.
// As `dlcourse.digits.marks` has them. No DOM.
import { count } from "./numbers.mjs";
import { extent, marksOf, reached } from "./patches.mjs";
import { plateAround } from "./plates.mjs";
import { meanDepth } from "./stroke-width.mjs";

const frames = (a, b) =>
  a.top < b.top && b.bottom < a.bottom && a.left < b.left && b.right < a.right && b.bottom - b.top >= 0.3 * (a.bottom - a.top);

/** Of one kind of pixels the marks that can be a digit: none that runs off the picture, no frame or piece of one, no speck, no wall around a plate. */
export function keepMarks(kind, height, width) {
  const marks = marksOf(kind, height, width);
  const smallest = 0.0006 * kind.length;
  const large = marks.filter(({ pixels }) => pixels.length >= smallest);
  const inside = large.filter((m) => m.top > 0 && m.left > 0 && m.bottom < height && m.right < width);
  const tall = inside.some((m) => m.bottom - m.top >= 0.1 * Math.max(height, width));
  let kept = tall ? inside : large;
  kept = kept.filter((m) => !kept.some((other) => other !== m && frames(m, other)));
  const central = (m) => 1 - 0.7 * Math.max(Math.abs((m.top + m.bottom) / height - 1), Math.abs((m.left + m.right) / width - 1));
  const weight = (m) => m.pixels.length * central(m);
  const main = kept.reduce((best, m) => (weight(m) > weight(best) ? m : best), kept[0]);
  if (!main) return new Uint8Array(kind.length);
  const plate = plateAround(kind, maskOf([main], kind.length), height, width);
  kept = kept.filter((m) => m.pixels.length >= 0.07 * weight(main) && m.pixels.every((i) => plate[i]));
  if (kept.length > 1) {
    const least = 0.55 * depthOf(main, width);
    kept = kept.filter((m) => overlap(m, main) || depthOf(m, width) >= least);
  }
  return maskOf(kept, kind.length);
}

/** Marks as a mask of `length` pixels. */
export function maskOf(marks, length) {
  const mask = new Uint8Array(length);
  for (const { pixels } of marks) for (const i of pixels) mask[i] = 1;
  return mask;
}

const overlap = (a, b) => a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;

/** How deep a mark's pixels lie in it, on average. */
function depthOf({ top, bottom, left, right, pixels }, width) {
  const [h, w] = [bottom - top, right - left];
  const alone = new Uint8Array(h * w);
  for (const i of pixels) {
    const y = Math.floor(i / width);
    alone[(y - top) * w + i - y * width - left] = 1;
  }
  return meanDepth(alone, w, { top: 0, left: 0, bottom: h - 1, right: w - 1, height: h, width: w });
}

/** Faint strokes that hang on the marks are added, unless that reaches the edge or doubles the ink. */
export function grow(mask, faint, height, width) {
  const allowed = faint.slice();
  for (let i = 0; i < allowed.length; i++) allowed[i] |= mask[i];
  const grown = reached(mask, allowed, height, width, true);
  const box = extent(grown, width);
  const edge = box.top === 0 || box.left === 0 || box.bottom === height - 1 || box.right === width - 1;
  return edge || count(grown) > 2 * count(mask) ? mask : grown;
}

/** The boxes of signs that stand side by side; strokes above each other belong together. */
export function signsOf(mask, height, width) {
  const signs = [];
  for (const m of marksOf(mask, height, width).sort((a, b) => a.left - b.left)) {
    const own = signs.find((s) => Math.min(s.right, m.right) - Math.max(s.left, m.left) > 0.2 * Math.min(s.right - s.left, m.right - m.left));
    if (!own) signs.push({ top: m.top, bottom: m.bottom, left: m.left, right: m.right });
    else Object.assign(own, { right: Math.max(own.right, m.right), top: Math.min(own.top, m.top), bottom: Math.max(own.bottom, m.bottom) });
  }
  return signs;
}

/** How many signs stand side by side. */
export function countSigns(mask, height, width) {
  const heights = signsOf(mask, height, width).map((s) => s.bottom - s.top);
  return heights.filter((h) => h >= 0.55 * Math.max(...heights)).length;
}
