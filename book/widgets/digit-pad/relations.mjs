// How the ways to see ink in a picture stand to each other, as `dlcourse.digits.preparation` has it. No DOM.
import { chosen, count, sum } from "./numbers.mjs";
import { extent } from "./patches.mjs";
import { holesOf, isPlate } from "./plates.mjs";

const MOST = 0.5; // part of what a loop encloses that its eye covers at least, and a sign does not
const PART = 0.5; // of ink that is part of other ink, so much is shared with it, at least
const TIDY = 0.15; // ink that is less tidy may be seen better in another way

/** Whether `inner` is most of what `outer` encloses, as the eye of a zero is, and no sign. */
export function fills(inner, outer) {
  const holes = holesOf(outer.mask, outer.grey.height, outer.grey.width);
  return sum(chosen(holes, inner.mask)) > MOST * count(holes);
}

/** Whether `inner` is paper among the ink of `outer`: between legs, within a loop; a plate has none. */
export function isGap(inner, outer) {
  const { height, width } = outer.grey;
  if (inner.dark === outer.dark || inner.grey.height !== height || inner.grey.width !== width) return false;
  const [own, all] = [inner, outer].map(({ mask }) => extent(mask, width));
  const isInside = own.top >= all.top && own.bottom <= all.bottom && own.left >= all.left && own.right <= all.right;
  return isInside && !isPlate(outer.mask, height, width);
}

/** Whether `part` is ink of `whole`, seen without the rest, or a gap in it. */
export function isPart(part, whole) {
  if (part.dark === whole.dark) return sum(chosen(whole.mask, part.mask)) > PART * count(part.mask);
  return isGap(part, whole);
}

/** Whether `one` is the same ink, seen far better: a disc, say, of which the other has the rim. */
export function isTidier(one, other) {
  const same = one.dark === other.dark && isPart(other, one);
  return same && other.untidiness > TIDY && one.untidiness < other.untidiness / 2;
}
