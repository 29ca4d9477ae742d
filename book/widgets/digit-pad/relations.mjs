// How the ways to see ink in a picture stand to each other, as `dlcourse.digits` has it. No DOM.
import { chosen, count, sum } from "./numbers.mjs";
import { holesOf } from "./plates.mjs";

const MOST = 0.5; // part of what a loop encloses that its eye covers at least, and a sign does not
const PART = 0.5; // of ink that is part of other ink, so much is shared with it, at least

/** Whether `inner` is most of what `outer` encloses, as the eye of a zero is, and no sign. */
export function fills(inner, outer) {
  const holes = holesOf(outer.mask, outer.grey.height, outer.grey.width);
  return sum(chosen(holes, inner.mask)) > MOST * count(holes);
}

/** Whether `part` is ink of `whole`, seen without the rest. */
export function isPart(part, whole) {
  return part.dark === whole.dark && sum(chosen(whole.mask, part.mask)) > PART * count(part.mask);
}
