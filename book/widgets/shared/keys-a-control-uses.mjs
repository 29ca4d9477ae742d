// Which keys a control uses itself. In a deck all others turn the page, so that a presenter's
// clicker works after a click on a figure.

const PRESS = /^(Enter| )$/;
const ANY = /./;
// An input goes by its type. A slider also has a use for the page keys, but a clicker has no other.
const USED = {
  a: PRESS, button: PRESS, checkbox: PRESS, file: PRESS,
  select: ANY, textarea: ANY, number: ANY,
  radio: /^(Arrow| $)/, range: /^(Arrow|Home|End)/,
};

/** Whether an element uses a key. */
export const usesKey = ({ localName, type }, key) =>
  !/^(Page|Escape|Tab)/.test(key) && Boolean(USED[localName === "input" ? type : localName]?.test(key));
