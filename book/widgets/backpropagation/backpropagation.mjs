// Backpropagation, step by step, in two modes: "The story", in which a dog and a cat pull at the
// weights, and "Every number": forward, loss, each gradient, update. What each mode says is in
// story-steps.mjs and algebra-steps.mjs.
import { Figure } from "../shared/figure.mjs";
import { button, h, number, select, set, unbroken } from "../shared/elements-and-numbers.mjs";
import { slider } from "../shared/slider-and-dragging.mjs";
import { STEPS, forward, fromText, move, toText, train, update } from "./backpropagation-core.mjs";
import { algebraStep } from "./algebra-steps.mjs";
import { STORY_STEPS, storyStep, together } from "./story-steps.mjs";

const LAST = 40; // the last round
const INDEX = Object.fromEntries(STEPS.map((name, i) => [name, i])); // of a step, by its name
const arrow = (v) => (v > 0 ? "↑" : "↓");
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

  async prepare() {
    this.#numbers = await this.json(this.getAttribute("numbers"));
    this.#numbers.t = [this.#numbers.t].flat();
  }

  render() {
    const linked = fromText(new URLSearchParams(location.search).get("backpropagation"), LAST);
    if (linked) this.#mode = "numbers";
    this.#at = linked ?? { rate: this.#numbers.learning_rate ?? 0.5, round: 0, step: 0, output: this.#numbers.output_activation ?? "sigmoid" };
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
    return h(
      "div", {},
      h("div", { class: "row" }, Object.values(p.modes), p.back, p.next, p.round, p.reset, p.link),
      h("div", { class: "columns after" }, rate, p.output),
      h("div", { class: "columns passes" }, h("div", {}, this.#network(), this.#chart()), p.words),
    );
  }

  ready() {
    this.#go({});
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
    this.#story.step = Math.max(0, Math.min(STORY_STEPS - 1, this.#story.step + by));
    this.#go({});
  }

  /** All of an update at once, and the forward pass with the new weights. */
  #whole() {
    if (this.#mode === "numbers")
      return this.#go({ round: Math.min(LAST, this.#at.round + 1), step: Math.max(INDEX.output, this.#at.step) });
    this.#story = { step: STORY_STEPS - 1, numbers: together(this.#story.numbers, this.#numbers.other, this.#at.rate) };
    this.#go({});
  }

  /** Show a step of the story: the example on the circles, and the pulls on those that `parts` names. */
  #showStory() {
    const p = this.#parts;
    const { step, numbers } = this.#story;
    const { title, lines, shown, pull, parts } = storyStep(step, numbers, this.#numbers.other, this.#at.rate);
    p.title.textContent = `${title} (${step + 1} of ${STORY_STEPS})`;
    p.lines.replaceChildren(...lines.map((line) => h("li", {}, unbroken(line))));
    p.back.disabled = step === 0;
    p.next.disabled = step === STORY_STEPS - 1;
    p.round.disabled = false;
    const largest = Math.max(...[pull.dW1, pull.dW2].flat(2).map(Math.abs));
    EDGES.forEach(([, , matrix, i, j, name], k) => {
      const v = pull[`d${matrix}`][i][j];
      const on = parts.includes(matrix);
      this.#edge(k, numbers[matrix][i][j], on ? 1.5 + (8 * Math.abs(v)) / largest : 1.5, on && (v > 0 ? "var(--plus)" : "var(--minus)"));
      p.edges[k].label.textContent = on ? `${name} ${arrow(v)} ${number(Math.abs(v), 3)}` : `${name} ${number(numbers[matrix][i][j], 2)}`;
    });
    const { x, t } = shown;
    const { a1, y } = forward(shown);
    const values = { x1: x[0], x2: x[1], a1: a1[0], a2: a1[1], y };
    const wants = { y: parts.includes("y") && pull.dy, a1: parts.includes("a1") && pull.da1[0], a2: parts.includes("a1") && pull.da1[1] };
    this.#circles(values, wants);
    set(p.svg, { "aria-label": `${t[0] ? "The dog" : "The cat"} in the network. ${lines.join(" ")}` });
    this.announce(""); // the story is its own message
  }

  /** Draw an arrow: dashed if its weight is negative, as in the chapter's picture. */
  #edge(k, w, width, colour) {
    set(this.#parts.edges[k].line, { stroke: colour || "var(--line)", "stroke-width": width, "stroke-dasharray": w < 0 ? "9 6" : null });
  }

  /** Write the circles' values, and which way each of them wants to go. */
  #circles(known, wants = {}) {
    for (const [name, { value, circle }] of Object.entries(this.#parts.nodes)) {
      const want = wants[name];
      value.textContent = `${name in known ? number(known[name], 3) : "?"}${want ? arrow(want) : ""}`;
      set(circle, { stroke: want ? (want > 0 ? "var(--plus)" : "var(--minus)") : "var(--ink)", "stroke-width": want ? 5 : 2 });
    }
  }

  #go(change) {
    const before = this.#at;
    this.#at = { ...before, ...change };
    const { rate, round, step, output } = this.#at;
    if (!this.#states || before.rate !== rate || before.output !== output)
      this.#states = train({ ...this.#numbers, output_activation: output }, rate, LAST);
    for (const [mode, button] of Object.entries(this.#parts.modes)) set(button, { "aria-pressed": String(mode === this.#mode) });
    const hidden = this.#mode === "story"; // it tells of probabilities, and the loss of one example says nothing there
    for (const part of ["chart", "output", "link"]) set(this.#parts[part], { hidden });
    set(this.#parts.words, { "aria-live": hidden && "polite" });
    if (hidden) return this.#showStory();
    const state = this.#states[round];
    const next = this.#states[round + 1]?.numbers ?? update(state.numbers, state.gradients, rate);
    const shownStep = algebraStep(STEPS[step], state, next, rate);
    const p = this.#parts;
    p.title.textContent = `${shownStep.title} (round ${round + 1}, step ${step} of ${STEPS.length - 1})`;
    p.lines.replaceChildren(...shownStep.lines.map((line) => h("li", {}, line)));
    p.back.disabled = round === 0 && step === 0;
    p.next.disabled = round === LAST && step === STEPS.length - 1;
    p.round.disabled = round === LAST;
    this.#drawNetwork(shownStep, state, next, step);
    this.#drawLoss(round, state.pass.loss);
    this.linkTo(p.link, "backpropagation", toText(this.#at));
    const previous = round ? this.#states[round - 1].pass : null;
    const { y, loss: now } = state.pass;
    const moved = previous && step === INDEX.output ? ` y went from ${number(previous.y, 3)} to ${number(y, 3)}.` : "";
    const across = previous && (previous.y - state.numbers.t[0]) * (y - state.numbers.t[0]) < 0;
    const jumped = across ? ` The step has jumped over the valley${now > previous.loss ? " and landed higher" : ""}.` : "";
    const loss = step >= INDEX.loss || round ? `${moved}${jumped} Loss ${number(state.pass.loss, 4)}.` : "";
    this.announce(`${shownStep.title}${shownStep.title.endsWith("?") ? "" : "."}${loss}`);
  }

  #drawNetwork({ edges }, { numbers, pass, gradients }, next, step) {
    const p = this.#parts;
    const shown = step === INDEX.update ? next : numbers;
    EDGES.forEach(([, , matrix, i, j, name], k) => {
      const on = edges.includes(matrix);
      const w = shown[matrix][i][j];
      const slope = (step === INDEX.gradients2 && matrix === "W2") || (step === INDEX.gradients1 && matrix === "W1");
      const v = slope ? gradients[`d${matrix}`][i][j] : w;
      this.#edge(k, w, on ? 4 : 1.5, on && (v < 0 ? "var(--minus)" : "var(--plus)"));
      p.edges[k].label.textContent = `${slope ? "slope" : name} ${number(v, 3)}`;
    });
    const known = { x1: numbers.x[0], x2: numbers.x[1] };
    if (step >= INDEX.hidden) [known.a1, known.a2] = pass.a1;
    if (step >= INDEX.output) known.y = pass.y;
    this.#circles(known);
    const values = Object.entries(known).map(([name, v]) => `${name} = ${number(v, 3)}`).join(", ");
    set(p.svg, { "aria-label": `The network, with two inputs, two hidden neurons and an output: ${values}.` });
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
