// What a network says of a prepared picture, judged as `dlcourse.digits.reader` does. No DOM.
import { predict } from "../inference/network.mjs";

const REFUSE_AT = 0.5; // probability of "none of these" at which a picture is no digit, as it is if "none" is likeliest
const UNTIDY = 0.35; // a network with "none" refuses what is so far from ink of one shade on paper
const SURE = 0.97; // the next way to see the ink must convince the network so much
const DOUBTFUL = 0.7; // a digit with no more than this probability is looked at once more
const BLANK = new Float32Array(28 * 28);
const LEAST_SURE = 0.45; // share of the likeliest digit below which a network with "none" refuses

/** A network's answer, judged as `dlcourse.digits.reader` does: the digit or null, how sure, the ten. */
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
 * The ways without those that are only the plate around a sign of which the network is sure; the
 * sign itself comes first then. The eye of a digit looks like a zero or a one, so these two prove
 * no plate if they fill it; and the eyes of several digits none at all.
 */
function withoutPlates(network, ways) {
  if (network.classes.length === 10) return ways;
  const [plates, signs] = [new Set(), new Set()];
  for (const inner of ways) {
    if (!inner.within.length || !isTidySign(inner)) continue;
    const { digit, confidence } = answer(network, inner.values);
    if (digit === null || confidence < SURE) continue;
    const eyes = (i) => (ways[i].nSigns > 1 && inner.partOf.includes(i)) || (digit <= 1 && inner.fills.includes(i));
    const around = inner.within.filter((i) => !eyes(i));
    if (around.length) signs.add(inner);
    around.forEach((i) => plates.add(ways[i]));
  }
  const kept = plates.size < ways.length ? ways.filter((way) => !plates.has(way)) : ways;
  return [...kept.filter((way) => signs.has(way)), ...kept.filter((way) => !signs.has(way))];
}

/** What is said of the same ink where it is seen far better, if that is no digit; else null. */
function seenBetter(network, way, ways) {
  const tidier = ways.find((other) => other.tidierThan.includes(ways.indexOf(way)));
  const reading = tidier && answer(network, tidier.values);
  return reading?.digit === null ? reading : null;
}

/** The verdict on the ways to see ink in a picture: on the best, or, if that is refused, the next. */
function readWays(network, ways) {
  const [best, ...others] = withoutPlates(network, ways);
  const first = answer(network, best.values);
  const untidy = network.classes.length > 10 && best.untidiness > UNTIDY;
  const seen = (network.classes.length > 10 && seenBetter(network, best, ways)) || first;
  const reading = best.nSigns > 1 || untidy ? { ...first, digit: null, confidence: 1 } : seen;
  if (reading.digit !== null) return reading;
  for (const other of others) {
    if (!isTidySign(other) || other.holeOf.includes(ways.indexOf(best))) continue;
    if (best.nSigns > 1 && other.partOf.includes(ways.indexOf(best))) continue; // two signs remain two
    if (seenBetter(network, other, ways)) continue;
    const second = answer(network, other.values);
    const isGap = second.digit <= 1 && other.gapOf.includes(ways.indexOf(best)); // a gap looks like a 0 or a 1
    if (second.digit !== null && second.confidence >= SURE && !isGap) return second;
  }
  return reading;
}

/** The verdict on a prepared picture, as `dlcourse.digits.reader` gives it. */
export function read(network, { ways, looks }) {
  const reading = ways.length ? readWays(network, ways) : { ...answer(network, BLANK), digit: null, confidence: 1 };
  const doubtful = network.classes.length > 10 && (reading.digit === null || reading.confidence < DOUBTFUL);
  if (!doubtful && ways.length) return reading;
  for (const look of looks()) {
    if (!isTidySign(look)) continue;
    const second = answer(network, look.values);
    if (second.digit !== null && second.confidence >= SURE) return second;
  }
  return reading;
}
