// The digit pad: draw, choose or upload; the trained networks answer side by side.
// Attributes (../README.md): `networks`, `later` (on a second click), `samples`, `originals`. The build adds
// `data-later-size`, how much that click loads; we set `data-ms` for tests of speed.
import { Figure } from "../shared/figure.mjs";
import { button, h, percent, select, set, shares, unbroken } from "../shared/elements-and-numbers.mjs";
import { DrawingPad } from "../shared/drawing-pad.mjs";
import { fromRows, layFrame, paint, readGrey } from "../shared/read-and-paint-grey.mjs";
import { FINDER, ROBUST } from "./read-with-each-network.mjs";
import { WorkerClient } from "./worker-client.mjs";
import { learntFrom } from "./note-on-training-data.mjs";

// FINDER only says where digits stand, for ROBUST, which says which digit stands there, or that none does. A reading:
// `{digit (null: none, or several), answer (probabilities), boxes: [{digit, row, column, size}]}`.
const LARGEST = 4096; // pixels of an uploaded picture's longer side

const short = (name) => name.replace(/\.safetensors$/, "");
const title = (name) => short(name).replace(/^./, (c) => c.toUpperCase());
/** "a 7", "no digit" or "several digits (4, 2)". */
const says = ({ digit, boxes }) => {
  if (digit !== null) return `${digit === 8 ? "an" : "a"} ${digit}`;
  const digits = [...boxes].sort((a, b) => a.column - b.column).map((box) => box.digit);
  return digits.length > 1 ? `several digits (${digits.join(", ")})` : "no digit";
};
/** How probable the verdict is, on the scale of the table below it. */
const sure = ({ digit, boxes, answer }) => {
  if (digit !== null) return `, ${percent(answer[digit])}`;
  return boxes.length > 1 ? "" : ` (none: ${percent(answer[10])})`;
};

class DigitPad extends Figure {
  label = "A pad for digits that the networks read";
  #names = [];
  #client;
  #samples;
  #drawing;
  #size = { height: 1, width: 1 }; // of the picture that is being read
  #rules = { invert: false, centres: true };
  #parts = {};

  async render() {
    const names = this.getAttribute("networks").split(" ");
    const [samples, files] = await Promise.all([this.json("samples"), this.#load(names)]);
    this.#samples = samples.items;
    const failed = () => this.announce("The networks cannot read here. Load the page again, or try another browser.");
    this.#client = new WorkerClient((answer) => this.#show(answer), failed);
    this.#addNetworks(names, files);
    this.#drawing = new DrawingPad(() => this.#drawn(), (text) => this.announce(text));
    const p = this.#parts;
    p.steps = h("div", { class: "row steps" });
    p.answers = h("div", { class: "cards", tabindex: -1 });
    p.time = h("p", { class: "note" });
    p.places = h("div", { class: "places", "aria-hidden": "true" });
    const tools = this.#tools();
    this.#read();
    return h(
      "div", { class: "pad" },
      h("div", { class: "columns" }, h("div", {}, h("div", { class: "sheet-and-places" }, this.#drawing.canvas, p.places), tools), h("div", {}, this.#switches(), p.steps)),
      h("div", {}, p.answers, this.#others(), p.time),
    );
  }

  #load(names) {
    return Promise.all(names.map((name) => this.artifact("networks", name)));
  }

  #addNetworks(names, files) {
    names.forEach((name, i) => this.#client.add(name, files[i]));
    this.#names.push(...names.filter((name) => name !== FINDER));
  }

  #tools() {
    const kinds = [["black on white", false], ["white on black", true]].map(([text, light]) =>
      h("label", {}, h("input", { type: "radio", name: "paper", checked: light === this.#drawing.light, onChange: () => {
        this.#drawing.light = light;
        this.#clear();
      } }), text),
    );
    const samples = this.#samples.map(({ name }, i) => [i, name]);
    const sample = (this.#parts.sample = select([["", "choose…"], ...samples], "", (i) => {
      if (i) this.#choose(this.#samples[i]);
    }));
    const file = h("input", { type: "file", accept: "image/*", class: "hidden", onChange: () => this.#open(file.files[0]) });
    this.#parts.file = file;
    return [
      h("fieldset", { class: "row" }, h("legend", { class: "hidden" }, "Paper"), kinds),
      h("div", { class: "row" },
        button("Clear", () => this.#clear()),
        h("label", { class: "file" }, "Upload a picture", file),
        h("label", {}, "Sample", sample)),
      h("p", { class: "note" }, "What you draw or upload stays in your browser."),
    ];
  }

  #switches() {
    const box = (text, key) =>
      h("label", {}, h("input", { type: "checkbox", checked: this.#rules[key], onChange: ({ target }) => {
        this.#rules[key] = target.checked;
        this.#read();
      } }), text);
    return h("fieldset", {}, h("legend", {}, "Preparation by rules ", h("span", { class: "note" }, "(the robust network needs none)")),
      box("make the ink white on black", "invert"), h("br"), box("fit into 20\u00a0×\u00a020 and centre", "centres"));
  }

  /** The networks that come only when asked for. */
  #others() {
    const names = this.getAttribute("later")?.split(" ").filter(Boolean) ?? [];
    if (!names.length) return null;
    const which = `the ${names.filter((name) => name !== FINDER).map(short).join(" and the ")} network`;
    const ask = button(`Ask ${which} too (${this.dataset.laterSize})`, async () => {
      const held = this.shadowRoot.activeElement === ask;
      ask.disabled = true;
      try {
        this.#addNetworks(names, await this.#load(names));
        ask.remove();
        this.#read();
        if (held) this.#parts.answers.focus({ preventScroll: true }); // what was asked for
      } catch {
        ask.disabled = false;
        this.announce(`Could not load ${which}. Try again.`);
      }
    });
    return ask;
  }

  #open(blob) {
    const p = this.#parts;
    if (!blob) return;
    p.sample.value = "";
    this.#lay(() => blob, () => p.file.files[0] === blob, `${blob.name} is not a picture that this browser can read.`);
  }

  /** Lay a sample on the sheet: the picture itself where there is one, as `reader.read` reads it. */
  #choose({ original, pixels }) {
    const p = this.#parts;
    const chosen = p.sample.value;
    p.file.value = "";
    if (!original) return this.#put(fromRows(pixels));
    const load = async () => new Blob([Uint8Array.from(atob((await this.json("originals"))[original]), (c) => c.charCodeAt(0))]);
    this.#lay(load, () => p.sample.value === chosen, "Could not load this picture. Try again.");
  }

  /** Lay a picture on the sheet, or say what went wrong and leave nothing of what was read before; neither if it is
   * not wanted any more. */
  async #lay(load, isWanted, trouble) {
    try {
      const picture = await readGrey(await load(), LARGEST);
      if (isWanted()) this.#put(picture);
    } catch {
      if (!isWanted()) return;
      this.#clear();
      this.announce(trouble);
    }
  }

  #put(picture) {
    this.#drawing.show(picture);
    this.#read();
  }

  #clear() {
    this.#drawing.clear();
    this.#drawn();
  }

  /** Read what is no sample or upload any more, also if one is still on its way. */
  #drawn() {
    this.#parts.sample.value = this.#parts.file.value = "";
    this.#read();
  }

  #read() {
    const p = this.#parts;
    if (!this.#drawing.empty) {
      // Called when the networks are free: while they read, only the newest question waits.
      this.#client.ask(() => {
        const { picture } = this.#drawing;
        this.#size = { height: picture.height, width: picture.width };
        return { picture, rules: this.#rules };
      });
      return;
    }
    this.#client.forget();
    p.places.replaceChildren();
    p.steps.replaceChildren(h("p", { class: "note" }, "The steps will be shown here."));
    p.answers.replaceChildren(...this.#names.map((name) => this.#card(name, null)));
    p.time.textContent = "";
    delete this.dataset.ms;
    this.announce("Draw a digit, choose a sample or upload a picture.");
  }

  /** Show an answer: each network's reading, the steps of the preparation, and the time. `dark` says whether it left
   * dark ink on light paper; each card's note says whether its network has learnt from such pictures. */
  #show({ readings, steps, dark, ms }) {
    const p = this.#parts;
    p.steps.replaceChildren(...steps.map(({ name, picture }) => {
      const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
      paint(canvas, picture, (v) => 255 * v);
      canvas.style.cssText = `width:${Math.min(84, 3 * picture.width)}px;border:1px solid`;
      return h("figure", {}, canvas, h("figcaption", {}, unbroken(name)));
    }));
    p.answers.replaceChildren(...readings.map(([name, reading]) => this.#card(name, reading, learntFrom(short(name), dark, this.#rules))));
    p.time.textContent = `${ms.toFixed(0)} ms a network, in your browser.`;
    this.dataset.ms = ms.toFixed(2);
    this.announce(readings.map(([name, reading]) => `${title(name)}: ${says(reading)}${sure(reading)}`).join("; ") + ".");
    p.places.replaceChildren(...readings.flatMap(([, { boxes }]) => boxes).map((box) => this.#place(box)));
  }

  /** The frame around a digit, where the sheet shows it. */
  #place({ row, column, size }) {
    const { height, width } = this.#size;
    const longer = Math.max(height, width);
    const [top, left] = [row - 0.6 * size + (longer - height) / 2, column - 0.6 * size + (longer - width) / 2];
    const place = h("div", {});
    layFrame(place, { height: longer, width: longer }, top, left, 1.2 * size);
    return place;
  }

  #card(name, reading, reason = "") {
    const labels = name === ROBUST ? [..."0123456789", "none"] : [..."0123456789"];
    const rows = labels.map((label, i) => [label, reading?.answer[i] ?? 0, `${title(name)}: ${label}`]);
    const verdict = reading ? says(reading) : "nothing to read yet";
    const table = shares(`${title(name)}: ${verdict}`, rows, { barFirst: true });
    set(table, { "data-network": name, "data-digit": reading ? String(reading.digit ?? "none") : "" });
    return h("div", {}, table, h("p", { class: "note" }, reason));
  }
}

customElements.define("dl-digit-pad", DigitPad);
