// MNIST's form, as `dlcourse.digits.mnist_form` makes it: the ink fitted into 20×20 pixels, its centre
// of mass in the middle of 28×28. No DOM.
// Pictures are {height, width, values}, 0 paper to 1 ink. `shrink` is for networks that go without that form.
import { cut, resized, round } from "./resample.mjs";

const SIZE = 28;
const BOX = 20;
export const FAINTEST_INK = 0.1;
/** The pixel, counted from 0, on which MNIST's digits have their centre of mass. */
const MIDDLE = 14;

/** Cut away the empty rows and columns around the ink; null if there is none. */
function crop(picture) {
  const { height, width, values } = picture;
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (values[y * width + x] > FAINTEST_INK) {
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
        [left, right] = [Math.min(left, x), Math.max(right, x)];
      }
  if (bottom < 0) return null;
  return cut(picture, top, left, 1, [bottom - top + 1, right - left + 1], 0);
}

/** Shrink or enlarge the ink so that its longer side is 20 pixels. */
export function fit(ink) {
  const cropped = crop(ink);
  if (!cropped) return null;
  const scale = BOX / Math.max(cropped.height, cropped.width);
  const [rows, columns] = [cropped.height, cropped.width].map((n) => Math.max(1, round(n * scale)));
  const small = resized(cropped, rows, columns, scale < 1); // a box filter to shrink, bicubic to enlarge
  small.values = small.values.map((v) => Math.min(1, Math.max(0, v)));
  return small;
}

/** Lay the fitted ink on 28×28 pixels, its centre of mass in the middle. */
export function centre(ink) {
  const { height, width, values } = ink;
  let [mass, down, across] = [0, 0, 0];
  values.forEach((v, i) => {
    mass += v;
    down += v * Math.floor(i / width);
    across += v * (i % width);
  });
  const start = (middle, n) => Math.min(SIZE - n, Math.max(0, round(MIDDLE - middle)));
  const [top, left] = [start(down / mass, height), start(across / mass, width)];
  return cut(ink, -top, -left, 1, [SIZE, SIZE], 0);
}

/** The whole picture shrunk to 28×28 as it is, ink wherever it happens to be. */
export const shrink = (picture) => resized(picture, SIZE, SIZE, true);
