// Which keys a control uses itself. In a deck all others turn the page, so that a presenter's
// clicker works after a click on a figure.

/**
 * Whether a control uses a key: `control` is the name of its element, in lower case, and
 * `type` that of an input.
 *
 * A slider also has a use for the page keys, but a clicker has no other.
 */
export function usesKey(control, type, key) {
  if (/^(Page|Escape|Tab)/.test(key)) return false;
  const [isPress, isArrow] = [/^(Enter| )$/, /^Arrow/].map((keys) => keys.test(key));
  if (control === "select" || control === "textarea") return true;
  if (["button", "a", "summary"].includes(control)) return isPress;
  if (control !== "input") return false;
  if (type === "range") return isArrow || key === "Home" || key === "End";
  if (type === "radio") return isArrow || key === " ";
  if (["checkbox", "file", "button"].includes(type)) return isPress;
  return true; // words and numbers are typed
}
