// A plane with axes to draw on, and dragging in it by mouse, pen or finger.
import { h } from "./figure.mjs";

let planes = 0;

/**
 * A square SVG plane: `x(v)` and `y(v)` give positions of values, `values(event)` the reverse.
 * What stands in the group `inside` is cut off at the frame.
 */
export function plane({ xRange, yRange, xLabel, yLabel, ticks, size = 320, margin = 54 }) {
  const inner = size - margin - 12;
  const x = (v) => margin + ((v - xRange[0]) / (xRange[1] - xRange[0])) * inner;
  const y = (v) => size - margin - ((v - yRange[0]) / (yRange[1] - yRange[0])) * inner;
  const marks = [];
  for (const v of ticks.x)
    marks.push(h("text", { x: x(v), y: size - margin + 20, "text-anchor": "middle" }, signed(v)));
  for (const v of ticks.y)
    marks.push(h("text", { x: margin - 8, y: y(v) + 5, "text-anchor": "end" }, signed(v)));
  const frame = { x: x(xRange[0]), y: y(yRange[1]), width: inner, height: inner };
  const cut = `inside-${(planes += 1)}`;
  const inside = h("g", { "clip-path": `url(#${cut})` });
  const svg = h(
    "svg",
    { viewBox: `0 0 ${size} ${size}`, role: "img" },
    h("clipPath", { id: cut }, h("rect", frame)),
    h("rect", { ...frame, fill: "none", stroke: "var(--line)" }),
    inside,
    marks,
    h("text", { x: margin + inner / 2, y: size - 6, "text-anchor": "middle" }, xLabel),
    h("text", { x: 14, y: 14 + inner / 2, transform: `rotate(-90 14 ${14 + inner / 2})`, "text-anchor": "middle" }, yLabel),
  );
  const values = (event) => {
    const box = svg.getBoundingClientRect();
    const at = (part, length) => (part / length) * size;
    const [px, py] = [at(event.clientX - box.left, box.width), at(event.clientY - box.top, box.height)];
    return [
      xRange[0] + ((px - margin) / inner) * (xRange[1] - xRange[0]),
      yRange[0] + ((size - margin - py) / inner) * (yRange[1] - yRange[0]),
    ];
  };
  return { svg, inside, x, y, values };
}

const signed = (v) => String(v).replace("-", "−");

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

/** A labelled slider with its value beside it; `.show(v)` moves it. */
export function slider({ label, min, max, step = 0.01, value, digits = 2, onInput }) {
  const shown = h("output", {});
  const input = h("input", { type: "range", min, max, step, "aria-label": label });
  const show = (v) => {
    input.value = v;
    const text = Math.abs(v) < 1000 ? v.toFixed(digits) : v > 0 ? "> 999" : "< -999";
    shown.textContent = text.replace("-", "−");
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    onInput(Number(input.value));
  });
  show(value);
  return Object.assign(h("label", { class: "slider" }, h("span", {}, label), input, shown), { show });
}
