// Trains a small network on points: what `dlcourse.training.fit` does, one batch at a time. No DOM.
import { ACTIVATIONS, SLOPES, softmax } from "../shared/activations.mjs";
import { Random } from "./numpy-random.mjs";
import { pointSet } from "./point-sets.mjs";

const OTHERS = 400; // points that are not trained on
const [BETA_1, BETA_2, EPSILON] = [0.9, 0.999, 1e-8];

/** A layer with Glorot's random weights: W[i][j] from input i to neuron j. */
function layer(inputs, neurons, activation, rng) {
  const reach = Math.sqrt(6 / (inputs + neurons));
  const W = Array.from({ length: inputs }, () => Float64Array.from({ length: neurons }, () => rng.uniform(-reach, reach)));
  return { W, b: new Float64Array(neurons), activation };
}

/** The sums and outputs of all layers for one point; `a[0]` is the point. It runs over each pixel of a plane, too. */
export function forward(layers, point) {
  const [z, a] = [[], [point]];
  let input = point;
  for (const { W, b, activation } of layers) {
    const sums = b.slice();
    for (let i = 0; i < input.length; i++)
      for (let j = 0; j < sums.length; j++) sums[j] += input[i] * W[i][j];
    input = activation === "softmax" ? softmax(sums) : sums.map(ACTIVATIONS[activation]);
    z.push(sums);
    a.push(input);
  }
  return { z, a };
}

/** Zeros in the shape of all weights and biases. */
const zeros = (layers) => layers.map(({ W, b }) => [...W, b].map((row) => new Float64Array(row.length)));

/** Add one point's gradients, a share of the batch's mean, to `sums`. */
function backward(layers, { z, a }, truth, sums, share) {
  let dz = a.at(-1).map((p, k) => (p - (k === truth ? 1 : 0)) * share);
  for (let l = layers.length - 1; l >= 0; l--) {
    const rows = sums[l];
    const input = a[l];
    for (let j = 0; j < dz.length; j++) {
      for (let i = 0; i < input.length; i++) rows[i][j] += input[i] * dz[j];
      rows.at(-1)[j] += dz[j];
    }
    if (l === 0) break;
    const slope = SLOPES[layers[l - 1].activation];
    dz = layers[l].W.map((row, i) => row.reduce((sum, w, j) => sum + w * dz[j], 0) * slope(a[l][i], z[l - 1][i]));
  }
}

/** A network in training, with its points. */
export class Training {
  constructor(settings) {
    const { set, n, noise, seed, hidden, activation } = settings;
    this.settings = settings;
    this.rng = new Random(seed);
    this.points = pointSet(set, n, noise, this.rng);
    this.others = pointSet(set, OTHERS, noise, this.rng);
    const sizes = [2, ...hidden, 2];
    this.layers = sizes.slice(1).map((size, l) => layer(sizes[l], size, l === hidden.length ? "softmax" : activation, this.rng));
    this.moments = [zeros(this.layers), zeros(this.layers)];
    this.order = [];
    Object.assign(this, { steps: 0, epochs: 0 });
    this.history = [this.measure()];
  }

  /** Learn from one batch. Returns whether that ended an epoch. */
  step() {
    const { n, batch } = this.settings;
    if (!this.order.length) this.order = this.rng.permutation(n);
    const rows = this.order.splice(0, batch);
    const gradients = zeros(this.layers);
    for (const i of rows)
      backward(this.layers, forward(this.layers, this.points.X[i]), this.points.y[i], gradients, 1 / rows.length);
    this.steps += 1;
    this.#change(gradients);
    if (this.order.length) return false;
    this.epochs += 1;
    this.history.push(this.measure());
    return true;
  }

  /** Move every weight: by gradient descent, or by Adam. */
  #change(gradients) {
    const { optimiser, rate } = this.settings;
    const [m, v] = this.moments;
    const [fix1, fix2] = [1 - BETA_1 ** this.steps, 1 - BETA_2 ** this.steps];
    this.layers.forEach(({ W, b }, l) => {
      [...W, b].forEach((row, i) => {
        const g = gradients[l][i];
        for (let j = 0; j < row.length; j++) {
          if (optimiser === "sgd") {
            row[j] -= rate * g[j];
            continue;
          }
          m[l][i][j] = BETA_1 * m[l][i][j] + (1 - BETA_1) * g[j];
          v[l][i][j] = BETA_2 * v[l][i][j] + (1 - BETA_2) * g[j] ** 2;
          row[j] -= (rate * (m[l][i][j] / fix1)) / (Math.sqrt(v[l][i][j] / fix2) + EPSILON);
        }
      });
    });
  }

  /** Loss and share of right answers, on the points that are trained on and on the others. */
  measure() {
    const of = ({ X, y }) => {
      let [loss, right] = [0, 0];
      X.forEach((point, i) => {
        const p = forward(this.layers, point).a.at(-1)[y[i]];
        loss -= Math.log(Math.max(p, 1e-99));
        right += p > 0.5;
      });
      return { loss: loss / X.length, accuracy: right / X.length };
    };
    return { training: of(this.points), others: of(this.others) };
  }
}
