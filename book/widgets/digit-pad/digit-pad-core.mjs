// From a drawing or photo to what the networks see. No DOM.
import { shrink } from "../inference/mnist-form.mjs";
import { candidates, isHole, liesWithin } from "./find-ink.mjs";
import { fills, isGap, isPart, isTidier } from "./relations.mjs";

/** A function that works once, and then remembers. */
const once = (work) => {
  let made;
  return () => (made ??= work());
};

const reversed = ({ height, width, values }) => ({ height, width, values: values.map((v) => 1 - v) });

/**
 * What the networks see of a picture of 0–255: `{steps, ways, looks, values, dark}`: each step with its name, the
 * ways in which the picture can be read, best first, and the best one's values; `dark` says whether
 * dark ink on light paper is left. `invert` makes the ink white on black, `centres` fits and
 * centres it as MNIST does. A way says through which others it shows, `within`, which it `fills`, and
 * of which it is only a hole, `holeOf`, or a part, `partOf`. `looks()` gives more ways, for who
 * refuses these: those of `again`, if it is given (see closer.mjs). Null for a blank picture.
 */
export function prepare(picture, { invert, centres }, again = () => []) {
  const light = { ...picture, values: Float32Array.from(picture.values, (v) => v / 255) };
  const found = candidates(light);
  const looked = once(() => again(light, found));
  const [best] = found.length ? found : looked();
  if (!best) return null;
  const dark = best.dark && !invert;
  const steps = [{ name: "as it is", picture: light }];
  if (!centres) {
    const turned = best.dark && invert ? reversed(light) : light;
    if (turned !== light) steps.push({ name: "white on black", picture: turned });
    const seen = shrink(turned);
    steps.push({ name: "shrunk to 28 × 28: what they see", picture: seen });
    return { steps, values: seen.values, dark, ways: [{ values: seen.values, nSigns: 1, untidiness: 0, within: [], fills: [], holeOf: [], partOf: [], gapOf: [], tidierThan: [] }], looks: () => [] };
  }
  const show = (one, ink) => (one.dark && !invert ? reversed(ink) : ink);
  steps.push({ name: "the ink, found", picture: show(best, best.ink) });
  steps.push({ name: "fitted into 20 × 20", picture: show(best, best.fitted) });
  steps.push({ name: "centred in 28 × 28: what they see", picture: show(best, best.picture) });
  const which = (one, relation) => found.flatMap((other, i) => (relation(one, other) ? [i] : []));
  const told = (one) => ({ values: show(one, one.picture).values, nSigns: one.nSigns, untidiness: one.untidiness });
  const ways = found.map((one) => ({
    ...told(one),
    within: which(one, liesWithin),
    fills: which(one, fills),
    holeOf: which(one, isHole),
    partOf: which(one, isPart),
    gapOf: which(one, isGap),
    tidierThan: which(one, isTidier),
  }));
  return { steps, values: told(best).values, dark, ways, looks: () => looked().map(told) };
}
