// A slider, and dragging by mouse, pen or finger.
import { h, minus, set } from "./elements-and-numbers.mjs";

/** Call `onMove(event)` while the pointer that went down on `node` moves. */
export function draggable(node, onMove) {
  node.classList.add("handle");
  // touch-action is not obeyed inside an SVG everywhere: this keeps the page from scrolling.
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    onMove(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) onMove(event);
  });
}

/** A round knob to drag, which `put` places; around it is room for a thumb. */
export const knob = (attributes) => h("g", {}, h("circle", { class: "thumb" }), h("circle", attributes));

/** Put a knob somewhere. */
export const put = (node, x, y) => set(node, { transform: `translate(${x} ${y})` });

/** A labelled slider with its value beside it; `.show(v)` moves it. */
export function slider({ label, min, max, step = 0.01, value, digits = 2, onInput }) {
  const shown = h("output", {});
  const input = h("input", { type: "range", min, max, step, "aria-label": label });
  const show = (v) => {
    input.value = v;
    const text = Math.abs(v) < 1000 ? v.toFixed(digits) : v > 0 ? "> 999" : "< -999";
    shown.textContent = minus(text);
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    onInput(Number(input.value));
  });
  show(value);
  return Object.assign(h("label", { class: "slider" }, h("span", {}, label), input, shown), { show });
}
