// A neuron with two inputs: its sum, its output, the line it draws. No DOM.
import { ACTIVATIONS } from "../shared/activations.mjs";

/** z = Σ xᵢwᵢ + b; what only rounding parts from 0, as 0.3 + 0.6 − 0.9, is 0: a step decides by its sign. */
function weightedSum(x, w, b) {
  const z = x.reduce((sum, xi, i) => sum + xi * w[i], b);
  return Math.abs(z) < 1e-9 ? 0 : z;
}

/** The sum and the output of a neuron. */
export function fire(x, w, b, activation) {
  const z = weightedSum(x, w, b);
  return { z, a: ACTIVATIONS[activation](z) };
}

/** What a neuron may be asked to say: its answers for the four pairs of 0 and 1. */
export const PAIRS = [[0, 0], [0, 1], [1, 0], [1, 1]];
export const TARGETS = { or: [0, 1, 1, 1], and: [0, 0, 0, 1], xor: [0, 1, 1, 0] };

/** Whether the neuron is right about each pair: it says 1 where its sum is not negative. */
export const rightAbout = (targets, w, b) => PAIRS.map((x, i) => ACTIVATIONS.step(weightedSum(x, w, b)) === targets[i]);

/** The bias with which the line goes through a point. */
export const biasThrough = (point, w) => -weightedSum(point, w, 0);

/** The corners of the part of the square ±`reach` in which the sum is positive. */
export function positiveSide(w, b, reach) {
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map((c) => c.map((v) => v * reach));
  const polygon = [];
  corners.forEach((corner, i) => {
    const next = corners[(i + 1) % 4];
    const [here, there] = [weightedSum(corner, w, b), weightedSum(next, w, b)];
    if (here >= 0) polygon.push(corner);
    if (here >= 0 !== there >= 0) {
      const t = here / (here - there);
      polygon.push(corner.map((v, k) => v + t * (next[k] - v)));
    }
  });
  return polygon;
}

/** The part of the line x₁w₁ + x₂w₂ + b = 0 within ±`reach`, as two points; null if none is. */
export function decisionLine(w, b, reach) {
  const size = Math.hypot(...w) || 1;
  const [unit, shift] = [w.map((v) => v / size), b / size];
  const along = ([x, y]) => unit[0] * y - unit[1] * x;
  const on = positiveSide(unit, shift, reach).filter((point) => weightedSum(point, unit, shift) === 0);
  on.sort((one, other) => along(one) - along(other));
  return on.length && along(on[0]) < along(on.at(-1)) ? [on[0], on.at(-1)] : null;
}
