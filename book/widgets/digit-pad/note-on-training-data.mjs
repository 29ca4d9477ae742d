// What each network has learnt from, and whether the picture that it is shown is of that kind. No DOM.

// `dark`: it knows dark ink on light paper; `anywhere`: it knows ink that is neither fitted nor
// centred.
const LEARNT = {
  plain: { from: "white ink on black, fitted and centred", dark: false, anywhere: false },
  inverted: { from: "white on black and black on white, fitted and centred", dark: true, anywhere: false },
  robust: { from: "ink of both kinds, thick and thin, moved and turned, and pictures that are no digit", dark: true, anywhere: true },
};

/**
 * A sentence or two on a network and the picture that it is shown; "" for a network unknown here.
 * `dark`: whether the picture as shown has dark ink on light paper; `centres`: whether it was
 * fitted and centred.
 */
export function learntFrom(name, dark, { centres }) {
  const learnt = LEARNT[name];
  if (!learnt) return "";
  const strange = [];
  if (dark && !learnt.dark) strange.push("black on white");
  if (!centres && !learnt.anywhere) strange.push("neither fitted nor centred");
  const shown = strange.length ? `This is ${strange.join(" and ")}, which it has never seen.` : "This picture is of that kind.";
  return learnt.anywhere ? `It has learnt from ${learnt.from}.` : `It has learnt from ${learnt.from}. ${shown}`;
}
