// The activations, their slopes and softmax, as `dlcourse.activations` has them. No DOM.

/** What an activation makes of a sum z. */
export const ACTIVATIONS = {
  step: (z) => (z >= 0 ? 1 : 0),
  sigmoid: (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  linear: (z) => z,
};

/** Each activation's slope, from its output a (and sum z). */
export const SLOPES = {
  sigmoid: (a) => a * (1 - a),
  tanh: (a) => 1 - a * a,
  relu: (a, z) => (z > 0 ? 1 : 0),
  linear: () => 1,
};

/** Probabilities from logits, safe for large ones. */
export function softmax(z) {
  const most = Math.max(...z);
  const powers = Array.from(z, (v) => Math.exp(v - most));
  const sum = powers.reduce((p, q) => p + q, 0);
  return powers.map((v) => v / sum);
}
