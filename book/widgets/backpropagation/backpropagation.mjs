// Backpropagation, step by step, in two modes: "The story", in which a dog and a cat pull at the
// weights, and "Every number": forward, loss, each gradient, update. What each mode says is in
// story-steps.mjs and algebra-steps.mjs.
import { Figure } from "../shared/figure.mjs";
import { button, clamp, h, number, select, set, unbroken } from "../shared/elements-and-numbers.mjs";
import { slider } from "../shared/slider-and-dragging.mjs";
import { STEPS, forward, fromText, move, toText, train, update } from "./backpropagation-core.mjs";
import { algebraStep } from "./algebra-steps.mjs";
import { STORY_STEPS, storyStep, together } from "./story-steps.mjs";

const LAST = 40; // the last round
const INDEX = Object.fromEntries(STEPS.map((name, i) => [name, i])); // of a step, by its name
const arrow = (v) => (v > 0 ? "↑" : "↓");
const colour = (v) => (v > 0 ? "var(--plus)" : "var(--minus)");
const PLACES = { x1: [38, 40], x2: [38, 240], a1: [246, 40], a2: [246, 240], y: [424, 140] };
// each with the place of its label: how far along the arrow, and how far below it
const EDGES = [
  ["x1", "a1", "W1", 0, 0, "w₁₁", 0.5, -8], ["x2", "a1", "W1", 1, 0, "w₂₁", 0.3, -8],
  ["x1", "a2", "W1", 0, 1, "w₁₂", 0.3, -8], ["x2", "a2", "W1", 1, 1, "w₂₂", 0.5, 20],
  ["a1", "y", "W2", 0, 0, "v₁", 0.5, -8], ["a2", "y", "W2", 1, 0, "v₂", 0.5, 20],
];

const LABELS = { x1: "ears", x2: "snout", a1: "a₁", a2: "a₂", y: "dog" };

class Backpropagation extends Figure {
  label = "Backpropagation through a network of two inputs, two hidden neurons and one output";
  #numbers; // the weights and activations, the dog's x and t; `other`: the cat's x and t
  #at; // the learning `rate` of both modes; `round`, `step` (an index into STEPS) and `output` of "Every number"
  #states; // of each round: `{numbers, pass, gradients}`, as `train` gives them
  #mode = "story";
  #story; // its step, and the `numbers` of the network that dog and cat have trained so far
  #parts = {};

  async render() {
    this.#numbers = await this.json("numbers");
    const linked = fromText(new URLSearchParams(location.search).get("backpropagation"), LAST);
    if (linked) this.#mode = "numbers";
    this.#at = linked ?? { rate: this.#numbers.learning_rate, round: 0, step: 0, output: this.#numbers.output_activation };
    this.#story = { step: 0, numbers: this.#numbers };
    const rate = slider({
      label: "learning rate", min: 0.1, max: 10, step: 0.1, value: this.#at.rate, digits: 1,
      onInput: (v) => this.#go({ rate: v }),
    });
    const p = this.#parts;
    p.back = button("◀ Back", () => this.#turn(-1));
    p.next = button("Step ▶", () => this.#turn(1));
    p.round = button("Whole update", () => this.#whole());
    p.reset = button("Start again", () => {
      this.#story = { step: 0, numbers: this.#numbers };
      this.#go({ round: 0, step: 0 });
    });
    p.modes = { story: "The story", numbers: "Every number" };
    for (const [mode, text] of Object.entries(p.modes)) p.modes[mode] = button(text, () => { this.#mode = mode; this.#go({}); });
    const outputs = [["sigmoid", "sigmoid"], ["linear", "none (y = z)"]];
    const output = select(outputs, this.#at.output, (name) => this.#go({ output: name, round: 0 }));
    p.output = h("label", {}, "Output’s activation", output);
    p.link = h("a", {}, "Link to this step");
    p.title = h("p", { class: "title" });
    p.lines = h("ul", { class: "lines" });
    p.words = h("div", {}, p.title, p.lines);
    const graphs = h("div", {}, this.#network(), this.#chart());
    this.#go({});
    return h(
      "div", {},
      h("div", { class: "row" }, Object.values(p.modes), p.back, p.next, p.round, p.reset, p.link),
      h("div", { class: "columns after" }, rate, p.output),
      h("div", { class: "columns passes" }, graphs, p.words),
    );
  }

  #network() {
    const p = this.#parts;
    p.edges = EDGES.map(([from, to, , , , , share, below]) => {
      const [[x1, y1], [x2, y2]] = [PLACES[from], PLACES[to]];
      const along = `translate(${x1 + share * (x2 - x1)} ${y1 + share * (y2 - y1)}) rotate(${(Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI})`;
      const label = h("text", { y: below, transform: along, "text-anchor": "middle", class: "halo" });
      return { line: h("line", { x1, y1, x2, y2 }), label };
    });
    p.nodes = Object.fromEntries(
      Object.entries(PLACES).map(([name, [cx, cy]]) => [
        name,
        {
          circle: h("circle", { cx, cy, r: 33, fill: "var(--paper)", stroke: "var(--ink)", "stroke-width": 2 }),
          name: h("text", { x: cx, y: cy - 5, "text-anchor": "middle" }, LABELS[name]),
          value: h("text", { x: cx, y: cy + 15, "text-anchor": "middle" }),
        },
      ]),
    );
    p.svg = h(
      "svg", { viewBox: "0 0 462 280", role: "img", class: "graph" },
      p.edges.map(({ line }) => line),
      Object.values(p.nodes).flatMap(({ circle, name, value }) => [circle, name, value]),
      p.edges.map(({ label }) => label),
    );
    return p.svg;
  }

  #chart() {
    const p = this.#parts;
    p.curve = h("polyline", { fill: "none", stroke: "var(--plus)", "stroke-width": 2 });
    p.top = h("text", { x: 40, y: 22, "text-anchor": "end" });
    p.dot = h("circle", { r: 6, fill: "var(--minus)" });
    p.chart = h(
      "svg", { viewBox: "0 0 370 130", role: "img" },
      h("path", { d: "M45 10V100H360", fill: "none", stroke: "var(--line)" }),
      p.top, h("text", { x: 40, y: 104, "text-anchor": "end" }, "0"),
      h("text", { x: 16, y: 60, transform: "rotate(-90 16 60)", "text-anchor": "middle" }, "loss L"),
      h("text", { x: 200, y: 124, "text-anchor": "middle" }, `updates (0 to ${LAST})`),
      p.curve, p.dot,
    );
    return p.chart;
  }

  /** One step forward or back, in the story or in the numbers. */
  #turn(by) {
    if (this.#mode === "numbers") return this.#go(move(this.#at, by, LAST));
    this.#story.step = clamp(this.#story.step + by, [0, STORY_STEPS - 1]);
    this.#go({});
  }

  /** All of an update at once, and the forward pass with the new weights. */
  #whole() {
    if (this.#mode === "numbers")
      return this.#go({ round: Math.min(LAST, this.#at.round + 1), step: Math.max(INDEX.output, this.#at.step) });
    this.#story = { step: STORY_STEPS - 1, numbers: together(this.#story.numbers, this.#numbers.other, this.#at.rate) };
    this.#go({});
  }

  #go(change) {
    const before = this.#at;
    this.#at = { ...before, ...change };
    const { rate, output } = this.#at;
    if (!this.#states || before.rate !== rate || before.output !== output)
      this.#states = train({ ...this.#numbers, output_activation: output }, rate, LAST);
    const p = this.#parts;
    for (const [mode, button] of Object.entries(p.modes)) set(button, { "aria-pressed": String(mode === this.#mode) });
    const hidden = this.#mode === "story"; // it tells of probabilities, and the loss of one example says nothing there
    for (const part of ["chart", "output", "link"]) set(p[part], { hidden });
    set(p.words, { "aria-live": hidden && "polite" });
    if (hidden) this.#showStory();
    else this.#showNumbers();
  }

  /** Show a step of the story: the example on the circles, and the pulls on those that `parts` names. */
  #showStory() {
    const p = this.#parts;
    const { step, numbers } = this.#story;
    const { title, lines, shown, gradients, parts } = storyStep(step, numbers, this.#numbers.other, this.#at.rate);
    this.#say(`${title} (${step + 1} of ${STORY_STEPS})`, lines.map(unbroken), step === 0, step === STORY_STEPS - 1, false);
    const largest = Math.max(...[gradients.dW1, gradients.dW2].flat(2).map(Math.abs));
    this.#drawEdges(numbers, (matrix, i, j, name) => {
      const pull = -gradients[`d${matrix}`][i][j];
      return parts.includes(matrix)
        ? { label: `${name} ${arrow(pull)} ${number(Math.abs(pull), 3)}`, width: 1.5 + (8 * Math.abs(pull)) / largest, way: pull }
        : { label: `${name} ${number(numbers[matrix][i][j], 2)}` };
    });
    const { x, t } = shown;
    const { a1, y } = forward(shown);
    const wants = { y: parts.includes("y") && -gradients.dy, a1: parts.includes("a1") && -gradients.da1[0], a2: parts.includes("a1") && -gradients.da1[1] };
    this.#drawCircles({ x1: x[0], x2: x[1], a1: a1[0], a2: a1[1], y }, wants);
    set(p.svg, { "aria-label": `${t[0] ? "The dog" : "The cat"} in the network. ${lines.join(" ")}` });
    this.announce(""); // the story is its own message
  }

  /** Show a step of a round: what is known so far on the circles, and the arrows that it is about. */
  #showNumbers() {
    const p = this.#parts;
    const { rate, round, step } = this.#at;
    const { numbers, pass, gradients } = this.#states[round];
    const next = this.#states[round + 1]?.numbers ?? update(numbers, gradients, rate);
    const { title, edges, lines } = algebraStep(STEPS[step], this.#states[round], next, rate);
    const [first, last] = [round === 0 && step === 0, round === LAST && step === STEPS.length - 1];
    this.#say(`${title} (round ${round + 1}, step ${step} of ${STEPS.length - 1})`, lines, first, last, round === LAST);
    const weights = step === INDEX.update ? next : numbers;
    const isAsked = { W2: step === INDEX.gradients2, W1: step === INDEX.gradients1 };
    this.#drawEdges(weights, (matrix, i, j, name) => {
      const v = (isAsked[matrix] ? gradients[`d${matrix}`] : weights[matrix])[i][j];
      const label = `${isAsked[matrix] ? "slope" : name} ${number(v, 3)}`;
      return edges.includes(matrix) ? { label, width: 4, way: v < 0 ? -1 : 1 } : { label };
    });
    const known = { x1: numbers.x[0], x2: numbers.x[1] };
    if (step >= INDEX.hidden) [known.a1, known.a2] = pass.a1;
    if (step >= INDEX.output) known.y = pass.y;
    this.#drawCircles(known);
    const values = Object.entries(known).map(([name, v]) => `${name} = ${number(v, 3)}`).join(", ");
    set(p.svg, { "aria-label": `The network, with two inputs, two hidden neurons and an output: ${values}.` });
    this.#drawLoss(round, pass.loss);
    this.linkTo(p.link, "backpropagation", toText(this.#at));
    const previous = round ? this.#states[round - 1].pass : null;
    const moved = previous && step === INDEX.output ? ` y went from ${number(previous.y, 3)} to ${number(pass.y, 3)}.` : "";
    const across = previous && (previous.y - numbers.t[0]) * (pass.y - numbers.t[0]) < 0;
    const jumped = across ? ` The step has jumped over the valley${pass.loss > previous.loss ? " and landed higher" : ""}.` : "";
    const loss = step >= INDEX.loss || round ? `${moved}${jumped} Loss ${number(pass.loss, 4)}.` : "";
    this.announce(`${title}${title.endsWith("?") ? "" : "."}${loss}`);
  }

  /** Write a step's words, and leave only those buttons that lead somewhere. */
  #say(title, lines, isFirst, isLast, isLastRound) {
    const p = this.#parts;
    p.title.textContent = title;
    p.lines.replaceChildren(...lines.map((line) => h("li", {}, line)));
    [p.back.disabled, p.next.disabled, p.round.disabled] = [isFirst, isLast, isLastRound];
  }

  /** Draw the arrows, dashed where a weight is negative, as in the chapter's picture; `look` gives each its label,
   * and to those that the step is about a `width` and the `way` that its colour shows. */
  #drawEdges(weights, look) {
    EDGES.forEach(([, , matrix, i, j, name], k) => {
      const { line, label } = this.#parts.edges[k];
      const { label: text, width = 1.5, way } = look(matrix, i, j, name);
      const stroke = way === undefined ? "var(--line)" : colour(way);
      set(line, { stroke, "stroke-width": width, "stroke-dasharray": weights[matrix][i][j] < 0 ? "9 6" : null });
      label.textContent = text;
    });
  }

  /** Write the circles' values, and which way each of them wants to go. */
  #drawCircles(known, wants = {}) {
    for (const [name, { value, circle }] of Object.entries(this.#parts.nodes)) {
      const want = wants[name];
      value.textContent = `${name in known ? number(known[name], 3) : "?"}${want ? arrow(want) : ""}`;
      set(circle, { stroke: want ? colour(want) : "var(--ink)", "stroke-width": want ? 5 : 2 });
    }
  }

  #drawLoss(round, loss) {
    const p = this.#parts;
    const top = Math.min(9, Math.ceil(Math.max(1, ...this.#states.slice(0, round + 1).map(({ pass }) => pass.loss))));
    p.top.textContent = String(top);
    const at = (r, v) => [45 + (r / LAST) * 315, 100 - Math.min(1, v / top) * 85];
    set(p.curve, { points: this.#states.slice(0, round + 1).map(({ pass }, r) => at(r, pass.loss).join()).join(" ") });
    const [cx, cy] = at(round, loss);
    set(p.dot, { cx, cy });
    set(p.chart, { "aria-label": `The loss over the updates: ${number(loss, 4)} after ${round}.` });
  }
}

customElements.define("dl-backpropagation", Backpropagation);
