// The trainer's settings: what can be chosen, as a text for links, and the missions. No DOM.
import { SETS } from "./point-sets.mjs";

export const CHOICES = {
  set: SETS,
  n: [20, 100, 200],
  noise: [0, 0.25, 0.6],
  activation: ["tanh", "sigmoid", "relu", "linear"],
  optimiser: ["adam", "sgd"],
  rate: [0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1, 3, 10],
  batch: [1, 5, 10, 32, 200],
};
const ORDER = ["set", "n", "noise", "seed", "hidden", "activation", "optimiser", "rate", "batch"];

/** The settings in one word, such as "xor-100-0.25-0-2x2-tanh-adam-0.05-10". */
export const toText = (settings) => ORDER.map((key) => (key === "hidden" ? settings.hidden.join("x") : settings[key])).join("-");

/** The settings that a word says; null if it says nothing of the kind. */
export function fromText(text) {
  const parts = (text ?? "").split("-");
  if (parts.length !== ORDER.length) return null;
  const settings = {};
  for (const [i, key] of ORDER.entries()) {
    const value = key === "hidden" ? parts[i].split("x").map(Number) : typeof CHOICES[key]?.[0] === "string" ? parts[i] : Number(parts[i]);
    if (CHOICES[key] && !CHOICES[key].includes(value)) return null;
    settings[key] = value;
  }
  const whole = (v, low, high) => Number.isInteger(v) && v >= low && v <= high;
  const fits = settings.hidden.length <= 2 && settings.hidden.every((v) => whole(v, 1, 8)) && whole(settings.seed, 0, 9999);
  return fits ? settings : null;
}

const neurons = ({ hidden }) => hidden.reduce((a, b) => a + b, 0);
const lowest = (history) => history.reduce((low, { others }) => Math.min(low, others.loss), Infinity);

/** What to try: `met(settings, history)` after an epoch. */
export const MISSIONS = [
  {
    text: "Crescents: 94 % of the new points, with as few hidden neurons as you can",
    counts: true,
    met: ({ set, noise }, history) => set === "crescents" && noise > 0 && history.at(-1).others.accuracy >= 0.94,
  },
  {
    text: "Xor: 90 % of the new points with two hidden neurons",
    met: (settings, history) => settings.set === "xor" && neurons(settings) === 2 && history.at(-1).others.accuracy >= 0.9,
  },
  {
    text: "Spiral: 94 % of the new points",
    met: ({ set }, history) => set === "spiral" && history.at(-1).others.accuracy >= 0.94,
  },
  {
    text: "Make it learn its points by heart: all of them right, under 90 % of the new ones, and the loss on the new ones twice as high as at its best",
    met: (_, history) => {
      const { training, others } = history.at(-1);
      return training.accuracy === 1 && others.accuracy < 0.9 && others.loss >= 2 * lowest(history);
    },
  },
];

/** Mark the missions that are met; `marks[i]` is the fewest neurons so far. Returns the new ones. */
export function mark(marks, settings, history) {
  return MISSIONS.map((_, i) => i).filter((i) => {
    const n = neurons(settings);
    if (marks[i] !== undefined && !(MISSIONS[i].counts && n < marks[i])) return false;
    if (!MISSIONS[i].met(settings, history)) return false;
    marks[i] = n;
    return true;
  });
}
