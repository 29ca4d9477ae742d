// Backpropagation, step by step: forward, loss, each gradient, the update, and back again.
import { Figure, h, number, set } from "../shared/figure.mjs";
import { slider } from "../shared/plane.mjs";
import { STEPS, fromText, move, toText, train, update } from "./backpropagation-core.mjs";
import { tell } from "./story.mjs";

const LAST = 40;
const PLACES = { x1: [38, 45], x2: [38, 205], a1: [222, 45], a2: [222, 205], y: [382, 125] };
const EDGES = [
  ["x1", "a1", "W1", 0, 0, "w₁₁", 0.5, -8], ["x2", "a1", "W1", 1, 0, "w₂₁", 0.3, 4],
  ["x1", "a2", "W1", 0, 1, "w₁₂", 0.3, 4], ["x2", "a2", "W1", 1, 1, "w₂₂", 0.5, 18],
  ["a1", "y", "W2", 0, 0, "v₁", 0.5, -8], ["a2", "y", "W2", 1, 0, "v₂", 0.5, 18],
];

class Backpropagation extends Figure {
  label = "Backpropagation through a network of two inputs, two hidden neurons and one output";
  #numbers;
  #at;
  #states;
  #parts = {};

  async prepare() {
    this.#numbers = await this.json(this.getAttribute("numbers"));
    this.#numbers.t = [this.#numbers.t].flat();
  }

  render() {
    const linked = fromText(new URLSearchParams(location.search).get("backpropagation"), LAST);
    this.#at = linked ?? { rate: this.#numbers.learning_rate ?? 0.5, round: 0, step: 0 };
    const rate = slider({
      label: "learning rate", min: 0.1, max: 10, step: 0.1, value: this.#at.rate, digits: 1,
      onInput: (v) => this.#go({ rate: v }),
    });
    const p = this.#parts;
    const button = (text, action) => h("button", { type: "button", onClick: action }, text);
    p.back = button("◀ Back", () => this.#go(move(this.#at, -1, LAST)));
    p.next = button("Step ▶", () => this.#go(move(this.#at, 1, LAST)));
    p.round = button("Whole update", () => this.#go({ round: Math.min(LAST, this.#at.round + 1) }));
    p.reset = button("Start again", () => this.#go({ round: 0, step: 0 }));
    p.link = h("a", {}, "Link to this step");
    p.title = h("p", { class: "title" });
    p.lines = h("ul", { class: "lines" });
    return h(
      "div", {},
      h("div", { class: "row" }, p.back, p.next, p.round, p.reset, p.link),
      rate,
      h("div", { class: "columns" }, h("div", {}, this.#network(), this.#chart()), h("div", {}, p.title, p.lines)),
    );
  }

  ready() {
    this.#go({});
  }

  #network() {
    const p = this.#parts;
    p.edges = EDGES.map(([from, to, , , , , share, below]) => {
      const [[x1, y1], [x2, y2]] = [PLACES[from], PLACES[to]];
      const [x, y] = [x1 + share * (x2 - x1), y1 + share * (y2 - y1) + below];
      const label = h("text", { x, y, "text-anchor": "middle", class: "halo" });
      return { line: h("line", { x1, y1, x2, y2 }), label };
    });
    p.nodes = Object.fromEntries(
      Object.entries(PLACES).map(([name, [cx, cy]]) => [
        name,
        {
          circle: h("circle", { cx, cy, r: 31, fill: "var(--paper)", stroke: "var(--ink)", "stroke-width": 2 }),
          name: h("text", { x: cx, y: cy - 4, "text-anchor": "middle" }, name.replace("1", "₁").replace("2", "₂")),
          value: h("text", { x: cx, y: cy + 14, "text-anchor": "middle" }),
        },
      ]),
    );
    p.svg = h(
      "svg", { viewBox: "0 0 420 250", role: "img" },
      p.edges.map(({ line }) => line),
      Object.values(p.nodes).flatMap(({ circle, name, value }) => [circle, name, value]),
      p.edges.map(({ label }) => label),
    );
    return p.svg;
  }

  #chart() {
    const p = this.#parts;
    p.curve = h("polyline", { fill: "none", stroke: "var(--plus)", "stroke-width": 2 });
    p.dot = h("circle", { r: 6, fill: "var(--minus)" });
    p.chart = h(
      "svg", { viewBox: "0 0 370 130", role: "img" },
      h("path", { d: "M45 10V100H360", fill: "none", stroke: "var(--line)" }),
      h("text", { x: 40, y: 22, "text-anchor": "end" }, "1"), h("text", { x: 40, y: 104, "text-anchor": "end" }, "0"),
      h("text", { x: 16, y: 60, transform: "rotate(-90 16 60)", "text-anchor": "middle" }, "loss L"),
      h("text", { x: 200, y: 124, "text-anchor": "middle" }, `updates (0 to ${LAST})`),
      p.curve, p.dot,
    );
    return p.chart;
  }

  #go(change) {
    const before = this.#at;
    this.#at = { ...before, ...change };
    if (!this.#states || before.rate !== this.#at.rate) this.#states = train(this.#numbers, this.#at.rate, LAST);
    const { rate, round, step } = this.#at;
    const state = this.#states[round];
    const next = this.#states[round + 1]?.numbers ?? update(state.numbers, state.gradients, rate);
    const story = tell(STEPS[step], state, next, rate);
    const p = this.#parts;
    p.title.textContent = `${story.title} (round ${round + 1}, step ${step} of ${STEPS.length - 1})`;
    p.lines.replaceChildren(...story.lines.map((line) => h("li", {}, line)));
    p.back.disabled = round === 0 && step === 0;
    p.next.disabled = round === LAST && step === STEPS.length - 1;
    p.round.disabled = round === LAST;
    this.#drawNetwork(story, state, next, step);
    this.#drawLoss(round, state.pass.loss);
    this.#link();
    const loss = step >= 3 || round ? ` Loss ${number(state.pass.loss, 4)}.` : "";
    this.announce(`${story.title}${story.title.endsWith("?") ? "" : "."}${loss}`);
  }

  #drawNetwork({ edges }, { numbers, pass, gradients }, next, step) {
    const p = this.#parts;
    const shown = STEPS[step] === "update" ? next : numbers;
    EDGES.forEach(([, , matrix, i, j, name], k) => {
      const on = edges.includes(matrix);
      const w = shown[matrix][i][j];
      const gradient = (step === 5 && matrix === "W2") || (step === 7 && matrix === "W1");
      set(p.edges[k].line, "stroke", on ? (w < 0 ? "var(--minus)" : "var(--plus)") : "var(--line)");
      set(p.edges[k].line, "stroke-width", on ? 4 : 1.5);
      p.edges[k].label.textContent = gradient
        ? `∂${name} ${number(gradients[`d${matrix}`][i][j], 3)}`
        : `${name} ${number(w, 3)}`;
    });
    const known = { x1: numbers.x[0], x2: numbers.x[1] };
    if (step >= 1) [known.a1, known.a2] = pass.a1;
    if (step >= 2) known.y = pass.y;
    for (const [name, { value }] of Object.entries(p.nodes)) value.textContent = name in known ? number(known[name], 3) : "?";
    const values = Object.entries(known).map(([name, v]) => `${name} = ${number(v, 3)}`).join(", ");
    set(p.svg, "aria-label", `The network, with two inputs, two hidden neurons and an output: ${values}.`);
  }

  #drawLoss(round, loss) {
    const p = this.#parts;
    const at = (r, v) => [45 + (r / LAST) * 315, 100 - Math.min(1, v) * 85];
    set(p.curve, "points", this.#states.slice(0, round + 1).map(({ pass }, r) => at(r, pass.loss).join()).join(" "));
    const [cx, cy] = at(round, loss);
    set(p.dot, "cx", cx);
    set(p.dot, "cy", cy);
    set(p.chart, "aria-label", `The loss over the updates: ${number(loss, 4)} after ${round}.`);
  }

  #link() {
    const query = new URLSearchParams(location.search);
    query.set("backpropagation", toText(this.#at));
    const id = this.closest(".reveal") ? "" : this.closest("figure")?.id;
    this.#parts.link.href = `${location.pathname}?${query}${id ? `#${id}` : location.hash}`;
  }
}

customElements.define("dl-backpropagation", Backpropagation);
