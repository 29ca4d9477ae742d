// The story before the algebra: what an example wants, and who can help. No DOM.
// Numbers want to move against their gradients: up where the gradient is negative.
// `numbers` are the weights with the dog's x and t; `other` is {x, t} of the cat, which wants the opposite.
import { backward, forward, update } from "./backpropagation-core.mjs";

/** One example's pass and gradients. */
function example(numbers) {
  const pass = forward(numbers);
  return { ...pass, ...backward(numbers, pass) };
}

const mean = (one, two) => (Array.isArray(one) ? one.map((v, i) => mean(v, two[i])) : (one + two) / 2);

/** The means of two examples' gradients and losses. */
const meanOf = (one, two) => Object.fromEntries(["dW1", "db1", "dW2", "db2", "loss"].map((key) => [key, mean(one[key], two[key])]));

/** The network after one step against the mean of both examples' gradients. */
export const together = (numbers, other, rate) =>
  update(numbers, meanOf(example(numbers), example({ ...numbers, ...other })), rate);

const percent = (v) => `${(100 * v).toFixed(1)} %`;
const way = (gradient) => (gradient < 0 ? "up" : "down");

/** How many steps the story has. */
export const STORY_STEPS = 7;

/**
 * A step of the story: `{title, lines, parts, shown, gradients}`. `shown` is the example on the circles,
 * `parts` says whose gradients are drawn: y, W2, a1 or W1.
 */
export function storyStep(index, dog, other, rate) {
  const cat = { ...dog, ...other };
  const [d, c] = [example(dog), example(cat)];
  const both = meanOf(d, c);
  const next = together(dog, other, rate);
  const after = [forward(next), forward({ ...next, ...other })];
  const each = (says, between) => ["₁", "₂"].map(says).join(between);
  const step = (title, parts, lines, shown = dog, gradients = d) => ({ title, lines, parts, shown, gradients });
  return [
    step("A dog goes in", [], [`Out comes ${percent(d.y)} dog. The truth is 100 % dog.`]),
    step("This dog wants y up", ["y"], [`${percent(1 - d.y)} are missing. Who can help?`]),
    step("The arrows into the output can", ["y", "W2"], [
      each((name, j) => `v${name} should go ${way(d.dW2[j][0])}; how much depends on a${name} = ${d.a1[j].toFixed(2)}.`, " "),
      "An arrow with a stronger neuron behind it does more, so it is asked for more. (A bias counts as an arrow with 1 behind it.)",
    ]),
    step("The hidden neurons could, if they moved", ["y", "W2", "a1"], [
      each((name, j) => `v${name} is ${dog.W2[j][0] < 0 ? "negative" : "positive"}, so a${name} should go ${way(d.da1[j])}`, "; ") + ".",
      "Nobody sets a₁ and a₂ directly: their own arrows must.",
    ]),
    step("So the pull goes back to the first arrows", ["y", "W2", "a1", "W1"], [
      "Each neuron asks its own arrows, and asks more of those with a larger input: more of the ears’ arrows than of the snout’s.",
    ]),
    step("Then a cat comes along and pulls the other way", ["y", "W2", "a1", "W1"], [
      `It is given ${percent(c.y)} dog, and the truth is 0 %: so it wants y down, and pulls at every arrow.`,
    ], cat, c),
    step("The step follows the mean of the two pulls", ["W2", "W1"], [
      "Where dog and cat pull in opposite directions, only the difference is left: the stronger pull wins.",
      `With learning rate ${rate}, one step takes the dog from ${percent(d.y)} to ${percent(after[0].y)} and the cat from ${percent(c.y)} to ${percent(after[1].y)} dog. Their mean loss goes from ${both.loss.toFixed(4)} to ${((after[0].loss + after[1].loss) / 2).toFixed(4)}.`,
      "Raise the learning rate to 5 and press Whole update about twenty times: the cat loses at first, then both come right.",
    ], dog, both),
  ][index];
}
