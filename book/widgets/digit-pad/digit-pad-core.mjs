// From a drawing or photo to what the networks see, and to their answers. No DOM.
import { predict } from "../inference/network.mjs";
import { shrink } from "../inference/mnist-form.mjs";
import { candidates, isHole } from "./find-ink.mjs";

const reversed = ({ height, width, values }) => ({ height, width, values: values.map((v) => 1 - v) });

/**
 * What the networks see of a picture of 0–255: `{steps, ways, values, dark}`: each step with its name, the
 * ways in which the picture can be read, best first, and the best one's values; `dark` says whether
 * dark ink on light paper is left. `invert` makes the ink white on black, `centres` fits and
 * centres it as MNIST does. Null for a blank picture.
 */
export function prepare(picture, { invert, centres }) {
  const light = { ...picture, values: Float32Array.from(picture.values, (v) => v / 255) };
  const found = candidates(light);
  if (!found.length) return null;
  const [best] = found;
  const dark = best.dark && !invert;
  const steps = [{ name: "as it is", picture: light }];
  if (!centres) {
    const turned = best.dark && invert ? reversed(light) : light;
    if (turned !== light) steps.push({ name: "white on black", picture: turned });
    const seen = shrink(turned);
    steps.push({ name: "shrunk to 28 × 28: what they see", picture: seen });
    return { steps, values: seen.values, dark, ways: [{ values: seen.values, nSigns: 1, untidiness: 0, hole: false }] };
  }
  const show = (one, ink) => (one.dark && !invert ? reversed(ink) : ink);
  steps.push({ name: "the ink, found", picture: show(best, best.ink) });
  steps.push({ name: "fitted into 20 × 20", picture: show(best, best.fitted) });
  steps.push({ name: "centred in 28 × 28: what they see", picture: show(best, best.picture) });
  const ways = found.map((one, i) => ({
    values: show(one, one.picture).values,
    nSigns: one.nSigns,
    untidiness: one.untidiness,
    hole: i > 0 && isHole(one, best),
  }));
  return { steps, values: ways[0].values, dark, ways };
}

const REFUSE_AT = 0.5; // probability of "none of these" at which a picture is no digit, as it is if "none" is likeliest
const UNTIDY = 0.35; // a network with "none" refuses what is so far from ink of one shade on paper
const SURE = 0.97; // the next way to see the ink must convince the network so much
const LEAST_SURE = 0.45; // share of the likeliest digit below which a network with "none" refuses

/** A network's answer, judged as `dlcourse.reader` does: the digit or null, how sure, the ten. */
export function answer(network, values) {
  const all = Array.from(predict(network, values));
  const share = all.slice(0, 10).reduce((a, b) => a + b, 0);
  const none = all.slice(10).reduce((a, b) => a + b, 0);
  const probabilities = all.slice(0, 10).map((v) => v / Math.max(share, 1e-12));
  const best = probabilities.indexOf(Math.max(...probabilities));
  if (none >= REFUSE_AT || none > all[best]) return { digit: null, confidence: none, probabilities };
  if (all.length > 10 && probabilities[best] < LEAST_SURE)
    return { digit: null, confidence: 1 - all[best], probabilities };
  return { digit: best, confidence: all[best], probabilities };
}

/** The verdict on a prepared picture, as `dlcourse.reader` gives it. */
export function read(network, { ways: [best, ...others] }) {
  const first = answer(network, best.values);
  const untidy = network.classes.length > 10 && best.untidiness > UNTIDY;
  const reading = best.nSigns > 1 || untidy ? { ...first, digit: null, confidence: 1 } : first;
  if (reading.digit !== null) return reading;
  for (const other of others) {
    if (other.nSigns !== 1 || other.untidiness > UNTIDY || other.hole) continue;
    const second = answer(network, other.values);
    if (second.digit !== null && second.confidence >= SURE) return second;
  }
  return reading;
}
