// Four sliders and the trained iris network; the flower moves in the scatter plot.
import { Figure } from "../shared/figure.mjs";
import { clamp, h, percent, select, set, shares } from "../shared/elements-and-numbers.mjs";
import { draggable, knob, put, slider } from "../shared/slider-and-dragging.mjs";
import { plane } from "../shared/plane.mjs";
import { readNetwork } from "../inference/weights-file.mjs";
import { FEATURES, classify, medians, ranges } from "./iris-network-core.mjs";

const SHAPES = [
  (x, y) => h("circle", { cx: x, cy: y, r: 4.5 }),
  (x, y) => h("path", { d: `M${x - 5} ${y + 4}H${x + 5}L${x} ${y - 5}Z` }),
  (x, y) => h("rect", { x: x - 4, y: y - 4, width: 8, height: 8 }),
];
const COLOURS = ["var(--plus)", "var(--minus)", "var(--good)"];

class IrisNetwork extends Figure {
  label = "The iris network, with four measurements to set";
  #network;
  #flowers;
  #lengths;
  #ranges;
  #axes = [2, 3];
  #parts = {};

  async render() {
    const [weights, flowers] = await Promise.all([this.artifact("network"), this.json("flowers")]);
    this.#network = readNetwork(weights);
    this.#flowers = flowers;
    this.#lengths = medians(this.#flowers.X);
    this.#ranges = ranges(this.#flowers.X);
    const p = this.#parts;
    p.sliders = FEATURES.map((label, i) =>
      slider({
        label: `${label} (cm)`, min: this.#ranges[i][0], max: this.#ranges[i][1], step: 0.1, digits: 1,
        value: this.#lengths[i],
        onInput: (v) => { this.#lengths[i] = v; this.#update(); },
      }),
    );
    p.plot = h("div", {});
    p.bars = h("div", {});
    const axis = (label, k) =>
      h("label", {}, label, select([...FEATURES.entries()], this.#axes[k], (feature) => {
        this.#axes[k] = Number(feature);
        this.#scatter();
      }));
    this.#scatter();
    return h(
      "div", { class: "columns" },
      h("div", { class: "measures" }, p.sliders, p.bars),
      h("div", { class: "spread" }, p.plot, h("div", {}, this.#legend(), h("div", { class: "row" }, axis("Across", 0), axis("Up", 1)))),
    );
  }

  #legend() {
    const entry = (name, i) =>
      h("span", {}, h("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true", fill: COLOURS[i], class: "inline" }, SHAPES[i](7, 7)), ` ${name}`);
    return h("p", { class: "row note" }, this.#flowers.species.map(entry), h("span", {}, "◯ your flower (drag it)"));
  }

  #scatter() {
    const [i, j] = this.#axes;
    const ends = ([from, to]) => [from, (from + to) / 2, to];
    const p = this.#parts;
    p.plane = plane({
      xRange: this.#ranges[i], yRange: this.#ranges[j], xLabel: `${FEATURES[i]} (cm)`, yLabel: `${FEATURES[j]} (cm)`,
      ticks: { x: ends(this.#ranges[i]), y: ends(this.#ranges[j]) },
    });
    const { svg, x, y, values } = p.plane;
    const groups = this.#flowers.species.map((_, s) => h("g", { fill: COLOURS[s], "fill-opacity": 0.75 }));
    this.#flowers.X.forEach((flower, k) => groups[this.#flowers.y[k]].append(SHAPES[this.#flowers.y[k]](x(flower[i]), y(flower[j]))));
    p.point = knob({ r: 11, fill: "var(--paper)", "fill-opacity": 0.4, stroke: "var(--ink)", "stroke-width": 3 });
    draggable(p.point, (event) => {
      values(event).forEach((v, k) => {
        const axis = this.#axes[k];
        this.#lengths[axis] = Math.round(10 * clamp(v, this.#ranges[axis])) / 10;
      });
      this.#update();
    });
    svg.append(...groups, p.point);
    p.plot.replaceChildren(svg);
    this.#update();
  }

  #update() {
    const p = this.#parts;
    const [i, j] = this.#axes;
    const { X, species: names } = this.#flowers;
    this.#lengths.forEach((v, k) => p.sliders[k].show(v));
    put(p.point, p.plane.x(this.#lengths[i]), p.plane.y(this.#lengths[j]));
    const { probabilities, species, nearest, nearestSpecies } = classify(this.#network, this.#flowers, this.#lengths);
    p.bars.replaceChildren(shares("The network’s answer", names.map((name, k) => [name, probabilities[k]])));
    set(p.plane.svg, { "aria-label": `${FEATURES[j]} against ${FEATURES[i]} of ${X.length} irises; your flower is at ${this.#lengths[i]} and ${this.#lengths[j]} cm.` });
    this.announce(
      `${names[species]}, ${percent(probabilities[species])}. Nearest: ${X[nearest].map((v) => v.toFixed(1)).join(", ")} cm, a ${names[nearestSpecies]}.`,
    );
  }
}

customElements.define("dl-iris-network", IrisNetwork);
