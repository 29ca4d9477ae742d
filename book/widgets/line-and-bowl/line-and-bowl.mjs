// A line and its bowl: the points with a line, and beside them the loss over m and c. Attributes: `points` (a file
// {x, t, second}), `rate`, and `inputs`: with 2, `second` has a weight k, which the map cannot show.
import { Figure } from "../shared/figure.mjs";
import { button, clamp, h, number, set } from "../shared/elements-and-numbers.mjs";
import { draggable, knob, put, slider } from "../shared/slider-and-dragging.mjs";
import { plane } from "../shared/plane.mjs";
import { best, bowl, contour, limit, loss, slice, step } from "./line-and-bowl-core.mjs";

const X = [0, 7.5];
const Y = [-1, 3];
const M = [-0.3, 1.1];
const C = [-2, 2];
const ENDS = [1, 6.5]; // where the line has its handles
const HEIGHTS = [0.02, 0.1, 0.3, 0.7, 1.3, 2.2, 3.5, 6, 10, 16];
const RUN = 100;
const RUN_AWAY = 1e9; // a loss from which on nothing new is to be seen
const OFF = 1000; // a greater loss than any place of the map has
const PATHS = 4; // how many are kept
const amount = (v) => (v < 1e4 ? number(v, 4) : v.toExponential(1).replace("e+", " × 10^"));

class LineAndBowl extends Figure {
  label = "A line through points, and the landscape of its loss";
  #data;
  #bowl;
  #best;
  #w; // m, (k,) c
  #steps = 0;
  #rate;
  #paths = [];
  #running = 0;
  #parts = {};
  #sliders = {};

  get #second() {
    return Number(this.getAttribute("inputs") ?? 1) > 1;
  }

  async render() {
    this.#data = await this.json("points");
    const { x, second, t } = this.#data;
    this.#bowl = bowl(this.#second ? [x, second] : [x], t);
    this.#best = best(this.#bowl);
    this.#rate = Number(this.getAttribute("rate") ?? 0.03);
    this.#begin();
    const parts = [this.#points(), this.#map(), this.#controls()];
    this.#update();
    return h("div", { class: "two-and-controls" }, parts);
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#running);
  }

  /** Put the line back to zero; the paths already walked stay. */
  #begin() {
    this.#w = this.#best.map(() => 0);
    this.#newPath();
  }

  #newPath() {
    cancelAnimationFrame(this.#running);
    this.#steps = 0;
    this.#paths = [...this.#paths.filter((path) => path.length > 1), [this.#place()]].slice(-PATHS);
  }

  #place() {
    return [this.#w[0], this.#w.at(-1)];
  }

  #points() {
    const p = this.#parts;
    const ticks = { x: [0, 2, 4, 6], y: [-1, 0, 1, 2, 3] };
    const left = plane({ xRange: X, yRange: Y, xLabel: "petal length x (cm)", yLabel: "petal width t (cm)", ticks });
    const { svg, inside, x, y, values } = left;
    const { x: lengths, t } = this.#data;
    const dots = lengths.map((v, i) => h("circle", { cx: x(v), cy: y(t[i]), r: 3.5, fill: "var(--plus)", "fill-opacity": 0.5 }));
    p.errors = h("path", { fill: "none", stroke: "var(--line)" });
    p.line = h("line", { stroke: "var(--minus)", "stroke-width": 3 });
    p.grip = h("line", { stroke: "transparent", "stroke-width": 24 });
    p.handles = ENDS.map(() => knob({ r: 9, fill: "var(--minus)", stroke: "var(--paper)", "stroke-width": 2 }));
    let grabbed = 0; // how far above the line it was taken
    p.grip.addEventListener("pointerdown", (event) => {
      const [u, v] = values(event);
      grabbed = v - this.#at(u);
    });
    draggable(p.grip, (event) => {
      const [u, v] = values(event);
      this.#move(this.#w[0], this.#w.at(-1) + v - grabbed - this.#at(u));
    });
    p.handles.forEach((handle, i) => {
      draggable(handle, (event) => {
        const other = ENDS[1 - i];
        const m = (clamp(values(event)[1], Y) - this.#at(other)) / (ENDS[i] - other);
        this.#move(m, this.#at(other) - m * other - this.#extra());
      });
    });
    p.left = left;
    inside.append(p.errors, ...dots, p.line, p.grip, ...p.handles);
    return h("div", {}, h("p", { class: "title" }, "The points and a line"), svg);
  }

  /** What a second input adds, at its mean; 0 if there is none. */
  #extra() {
    if (!this.#second) return 0;
    const { second } = this.#data;
    return (this.#w[1] * second.reduce((a, b) => a + b, 0)) / second.length;
  }

  /** The line's height. */
  #at(x) {
    return this.#w[0] * x + this.#w.at(-1) + this.#extra();
  }

  /** Put the line somewhere by hand, which begins a new path. */
  #move(m, c, k = this.#w[1]) {
    cancelAnimationFrame(this.#running);
    this.#w = this.#second ? [m, k, c] : [m, c];
    if (this.#steps) this.#newPath();
    else this.#paths[this.#paths.length - 1] = [this.#place()];
    this.#update();
  }

  #map() {
    const p = this.#parts;
    const ticks = { x: [0, 0.5, 1], y: [-2, -1, 0, 1, 2] };
    const right = plane({ xRange: M, yRange: C, xLabel: "slope m", yLabel: "intercept c", ticks });
    const { svg, inside, values } = right;
    p.contours = HEIGHTS.map(() => h("polygon", { fill: "var(--plus)", "fill-opacity": 0.07, stroke: "var(--line)" }));
    p.ways = Array.from({ length: PATHS }, () => h("polyline", { fill: "none", stroke: "var(--minus)", "stroke-width": 2 }));
    p.stops = h("path", { fill: "none", stroke: "var(--minus)", "stroke-width": 6, "stroke-linecap": "round" });
    p.cross = h("path", { fill: "none", stroke: "var(--good)", "stroke-width": 3.5 });
    p.name = h("text", { class: "halo" }, this.#second ? "lowest here" : "formula");
    p.ball = knob({ r: 10, fill: "var(--minus)", stroke: "var(--paper)", "stroke-width": 2 });
    draggable(p.ball, (event) => {
      const [m, c] = values(event);
      this.#move(clamp(m, M), clamp(c, C));
    });
    p.right = right;
    inside.append(...[...p.contours].reverse(), p.cross, p.name, ...p.ways, p.stops, p.ball);
    const title = this.#second ? "Its loss over m and c, for this k" : "Its loss, over all m and c";
    return h("div", {}, h("p", { class: "title" }, title), svg);
  }

  #controls() {
    const p = this.#parts;
    const weight = (label, [min, max], onInput) => slider({ label, min, max, value: 0, onInput });
    this.#sliders.m = weight("slope m", M, (v) => this.#move(v, this.#w.at(-1)));
    if (this.#second) this.#sliders.k = weight("weight k", [-0.5, 0.5], (v) => this.#move(this.#w[0], this.#w.at(-1), v));
    this.#sliders.c = weight("intercept c", C, (v) => this.#move(this.#w[0], v));
    // From limit() on, each step leads further away; the slider goes somewhat beyond.
    const most = Math.ceil(limit(this.#bowl) * 1.6 * 1000) / 1000;
    this.#rate = Math.min(this.#rate, most);
    const rate = slider({
      label: "learning rate", min: 0.001, max: most, step: 0.001, value: this.#rate, digits: 3,
      onInput: (v) => { this.#rate = v; },
    });
    p.sum = h("p", {});
    const buttons = h(
      "div", { class: "row" },
      button("One step", () => this.#walk(1)), button("A hundred steps", () => this.#walk(RUN)),
      button("Back to zero", () => { this.#begin(); this.#update(); }),
      button("Clear the paths", () => { this.#paths = []; this.#newPath(); this.#update(); }),
    );
    return h("div", { class: "columns controls" }, h("div", {}, rate, buttons), h("div", {}, Object.values(this.#sliders), p.sum));
  }

  /** Take steps, a few in each frame, so that one sees them; all at once for who wants no motion. */
  #walk(n) {
    cancelAnimationFrame(this.#running);
    const atOnce = matchMedia("(prefers-reduced-motion: reduce)").matches ? n : Math.ceil(n / 50);
    let left = n;
    const some = () => {
      for (let i = 0; i < atOnce && left > 0 && loss(this.#bowl, this.#w) < RUN_AWAY; i++, left--) {
        this.#w = step(this.#bowl, this.#w, this.#rate);
        this.#paths.at(-1).push(this.#place());
        this.#steps += 1;
      }
      const ended = left <= 0 || loss(this.#bowl, this.#w) >= RUN_AWAY;
      this.#update();
      if (!ended) this.#running = requestAnimationFrame(some);
    };
    some();
  }

  #update() {
    const p = this.#parts;
    const [m, c] = this.#place();
    for (const [key, v] of Object.entries({ m, k: this.#w[1], c })) this.#sliders[key]?.show(v);
    this.#drawLine();
    this.#drawMap(m, c);
    const now = loss(this.#bowl, this.#w);
    const least = loss(this.#bowl, this.#best);
    p.sum.textContent = `loss = mean of (${this.#second ? "m x + k s + c" : "m x + c"} − t)² = ${amount(now)} cm²; the least possible is ${number(least, 4)}.`;
    set(p.left.svg, { "aria-label": `Petal widths against lengths, and the line with slope ${number(m)} and intercept ${number(c)}.` });
    set(p.right.svg, { "aria-label": `The loss as a landscape over slope and intercept: a long valley. The ball is at ${number(m)}, ${number(c)}, where the loss is ${amount(now)}.` });
    const steps = `${this.#steps} step${this.#steps === 1 ? "" : "s"}`;
    this.announce(this.#steps ? `After ${steps}: loss ${amount(now)}. ${this.#verdict(now)}` : `Loss ${amount(now)} with m = ${number(m)}, ${this.#second ? `k = ${number(this.#w[1])}, ` : ""}c = ${number(c)}.`);
  }

  /** What the last steps did, in a sentence. */
  #verdict(now) {
    const far = Math.hypot(...this.#w.map((v, i) => v - this.#best[i]));
    const too = "Every step overshoots and lands higher: this rate is too large.";
    if (now >= RUN_AWAY) return `It has stopped. ${too}`;
    if (now > OFF) return too;
    if (far < 0.01) return "The steps have come to where the formula points.";
    const [last] = this.#paths.at(-1).slice(-1);
    return last[0] > M[1] || last[0] < M[0] ? "The ball has left the map." : "";
  }

  #drawLine() {
    const { left, errors, line, grip, handles } = this.#parts;
    const { x: lengths, t } = this.#data;
    const high = (v) => clamp(left.y(clamp(this.#at(v), [-50, 50])), [-5000, 5000]).toFixed(1);
    set(errors, { d: lengths.map((v, i) => `M${left.x(v).toFixed(1)},${left.y(t[i]).toFixed(1)}V${high(v)}`).join("") });
    for (const node of [line, grip]) X.forEach((v, i) => set(node, { [`x${i + 1}`]: left.x(v), [`y${i + 1}`]: high(v) }));
    handles.forEach((node, i) => put(node, left.x(ENDS[i]), high(ENDS[i])));
  }

  #drawMap(m, c) {
    const p = this.#parts;
    const place = ([u, v]) => `${p.right.x(clamp(u, [-99, 99])).toFixed(1)},${p.right.y(clamp(v, [-99, 99])).toFixed(1)}`;
    const shown = slice(this.#bowl, this.#w); // the bowl over m and c, for this k
    const middle = best(shown);
    // Heights count from the least loss of all, so that a slice shows how far above it is.
    const floor = loss(shown, middle) - loss(this.#bowl, this.#best);
    p.contours.forEach((node, i) => {
      const above = HEIGHTS[i] - floor;
      set(node, { points: above > 0 ? contour(shown, above).map(place).join(" ") : "" });
    });
    p.ways.forEach((node, i) => {
      const path = this.#paths[i] ?? [];
      set(node, { points: path.map(place).join(" "), "stroke-opacity": i === this.#paths.length - 1 ? 1 : 0.35 });
    });
    set(p.stops, { d: this.#paths.at(-1).slice(0, 300).map((at) => `M${place(at)}h0`).join("") });
    const [u, v] = place(middle).split(",").map(Number);
    set(p.cross, { d: `M${u - 12},${v - 12}l24,24M${u - 12},${v + 12}l24,-24` });
    set(p.name, { x: u + 10, y: v + 20 });
    put(p.ball, ...place([m, c]).split(","));
  }
}

customElements.define("dl-line-and-bowl", LineAndBowl);
