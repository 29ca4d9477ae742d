// The story before the algebra: what an example wants, and who can help. No DOM.
// A pull is the gradient turned round: the way in which a number should move.
// `numbers` are the weights with the dog's x and t; `other` is {x, t} of the cat, which wants the opposite.
import { backward, forward, update } from "./backpropagation-core.mjs";

const KEYS = ["dW1", "db1", "dW2", "db2", "da1"];
const each = (f, ...parts) => (Array.isArray(parts[0]) ? parts[0].map((_, i) => each(f, ...parts.map((part) => part[i]))) : f(...parts));

/** One example's output and pulls: `{y, a1, loss, dW1, db1, dW2, db2, da1, dy}`. */
export function pulls(numbers) {
  const pass = forward(numbers);
  const gradients = backward(numbers, pass);
  const turned = Object.fromEntries(KEYS.map((key) => [key, each((v) => -v, gradients[key])]));
  return { ...turned, dy: -gradients.dy, y: pass.y, a1: pass.a1, loss: pass.loss };
}

/** The mean of two examples' pulls. */
const meanPull = (one, two) =>
  Object.fromEntries([...KEYS, "loss"].map((key) => [key, each((u, v) => (u + v) / 2, one[key], two[key])]));

/** The network after one step along both pulls. */
export function together(numbers, other, rate) {
  const mean = meanPull(pulls(numbers), pulls({ ...numbers, ...other }));
  const gradients = Object.fromEntries(KEYS.map((key) => [key, each((v) => -v, mean[key])]));
  return update(numbers, gradients, rate);
}

const percent = (v) => `${(100 * v).toFixed(1)} %`;
const way = (v) => (v > 0 ? "up" : "down");

/** How many steps the story has. */
export const STORY_STEPS = 7;

/**
 * A step of the story: `{title, lines, shown, pull, parts}`. `shown` is the example on the circles,
 * `parts` says whose pulls are drawn: y, W2, a1 or W1.
 */
export function storyStep(index, numbers, other, rate) {
  const dog = numbers;
  const cat = { ...numbers, ...other };
  const [d, c] = [pulls(dog), pulls(cat)];
  const mean = meanPull(d, c);
  const next = together(numbers, other, rate);
  const after = [forward(next), forward({ ...next, ...other })];
  const helps = (pull) => ["₁", "₂"].map((name, j) => `v${name} should go ${way(pull.dW2[j][0])}; how much depends on a${name} = ${pull.a1[j].toFixed(2)}.`).join(" ");
  return [
    { title: "A dog goes in", lines: [`Out comes ${percent(d.y)} dog. The truth is 100 % dog.`], shown: dog, pull: d, parts: [] },
    { title: "This dog wants y up", lines: [`${percent(1 - d.y)} are missing. Who can help?`], shown: dog, pull: d, parts: ["y"] },
    {
      title: "The arrows into the output can",
      lines: [helps(d), "An arrow with a stronger neuron behind it does more, so it is asked for more. (A bias counts as an arrow with 1 behind it.)"],
      shown: dog, pull: d, parts: ["y", "W2"],
    },
    {
      title: "The hidden neurons could, if they moved",
      lines: [["₁", "₂"].map((name, j) => `v${name} is ${numbers.W2[j][0] < 0 ? "negative" : "positive"}, so a${name} should go ${way(d.da1[j])}`).join("; ") + ".", "Nobody sets a₁ and a₂ directly: their own arrows must."],
      shown: dog, pull: d, parts: ["y", "W2", "a1"],
    },
    {
      title: "So the pull goes back to the first arrows",
      lines: ["Each neuron asks its own arrows, and asks more of those with a larger input: more of the ears’ arrows than of the snout’s."],
      shown: dog, pull: d, parts: ["y", "W2", "a1", "W1"],
    },
    {
      title: "Then a cat comes along and pulls the other way",
      lines: [`It is given ${percent(c.y)} dog, and the truth is 0 %: so it wants y down, and pulls at every arrow.`],
      shown: cat, pull: c, parts: ["y", "W2", "a1", "W1"],
    },
    {
      title: "The step follows the mean of the two pulls",
      lines: [
        "Where dog and cat pull in opposite directions, only the difference is left: the stronger pull wins.",
        `With learning rate ${rate}, one step takes the dog from ${percent(d.y)} to ${percent(after[0].y)} and the cat from ${percent(c.y)} to ${percent(after[1].y)} dog. Their mean loss goes from ${mean.loss.toFixed(4)} to ${((after[0].loss + after[1].loss) / 2).toFixed(4)}.`,
        "Raise the learning rate to 5 and press Whole update about twenty times: the cat loses at first, then both come right.",
      ],
      shown: dog, pull: mean, parts: ["W2", "W1"],
    },
  ][index];
}
