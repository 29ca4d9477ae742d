// The trainer's missions: what to try, and which are met. No DOM.

const neurons = ({ hidden }) => hidden.reduce((a, b) => a + b, 0);
const lowest = (history) => history.reduce((low, { others }) => Math.min(low, others.loss), Infinity);

/** What to try: `met(settings, history)` after an epoch. */
export const MISSIONS = [
  {
    text: "Crescents: 94 % of the new points, with as few hidden neurons as you can",
    counts: true,
    met: ({ set, noise }, history) => set === "crescents" && noise > 0 && history.at(-1).others.accuracy >= 0.94,
  },
  {
    text: "Xor: 90 % of the new points with two hidden neurons",
    met: (settings, history) => settings.set === "xor" && neurons(settings) === 2 && history.at(-1).others.accuracy >= 0.9,
  },
  {
    text: "Spiral: 94 % of the new points",
    met: ({ set }, history) => set === "spiral" && history.at(-1).others.accuracy >= 0.94,
  },
  {
    text: "Make it learn its points by heart: all of them right, under 90 % of the new ones, and the loss on the new ones twice as high as at its best",
    met: (_, history) => {
      const { training, others } = history.at(-1);
      return training.accuracy === 1 && others.accuracy < 0.9 && others.loss >= 2 * lowest(history);
    },
  },
];

/** Mark the missions that are met; `marks[i]` is the fewest neurons so far. Returns the new ones. */
export function mark(marks, settings, history) {
  return MISSIONS.map((_, i) => i).filter((i) => {
    const n = neurons(settings);
    if (marks[i] !== undefined && !(MISSIONS[i].counts && n < marks[i])) return false;
    if (!MISSIONS[i].met(settings, history)) return false;
    marks[i] = n;
    return true;
  });
}
