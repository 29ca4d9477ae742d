// From a drawing or photo to what the networks see, and to their answers. No DOM.
import { predict } from "../inference/network.mjs";
import { shrink } from "../inference/mnist-form.mjs";
import { candidates, isHole, liesWithin } from "./find-ink.mjs";

const reversed = ({ height, width, values }) => ({ height, width, values: values.map((v) => 1 - v) });

/**
 * What the networks see of a picture of 0–255: `{steps, ways, values, dark}`: each step with its name, the
 * ways in which the picture can be read, best first, and the best one's values; `dark` says whether
 * dark ink on light paper is left. `invert` makes the ink white on black, `centres` fits and
 * centres it as MNIST does. A way says through which others it shows, `within`, and of which it is
 * only a hole, `holeOf`. Null for a blank picture.
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
    return { steps, values: seen.values, dark, ways: [{ values: seen.values, nSigns: 1, untidiness: 0, within: [], holeOf: [] }] };
  }
  const show = (one, ink) => (one.dark && !invert ? reversed(ink) : ink);
  steps.push({ name: "the ink, found", picture: show(best, best.ink) });
  steps.push({ name: "fitted into 20 × 20", picture: show(best, best.fitted) });
  steps.push({ name: "centred in 28 × 28: what they see", picture: show(best, best.picture) });
  const which = (one, relation) => found.flatMap((other, i) => (relation(one, other) ? [i] : []));
  const ways = found.map((one) => ({
    values: show(one, one.picture).values,
    nSigns: one.nSigns,
    untidiness: one.untidiness,
    within: which(one, liesWithin),
    holeOf: which(one, isHole),
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

const isTidySign = ({ nSigns, untidiness }) => nSigns === 1 && untidiness <= UNTIDY;

/**
 * The ways without those that are only the plate around a sign of which the network is sure. The
 * eye of a digit looks like a zero or a one, so these two prove no plate.
 */
function withoutPlates(network, ways) {
  if (network.classes.length === 10) return ways;
  const plates = new Set();
  for (const inner of ways) {
    if (!inner.within.length || !isTidySign(inner)) continue;
    const { digit, confidence } = answer(network, inner.values);
    if (confidence >= SURE && ![null, 0, 1].includes(digit)) inner.within.forEach((i) => plates.add(ways[i]));
  }
  return ways.filter((way) => !plates.has(way));
}

/** The verdict on a prepared picture, as `dlcourse.reader` gives it. */
export function read(network, { ways }) {
  const [best, ...others] = withoutPlates(network, ways);
  const first = answer(network, best.values);
  const untidy = network.classes.length > 10 && best.untidiness > UNTIDY;
  const reading = best.nSigns > 1 || untidy ? { ...first, digit: null, confidence: 1 } : first;
  if (reading.digit !== null) return reading;
  for (const other of others) {
    if (!isTidySign(other) || other.holeOf.includes(ways.indexOf(best))) continue;
    const second = answer(network, other.values);
    if (second.digit !== null && second.confidence >= SURE) return second;
  }
  return reading;
}
