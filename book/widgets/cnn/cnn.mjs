// Inside the convolutional network: filters, feature maps, pooling and probabilities.
import { Figure, h, set } from "../shared/figure.mjs";
import { Drawing } from "../shared/draw.mjs";
import { slider } from "../shared/plane.mjs";
import { paint } from "../shared/picture.mjs";
import { readNetwork } from "../inference/weights.mjs";
import { largest } from "../inference/network.mjs";
import { prepare } from "../digit-pad/digit-pad-core.mjs";
import { channel, filter, look, mosaic } from "./cnn-core.mjs";

const ACROSS = 8;
const SIDE = 28;

const NEXT = {
  relu: "; then ReLU: what is negative becomes 0",
  linear: "; then softmax makes probabilities of them",
  softmax: "; softmax has made probabilities of them",
};

/** What is drawn, 0 to 255, in MNIST's form; undefined where there is no ink. */
const inForm = ({ height, width, values }) =>
  prepare({ height, width, values: Float32Array.from(values, (v) => v / 255) }, { invert: true, centres: true })?.values;

class Cnn extends Figure {
  label = "Inside the convolutional network";
  #network;
  #samples;
  #drawing;
  #given = null; // the pixels of the chosen sample, until somebody draws
  #filter = 0;
  #seen;
  #parts = {};
  #waiting = 0;

  async prepare() {
    const [weights, samples] = await Promise.all([
      this.artifact(this.getAttribute("network")),
      this.json(this.getAttribute("samples")),
    ]);
    this.#network = readNetwork(weights);
    this.#samples = samples.items;
  }

  render() {
    this.#drawing = new Drawing(() => this.#soon(), (text) => this.announce(text));
    this.#drawing.light = true;
    this.#drawing.clear();
    const p = this.#parts;
    const first = this.#network.layers[0].kernel.shape[3];
    p.sample = h("select", { onChange: () => this.#choose() }, this.#samples.map(({ name }, i) => h("option", { value: i }, name)));
    p.sample.value = Math.max(0, this.#samples.findIndex(({ name }) => name.includes(this.getAttribute("start") ?? "")));
    p.layers = h("div", { class: "layers" });
    p.close = h("div", { class: "row closely" });
    p.which = slider({
      label: "filter", min: 1, max: first, step: 1, digits: 0, value: 1,
      onInput: (v) => { this.#filter = v - 1; this.#showClose(); },
    });
    const tools = h("div", { class: "row" }, h("label", {}, "Digit", p.sample), h("button", { type: "button", onClick: () => {
      this.#drawing.clear();
      this.#drawn();
      this.#update();
    } }, "Clear and draw"));
    p.bars = h("div", {});
    const closely = h("div", {}, h("p", { class: "title" }, "One filter of the first layer, closely"), p.which, p.close);
    return h("div", {}, h("div", { class: "columns inside" }, h("div", {}, this.#drawing.canvas, tools), p.bars, closely), p.layers);
  }

  ready() {
    this.#choose();
  }

  #choose() {
    const { pixels } = this.#samples[this.#parts.sample.value || 0];
    const picture = { height: pixels.length, width: pixels[0].length, values: Float32Array.from(pixels.flat()) };
    this.#drawing.show(picture);
    const fits = picture.height === SIDE && picture.width === SIDE;
    this.#given = fits ? picture.values.map((v) => v / 255) : null;
    this.#update();
  }

  /** What stands there is no sample any more. */
  #drawn() {
    this.#given = null;
    this.#parts.sample.selectedIndex = -1;
  }

  #soon() {
    this.#drawn();
    this.#waiting ||= setTimeout(() => {
      this.#waiting = 0;
      this.#update();
    }, 100);
  }

  #update() {
    const p = this.#parts;
    // A sample goes in as it is; a drawing is brought to MNIST's form.
    const values = this.#given ?? (this.#drawing.empty ? null : inForm(this.#drawing.picture));
    this.#seen = values && look(this.#network, values);
    if (!values) {
      for (const part of [p.layers, p.close, p.bars]) part.replaceChildren();
      this.announce("Draw a digit.");
      return;
    }
    p.layers.replaceChildren(...this.#seen.layers.map((layer) => this.#layer(layer)));
    this.#showBars();
    this.#showClose();
  }

  #layer({ layer, title, size, shape, values, largest: most }) {
    const canvas = h("canvas", { class: "pixels", role: "img" });
    const shade = (v) => (255 * v) / (most || 1);
    const maps = shape.length === 3;
    const pictures = maps ? Array.from({ length: shape[2] }, (_, k) => channel({ shape, values }, k)) : null;
    if (maps) paint(canvas, mosaic(pictures, Math.min(ACROSS, shape[2]), most), shade);
    else paint(canvas, { height: Math.ceil(values.length / 64), width: Math.min(64, values.length), values: row(values, 64) }, shade);
    const width = maps && shape[2] === 1 ? "112px" : maps ? "100%" : `min(100%, ${8 * Math.min(64, values.length)}px)`;
    canvas.style.cssText = `width:${width};max-width:36rem;border:1px solid`;
    const lit = values.reduce((n, v) => n + (v > 0), 0);
    set(canvas, "aria-label", `${title}. ${lit} of ${values.length} values are above zero.`);
    const activation = (layer?.kind !== "conv" || layer.activation === "relu") && NEXT[layer?.activation] || "";
    return h("div", { "data-layer": layer?.kind ?? "input" }, h("p", { class: "title" }, title), h("p", { class: "note" }, `${size}${activation}`), canvas);
  }

  #showBars() {
    const { probabilities } = this.#seen;
    const names = this.#network.classes;
    const percent = (v) => `${(100 * v).toFixed(1)} %`;
    this.#parts.bars.replaceChildren(h("table", {}, h("caption", {}, "Probabilities"), h("tbody", {}, names.map((name, k) =>
      h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, h("meter", { min: 0, max: 1, value: probabilities[k], "aria-label": name })), h("td", {}, percent(probabilities[k])))))));
    const best = largest(probabilities);
    this.announce(`The network says ${names[best]}, ${percent(probabilities[best])}.`);
  }

  #showClose() {
    if (!this.#seen) return;
    const [input, map] = this.#seen.layers;
    const weights = filter(map.layer, 0, this.#filter);
    const reach = weights.values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const show = (picture, shade, name) => {
      const canvas = h("canvas", { class: "pixels", role: "img", "aria-label": name });
      paint(canvas, picture, shade);
      canvas.style.cssText = "width:112px;border:1px solid";
      return h("figure", {}, canvas, h("figcaption", {}, name));
    };
    this.#parts.close.replaceChildren(
      show(channel(input, 0), (v) => 255 * v, "the picture"),
      show(weights, (v) => 127.5 * (1 + v / (reach || 1)), `filter ${this.#filter + 1} (white +, black −)`),
      show(channel(map, this.#filter), (v) => (255 * v) / (map.largest || 1), "its feature map"),
    );
  }
}

/** Values filled up with zeros to whole rows. */
function row(values, width) {
  const out = new Float32Array(Math.ceil(values.length / width) * Math.min(width, values.length));
  out.set(values);
  return out;
}

customElements.define("dl-cnn", Cnn);
