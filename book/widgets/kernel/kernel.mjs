// An image kernel: edit it, see the whole picture change, and one pixel's sum written out.
import { Figure } from "../shared/figure.mjs";
import { clamp, h, minus, number, select, table } from "../shared/elements-and-numbers.mjs";
import { onArrows } from "../shared/arrow-keys.mjs";
import { layFrame, paint, pixelAt, readGrey } from "../shared/read-and-paint-grey.mjs";
import { KERNELS, apply, at, resized, turned } from "./kernel-core.mjs";

const LONGEST = 240;
const FIRST = "sharpen";
const EDGES = [["zero", "zeros beyond the edge"], ["mirror", "mirror at the edge"], ["valid", "valid (no edge)"]];
const short = (v) => (Number.isInteger(v) ? minus(v) : number(v, Math.abs(v) < 1 ? 3 : 1));

/** A photo in whole numbers from 0 to 255, as a screen shows it. */
async function readWhole(blob) {
  const photo = await readGrey(blob, LONGEST);
  return { ...photo, values: photo.values.map(Math.round) };
}

class Kernel extends Figure {
  label = "A kernel over a photo";
  #photo;
  #wanted; // the file that was chosen last
  #kernel;
  #edges = "zero";
  #flips = false;
  #pixel;
  #parts = {};

  async render() {
    this.#show(await readWhole(new Blob([await this.artifact("photo")])));
    const p = this.#parts;
    p.grid = h("div", { class: "scroll" });
    p.work = h("div", { class: "row" });
    p.note = h("p", { class: "note" });
    const hint = "Photo. Arrow keys move the pixel, with Shift ten at a time.";
    const box = h(
      "div", { tabindex: 0, role: "application", "aria-label": hint, onKeydown: onArrows((by, event) => this.#walk(by, event)) },
      h("div", { class: "columns" }, this.#canvas("The photo", "before"), this.#canvas("After the kernel", "after")),
    );
    const controls = h("div", {}, this.#choices(), p.grid);
    this.#take(KERNELS[FIRST]);
    return h("div", { class: "beside before-after" }, controls, h("div", { class: "after" }, box, p.note, p.work));
  }

  #canvas(title, name) {
    const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
    const pick = (event) => {
      const position = pixelAt(canvas, event);
      if (!position) return;
      const margin = name === "after" && this.#edges === "valid" ? (this.#kernel.length - 1) / 2 : 0;
      this.#pixel = { row: position.row + margin, column: position.column + margin };
      this.#showPixel();
    };
    for (const type of ["pointermove", "pointerdown"]) canvas.addEventListener(type, pick);
    canvas.style.cssText = "width:100%;touch-action:pan-y;cursor:crosshair";
    const frame = h("div", { class: "frame", "aria-hidden": "true" });
    frame.style.cssText = "position:absolute;border:2px solid #d00;outline:1px solid #fff;pointer-events:none;min-width:8px;min-height:8px;transform:translate(-2px,-2px)";
    const holder = h("div", {}, canvas, frame);
    holder.style.cssText = "position:relative;overflow:hidden";
    this.#parts[name] = canvas;
    return h("figure", {}, h("figcaption", {}, title), holder);
  }

  #choices() {
    const choice = (label, options, chosen, onChange) =>
      h("label", { class: "stacked" }, label, select(options, chosen, onChange));
    const p = this.#parts;
    const names = Object.keys(KERNELS).map((name) => [name, name]);
    p.presets = choice("Kernel", [...names, ["own", "your own"]], FIRST, (name) => {
      if (KERNELS[name]) this.#take(KERNELS[name]);
    });
    p.size = choice("Size", [["3", "3 × 3"], ["5", "5 × 5"]], "3", (size) => {
      this.#take(resized(this.#kernel, Number(size)));
      p.presets.lastChild.value = "own";
    });
    const edges = choice("Edges", EDGES, this.#edges, (name) => {
      this.#edges = name;
      this.#update();
    });
    const operations = [["no", "cross-correlation (as laid)"], ["yes", "convolution (turned by 180°)"]];
    const operation = choice("Operation", operations, "no", (turns) => {
      this.#flips = turns === "yes";
      this.#update();
    });
    const file = h("input", { type: "file", accept: "image/*", class: "hidden", onChange: () => this.#open(file.files[0]) });
    const upload = h("label", { class: "file" }, "Your own photo", file);
    return h("div", { class: "row" }, p.presets, p.size, edges, operation, upload, h("span", { class: "note" }, "Your photo never leaves your browser."));
  }

  async #open(blob) {
    if (!blob) return;
    this.#wanted = blob;
    try {
      const photo = await readWhole(blob);
      // A later photo may have been quicker.
      if (this.#wanted !== blob) return;
      this.#show(photo);
      this.#update();
    } catch {
      this.announce(`${blob.name} is not a picture that this browser can read.`);
    }
  }

  #show(photo) {
    this.#photo = photo;
    this.#pixel = { row: photo.height >> 1, column: photo.width >> 1 };
  }

  #take(kernel) {
    this.#kernel = kernel;
    this.#showKernel();
    this.#update();
  }

  #showKernel() {
    const edit = (y, x) => ({ target }) => {
      if (target.value === "" || !Number.isFinite(Number(target.value))) return;
      this.#kernel = this.#kernel.map((row, i) => row.map((v, j) => (i === y && j === x ? Number(target.value) : v)));
      this.#parts.presets.lastChild.value = "own";
      this.#update();
    };
    const cell = (v, y, x) =>
      h("input", {
        type: "number", step: "any", value: Math.round(v * 1e4) / 1e4,
        "aria-label": `Kernel, row ${y + 1}, column ${x + 1}`, onInput: edit(y, x),
      });
    this.#parts.size.lastChild.value = String(this.#kernel.length);
    this.#parts.grid.replaceChildren(
      table("The kernel (change any number)", this.#kernel.map((row, y) => row.map((v, x) => cell(v, y, x)))),
    );
  }

  get #laid() {
    return this.#flips ? turned(this.#kernel) : this.#kernel;
  }

  #update() {
    const p = this.#parts;
    paint(p.before, this.#photo);
    const result = apply(this.#photo, this.#laid, this.#edges);
    // A kernel that adds up to nothing gives as much dark as bright: zero is shown as grey.
    const shift = Math.abs(this.#kernel.flat().reduce((a, b) => a + b, 0)) < 1e-6 ? 128 : 0;
    paint(p.after, result, (v) => v + shift);
    p.note.textContent =
      `Result: ${result.height} × ${result.width} pixels from ${this.#photo.height} × ${this.#photo.width}. ` +
      (shift ? "The kernel adds up to 0, so 0 is shown as middle grey." : "Below 0 is shown black, above 255 white.");
    this.#showPixel();
  }

  #walk([down, right], { shiftKey }) {
    const far = shiftKey ? 10 : 1;
    const { row, column } = this.#pixel;
    const within = (v, n) => clamp(v, [0, n - 1]);
    this.#pixel = { row: within(row + far * down, this.#photo.height), column: within(column + far * right, this.#photo.width) };
    this.#showPixel();
  }

  #showPixel() {
    const { row, column } = this.#pixel;
    this.#mark(row, column);
    const step = at(this.#photo, this.#laid, { row, column, edges: this.#edges });
    if (!step) {
      this.#parts.work.replaceChildren(h("p", {}, "Here the kernel would hang over the edge, so valid gives no pixel."));
      this.announce(`Row ${row}, column ${column}: no result.`);
      return;
    }
    const numbers = (title, rows) => table(title, rows.map((row) => row.map(short)));
    this.#parts.work.replaceChildren(
      numbers("Patch", step.patch), h("span", {}, "×"), numbers(this.#flips ? "Kernel, turned" : "Kernel", this.#laid),
      h("span", {}, "="), numbers("Products", step.products), h("strong", {}, `sum ${short(step.sum)}`),
    );
    this.announce(`Row ${row}, column ${column}: brightness ${this.#photo.values[row * this.#photo.width + column]} becomes ${short(step.sum)}.`);
  }

  /** Frame the patch in the photo and the pixel in the result. */
  #mark(row, column) {
    const { before, after } = this.#parts;
    const reach = (this.#kernel.length - 1) / 2;
    const margin = this.#edges === "valid" ? reach : 0;
    layFrame(before.nextSibling, before, row - reach, column - reach, this.#kernel.length);
    layFrame(after.nextSibling, after, row - margin, column - margin);
  }
}

customElements.define("dl-kernel", Kernel);
