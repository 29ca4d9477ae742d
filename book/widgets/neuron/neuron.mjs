// The neuron: turn its inputs, weights and bias; see sum, output and the line in the plane.
import { Figure } from "../shared/figure.mjs";
import { clamp, h, number, select, set } from "../shared/elements-and-numbers.mjs";
import { draggable, knob, put, slider } from "../shared/slider-and-dragging.mjs";
import { plane } from "../shared/plane.mjs";
import { ACTIVATIONS } from "../shared/activations.mjs";
import { PAIRS, TARGETS, biasThrough, decisionLine, fire, positiveSide, rightAbout } from "./neuron-core.mjs";

const REACH = 3;
const WIDEST = 6; // of the sums on the activation's curve
const NAMES = { step: "step", sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU", linear: "none (linear)" };
const rounded = (v) => Math.round(clamp(v, [-REACH, REACH]) * 100) / 100;

class Neuron extends Figure {
  label = "A neuron with two inputs";
  #state;
  #sliders = []; // each as a function that shows its value
  #parts = {};
  #best = {}; // the most pairs that were right, for each target

  render() {
    const x = (this.getAttribute("inputs") ?? "1 0.5").split(" ").map(Number);
    this.#state = { x, w: [0.8, -1.2], b: [0.3], activation: this.getAttribute("activation") ?? "sigmoid", target: "none" };
    const svg = this.#plane(); // first: it makes the parts
    this.#parts.sum = h("p", {});
    const [controls, curve] = [h("div", {}, this.#controls()), h("div", {}, this.#parts.sum, this.#curve())];
    this.#update();
    return h("div", { class: "columns neuron" }, svg, h("div", { class: "spread" }, controls, curve));
  }

  #plane() {
    const ticks = { x: [-3, 0, 3], y: [-3, 0, 3] };
    const { svg, x, y, values } = plane({
      xRange: [-REACH, REACH], yRange: [-REACH, REACH], xLabel: "input x₁", yLabel: "input x₂", ticks,
    });
    const parts = {
      svg, x, y,
      side: h("polygon", { fill: "var(--plus)", "fill-opacity": 0.16 }),
      line: h("line", { stroke: "var(--ink)", "stroke-width": 2.5 }),
      grip: h("line", { stroke: "transparent", "stroke-width": 24, class: "grip" }),
      arrow: h("path", { fill: "none", stroke: "var(--minus)", "stroke-width": 3 }),
      tip: knob({ r: 9, fill: "var(--minus)", stroke: "var(--paper)", "stroke-width": 2 }),
      point: knob({ r: 11, fill: "var(--plus)", stroke: "var(--paper)", "stroke-width": 2 }),
      targets: PAIRS.map(([u, v]) => h("g", { "pointer-events": "none" },
        h("circle", { cx: x(u), cy: y(v), r: 7, stroke: "var(--ink)", "stroke-width": 2.5 }),
        h("path", { d: `M${x(u) - 11},${y(v) - 11}l22,22m0,-22l-22,22`, stroke: "var(--minus)", "stroke-width": 3 }))),
      names: [h("text", { class: "halo" }, "w"), h("text", { class: "halo" }, "x")],
    };
    const drag = (node, change) =>
      draggable(node, (event) => {
        change(values(event).map(rounded));
        this.#update();
      });
    drag(parts.point, (at) => (this.#state.x = at));
    drag(parts.tip, (at) => (this.#state.w = at));
    drag(parts.grip, (at) => (this.#state.b = [rounded(biasThrough(at, this.#state.w))]));
    svg.append(parts.side, parts.line, ...parts.targets, parts.arrow, parts.grip, parts.tip, parts.point, ...parts.names);
    this.#parts = parts;
    const help = "Drag the input x, the tip of the weights w, or the line (the bias). Target: filled points should be on the shaded side, hollow ones not.";
    return h("div", {}, svg, h("p", { class: "note" }, help));
  }

  #controls() {
    const make = (label, key, i) => {
      const onInput = (v) => {
        this.#state[key][i] = v;
        this.#update();
      };
      const made = slider({ label, min: -REACH, max: REACH, value: 0, onInput });
      this.#sliders.push(() => made.show(this.#state[key][i]));
      return made;
    };
    const choice = (label, key, options) => h("label", {}, label, select(options, this.#state[key], (name) => {
      this.#state[key] = name;
      this.#update();
    }));
    const targets = ["none", ...Object.keys(TARGETS)].map((name) => [name, name]);
    this.#parts.score = h("strong", {}); // how far it has got in saying what it shall about the four pairs of 0 and 1
    return [
      make("input x₁", "x", 0), make("input x₂", "x", 1),
      make("weight w₁", "w", 0), make("weight w₂", "w", 1), make("bias b", "b", 0),
      choice("Activation", "activation", Object.entries(NAMES)),
      h("div", { class: "row" }, choice("Target", "target", targets), this.#parts.score),
    ];
  }

  /** Show the four pairs, and return in words how many are right. */
  #scored(w, b, target) {
    const p = this.#parts;
    const targets = TARGETS[target];
    const right = targets && rightAbout(targets, w, b);
    p.targets.forEach((node, i) => {
      set(node, { visibility: targets ? null : "hidden" });
      set(node.firstChild, { fill: targets?.[i] ? "var(--ink)" : "var(--paper)" });
      set(node.lastChild, { visibility: targets && !right[i] ? null : "hidden" });
    });
    p.score.textContent = "";
    if (!targets) return "";
    const n = right.filter(Boolean).length;
    this.#best[target] = Math.max(n, this.#best[target] ?? 0);
    p.score.textContent = n === 4 ? "4 of 4 right ✓" : `${n} of 4 right (best: ${this.#best[target]})`;
    return ` ${target[0].toUpperCase()}${target.slice(1)}: ${n} of 4 right.`;
  }

  /** The activation over the sum, and where the neuron is on it. */
  #curve() {
    const p = this.#parts;
    p.curve = h("polyline", { fill: "none", stroke: "var(--minus)", "stroke-width": 2.5 });
    p.here = h("circle", { r: 7, fill: "var(--plus)", stroke: "var(--paper)", "stroke-width": 2 });
    p.top = h("text", { x: 144, y: 20, "text-anchor": "end" });
    const axes = h("path", { d: "M10 65H290M150 8V122", fill: "none", stroke: "var(--line)" });
    const names = [h("text", { x: 282, y: 84 }, "z"), h("text", { x: 156, y: 12 }, "a")];
    p.graph = h("svg", { viewBox: "0 0 300 130", role: "img" }, axes, names, p.top, p.curve, p.here);
    return p.graph;
  }

  #drawCurve(z, a, activation) {
    const p = this.#parts;
    const wide = activation === "relu" || activation === "linear" ? WIDEST : 1;
    const at = (u, v) => `${(150 + (u / WIDEST) * 135).toFixed(1)},${(65 - (v / wide) * 50).toFixed(1)}`;
    const sums = Array.from({ length: 181 }, (_, i) => (i / 90 - 1) * WIDEST);
    set(p.curve, { points: sums.map((u) => at(u, ACTIVATIONS[activation](u))).join(" ") });
    const [cx, cy] = at(clamp(z, [-WIDEST, WIDEST]), clamp(a, [-wide, wide])).split(",");
    set(p.here, { cx, cy });
    p.top.textContent = String(wide);
    set(p.graph, { "aria-label": `The sum ${number(z, 2)} becomes ${number(a, 2)} (${NAMES[activation]}).` });
  }

  #update() {
    const { x, w, b: [b], activation } = this.#state;
    for (const show of this.#sliders) show();
    const { z, a } = fire(x, w, b, activation);
    this.#draw(x, w, b);
    this.#drawCurve(z, a, activation);
    const bracket = (v) => (v < 0 ? `(${number(v)})` : number(v));
    const product = (i) => `${bracket(x[i])} × ${bracket(w[i])}`;
    // A line may end before a + or a =, and nowhere else.
    const terms = ["z", "= x₁w₁", "+ x₂w₂", "+ b", `= ${product(0)}`, `+ ${product(1)}`, `+ ${bracket(b)}`, `= ${number(z, 3)}`];
    this.#parts.sum.textContent = terms.map((term) => term.replaceAll(" ", "\u00a0")).join(" ");
    const side = z >= 0 ? "on the shaded side of the line or on it" : "on the unshaded side of the line";
    set(this.#parts.svg, { "aria-label": `The plane of the two inputs: the input is ${side}.` });
    this.announce(`Sum z = ${number(z, 3)}; output a = ${number(a, 3)} (${NAMES[activation]}).${this.#scored(w, b, this.#state.target)}`);
  }

  #draw(x, w, b) {
    const p = this.#parts;
    const at = (point) => `${p.x(point[0])},${p.y(point[1])}`;
    set(p.side, { points: positiveSide(w, b, REACH).map(at).join(" ") });
    const ends = decisionLine(w, b, REACH);
    for (const line of [p.line, p.grip]) {
      set(line, { visibility: ends ? null : "hidden" });
      if (ends) ["x1", "y1", "x2", "y2"].forEach((key, i) => set(line, { [key]: (i % 2 ? p.y : p.x)(ends[i >> 1][i % 2]) }));
    }
    set(p.arrow, { d: `M${at([0, 0])}L${at(w)}` });
    [[p.tip, w], [p.point, x]].forEach(([node, point], i) => {
      const [cx, cy] = [p.x(point[0]), p.y(point[1])];
      put(node, cx, cy);
      set(p.names[i], { x: cx + 12, y: cy - 10 });
    });
  }
}

customElements.define("dl-neuron", Neuron);
