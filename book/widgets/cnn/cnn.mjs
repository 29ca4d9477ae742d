// Inside the convolutional network: filters, feature maps, pooling and probabilities.
import { Figure } from "../shared/figure.mjs";
import { button, h, percent, select, set, shares } from "../shared/elements-and-numbers.mjs";
import { DrawingPad } from "../shared/drawing-pad.mjs";
import { slider } from "../shared/slider-and-dragging.mjs";
import { ARROWS, onArrows } from "../shared/arrow-keys.mjs";
import { fromRows, layFrame, paint, pixelAt } from "../shared/read-and-paint-grey.mjs";
import { readNetwork } from "../inference/weights-file.mjs";
import { largest } from "../inference/network.mjs";
import { prepare } from "../inference/preprocessing-by-threshold.mjs";
import { channel, filter, layersOf } from "./cnn-core.mjs";
import { closeup } from "./closeup.mjs";
import { inspect } from "./closeup-core.mjs";
import { mosaic, placeIn, shownAt, walk } from "./mosaic-core.mjs";

const ACROSS = 8;

const NEXT = {
  relu: "; then ReLU: what is negative becomes 0",
  linear: "; then softmax makes probabilities of them",
  softmax: "; softmax has made probabilities of them",
};

/** What is drawn, 0 to 255, in MNIST's form, its ink made white if it is dark (`invert`); undefined without ink. */
const inForm = ({ height, width, values }) =>
  prepare({ height, width, values: Float32Array.from(values, (v) => v / 255) }, { invert: true, centres: true })?.values;

class Cnn extends Figure {
  label = "Inside the convolutional network";
  #network;
  #samples;
  #drawing;
  #given = null; // the pixels of the chosen sample, until somebody draws
  #filter = 0;
  #seen; // what `layersOf` gives: `layers`, each with its values and its title, and `probabilities`; unset without ink
  #picked = null; // the pixel of a map that is shown closely: its layer and its place there
  #frames = [];
  #parts = {};
  #waiting = 0;

  async render() {
    const [weights, samples] = await Promise.all([this.artifact("network"), this.json("samples")]);
    this.#network = readNetwork(weights);
    this.#samples = samples.items;
    this.#drawing = new DrawingPad(() => this.#soon(), (text) => this.announce(text));
    this.#drawing.light = true; // white on black, as MNIST's digits
    this.#drawing.clear();
    const p = this.#parts;
    const first = this.#network.layers[0].kernel.shape[3];
    const start = Math.max(0, this.#samples.findIndex(({ name }) => name.includes(this.getAttribute("start") ?? "")));
    p.sample = select(this.#samples.map(({ name }, i) => [i, name]), start, () => this.#choose());
    p.layers = h("div", { class: "layers" });
    p.filter = h("div", { class: "row one-filter" });
    p.closeup = h("div", {}, h("p", { class: "note" }, "Tap or click a pixel of any map (or use the arrow keys): how did it come about?"));
    p.title = h("p", { class: "title" });
    p.steps = h("div", { class: "row after", hidden: true }, Object.values(ARROWS).map((by, i) => h("button", { type: "button", "aria-label": ["left", "up", "down", "right"][i], onClick: () => this.#walk(this.#picked.index, by) }, "←↑↓→"[i])), p.title);
    p.pixel = h("div", { class: "pixel" }, p.steps, p.closeup);
    p.which = slider({
      label: "filter", min: 1, max: first, step: 1, digits: 0, value: 1,
      onInput: (v) => { this.#filter = v - 1; this.#showFilter(); },
    });
    const tools = h("div", { class: "row" }, h("label", {}, "Digit", p.sample), button("Clear and draw", () => {
      this.#drawing.clear();
      this.#drawn();
      this.#update();
    }));
    p.bars = h("div", {});
    const oneFilter = h("div", {}, h("p", { class: "title" }, "A filter of the first layer"), p.which, p.filter);
    this.#choose();
    return h("div", {}, h("div", { class: "columns inside" }, h("div", {}, this.#drawing.canvas, tools), p.bars, oneFilter), p.pixel, p.layers);
  }

  #choose() {
    const { pixels } = this.#samples[this.#parts.sample.value || 0];
    this.#drawing.show(fromRows(pixels));
    this.#given = pixels.flat().map((v) => v / 255);
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
    this.#seen = values && layersOf(this.#network, values);
    if (!values) {
      for (const part of [p.layers, p.filter, p.bars]) part.replaceChildren();
      p.pixel.hidden = true;
      this.announce("Draw a digit.");
      return;
    }
    // The focus must outlive the maps, which are drawn anew.
    const used = [...p.layers.querySelectorAll(".maps")].indexOf(this.shadowRoot?.activeElement);
    this.#frames = [];
    p.layers.replaceChildren(...this.#seen.layers.map((layer, index) => this.#layer(layer, index)));
    if (used >= 0) p.layers.querySelectorAll(".maps")[used]?.focus();
    this.#showBars();
    this.#showFilter();
    this.#showPixel();
  }

  #layer({ layer, title, size, shape, values, largest: most }, index) {
    const maps = shape.length === 3;
    const across = Math.min(maps ? ACROSS : 64, shape.at(-1));
    const canvas = h("canvas", { class: "pixels" });
    canvas.style.cssText = "width:100%;border:1px solid";
    const channels = maps && Array.from({ length: shape[2] }, (_, k) => channel({ shape, values }, k));
    paint(canvas, maps ? mosaic(channels, across, most) : inRows(values, across), (v) => (255 * v) / (most || 1));
    const lit = values.reduce((n, v) => n + (v > 0), 0);
    const words = `${title}. ${lit} of ${values.length} values are above zero.`;
    const activation = (layer?.kind !== "conv" || layer.activation === "relu") && NEXT[layer?.activation] || "";
    if (!maps) set(canvas, { role: "img", "aria-label": words });
    const shown = maps ? this.#maps(canvas, shape, index, words) : canvas;
    const width = maps ? "100%" : `min(100%, ${8 * across}px)`;
    Object.assign(shown.style, { width: maps && across === 1 ? "112px" : width, maxWidth: "36rem" });
    return h("div", { "data-layer": layer?.kind ?? "input" }, h("p", { class: "title" }, title), h("p", { class: "note" }, `${size}${activation}`), shown);
  }

  /** Maps that answer a click and the arrow keys. */
  #maps(canvas, shape, index, words) {
    const across = Math.min(ACROSS, shape[2]);
    const frame = h("div", { class: "frame", "aria-hidden": "true", hidden: true });
    this.#frames[index] = (place) => {
      const { row, column } = shownAt(shape, across, place);
      frame.hidden = false;
      layFrame(frame, canvas, row, column);
    };
    const onClick = (event) => {
      const pixel = pixelAt(canvas, event);
      const place = pixel && placeIn(shape, across, pixel);
      if (place) this.#pick(index, place);
    };
    set(canvas, { "aria-hidden": "true", onClick });
    const onKeydown = onArrows((by) => this.#walk(index, by));
    const label = `${words} Arrow keys walk through the pixels.`;
    return h("div", { class: "maps", tabindex: 0, role: "application", "aria-label": label, onKeydown }, canvas, frame);
  }

  /** A step from the picked pixel of a layer, or into the layer's middle. */
  #walk(index, by) {
    const { shape } = this.#seen.layers[index];
    const from = this.#picked?.index === index ? this.#picked.place : null;
    this.#pick(index, from ? walk(shape, Math.min(ACROSS, shape[2]), from, by) : { channel: 0, row: shape[0] >> 1, column: shape[1] >> 1 });
  }

  #pick(index, place) {
    this.#picked = { index, place };
    const title = this.#showPixel();
    if (title) this.announce(`${title}.`);
  }

  /** Show closely how the picked pixel came about. Returns its title. */
  #showPixel() {
    const { closeup: close, layers: shown, pixel, steps, title: titled } = this.#parts;
    pixel.hidden = false;
    for (const frame of this.shadowRoot?.querySelectorAll(".maps > .frame") ?? []) frame.hidden = true;
    if (!this.#picked) return "";
    const { index, place } = this.#picked;
    const { layers } = this.#seen;
    const seen = inspect(layers, index, place);
    this.#frames[index]?.(place);
    // Where the largest value came from: the window's corner, and the winner's place in it.
    if (seen.kind === "max_pool")
      this.#frames[index - 1]?.({ channel: place.channel, row: seen.top + seen.winner[0], column: seen.left + seen.winner[1] });
    const { title, node } = closeup(seen, layers[index].layer, place);
    const below = this.clientWidth < 1000 ? shown.querySelectorAll("[data-layer]")[index] : shown;
    const { top } = below.getBoundingClientRect();
    steps.hidden = false;
    titled.textContent = title;
    close.replaceChildren(node);
    if (pixel.previousElementSibling !== below) below.after(pixel); // where one looks
    scrollBy({ top: below.getBoundingClientRect().top - top, behavior: "instant" }); // what was tapped stays under the finger
    return title;
  }

  #showBars() {
    const { probabilities } = this.#seen;
    const names = this.#network.classes;
    this.#parts.bars.replaceChildren(shares("Probabilities", names.map((name, k) => [name, probabilities[k]]), { barFirst: true }));
    const best = largest(probabilities);
    this.announce(`The network says ${names[best]}, ${percent(probabilities[best])}.`);
  }

  #showFilter() {
    if (!this.#seen) return;
    const [input, map] = this.#seen.layers;
    const weights = filter(map.layer, 0, this.#filter);
    const strongest = weights.values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const show = (picture, shade, name, signs = "") => {
      const canvas = h("canvas", { class: "pixels", role: "img", "aria-label": name + signs });
      paint(canvas, picture, shade);
      canvas.style.border = "1px solid";
      return h("figure", {}, canvas, h("figcaption", {}, name, h("span", { class: "note" }, signs)));
    };
    this.#parts.filter.replaceChildren(
      show(channel(input, 0), (v) => 255 * v, "the picture"),
      show(weights, (v) => 127.5 * (1 + v / (strongest || 1)), `filter ${this.#filter + 1}`, " (white\u00a0+, black\u00a0−)"),
      show(channel(map, this.#filter), (v) => (255 * v) / (map.largest || 1), "its feature map"),
    );
  }
}

/** Values as a picture, filled up with zeros to whole rows. */
function inRows(values, width) {
  const height = Math.ceil(values.length / width);
  return { height, width, values: Float32Array.from({ length: height * width }, (_, i) => values[i] ?? 0) };
}

customElements.define("dl-cnn", Cnn);
