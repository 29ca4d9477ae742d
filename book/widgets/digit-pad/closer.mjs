// Looks again at a picture in which no digit was read, as `dlcourse.digits.closer` does. No DOM.
import { asInk, candidates, inOrder, SMALLEST } from "./find-ink.mjs";
import { keepMarks, maskOf, signsOf } from "./marks.mjs";
import { chosen, count, median, sum } from "./numbers.mjs";
import { opening } from "./opening.mjs";
import { isGap } from "./relations.mjs";
import { background, localLevel } from "./paper.mjs";
import { extent, marksOf } from "./patches.mjs";
import { smoothed, workingCopy } from "./smooth.mjs";
import { strokeWidth } from "./stroke-width.mjs";
import { otsu } from "./threshold.mjs";

const TOGETHER = 0.8; // widths of a stroke between two parts of one sign, at most
const BROADEST = 29; // working pixels of the window that tells strokes from light
const SOLID = 0.85; // what is more solid than that is a thing, no sign
const DOT = 0.9; // … and than that, while not half as long again as wide, a dot
const SIMILAR = [0.55, 1.8]; // heights between which a thing may be a sign beside a sign
const PLAIN = 0.06; // contrast of ink that is looked for once more, at least
const LONE = 0.3; // ink elsewhere, in parts of a mark's own, beyond which it is not alone
const SMALL = [0.025, 0.16]; // sides of a small mark, in parts of the picture's longer side
const FEWEST = 12; // pixels of a small mark
const ROOM = 1.5; // from a small mark's middle to the edge of what is cut out, in its sides

/** How solid pixels are: 1 for a disc, 0.95 for a bar, far less for what has strokes. */
function solidity(pixels, width) {
  const n = pixels.length;
  const [rows, columns] = [pixels.map((i) => Math.floor(i / width)), pixels.map((i) => i % width)];
  const [y, x] = [sum(rows) / n, sum(columns) / n];
  let [yy, xx, xy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    yy += (rows[k] - y) ** 2;
    xx += (columns[k] - x) ** 2;
    xy += (rows[k] - y) * (columns[k] - x);
  }
  return n / (4 * Math.PI * Math.sqrt((yy / n + 1 / 12) * (xx / n + 1 / 12) - (xy / n) ** 2));
}

/** Pixels with the box around them, ends exclusive. */
function boxed(pixels, width) {
  const [rows, columns] = [pixels.map((i) => Math.floor(i / width)), pixels.map((i) => i % width)];
  const ends = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v + 1)], [Infinity, 0]);
  const [[top, bottom], [left, right]] = [ends(rows), ends(columns)];
  return { pixels, top, bottom, left, right };
}

function isDot({ pixels, top, bottom, left, right }, width) {
  const [longer, shorter] = [Math.max(bottom - top, right - left), Math.min(bottom - top, right - left)];
  return longer < 1.5 * shorter && solidity(pixels, width) > DOT;
}

const pixelsOf = (mask) => Array.from(mask.keys()).filter((i) => mask[i]);

/** A way whose signs are hardly apart, as one: a display's segments; null if they are further apart, or one. */
function asOne(way) {
  const { mask, nSigns, grey: { height, width } } = way;
  const signs = signsOf(mask, height, width);
  const gap = Math.max(...signs.slice(1).map((s, i) => s.left - signs[i].right));
  return nSigns === 1 || gap > TOGETHER * strokeWidth(mask, width, extent(mask, width)) ? null : { ...way, nSigns: 1 };
}

/** A way without solid marks beside the others that are no sign; null if there are none, or nothing else. */
function withoutThingsBeside({ grey, even, mask, dark }) {
  const { height, width } = grey;
  const marks = marksOf(mask, height, width);
  const solid = new Set(marks.filter(({ pixels }) => solidity(pixels, width) > SOLID));
  if (!solid.size || solid.size === marks.length) return null;
  const rest = boxed(marks.filter((m) => !solid.has(m)).flatMap(({ pixels }) => pixels), width);
  const beside = new Set(
    [...solid].filter((m) => {
      const apart = m.right <= rest.left || m.left >= rest.right;
      const level = m.top < rest.bottom && m.bottom > rest.top;
      const share = (m.bottom - m.top) / (rest.bottom - rest.top);
      return apart && !(level && share >= SIMILAR[0] && share <= SIMILAR[1]);
    }),
  );
  if (!beside.size) return null;
  return asInk(grey, even.values, mask, maskOf(marks.filter((m) => !beside.has(m)), mask.length), dark);
}

/** Ink as what is narrow and differs from what is around it, the best first. */
function byStrokes(grey) {
  const { height, width } = grey;
  const found = [];
  for (const dark of [true, false]) {
    const bright = smoothed(grey).values.map((v) => (dark ? -v : v));
    const opened = opening(bright, height, width, BROADEST);
    const strokes = bright.map((v, i) => v - opened[i]);
    const threshold = otsu(strokes);
    const kind = Uint8Array.from(strokes, (v) => (v > threshold ? 1 : 0));
    const even = dark ? strokes.map((v) => -v) : strokes;
    const look = asInk(grey, even, kind, keepMarks(kind, height, width), dark);
    if (look) found.push(look);
  }
  return inOrder(found);
}

/** The largest mark within the picture, if it is small and most of the ink. */
function smallMark(kind, height, width) {
  const inside = marksOf(kind, height, width).filter(
    (m) => m.pixels.length >= FEWEST && m.top > 0 && m.left > 0 && m.bottom < height && m.right < width,
  );
  const [main] = inside.toSorted((a, b) => b.pixels.length - a.pixels.length);
  if (!main || main.pixels.length < 0.6 * sum(inside.map(({ pixels }) => pixels.length))) return null;
  const side = Math.max(main.bottom - main.top, main.right - main.left) / Math.max(height, width);
  return side >= SMALL[0] && side <= SMALL[1] ? main : null;
}

/** Whether what was cut out is a dot; from further away the eye of a zero may not be seen. */
function showsDot(picture, dark) {
  const { height, width, values } = smoothed(workingCopy(picture));
  const threshold = otsu(values);
  const kind = Uint8Array.from(values, (v) => +(dark ? v < threshold : v > threshold));
  const [main] = marksOf(kind, height, width).sort((a, b) => b.pixels.length - a.pixels.length);
  return Boolean(main) && isDot(main, width);
}

function part({ width, values }, top, bottom, left, right) {
  const out = { height: bottom - top, width: right - left, values: new Float64Array((bottom - top) * (right - left)) };
  for (let y = top; y < bottom; y++) out.values.set(values.subarray(y * width + left, y * width + right), (y - top) * out.width);
  return out;
}

/** What is small and the most of its ink, cut out, and a digit looked for there. */
function fromNearer(picture, grey) {
  const { height, width } = grey;
  const smooth = smoothed(grey);
  const [down, across] = [picture.height / height, picture.width / width];
  const level = median(smooth.values);
  const papers = [smooth.values.map(() => level), background(smooth), localLevel(smooth)];
  const [middles, found] = [[], []];
  for (const paper of papers) {
    const even = smooth.values.map((v, i) => v - paper[i]);
    const threshold = otsu(even);
    for (const dark of [true, false]) {
      const mark = smallMark(Uint8Array.from(even, (v) => +(dark ? v < threshold : v > threshold)), height, width);
      if (!mark) continue;
      const [y, x] = [(mark.top + mark.bottom) / 2, (mark.left + mark.right) / 2];
      if (middles.some(([v, u]) => Math.abs(y - v) + Math.abs(x - u) < 6)) continue;
      middles.push([y, x]);
      const room = ROOM * Math.max(mark.bottom - mark.top, mark.right - mark.left);
      const [top, left] = [Math.max(0, Math.trunc((y - room) * down)), Math.max(0, Math.trunc((x - room) * across))];
      const bottom = Math.min(picture.height, Math.trunc((y + room) * down));
      const right = Math.min(picture.width, Math.trunc((x + room) * across));
      if (Math.min(bottom - top, right - left) < SMALLEST) continue;
      const cut = part(picture, top, bottom, left, right);
      if (!showsDot(cut, dark)) found.push(...candidates(cut).slice(0, 1));
    }
  }
  return found;
}

/** Whether there is little ink elsewhere in the picture. */
function standsAlone({ even, mask, dark, contrast }) {
  const outside = chosen(even.values, mask.map((v) => 1 - v));
  const paper = median(outside);
  const ink = outside.reduce((n, v) => n + (((dark ? -1 : 1) * (v - paper)) / contrast > 0.5), 0);
  return ink < LONE * count(mask);
}

/** The looks by strokes, and then from nearer, at what stands alone in a picture of 0 to 1; dots are left out. */
export function closerLooks(picture) {
  const grey = workingCopy(picture);
  const looks = [...byStrokes(grey).slice(0, 1), ...fromNearer(picture, grey)];
  return looks.filter(
    (look) => look.contrast >= PLAIN && standsAlone(look) && !isDot(boxed(pixelsOf(look.mask), look.grey.width), look.grey.width),
  );
}

/** More ways to see ink in a picture, for who refuses those that were `found`; two signs that are apart remain two. */
export const lookAgain = (picture, found) => [
  ...found.flatMap((way) => [asOne(way), withoutThingsBeside(way)]).filter(Boolean),
  ...(found.length && found[0].nSigns > 1 ? [] : closerLooks(picture).filter((look) => !found.some((way) => isGap(look, way)))),
];
