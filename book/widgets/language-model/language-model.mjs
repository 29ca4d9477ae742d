// Type a beginning; the chapter's language model continues it, and shows where it looks.
import { Figure } from "../shared/figure.mjs";
import { button, h, percent, select, shares } from "../shared/elements-and-numbers.mjs";
import { slider } from "../shared/slider-and-dragging.mjs";
import { draw, encode, forward, readLanguage, withTemperature } from "./transformer.mjs";

const SHOWN = 6;
const AT_ONCE = 40;
const MOST = 400;
const DARKEST = 35; // per cent of the colour behind a letter: it must stay legible
const visible = (character) => ({ " ": "space", "\n": "new line" })[character] ?? character;

class Language extends Figure {
  label = "A small language model";
  #network;
  #temperature = 0.7;
  #running = false;
  #parts = {};

  async render() {
    this.#network = readLanguage(await this.artifact("network"));
    const p = this.#parts;
    p.text = h("textarea", { rows: 4, maxlength: MOST, spellcheck: "false", onInput: () => this.#update() });
    p.text.value = "The network ";
    p.one = button("One letter", () => this.#running || this.#write(1));
    p.more = button(`${AT_ONCE} letters`, () => (this.#running ? (this.#running = false) : this.#write(AT_ONCE)));
    const { blocks, tensors } = this.#network;
    const count = tensors["block_1.query.kernel"].shape[1];
    const heads = Array.from({ length: blocks * count }, (_, i) => [i, `block ${1 + Math.floor(i / count)}, head ${1 + (i % count)}`]);
    p.head = select([["", "all heads, mean"], ...heads], "", () => this.#update());
    p.temperature = slider({
      label: "temperature", min: 0, max: 2, step: 0.1, digits: 1, value: this.#temperature,
      onInput: (v) => { this.#temperature = v; this.#update(); },
    });
    p.looks = h("p", { class: "looks" });
    p.bars = h("div", { class: "full" });
    this.#update();
    return h("div", { class: "columns" },
      h("div", {},
        h("label", { class: "beginning" }, "Your beginning", p.text), p.temperature,
        h("div", { class: "row" }, p.one, p.more, button("Clear", () => { p.text.value = ""; this.#update(); p.text.focus(); }))),
      h("div", {}, p.bars, h("p", { class: "title" }, "Where it looks: the bluer, the more"), p.looks, h("label", {}, "Attention of", p.head)));
  }

  async #write(n) {
    const p = this.#parts;
    this.#running = true;
    if (n > 1) {
      p.more.textContent = "Stop";
      this.announce("\u00a0"); // what was said holds no longer
    }
    for (let i = 0; i < n && this.#running && this.isConnected; i++) {
      const codes = encode(this.#network, p.text.value);
      if (!codes.length || p.text.value.length >= MOST) break;
      const probabilities = withTemperature(forward(this.#network, codes).logits, this.#temperature);
      p.text.value += this.#network.alphabet[draw(probabilities, Math.random())];
      this.#update();
      if (n > 1) await new Promise((done) => setTimeout(done, 30));
    }
    this.#running = false;
    p.more.textContent = `${AT_ONCE} letters`;
  }

  #update() {
    const p = this.#parts;
    const codes = encode(this.#network, p.text.value);
    const unknown = [...new Set(p.text.value)].filter((c) => !this.#network.alphabet.includes(c)).join(", ");
    const leftOut = unknown && `Not in its alphabet, so left out: ${unknown}. `;
    p.one.disabled = p.more.disabled = !codes.length || p.text.value.length >= MOST;
    if (!codes.length) {
      p.bars.replaceChildren();
      p.looks.replaceChildren();
      return this.announce(`${leftOut}Type a letter, for instance a T.`);
    }
    // attention[block][head][place]: how much the last place takes from each
    const { logits, attention } = forward(this.#network, codes);
    const probabilities = withTemperature(logits, this.#temperature);
    const best = probabilities.map((share, i) => [share, i]).sort((a, b) => b[0] - a[0]).slice(0, SHOWN);
    const { alphabet, context } = this.#network;
    p.bars.replaceChildren(shares("What comes next?", best.map(([share, i]) => [visible(alphabet[i]), share]), { digits: 0 }));
    const all = attention.flat();
    const chosen = p.head.value === "" ? all[0].map((_, j) => all.reduce((sum, look) => sum + look[j] / all.length, 0)) : all[p.head.value];
    const strongest = Math.max(...chosen);
    p.looks.replaceChildren(...codes.slice(-context).map((code, j) => {
      const mark = h("mark", {}, alphabet[code] === "\n" ? "¶" : alphabet[code]);
      mark.style.setProperty("--share", `${Math.round((DARKEST * chosen[j]) / strongest)}%`);
      return mark;
    }));
    const at = codes.slice(-context)[chosen.indexOf(strongest)];
    this.announce(`${leftOut}Likeliest: ${visible(alphabet[best[0][1]])}, ${percent(best[0][0], 0)}. It looks most at ${visible(alphabet[at])}.`);
  }
}

customElements.define("dl-language-model", Language);
