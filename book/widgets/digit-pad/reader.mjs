// What is read in a picture: the finder says where, the robust network which, as `dlcourse.digits.reader`
// has it. No DOM. Pictures are {height, width, values}, 0 black to 1 white. `find` gives places,
// {row, column, size, p}: the middle, the longer side, and the probabilities of ten digits, nothing and another sign.
import { largest, predict } from "../inference/network.mjs";
import { paperOf } from "../inference/border-and-paper.mjs";
import { cut } from "../inference/resample.mjs";
import { far, find } from "./finder.mjs";

const LARGEST = 400; // pixels of a picture's longer side while it is read
const WHICH = 0.7; // what the robust network's answer counts for; the rest is the finder's
const SURE = 0.45; // the probability that a digit needs to be read
const SECOND = 0.5; // … and that makes another digit one of several
const BESIDE = 0.4; // how far apart two digits are, in parts of the larger, at least
const BOX = 20; // pixels of a digit's longer side in MNIST's form

const best = ({ p }) => Math.max(...p.slice(0, 10));

/** The value below which a part of sorted values lies. */
function quantile(sorted, part) {
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

/** Cut a place out and let both networks say what it is: ten digits, or none. */
function which(robust, grey, { row, column, size, p }) {
  const step = size / BOX;
  const { values } = cut(grey, row - 14 * step, column - 14 * step, step, [28, 28], paperOf(grey));
  const sorted = values.slice().sort();
  const [darkest, brightest] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  const view = values.map((v) => Math.min(1, Math.max(0, (v - darkest) / Math.max(brightest - darkest, 1e-6))));
  const [one, other] = [view, view.map((v) => 1 - v)].map((shown) => predict(robust, shown));
  const digits = p.slice(0, 10);
  const where = [...digits, 1 - digits.reduce((a, b) => a + b, 0)];
  return where.map((v, i) => (WHICH * (one[i] + other[i])) / 2 + (1 - WHICH) * v);
}

/** The first place, and those of digits beside it that are about as large. */
function beside([first, ...others]) {
  return [first, ...others.filter((place) => {
    const [smaller, larger] = [place.size, first.size].sort((a, b) => a - b);
    return best(place) > SECOND && far(place, first) > BESIDE * larger && larger < 2 * smaller;
  })];
}

/** What is read: `{digit (null: none, or several), answer (eleven), boxes}`; null if nothing stands there. */
export function read(finder, robust, picture) {
  const scale = Math.max(1, Math.max(picture.height, picture.width) / LARGEST);
  const shape = [picture.height, picture.width].map((n) => Math.ceil(n / scale));
  const grey = scale > 1 ? cut(picture, 0, 0, scale, shape, paperOf(picture)) : picture;
  const places = find(finder, grey).sort((a, b) => best(b) - best(a));
  if (!places.length) return null;
  const answer = which(robust, grey, places[0]);
  const digit = largest(answer.slice(0, 10));
  const boxes = beside(places).map(({ row, column, size, p }) => ({
    digit: largest(p.slice(0, 10)), row: scale * row, column: scale * column, size: scale * size,
  }));
  return { digit: answer[digit] < SURE || boxes.length > 1 ? null : digit, answer, boxes };
}

/** What a network that cannot refuse says of a prepared picture, in the same form. */
export function readPrepared(network, values) {
  const answer = Array.from(predict(network, values));
  return { digit: largest(answer), answer, boxes: [] };
}
