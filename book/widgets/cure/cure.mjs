// Choose a sick training and a cure; the curve that it brings is drawn over the old one. Nothing is trained
// here: the file that the attribute `trials` names has recorded curves.
import { Figure } from "../shared/figure.mjs";
import { button, h, number, percent, set } from "../shared/elements-and-numbers.mjs";
import { plane } from "../shared/plane.mjs";
import { ceiling, lossCurves, path, treat } from "./cure-core.mjs";

const loss = (v) => (v === null ? "no number" : number(v));
const right = ({ accuracy }) => percent(accuracy, 0);

class Cure extends Figure {
  label = "Six sick trainings and six cures";
  #data;
  #patient = 0;
  #cure = null;
  #cured = new Set();
  #parts = {};

  async render() {
    this.#data = await this.json("trials");
    const p = this.#parts;
    const { patients, cures } = this.#data;
    p.plot = h("div", {});
    p.patients = patients.map(({ name }, i) => button(name, () => this.#choose(i, null)));
    p.cures = cures.map(({ name }, i) => button(name, () => this.#choose(this.#patient, this.#cure === i ? null : i)));
    p.count = h("p", {});
    this.#choose(0, null);
    return h(
      "div", { class: "columns" },
      h("div", {}, p.plot),
      h("div", {},
        h("p", { class: "title" }, "Patient"), h("div", { class: "row", role: "group", "aria-label": "Patient" }, p.patients),
        h("p", { class: "title" }, "Cure"), h("div", { class: "row", role: "group", "aria-label": "Cure" }, p.cures), p.count,
        h("p", { class: "note" }, "Thin: as it was. Thick: with the cure. Solid: training loss. Dashed: validation loss. The level line is the loss of guessing.")),
    );
  }

  #choose(patient, cure) {
    [this.#patient, this.#cure] = [patient, cure];
    const p = this.#parts;
    const before = this.#data.trials[this.#data.patients[patient].trial];
    const { reason, trial, recovered, cured } = cure === null ? {} : treat(this.#data, patient, cure);
    if (cured) this.#cured.add(patient);
    p.patients.forEach((button, i) => {
      const { name } = this.#data.patients[i];
      const cured = this.#cured.has(i);
      button.textContent = name + (cured ? "✓" : "");
      set(button, { "aria-pressed": String(i === patient), "aria-label": `patient ${name}${cured ? ", cured" : ""}` });
    });
    p.cures.forEach((button, i) => set(button, { "aria-pressed": String(i === cure) }));
    p.count.textContent = `Cured: ${this.#cured.size} of ${this.#data.patients.length}.`;
    this.#draw(before, trial);
    const { name } = this.#data.patients[patient];
    const was = `validation loss ${loss(before.validation.at(-1))}, ${right(before)} right`;
    if (cure === null) return this.announce(`${name} ended at ${was}. Which cure?`);
    if (reason) return this.announce(`Nothing changes: ${reason}.`);
    const verdict = cured ? "Cured" : recovered ? "Better, but the cause is still there" : "Not cured";
    this.announce(`${verdict}: validation loss ${loss(trial.validation.at(-1))}, ${right(trial)} right. It was ${loss(before.validation.at(-1))}, ${right(before)}.`);
  }

  #draw(before, after) {
    const { classes } = this.#data;
    const [top, end] = [ceiling(before, classes), Math.max(before.loss.length, after?.loss.length ?? 0)];
    const { svg, inside, x, y } = plane({
      xRange: [0, end], yRange: [0, top], xLabel: "epoch", yLabel: "loss", ticks: { x: [0, end / 2, end], y: [0, top / 2, top] },
    });
    const guess = y(Math.log(classes));
    inside.append(h("line", { x1: x(0), x2: x(end), y1: guess, y2: guess, stroke: "var(--line)", "stroke-width": 1 }));
    const add = (trial, colours, width) =>
      Object.entries(lossCurves(trial)).forEach(([name, points], i) => {
        const look = { fill: "none", stroke: `var(--${colours[i]})`, "stroke-width": width, "stroke-linejoin": "round" };
        inside.append(h("path", { ...look, d: path(points, x, y), "stroke-dasharray": name === "validation" ? "6 5" : null }));
      });
    add(before, after ? ["quiet", "quiet"] : ["plus", "minus"], 1.5);
    if (after) add(after, ["plus", "minus"], 3.5);
    const inWords = (trial) => `training loss from ${loss(trial.first)} to ${loss(trial.loss.at(-1))}, validation loss at last ${loss(trial.validation.at(-1))}`;
    set(svg, { "aria-label": `Loss over the epochs. As it was: ${inWords(before)}.${after ? ` With the cure: ${inWords(after)}.` : ""}` });
    this.#parts.plot.replaceChildren(svg);
  }
}

customElements.define("dl-cure", Cure);
