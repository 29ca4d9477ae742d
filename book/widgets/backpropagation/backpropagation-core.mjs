// Backpropagation through a 2-2-1 network, in steps that can be told one by one. No DOM.
// Its hidden neurons have the sigmoid, its output what `output_activation` says.
import { ACTIVATIONS, SLOPES } from "../shared/activations.mjs";

/** Sums and outputs of both layers, and the squared error. */
export function forward({ x, t, W1, b1, W2, b2, output_activation: output }) {
  const z1 = b1.map((b, j) => x.reduce((sum, xi, i) => sum + xi * W1[i][j], b));
  const a1 = z1.map(ACTIVATIONS.sigmoid);
  const z2 = a1.reduce((sum, a, j) => sum + a * W2[j][0], b2[0]);
  const y = ACTIVATIONS[output](z2);
  return { z1, a1, z2, y, loss: (y - t[0]) ** 2 };
}

/** The gradient of the loss for every value, from the loss back, with the factors of each. */
export function backward({ x, t, W2, output_activation: output }, { a1, z2, y }) {
  const dy = 2 * (y - t[0]);
  const slope2 = SLOPES[output](y, z2);
  const dz2 = dy * slope2;
  const dW2 = a1.map((a) => [dz2 * a]);
  const da1 = W2.map(([w]) => dz2 * w);
  const slope1 = a1.map(SLOPES.sigmoid);
  const dz1 = da1.map((da, j) => da * slope1[j]);
  const dW1 = x.map((xi) => dz1.map((dz) => dz * xi));
  return { dy, slope2, dz2, dW2, db2: [dz2], da1, slope1, dz1, dW1, db1: dz1 };
}

/** Every weight a little against its gradient. */
export function update(numbers, gradients, learningRate) {
  const moved = (values, slopes) =>
    Array.isArray(values) ? values.map((v, i) => moved(v, slopes[i])) : values - learningRate * slopes;
  const weights = ["W1", "b1", "W2", "b2"].map((key) => [key, moved(numbers[key], gradients[`d${key}`])]);
  return { ...numbers, ...Object.fromEntries(weights) };
}

/** `rounds` + 1 states, each `{numbers, pass, gradients}`, from the start on. */
export function train(numbers, learningRate, rounds) {
  const states = [];
  for (let current = numbers; states.length <= rounds; ) {
    const pass = forward(current);
    const gradients = backward(current, pass);
    states.push({ numbers: current, pass, gradients });
    current = update(current, gradients, learningRate);
  }
  return states;
}

/** The steps of one round, in order. */
export const STEPS = ["start", "hidden", "output", "loss", "delta", "gradients2", "hiddenDelta", "gradients1", "update"];

/** Where one step forward (+1) or back (−1) leads; the start and the last round are the ends. */
export function move({ round, step }, by, lastRound) {
  const at = Math.max(0, Math.min(lastRound * STEPS.length + STEPS.length - 1, round * STEPS.length + step + by));
  return { round: Math.floor(at / STEPS.length), step: at % STEPS.length };
}

/** State as text for a link, and back; null if it is not one. */
export const toText = ({ rate, round, step, output }) => [rate, round, step, output].join("_");
export function fromText(text, lastRound) {
  const [rate, round, step] = (text ?? "").split("_").map(Number);
  const output = text?.split("_")[3] ?? "sigmoid";
  const right = rate > 0 && rate <= 10 && round >= 0 && round <= lastRound && step >= 0 && step < STEPS.length;
  return right && Number.isInteger(round) && Number.isInteger(step) && ["sigmoid", "linear"].includes(output) ? { rate, round, step, output } : null;
}
