// From a picture to MNIST's form by three rules (threshold, box, centre of mass), as
// `dlcourse.digits.preprocessing_by_threshold` has it; here `invert` and `centres` can be switched off. No DOM.
// Pictures are {height, width, values}, 0 black to 1 white.
import { border } from "./border-and-paper.mjs";
import { FAINTEST_INK, centre, fit, shrink } from "./mnist-form.mjs";

const BINS = 256;

/** Otsu's threshold (1979): it splits values from 0 to 1 into two kinds, each as alike as can be. */
function otsu(values) {
  const counts = new Float64Array(BINS);
  for (const v of values) counts[Math.min(BINS - 1, Math.floor(v * BINS))]++;
  const middle = (i) => (i + 0.5) / BINS;
  const mass = counts.reduce((sum, c, i) => sum + c * middle(i), 0);
  let [below, heavy] = [0, 0];
  const between = counts.map((c, i) => {
    below += c;
    heavy += c * middle(i);
    const above = values.length - below;
    return below * above * (heavy / Math.max(below, 1) - (mass - heavy) / Math.max(above, 1)) ** 2;
  });
  const most = Math.max(...between) * (1 - 1e-9);
  const best = Array.from(between.keys()).filter((i) => between[i] >= most);
  return best.reduce((sum, i) => sum + (i + 1) / BINS, 0) / best.length;
}

/** The ink of a picture, 1 on paper 0, and whether it is `dark`; null for a blank picture. */
export function findInk({ height, width, values }) {
  const threshold = otsu(values);
  const bright = border({ height, width, values }).filter((v) => v > threshold).length;
  const dark = bright > height + width; // most of the border's 2 (height + width) values are bright: paper
  const beyond = values.map((v) => Math.max(0, dark ? threshold - v : v - threshold));
  const most = beyond.reduce((a, b) => Math.max(a, b), 1e-6);
  const ink = { height, width, values: beyond.map((v) => v / most) };
  return ink.values.some((v) => v > FAINTEST_INK) ? { ink, dark } : null;
}

const reversed = ({ height, width, values }) => ({ height, width, values: values.map((v) => 1 - v) });

/**
 * What the networks see of a picture: `{steps, values, dark}`, each step with its name; `dark` says
 * whether dark ink on light paper is left. `invert` makes the ink white on black, `centres` fits
 * and centres it as MNIST does. Null for a blank picture.
 */
export function prepare(light, { invert, centres }) {
  const separated = findInk(light);
  if (!separated) return null;
  const dark = separated.dark && !invert;
  const steps = [{ name: "as it is", picture: light }];
  if (centres) {
    const show = (ink) => (dark ? reversed(ink) : ink);
    const fitted = fit(separated.ink);
    steps.push({ name: "the ink, by a threshold", picture: show(separated.ink) }, { name: "fitted into 20 × 20", picture: show(fitted) });
    steps.push({ name: "centred in 28 × 28: what they see", picture: show(centre(fitted)) });
  } else {
    const turned = separated.dark && invert ? reversed(light) : light;
    if (turned !== light) steps.push({ name: "white on black", picture: turned });
    steps.push({ name: "shrunk to 28 × 28: what they see", picture: shrink(turned) });
  }
  return { steps, values: steps.at(-1).picture.values, dark };
}
