// The digit pad: draw, choose or upload; the trained networks answer side by side.
import { Figure, h } from "../shared/figure.mjs";
import { Drawing } from "../shared/draw.mjs";
import { paint, readGrey } from "../shared/picture.mjs";
import { readNetwork } from "../inference/weights.mjs";
import { prepare } from "./digit-pad-core.mjs";
import { why } from "./familiar.mjs";
import { read, readPrepared } from "./reading.mjs";

const FINDER = "finder.safetensors"; // says where a digit stands, and the robust network which it is
const ROBUST = "robust.safetensors";

const short = (name) => name.replace(/\.safetensors$/, "");
const title = (name) => short(name).replace(/^./, (c) => c.toUpperCase());
/** "a 7", "no digit" or "several digits (4, 2)". */
const says = ({ digit, boxes }) => {
  if (digit !== null) return `${digit === 8 ? "an" : "a"} ${digit}`;
  const digits = [...boxes].sort((a, b) => a.column - b.column).map((box) => box.digit);
  return digits.length > 1 ? `several digits (${digits.join(", ")})` : "no digit";
};
const percent = (v) => `${(100 * v).toFixed(1)} %`;

class DigitPad extends Figure {
  label = "A pad for digits that the networks read";
  #networks = new Map();
  #samples;
  #drawing;
  #steps = { invert: false, centres: true };
  #parts = {};
  #waiting = 0;
  #took = 0; // ms of the last reading

  async prepare() {
    const names = this.getAttribute("networks").split(" ");
    const [samples, ...files] = await Promise.all([
      this.json(this.getAttribute("samples")),
      ...names.map((name) => this.artifact(name)),
    ]);
    this.#samples = samples.items;
    names.forEach((name, i) => this.#networks.set(name, readNetwork(files[i])));
  }

  render() {
    this.#drawing = new Drawing(() => this.#soon(), (text) => this.announce(text));
    const p = this.#parts;
    p.steps = h("div", { class: "row steps" });
    p.answers = h("div", { class: "cards", tabindex: -1 });
    p.time = h("p", { class: "note" });
    p.places = h("div", { class: "places", "aria-hidden": "true" });
    return h(
      "div", { class: "pad" },
      h("div", { class: "columns" }, h("div", {}, h("div", { class: "sheet-and-places" }, this.#drawing.canvas, p.places), this.#tools()), h("div", {}, this.#switches(), p.steps)),
      h("div", {}, p.answers, this.#others(), p.time),
    );
  }

  ready() {
    this.announce("Draw a digit, choose a sample or upload a picture.");
    this.#read();
  }

  #tools() {
    const kinds = [["black on white", false], ["white on black", true]].map(([text, light]) =>
      h("label", {}, h("input", { type: "radio", name: "paper", checked: light === this.#drawing.light, onChange: () => {
        this.#drawing.light = light;
        this.#clear();
      } }), text),
    );
    const sample = h("select", { onChange: () => {
      const chosen = this.#samples[sample.value];
      if (chosen) this.#show({ height: chosen.pixels.length, width: chosen.pixels[0].length, values: Float32Array.from(chosen.pixels.flat()) });
    } }, h("option", { value: "" }, "choose…"), this.#samples.map(({ name }, i) => h("option", { value: i }, name)));
    this.#parts.sample = sample;
    const file = h("input", { type: "file", accept: "image/*", class: "hidden", onChange: () => this.#open(file.files[0]) });
    this.#parts.file = file;
    return [
      h("fieldset", { class: "row" }, h("legend", { class: "hidden" }, "Paper"), kinds),
      h("div", { class: "row" },
        h("button", { type: "button", onClick: () => this.#clear() }, "Clear"),
        h("label", { class: "file" }, "Upload a picture", file),
        h("label", {}, "Sample", sample)),
      h("p", { class: "note" }, "What you draw or upload stays in your browser."),
    ];
  }

  #switches() {
    const box = (text, key) =>
      h("label", {}, h("input", { type: "checkbox", checked: this.#steps[key], onChange: ({ target }) => {
        this.#steps[key] = target.checked;
        this.#read();
      } }), text);
    return h("fieldset", {}, h("legend", {}, "Preparation by rules (the robust network needs none)"),
      box("make the ink white on black", "invert"), h("br"), box("fit into 20 × 20 and centre", "centres"));
  }

  /** The networks that come only when asked for. */
  #others() {
    const names = this.getAttribute("later")?.split(" ").filter(Boolean) ?? [];
    if (!names.length) return null;
    const which = `the ${names.filter((name) => name !== FINDER).map(short).join(" and the ")} network`;
    const button = h("button", { type: "button", onClick: async () => {
      const held = this.shadowRoot.activeElement === button;
      button.disabled = true;
      try {
        const files = await Promise.all(names.map((name) => this.artifact(name)));
        names.forEach((name, i) => this.#networks.set(name, readNetwork(files[i])));
        button.remove();
        this.#read();
        if (held) this.#parts.answers.focus({ preventScroll: true }); // what was asked for
      } catch {
        button.disabled = false;
        this.announce(`Could not load ${which}. Try again.`);
      }
    } }, `Ask ${which} too (${this.dataset.later})`);
    return button;
  }

  async #open(blob) {
    if (!blob) return;
    try {
      this.#show(await readGrey(blob, 280));
    } catch {
      this.announce(`${blob.name} is not a picture that this browser can read.`);
    }
  }

  #show(picture) {
    this.#drawing.show(picture);
    this.#read();
  }

  #clear() {
    this.#drawing.clear();
    this.#parts.sample.value = this.#parts.file.value = "";
    this.#read();
  }

  /** Read while the pen moves, but leave most of the time to the pen. */
  #soon() {
    this.#waiting ||= setTimeout(() => {
      this.#waiting = 0;
      const start = performance.now();
      this.#read();
      this.#took = performance.now() - start;
    }, Math.min(300, 2 * this.#took));
  }

  #read() {
    const p = this.#parts;
    const names = [...this.#networks.keys()].filter((name) => name !== FINDER);
    p.places.replaceChildren();
    if (this.#drawing.empty) {
      p.steps.replaceChildren(h("p", { class: "note" }, "The steps will be shown here."));
      p.answers.replaceChildren(...names.map((name) => this.#card(name, null)));
      p.time.textContent = "";
      return;
    }
    const { height, width, values } = this.#drawing.picture;
    const grey = { height, width, values: values.map((v) => v / 255) };
    const prepared = prepare(grey, this.#steps);
    p.steps.replaceChildren(...(prepared?.steps ?? []).map(({ name, picture }) => {
      const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
      paint(canvas, picture, (v) => 255 * v);
      canvas.style.cssText = `width:${Math.min(84, 3 * picture.width)}px;border:1px solid`;
      return h("figure", {}, canvas, h("figcaption", {}, name));
    }));
    const start = performance.now();
    const readings = names.map((name) => [name, this.#ask(name, grey, prepared)]);
    const each = (performance.now() - start) / names.length;
    p.answers.replaceChildren(...readings.map(([name, reading]) => this.#card(name, reading, why(short(name), prepared?.dark, this.#steps))));
    p.time.textContent = `${each.toFixed(0)} ms a network, in your browser.`;
    this.dataset.ms = each.toFixed(2);
    this.announce(readings.map(([name, reading]) => `${title(name)}: ${says(reading)}, ${percent(reading.confidence)}`).join("; ") + ".");
    for (const { row, column, size } of readings.flatMap(([, { boxes }]) => boxes)) {
      const [top, left, side] = [row - 0.6 * size, column - 0.6 * size, 1.2 * size].map((v) => `${(100 * v) / height}%`);
      const place = h("div", {});
      Object.assign(place.style, { top, left, width: side, height: side }); // the policy forbids the attribute
      p.places.append(place);
    }
  }

  /** What a network reads: the robust one in the picture, the others in what the rules made of it. */
  #ask(name, grey, prepared) {
    const nothing = { digit: null, confidence: 1, answer: Array(11).fill(0), boxes: [] };
    if (name === ROBUST) return read(this.#networks.get(FINDER), this.#networks.get(name), grey) ?? nothing;
    return prepared ? readPrepared(this.#networks.get(name), prepared.values) : nothing;
  }

  #card(name, reading, reason = "") {
    const labels = name === ROBUST ? [..."0123456789", "none"] : [..."0123456789"];
    const rows = labels.map((label, i) => {
      const v = reading?.answer[i] ?? 0;
      return h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, h("meter", { min: 0, max: 1, value: v, "aria-label": `${title(name)}: ${label}` })), h("td", {}, percent(v)));
    });
    const verdict = reading ? says(reading) : "nothing to read yet";
    const table = h("table", { "data-network": name, "data-digit": reading ? String(reading.digit ?? "none") : "" },
      h("caption", {}, `${title(name)}: ${verdict}`), h("tbody", {}, rows));
    return h("div", {}, table, h("p", { class: "note" }, reason));
  }
}

customElements.define("dl-digit-pad", DigitPad);
