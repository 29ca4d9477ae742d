// Masks (Uint8Arrays of 0 and 1) wider and narrower, and strokes as thick as a pen's. No DOM.
import { round } from "../inference/mnist-form.mjs";
import { extent } from "./marks.mjs";

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

/** Pixels of a mask at most `n` steps from what is none of it; beyond the picture lies ink. */
export function rimOf(mask, height, width, n) {
  const away = steps(mask, height, width, 0);
  const out = new Uint8Array(mask.length);
  for (let i = 0; i < out.length; i++) out[i] = mask[i] && away[i] <= n ? 1 : 0;
  return out;
}

/** What is left when `n` steps are taken off; beyond the picture lies no ink. */
export function erode(mask, height, width, n) {
  const away = steps(mask, height, width, 0);
  const out = new Uint8Array(mask.length);
  for (let y = n; y < height - n; y++)
    for (let x = n; x < width - n; x++) out[y * width + x] = mask[y * width + x] && away[y * width + x] > n ? 1 : 0;
  return out;
}

/** One line of squared distances, the lower envelope of parabolas, from `f` into `d`. */
function envelope(f, d, n, v, z) {
  let k = 0;
  v[0] = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  for (let q = 1; q < n; q++) {
    let s = (f[q] + q * q - f[v[k]] - v[k] * v[k]) / (2 * (q - v[k]));
    while (s <= z[k]) {
      k--;
      s = (f[q] + q * q - f[v[k]] - v[k] * v[k]) / (2 * (q - v[k]));
    }
    v[++k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while (z[k + 1] < q) k++;
    d[q] = (q - v[k]) ** 2 + f[v[k]];
  }
}

/**
 * The mean distance of a mask's pixels to the nearest one outside (Felzenszwalb and Huttenlocher,
 * 2012), within the mask's `box`: beyond it there is no ink.
 */
function meanDepth(mask, width, box) {
  const [h, w] = [box.height + 2, box.width + 2]; // a rim without ink
  const squares = new Float64Array(h * w);
  for (let y = 1; y < h - 1; y++)
    for (let x = 1; x < w - 1; x++) if (mask[(box.top + y - 1) * width + box.left + x - 1]) squares[y * w + x] = 1e12;
  const longest = Math.max(h, w);
  const [f, d, v, z] = [new Float64Array(longest), new Float64Array(longest), new Int32Array(longest), new Float64Array(longest + 1)];
  for (let x = 0; x < w; x++) {
    for (let y = 0; y < h; y++) f[y] = squares[y * w + x];
    envelope(f, d, h, v, z);
    for (let y = 0; y < h; y++) squares[y * w + x] = d[y];
  }
  let [total, n] = [0, 0];
  for (let y = 1; y < h - 1; y++) {
    f.set(squares.subarray(y * w, (y + 1) * w));
    envelope(f, d, w, v, z);
    for (let x = 1; x < w - 1; x++)
      if (mask[(box.top + y - 1) * width + box.left + x - 1]) {
        total += Math.sqrt(d[x]);
        n++;
      }
  }
  return total / n;
}

/** Strokes thinner than MNIST's are made as thick as a pen's. */
export function thicken(ink, mask, height, width) {
  const box = extent(mask, width);
  const tallest = Math.max(box.height, box.width);
  const thick = 4 * meanDepth(mask, width, box) - 1;
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
