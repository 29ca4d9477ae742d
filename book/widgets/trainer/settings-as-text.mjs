// The trainer's settings: what can be chosen, and all of it as a text, for links and the settings
// attribute. No DOM.
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
