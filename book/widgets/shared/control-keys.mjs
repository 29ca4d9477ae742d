// Which keys a control uses itself. In a deck all others turn the page, so that a presenter's
// clicker works after a click on a figure.

const PRESS = new Set(["Enter", " "]);
const ARROWS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);
const ENDS = new Set(["Home", "End"]);
const PAGES = new Set(["PageUp", "PageDown"]);
const MOVES_ON = new Set([...PAGES, "Escape", "Tab"]);

/**
 * Whether a control uses a key: `control` is the name of its element, in lower case, and
 * `type` that of an input.
 *
 * A slider also has a use for the page keys, but a clicker has no other.
 */
export function usesKey(control, type, key) {
  if (MOVES_ON.has(key)) return false;
  if (control === "select" || control === "textarea") return true;
  if (["button", "a", "summary"].includes(control)) return PRESS.has(key);
  if (control !== "input") return false;
  if (type === "range") return ARROWS.has(key) || ENDS.has(key);
  if (type === "radio") return ARROWS.has(key) || key === " ";
  if (["checkbox", "file", "button"].includes(type)) return PRESS.has(key);
  return true; // words and numbers are typed
}
