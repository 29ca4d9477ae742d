// A network that trains before your eyes: the plane, the hidden space and the loss.
import { Figure } from "../shared/figure.mjs";
import { button, h, number, percent, select, set, unbroken } from "../shared/elements-and-numbers.mjs";
import { slider } from "../shared/slider-and-dragging.mjs";
import { Training } from "./trainer-core.mjs";
import { SIDE, coloursOf, drawHidden, drawLoss, drawPlane } from "./plots.mjs";
import { MISSIONS, mark } from "./missions.mjs";
import { CHOICES, fromText, toText } from "./settings-as-text.mjs";

const START = "crescents-100-0.25-0-4-tanh-adam-0.05-10"; // settings-as-text.mjs
const LONGEST = 12; // milliseconds of a frame that training may take
const NAMES = {
  set: "Points", n: "how many", noise: "noise", activation: "Activation", optimiser: "Optimiser", rate: "Learning rate", batch: "Batch",
};
const WORDS = {
  crescents: "two crescents", relu: "ReLU", linear: "none", adam: "Adam", sgd: "gradient descent",
  noise: { 0: "none", 0.25: "some", 0.6: "much" }, batch: { 200: "all points" },
};
const GOES_ON = new Set(["rate", "batch"]); // what may change while it trains

// `Figure` shows what `render` returns in place of the still picture, then calls `ready`.
class Trainer extends Figure {
  label = "A network that trains on points in a plane";
  #settings;
  #training;
  #running = 0;
  #perFrame = "epoch";
  #marks = []; // with how many hidden neurons each mission was met; the fewest where it `counts`
  #parts = {};

  render() {
    const linked = fromText(new URLSearchParams(location.search).get("trainer"));
    this.#settings = linked ?? fromText(this.getAttribute("settings")) ?? fromText(START);
    const p = this.#parts;
    // Not seen: `coloursOf` reads the theme's colours off them, for the canvases.
    p.probes = { plus: h("span", { class: "plus" }), minus: h("span", { class: "minus" }), ink: h("span", {}), quiet: h("span", { class: "note" }), paper: h("span", { class: "paper" }) };
    p.plane = this.#canvas(SIDE);
    p.hidden = this.#canvas(SIDE);
    p.loss = this.#canvas(200);
    p.hiddenTitle = h("figcaption", {});
    p.status = h("p", {});
    p.missions = h("ul", { class: "lines" });
    const picture = (title, canvas, note = []) => h("figure", {}, h("p", { class: "title" }, title), canvas, note);
    return h(
      "div", { class: "training" },
      h("div", { hidden: true }, Object.values(p.probes)),
      this.#buttons(),
      h(
        "div", { class: "columns trainer" },
        picture("The points, and what the network says", p.plane, h("figcaption", {}, "Dashed: where each neuron of the first layer has the sum 0.")),
        picture("The same points, in the hidden layer", p.hidden, p.hiddenTitle),
        h("div", {}, picture("Loss (—), of new points (- -)", p.loss), h("div", { class: "missions" }, h("p", { class: "title" }, "Missions"), p.missions)),
      ),
      p.status,
      this.#choices(),
    );
  }

  ready() {
    this.#begin();
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.#parts.plane); // words keep their size
    new MutationObserver(() => this.#draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#running);
  }

  #canvas(height) {
    return h("canvas", { width: SIDE, height, role: "img", class: "framed" });
  }

  #buttons() {
    const p = this.#parts;
    p.run = button("Run ▶", () => (this.#running ? this.#pause() : this.#run()));
    p.link = h("a", {}, "Link to these settings");
    const speed = select([["epoch", "an epoch a frame"], ["step", "a step a frame"]], this.#perFrame, (value) => (this.#perFrame = value));
    return h(
      "div", { class: "row" },
      p.run, button("One step", () => this.#oneStep()), button("Start again", () => this.#begin()),
      button("Other points and weights", () => { this.#settings.seed += 1; this.#begin(); }), h("label", {}, "Speed", speed), p.link,
    );
  }

  #choices() {
    const choice = (key) => {
      const options = CHOICES[key].map((value) => [value, WORDS[key]?.[value] ?? WORDS[value] ?? value]);
      const onChange = (text) => {
        const value = CHOICES[key].find((one) => String(one) === text);
        this.#settings = { ...this.#settings, [key]: value };
        if (!GOES_ON.has(key)) return this.#begin();
        this.#training.settings = this.#settings;
        this.#link();
      };
      return h("label", {}, NAMES[key], select(options, this.#settings[key], onChange));
    };
    const { hidden } = this.#settings;
    const size = (label, l, min) =>
      slider({
        label, min, max: 8, step: 1, digits: 0, value: hidden[l] ?? 0,
        onInput: (v) => {
          const sizes = [...this.#settings.hidden];
          sizes[l] = v;
          this.#settings = { ...this.#settings, hidden: sizes.filter(Boolean) };
          this.#begin();
        },
      });
    return h(
      "div", {},
      h("div", { class: "columns" }, size("hidden neurons", 0, 1), size("second layer", 1, 0)),
      h("div", { class: "row" }, Object.keys(CHOICES).map(choice)),
    );
  }

  #begin() {
    this.#pause();
    this.#training = new Training({ ...this.#settings });
    this.#link();
    this.#update();
  }

  #run() {
    this.#parts.run.textContent = "Pause ❚❚";
    this.announce("It trains.");
    const frame = () => {
      this.#running = requestAnimationFrame(frame);
      const box = this.getBoundingClientRect();
      if (box.bottom < 0 || box.top > innerHeight) return; // out of sight
      const end = performance.now() + LONGEST;
      let whole = false;
      do whole = this.#train(); while (this.#perFrame === "epoch" && !whole && performance.now() < end);
      this.#draw();
    };
    frame();
  }

  #pause() {
    cancelAnimationFrame(this.#running);
    if (this.#running) this.#update();
    this.#running = 0;
    this.#parts.run.textContent = "Run ▶";
  }

  #oneStep() {
    this.#pause();
    this.#train();
    this.#update();
  }

  /** One batch. Returns whether an epoch has ended. */
  #train() {
    if (!this.#training.step()) return false;
    const fresh = mark(this.#marks, this.#settings, this.#training.history);
    if (fresh.length) this.announce(`Mission met: ${MISSIONS[fresh[0]].text.split(":")[0]}.`);
    return true;
  }

  #update() {
    this.#draw();
    const { history, steps } = this.#training;
    const { training, others } = history.at(-1);
    this.announce(`${steps} step${steps === 1 ? "" : "s"}: loss ${number(training.loss, 3)}, ${percent(training.accuracy, 0)} right; of new points ${percent(others.accuracy, 0)}.`);
  }

  #draw() {
    const p = this.#parts;
    const training = this.#training;
    if (!training) return;
    const colours = coloursOf(p.probes);
    drawPlane(p.plane, training, colours);
    drawHidden(p.hidden, training, colours);
    drawLoss(p.loss, training.history, colours);
    const { training: seen, others } = training.history.at(-1);
    const neurons = training.settings.hidden.at(-1);
    p.hiddenTitle.textContent = {
      1: "One neuron: its output, from left to right. The border is a single place.",
      2: "The outputs of the two neurons, just as they are. The border is straight.",
    }[neurons] ?? `${neurons} neurons give each point ${neurons} numbers, and a picture has room for two. Across: how much more the network is for one class than for the other; at the border neither wins. Up: what else differs most between the points.`;
    p.status.textContent = `${training.steps} steps, seed ${training.settings.seed}. Right: ${percent(seen.accuracy, 0)} of its points, ${percent(others.accuracy, 0)} of new ones. Loss ${number(seen.loss, 3)} and ${number(others.loss, 3)}.`;
    const items = MISSIONS.map(({ text, counts }, i) => {
      const n = this.#marks[i];
      const done = n === undefined ? "" : counts ? ` ✓ met with ${n}` : " ✓ met";
      return h("li", { class: n === undefined ? false : "good" }, unbroken(text), done);
    });
    p.missions.replaceChildren(...items);
    set(p.plane, { "aria-label": `${training.settings.n} points of two classes; the network says the class of ${percent(seen.accuracy, 0)} of them rightly.` });
    set(p.hidden, { "aria-label": `The same points as the last hidden layer, of ${neurons}, sees them, with the output's straight border.` });
    set(p.loss, { "aria-label": `Loss over ${training.epochs} epochs, now ${number(seen.loss, 3)}; on new points ${number(others.loss, 3)}.` });
  }

  #link() {
    this.linkTo(this.#parts.link, "trainer", toText(this.#settings));
  }
}

customElements.define("dl-trainer", Trainer);
