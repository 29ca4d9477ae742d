// Finds the ways in which a picture can be read as ink on paper, as `dlcourse.digits` does, step
// by step and with the same numbers. Pictures are {height, width, values}, 0 black to 1 white;
// masks are Uint8Arrays. No DOM.
import { centre, fit, resized, round } from "../inference/mnist-form.mjs";

const WORKING_SIDE = 224;
const MAX_CANDIDATES = 3;
const THINNEST = 0.085;
const PEN = 0.11;

function sum(values) {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
const mean = (values) => sum(values) / values.length;
function chosen(values, mask) {
  const out = new Float64Array(sum(mask));
  for (let i = 0, k = 0; i < mask.length; i++) if (mask[i]) out[k++] = values[i];
  return out;
}
const both = (a, b) => a.map((v, i) => v & b[i]);
const without = (a, b) => a.map((v, i) => v & (1 - b[i]));

/** Bring the k-th smallest value to place k, smaller ones before it (Hoare, 1961). */
function select(values, k, low = 0) {
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const v = values[i];
        values[i++] = values[j];
        values[j--] = v;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

/** The value below which a part of the values lie, interpolated. */
function quantile(values, part) {
  const s = Float64Array.from(values);
  const at = part * (s.length - 1);
  const low = Math.floor(at);
  const value = select(s, low);
  if (at === low) return value;
  let next = Infinity; // the smallest of those that come after
  for (let i = low + 1; i < s.length; i++) if (s[i] < next) next = s[i];
  return value + (at - low) * (next - value);
}
const median = (values) => quantile(values, 0.5);

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

function gaussian(picture, sigma) {
  const reach = Math.trunc(4 * sigma + 0.5);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
  const total = sum(bell);
  return slide(picture, bell.map((v) => v / total));
}

/** The spread of the noise, after Immerkær (1996): [1 −2 1] along both axes. */
const noiseOf = (grey) => median(slide(grey, [1, -2, 1]).values.map(Math.abs)) / 0.6745 / 6;

/** A picture of any size, brought to the one at which the ink is looked for. */
function workingCopy(picture) {
  const scale = WORKING_SIDE / Math.max(picture.height, picture.width);
  const [height, width] = [picture.height, picture.width].map((n) => Math.max(8, round(n * scale)));
  const { values } = resized(picture, height, width, scale < 1);
  return { height, width, values: Float64Array.from(values, (v) => Math.min(1, Math.max(0, v))) };
}

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
function background({ height, width, values }) {
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
  for (let round = 0; round < 6; round++) {
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
    const scale = Math.max(median(away), 1e-3) * 2;
    for (let i = 0; i < values.length; i++) weights[i] = 1 / (1 + (away[i] / scale) ** 4);
  }
  return surface;
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
function localLevel({ height, width, values }) {
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

/** Otsu's threshold (1979): it splits values into two kinds, each as alike as can be. */
export function otsu(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) [low, high] = [Math.min(low, v), Math.max(high, v)];
  if (low === high) return high;
  const n = 256;
  const edges = Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? high : low + (i * (high - low)) / n));
  const counts = new Float64Array(n);
  for (const v of values) {
    let i = Math.min(n - 1, Math.floor(((v - low) / (high - low)) * n));
    if (v < edges[i]) i--;
    else if (i < n - 1 && v >= edges[i + 1]) i++;
    counts[i]++;
  }
  const middle = (i) => (edges[i] + edges[i + 1]) / 2;
  const all = sum(counts);
  const mass = counts.reduce((total, c, i) => total + c * middle(i), 0);
  let [below, heavy] = [0, 0];
  const between = counts.map((c, i) => {
    below += c;
    heavy += c * middle(i);
    const above = all - below;
    return below > 0 && above > 0 ? below * above * (heavy / below - (mass - heavy) / above) ** 2 : -1;
  });
  const most = between.reduce((a, b) => Math.max(a, b), -Infinity);
  if (most < 0) return high;
  return mean(Array.from(between.keys()).filter((i) => between[i] >= most * (1 - 1e-9)).map((i) => edges[i + 1]));
}

const EIGHT = [[-1, -1], [-1, 0], [-1, 1], [0, -1], [0, 1], [1, -1], [1, 0], [1, 1]];
const FOUR = [[-1, 0], [0, -1], [0, 1], [1, 0]];

/** Pixels that can be reached from those of `seeds` within `allowed`. */
function reached(seeds, allowed, height, width, ways) {
  const found = new Uint8Array(allowed.length);
  const stack = [];
  for (let i = 0; i < seeds.length; i++)
    if (seeds[i] && allowed[i]) {
      found[i] = 1;
      stack.push(i);
    }
  while (stack.length) {
    const i = stack.pop();
    const [y, x] = [Math.floor(i / width), i % width];
    for (let k = 0; k < ways.length; k++) {
      const r = y + ways[k][0];
      const c = x + ways[k][1];
      const j = r * width + c;
      if (r >= 0 && c >= 0 && r < height && c < width && allowed[j] && !found[j]) {
        found[j] = 1;
        stack.push(j);
      }
    }
  }
  return found;
}

/** The marks of a mask: pixels that touch, corners too, with their box (ends exclusive). */
function marksOf(mask, height, width) {
  const seen = new Uint8Array(mask.length);
  const marks = [];
  for (let first = 0; first < mask.length; first++) {
    if (!mask[first] || seen[first]) continue;
    const pixels = [first];
    seen[first] = 1;
    const box = { top: height, bottom: 0, left: width, right: 0 };
    for (let k = 0; k < pixels.length; k++) {
      const [y, x] = [Math.floor(pixels[k] / width), pixels[k] % width];
      if (y < box.top) box.top = y;
      if (y + 1 > box.bottom) box.bottom = y + 1;
      if (x < box.left) box.left = x;
      if (x + 1 > box.right) box.right = x + 1;
      for (let n = 0; n < 8; n++) {
        const r = y + EIGHT[n][0];
        const c = x + EIGHT[n][1];
        const j = r * width + c;
        if (r >= 0 && c >= 0 && r < height && c < width && mask[j] && !seen[j]) {
          seen[j] = 1;
          pixels.push(j);
        }
      }
    }
    marks.push({ ...box, pixels });
  }
  return marks;
}

const frames = (a, b) =>
  a.top < b.top && b.bottom < a.bottom && a.left < b.left && b.right < a.right && b.bottom - b.top >= 0.3 * (a.bottom - a.top);

/** Of one kind of pixels the marks that can be a digit: none that runs off the picture, no frame, no speck. */
export function keepMarks(kind, height, width) {
  const marks = marksOf(kind, height, width);
  const smallest = 0.0006 * kind.length;
  const large = marks.filter(({ pixels }) => pixels.length >= smallest);
  const inside = large.filter((m) => m.top > 0 && m.left > 0 && m.bottom < height && m.right < width);
  const tall = inside.some((m) => m.bottom - m.top >= 0.1 * Math.max(height, width));
  let kept = tall ? inside : large;
  kept = kept.filter((m) => !kept.some((other) => other !== m && frames(m, other)));
  const central = (m) => 1 - 0.7 * Math.max(Math.abs((m.top + m.bottom) / height - 1), Math.abs((m.left + m.right) / width - 1));
  const largest = Math.max(...kept.map((m) => m.pixels.length * central(m)));
  const mask = new Uint8Array(kind.length);
  for (const m of kept) if (m.pixels.length >= 0.07 * largest) for (const i of m.pixels) mask[i] = 1;
  return mask;
}

/** Steps along rows and columns to the nearest pixel of a mask. */
function steps(mask, height, width) {
  const far = 1 << 20;
  const away = new Int32Array(mask.length);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      away[i] = mask[i] ? 0 : Math.min(far, y ? away[i - width] + 1 : far, x ? away[i - 1] + 1 : far);
  for (let y = height - 1, i = mask.length - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, i--) {
      if (y < height - 1 && away[i + width] + 1 < away[i]) away[i] = away[i + width] + 1;
      if (x < width - 1 && away[i + 1] + 1 < away[i]) away[i] = away[i + 1] + 1;
    }
  return away;
}

/** Pixels of a mask, and those that are at most `n` steps away. */
function dilate(mask, height, width, n) {
  const away = steps(mask, height, width);
  return mask.map((_, i) => (away[i] <= n ? 1 : 0));
}

/** What is left when `n` steps are taken off; beyond the picture lies ink, or none. */
function erode(mask, height, width, n, beyond) {
  const away = steps(mask.map((v) => 1 - v), height, width);
  return mask.map((v, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const edge = beyond ? Infinity : Math.min(y + 1, x + 1, height - y, width - x);
    return +(v && away[i] > n && edge > n);
  });
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

function extent(mask, width) {
  const box = { top: Infinity, bottom: -1, left: Infinity, right: -1 };
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const y = Math.floor(i / width);
    const x = i - y * width;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
  }
  return { ...box, height: box.bottom - box.top + 1, width: box.right - box.left + 1 };
}

/** Faint strokes that hang on the marks are added, unless that reaches the edge or doubles the ink. */
function grow(mask, faint, height, width) {
  const allowed = faint.map((v, i) => v | mask[i]);
  const grown = reached(mask, allowed, height, width, EIGHT);
  const box = extent(grown, width);
  const edge = box.top === 0 || box.left === 0 || box.bottom === height - 1 || box.right === width - 1;
  return edge || sum(grown) > 2 * sum(mask) ? mask : grown;
}

/** Strokes thinner than MNIST's are made as thick as a pen's. */
function thicken(ink, mask, height, width) {
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

/** How badly "ink of one shade on paper of another" describes the marks and what is around them. */
function untidinessOf(even, mask, height, width) {
  const e = extent(mask, width);
  const more = 2 + Math.floor(Math.max(e.height - 1, e.width - 1) / 10);
  const [top, left] = [Math.max(0, e.top - more), Math.max(0, e.left - more)];
  const [bottom, right] = [Math.min(height, e.bottom + more + 1), Math.min(width, e.right + more + 1)];
  const [h, w] = [bottom - top, right - left];
  const cut = (from) => {
    const part = new from.constructor(h * w);
    for (let y = 0; y < h; y++) part.set(from.subarray((top + y) * width + left, (top + y) * width + right), y * w);
    return part;
  };
  const [values, marks] = [cut(even), cut(mask)];
  const core = erode(marks, h, w, 2, false);
  const ink = chosen(values, sum(core) > 20 ? core : marks);
  const paper = chosen(values, dilate(marks, h, w, 3).map((v) => 1 - v));
  if (!paper.length) return 1;
  const level = median(paper);
  const contrast = Math.max(median(ink) - level, 1e-3);
  const middle = mean(ink);
  const spread = Math.hypot(Math.sqrt(mean(ink.map((v) => (v - middle) ** 2))), Math.sqrt(mean(paper.map((v) => (v - level) ** 2))));
  return Math.min(spread / contrast, 1);
}

/** How many signs stand side by side; strokes above each other belong together. */
export function countSigns(mask, height, width) {
  const signs = [];
  for (const m of marksOf(mask, height, width).sort((a, b) => a.left - b.left)) {
    const own = signs.find((s) => Math.min(s.right, m.right) - Math.max(s.left, m.left) > 0.2 * Math.min(s.right - s.left, m.right - m.left));
    if (!own) signs.push({ top: m.top, bottom: m.bottom, left: m.left, right: m.right });
    else Object.assign(own, { right: Math.max(own.right, m.right), top: Math.min(own.top, m.top), bottom: Math.max(own.bottom, m.bottom) });
  }
  const tallest = Math.max(0, ...signs.map((s) => s.bottom - s.top));
  return signs.filter((s) => s.bottom - s.top >= 0.55 * tallest).length;
}

/** Kept marks as a prepared digit, with a judgement; null if they cannot be ink. */
function candidate(grey, even, kind, kept, dark, noise) {
  const { height, width } = grey;
  const n = sum(kept);
  if (n < 12 || n === kept.length) return null;
  const sign = dark ? -1 : 1;
  const near = without(dilate(kept, height, width, 6), dilate(kept, height, width, 2));
  if (!near.some(Boolean)) return null;
  const around = chosen(even, near);
  const paper = median(around);
  const full = quantile(chosen(even, kept).map((v) => sign * v), 0.7) - sign * paper;
  const spread = median(around.map((v) => Math.abs(v - paper))) / 0.6745;
  const rim = without(kept, erode(kept, height, width, 3, true));
  const step = rim.some(Boolean) ? sign * (median(chosen(even, rim)) - paper) : 0;
  if (full < 0.025 || full < 3 * spread || full < 0.8 * noise || step < 0.2 * full) return null;
  const box = extent(kept, width);
  if (Math.max(box.height, box.width) < 0.07 * Math.max(height, width)) return null;
  const relative = even.map((v) => (sign * (v - paper)) / full);
  const least = Math.max(0.3, (4 * spread) / full);
  const mask = grow(kept, Uint8Array.from(relative, (v) => +(v > least)), height, width);
  const close = dilate(mask, height, width, 2);
  const soft = relative.map((v, i) => Math.min(1, Math.max(0, (v - 0.2) / 0.6)) * close[i]);
  const ink = thicken(soft, mask, height, width);
  const border = [];
  for (let x = 0; x < width; x++) border.push(kind[x], kind[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) border.push(kind[y * width], kind[(y + 1) * width - 1]);
  const filled = sum(mask) / (box.height * box.width);
  const aspect = box.width / box.height;
  const untidiness = untidinessOf(even.map((v) => sign * v), mask, height, width);
  const plausibility =
    full - 1.5 * untidiness - 1.5 * Math.max(0, mean(border) - 0.35) - (filled > 0.72 && aspect > 0.5 && aspect < 2 ? 0.8 : 0)
    - 0.4 * Math.max(0, 0.25 - Math.max(box.height, box.width) / Math.max(height, width)) - (0.8 * spread) / full;
  const fitted = fit(ink);
  return { grey, even: { height, width, values: even }, mask, ink, fitted, picture: centre(fitted), dark, nSigns: countSigns(mask, height, width), untidiness, plausibility };
}

/** Whether `inner` is only the paper that shows through the loop of `outer`. */
export function isHole(inner, outer) {
  if (inner.dark === outer.dark || inner.plausibility - outer.plausibility > 0.6) return false;
  const { height, width } = outer.grey;
  const free = outer.mask.map((v) => 1 - v);
  const border = free.map((_, i) => +(i < width || i >= free.length - width || i % width === 0 || i % width === width - 1));
  const holes = without(free, reached(border, free, height, width, FOUR));
  const box = extent(outer.mask, width);
  const [n, nHoles] = [sum(outer.mask), sum(holes)];
  const isPlate = n + nHoles > 0.88 * box.height * box.width;
  return !isPlate && sum(both(inner.mask, holes)) > 0.7 * sum(inner.mask) && n > 0.6 * nHoles;
}

/** The ways in which a picture can be read, at most three, the best first; none if it is blank. */
export function candidates(picture) {
  const grey = workingCopy(picture);
  const noise = noiseOf(grey);
  const smooth = gaussian(grey, noise < 0.02 ? 1 : 2);
  const level = median(smooth.values);
  const papers = [smooth.values.map(() => level), background(smooth), localLevel(smooth)];
  const found = [];
  for (const paper of papers) {
    const even = smooth.values.map((v, i) => v - paper[i]);
    const threshold = otsu(even);
    for (const dark of [true, false]) {
      const kind = Uint8Array.from(even, (v) => +(dark ? v < threshold : v > threshold));
      const one = candidate(grey, even, kind, keepMarks(kind, grey.height, grey.width), dark, noise);
      if (one) found.push(one);
    }
  }
  const distinct = [];
  for (const one of found.sort((a, b) => b.plausibility - a.plausibility)) {
    const alike = (other) => one.picture.values.reduce((d, v, i) => d + Math.abs(v - other.picture.values[i]), 0) < 0.25 * sum(other.picture.values);
    if (!distinct.some(alike)) distinct.push(one);
  }
  const outer = distinct.findIndex((one, i) => i > 0 && isHole(distinct[0], one));
  if (outer > 0) distinct.unshift(...distinct.splice(outer, 1)); // the hole of a zero comes after the zero
  return distinct.slice(0, MAX_CANDIDATES);
}
