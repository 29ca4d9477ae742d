// Masks (Uint8Arrays of 0 and 1) wider and narrower, and strokes as thick as a pen's. No DOM.
import { round } from "../inference/mnist-form.mjs";
import { extent } from "./patches.mjs";
import { strokeWidth } from "./stroke-width.mjs";

const THINNEST = 0.085;
const PEN = 0.11;

/** Steps along rows and columns to the nearest pixel of a mask that is `goal`. */
function steps(mask, height, width, goal) {
  const far = 1 << 20;
  const away = new Int32Array(mask.length);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      away[i] = mask[i] === goal ? 0 : Math.min(far, y ? away[i - width] + 1 : far, x ? away[i - 1] + 1 : far);
  for (let y = height - 1, i = mask.length - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, i--) {
      if (y < height - 1 && away[i + width] + 1 < away[i]) away[i] = away[i + width] + 1;
      if (x < width - 1 && away[i + 1] + 1 < away[i]) away[i] = away[i + 1] + 1;
    }
  return away;
}

/** Pixels around a mask: at least `from` and at most `to` steps away; from 0, with the mask itself. */
export function around(mask, height, width, from, to) {
  const away = steps(mask, height, width, 1);
  const out = new Uint8Array(mask.length);
  for (let i = 0; i < out.length; i++) out[i] = away[i] >= from && away[i] <= to ? 1 : 0;
  return out;
}

/** A mask with the pixels at most `most` steps away that are nearer to it than to other marks. */
export function halo(mask, others, height, width, most) {
  const [away, elsewhere] = [mask, others].map((marks) => steps(marks, height, width, 1));
  return mask.map((_, i) => (away[i] <= most && away[i] < elsewhere[i] ? 1 : 0));
}

/** Pixels of a mask at most `n` steps from what is none of it; beyond the picture lies ink. */
export function rimOf(mask, height, width, n) {
  const away = steps(mask, height, width, 0);
  const out = new Uint8Array(mask.length);
  for (let i = 0; i < out.length; i++) out[i] = mask[i] && away[i] <= n ? 1 : 0;
  return out;
}

/** Strokes thinner than MNIST's are made as thick as a pen's. */
export function thicken(ink, mask, height, width) {
  const box = extent(mask, width);
  const tallest = Math.max(box.height, box.width);
  const thick = strokeWidth(mask, width, box);
  const missing = thick < THINNEST * tallest ? round((PEN * tallest - thick) / 2) : 0;
  if (missing < 1) return { height, width, values: ink };
  const [h, w] = [height + 2 * missing, width + 2 * missing];
  const out = new Float64Array(h * w);
  for (let dy = -missing; dy <= missing; dy++)
    for (let dx = -missing; dx <= missing; dx++) {
      if (dy * dy + dx * dx > missing * missing) continue;
      for (let y = 0; y < height; y++)
        for (let x = 0, to = (y + missing + dy) * w + missing + dx, from = y * width; x < width; x++, to++, from++)
          if (ink[from] > out[to]) out[to] = ink[from];
    }
  return { height: h, width: w, values: out };
}
