// The digit pad: draw, choose or upload; the trained networks answer side by side.
import { Figure, h } from "../shared/figure.mjs";
import { Drawing } from "../shared/draw.mjs";
import { paint, readGrey } from "../shared/picture.mjs";
import { readNetwork } from "../inference/weights.mjs";
import { lookAgain } from "./closer.mjs";
import { prepare } from "./digit-pad-core.mjs";
import { read } from "./verdict.mjs";
import { why } from "./familiar.mjs";

const short = (name) => name.replace(/\.safetensors$/, "");
const title = (name) => short(name).replace(/^./, (c) => c.toUpperCase());
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
    return h(
      "div", { class: "pad" },
      h("div", { class: "columns" }, h("div", {}, this.#drawing.canvas, this.#tools()), h("div", {}, this.#switches(), p.steps)),
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
    return h("fieldset", {}, h("legend", {}, "MNIST’s preparation"),
      box("make the ink white on black", "invert"), h("br"), box("fit into 20 × 20 and centre", "centres"));
  }

  /** The networks that come only when asked for. */
  #others() {
    const names = this.getAttribute("later")?.split(" ").filter(Boolean) ?? [];
    if (!names.length) return null;
    const which = `the ${names.map(short).join(" and the ")} network`;
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
    this.#parts.sample.value = "";
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
    const prepared = this.#drawing.empty ? null : prepare(this.#drawing.picture, this.#steps, lookAgain);
    if (!prepared) {
      p.steps.replaceChildren(h("p", { class: "note" }, "The steps will be shown here."));
      p.answers.replaceChildren(...[...this.#networks.keys()].map((name) => this.#card(name, null)));
      p.time.textContent = "";
      return;
    }
    p.steps.replaceChildren(...prepared.steps.map(({ name, picture }) => {
      const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
      paint(canvas, picture, (v) => 255 * v);
      canvas.style.cssText = `width:${Math.min(84, 3 * picture.width)}px;border:1px solid`;
      return h("figure", {}, canvas, h("figcaption", {}, name));
    }));
    const start = performance.now();
    const answers = [...this.#networks].map(([name, network]) => [name, read(network, prepared)]);
    const each = (performance.now() - start) / answers.length;
    p.answers.replaceChildren(...answers.map(([name, found]) => this.#card(name, found, why(short(name), prepared.dark, this.#steps))));
    p.time.textContent = `${each.toFixed(0)} ms a network, in your browser.`;
    this.dataset.ms = each.toFixed(2);
    this.announce(answers.map(([name, { digit, confidence }]) => `${title(name)}: ${digit ?? "no digit"}, ${percent(confidence)}`).join("; ") + ".");
  }

  #card(name, found, reason = "") {
    const rows = Array.from({ length: 10 }, (_, d) => {
      const v = found?.probabilities[d] ?? 0;
      return h("tr", {}, h("th", { scope: "row" }, String(d)), h("td", {}, h("meter", { min: 0, max: 1, value: v, "aria-label": `${title(name)}: ${d}` })), h("td", {}, percent(v)));
    });
    const said = found ? (found.digit === null ? "no digit" : `${found.digit === 8 ? "an" : "a"} ${found.digit}`) : "nothing to read yet";
    const table = h("table", { "data-network": name, "data-digit": found ? String(found.digit ?? "none") : "" },
      h("caption", {}, `${title(name)}: ${said}`), h("tbody", {}, rows));
    return h("div", {}, table, h("p", { class: "note" }, reason));
  }
}

customElements.define("dl-digit-pad", DigitPad);
