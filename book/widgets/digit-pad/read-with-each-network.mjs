// Reads a picture with each of the pad's networks: in a worker, or in the page itself where there
// is none. No DOM.
import { resized, round } from "../inference/resample.mjs";
import { readNetwork } from "../inference/weights-file.mjs";
import { prepare } from "../inference/preprocessing-by-threshold.mjs";
import { read, readPrepared } from "./reader.mjs";

export const FINDER = "finder.safetensors"; // says where digits stand
export const ROBUST = "robust.safetensors"; // says which digit stands there, or that none does
const LARGEST = 1024; // pixels of a picture's longer side, as `dlcourse.digits.load_picture` has it
const SHOWN = 280; // … and while a step is shown

/** A picture of at most `longest` pixels: each is the mean of those that it replaces, row by row, then `finish`ed. */
function limit(picture, longest, finish = (one) => one) {
  const scale = longest / Math.max(picture.height, picture.width);
  if (scale >= 1) return picture;
  const [rows, columns] = [picture.height, picture.width].map((n) => Math.max(1, round(n * scale)));
  return finish(resized(finish(resized(picture, picture.height, columns, true)), rows, columns, true));
}

/** Whole numbers again, as a file holds them: the package shrinks before it divides by 255. */
const whole = (picture) => ({ ...picture, values: picture.values.map(Math.round) });

export class Networks {
  #networks = new Map();

  /** Take in the weights of a network. */
  add({ name, file }) {
    this.#networks.set(name, readNetwork(file));
  }

  /**
   * What each network reads in a picture of 0–255, and what `prepare` makes of it by three rules:
   * `{readings: [[name, reading]], steps: [{name, picture}], dark, ms}`. `rules`:
   * `{invert, centres}`, what the reader has ticked; `dark`: whether dark ink on light paper is
   * left; `ms`: the time of one network, on average.
   */
  answer({ picture, rules }) {
    const { height, width, values } = limit(picture, LARGEST, whole);
    const grey = { height, width, values: values.map((v) => v / 255) };
    const prepared = prepare(grey, rules);
    const names = [...this.#networks.keys()].filter((name) => name !== FINDER);
    const start = performance.now();
    const readings = names.map((name) => [name, this.#read(name, grey, prepared, picture.width / width)]);
    const ms = (performance.now() - start) / names.length;
    const steps = (prepared?.steps ?? []).map(({ name, picture }) => ({ name, picture: limit(picture, SHOWN) }));
    return { readings, steps, dark: prepared?.dark, ms };
  }

  /** What a network reads: the robust one in the picture, the others in what the rules made of it. */
  #read(name, grey, prepared, scale) {
    const network = this.#networks.get(name);
    const nothing = { digit: null, answer: [...Array(10).fill(0), 1], boxes: [] };
    if (name !== ROBUST) return prepared ? readPrepared(network, prepared.values) : nothing;
    const reading = read(this.#networks.get(FINDER), network, grey) ?? nothing;
    const boxes = reading.boxes.map((box) => ({ ...box, row: scale * box.row, column: scale * box.column, size: scale * box.size }));
    return { ...reading, boxes };
  }
}
