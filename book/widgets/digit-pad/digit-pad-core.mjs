// From a drawing or photo to what the networks see, and to their answers. No DOM.
import { predict } from "../inference/network.mjs";
import { centre, fit, shrink } from "../inference/mnist-form.mjs";

const FAINT = 0.25; // of the strongest ink: weaker is paper, shadow or noise

/** Whether there is dark ink on light paper, and the ink as 0–1. The border is taken as paper. */
export function findInk({ height, width, values }) {
  const border = values.filter((_, i) => i < width || i >= values.length - width || i % width === 0 || i % width === width - 1);
  const paper = border.sort((a, b) => a - b)[border.length >> 1];
  const strongest = (sign) => values.reduce((most, v) => Math.max(most, sign * (paper - v)), 0);
  const [darker, lighter] = [strongest(1), strongest(-1)];
  const [sign, most] = darker >= lighter ? [1, darker] : [-1, lighter];
  if (most < 16) return null;
  const ink = values.map((v) => {
    const share = (sign * (paper - v)) / most;
    return share < FAINT ? 0 : share;
  });
  return { dark: sign === 1, ink: { height, width, values: ink } };
}

const reversed = ({ height, width, values }) => ({ height, width, values: values.map((v) => 1 - v) });

/**
 * What the networks see of a picture of 0–255: `{steps, values, dark}`, each step with its name;
 * `dark` says whether dark ink on light paper is left.
 * `invert` makes the ink white on black, `centres` fits and centres it as MNIST does.
 * Null for a blank picture.
 */
export function prepare(picture, { invert, centres }) {
  const found = findInk(picture);
  if (!found) return null;
  const light = { ...picture, values: picture.values.map((v) => v / 255) };
  const steps = [{ name: "as it is", picture: light }];
  const turns = found.dark && invert;
  let seen = turns ? reversed(light) : light;
  if (turns) steps.push({ name: "white on black", picture: seen });
  if (centres) {
    const show = (ink) => (found.dark && !invert ? reversed(ink) : ink);
    const fitted = fit(found.ink);
    steps.push({ name: "ink fitted into 20 × 20", picture: show(fitted) });
    seen = show(centre(fitted));
    steps.push({ name: "centred in 28 × 28: what they see", picture: seen });
  } else {
    seen = shrink(seen);
    steps.push({ name: "shrunk to 28 × 28: what they see", picture: seen });
  }
  return { steps, values: seen.values, dark: found.dark && !invert };
}

const REFUSE_AT = 0.5; // probability of "none of these" at which a picture is no digit
const LEAST_SURE = 0.45; // share of the likeliest digit below which a network with "none" refuses

/** A network's answer, judged as `dlcourse.reader` does: the digit or null, how sure, the ten. */
export function answer(network, values) {
  const all = Array.from(predict(network, values));
  const share = all.slice(0, 10).reduce((a, b) => a + b, 0);
  const none = all.slice(10).reduce((a, b) => a + b, 0);
  const probabilities = all.slice(0, 10).map((v) => v / Math.max(share, 1e-12));
  const best = probabilities.indexOf(Math.max(...probabilities));
  if (none >= REFUSE_AT) return { digit: null, confidence: none, probabilities };
  if (all.length > 10 && probabilities[best] < LEAST_SURE)
    return { digit: null, confidence: 1 - all[best], probabilities };
  return { digit: best, confidence: all[best], probabilities };
}
