// What the iris figure says of four measurements. No DOM.
import { largest, predict } from "../inference/network.mjs";

export const FEATURES = ["sepal length", "sepal width", "petal length", "petal width"];

/** Probabilities of the species, the likeliest, and the nearest flower of the data. */
export function classify(network, { X, y }, lengths) {
  const probabilities = predict(network, lengths);
  const distance = (flower) => Math.hypot(...flower.map((v, i) => v - lengths[i]));
  const nearest = X.reduce((best, flower, i) => (distance(flower) < distance(X[best]) ? i : best), 0);
  return { probabilities, species: largest(probabilities), nearest, nearestSpecies: y[nearest] };
}

/** The smallest and largest value of each feature, half a centimetre wider, from zero up. */
export const ranges = (X) =>
  FEATURES.map((_, i) => {
    const values = X.map((flower) => flower[i]);
    return [Math.max(0, Math.floor(2 * Math.min(...values) - 1) / 2), Math.ceil(2 * Math.max(...values) + 1) / 2];
  });

/** The median of each feature: where the sliders start. */
export const medians = (X) =>
  FEATURES.map((_, i) => X.map((flower) => flower[i]).sort((a, b) => a - b)[X.length >> 1]);
