// A plane with axes to draw on.
import { h, minus } from "./elements-and-numbers.mjs";

const EDGE = 24; // above and right of the frame, for half of the last tick's name
let planes = 0;

/** Whether letters are those of a slide, which the back row reads; not on a phone held `upright`. */
const isLarge = () => Boolean(document.querySelector("html:not(.upright) .reveal"));

/**
 * A square SVG plane: `x(v)` and `y(v)` give positions of values, `values(event)` the reverse.
 * What stands in the group `inside` is cut off at the frame.
 */
export function plane({ xRange, yRange, xLabel, yLabel, ticks, size = 320, margin = isLarge() ? 64 : 54 }) {
  const inner = size - margin - EDGE;
  const x = (v) => margin + ((v - xRange[0]) / (xRange[1] - xRange[0])) * inner;
  const y = (v) => size - margin - ((v - yRange[0]) / (yRange[1] - yRange[0])) * inner;
  const marks = [];
  for (const v of ticks.x)
    marks.push(h("text", { x: x(v), y: size - margin + 20, "text-anchor": "middle" }, minus(v)));
  for (const v of ticks.y)
    marks.push(h("text", { x: margin - 8, y: y(v) + 5, "text-anchor": "end" }, minus(v)));
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
    h("text", { x: 14, y: EDGE + inner / 2, transform: `rotate(-90 14 ${EDGE + inner / 2})`, "text-anchor": "middle" }, yLabel),
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
