// A plane with axes to draw on.
import { h, minus } from "./elements-and-numbers.mjs";

const SIZE = 320;
// Above and right of the frame, for half of the last tick's name.
const EDGE = 24;
let planes = 0;

/**
 * A square SVG plane: `x(v)` and `y(v)` give positions of values, `values(event)` the reverse.
 * What stands in the group `inside` is cut off at the frame.
 */
export function plane({ xRange, yRange, xLabel, yLabel, ticks }) {
  // Letters are those of a slide, which the back row reads; not on a phone held `upright`.
  const margin = document.querySelector("html:not(.upright) .reveal") ? 64 : 54;
  const inner = SIZE - margin - EDGE;
  const x = (v) => margin + ((v - xRange[0]) / (xRange[1] - xRange[0])) * inner;
  const y = (v) => SIZE - margin - ((v - yRange[0]) / (yRange[1] - yRange[0])) * inner;
  const marks = [
    ticks.x.map((v) => h("text", { x: x(v), y: SIZE - margin + 20, "text-anchor": "middle" }, minus(v))),
    ticks.y.map((v) => h("text", { x: margin - 8, y: y(v) + 5, "text-anchor": "end" }, minus(v))),
  ];
  const frame = { x: x(xRange[0]), y: y(yRange[1]), width: inner, height: inner };
  const cut = `inside-${(planes += 1)}`;
  const inside = h("g", { "clip-path": `url(#${cut})` });
  const svg = h(
    "svg",
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img" },
    h("clipPath", { id: cut }, h("rect", frame)),
    h("rect", { ...frame, fill: "none", stroke: "var(--line)" }),
    inside,
    marks,
    h("text", { x: margin + inner / 2, y: SIZE - 6, "text-anchor": "middle" }, xLabel),
    h("text", { x: 14, y: EDGE + inner / 2, transform: `rotate(-90 14 ${EDGE + inner / 2})`, "text-anchor": "middle" }, yLabel),
  );
  const values = (event) => {
    const box = svg.getBoundingClientRect();
    const at = (part, length) => (part / length) * SIZE;
    const [px, py] = [at(event.clientX - box.left, box.width), at(event.clientY - box.top, box.height)];
    return [
      xRange[0] + ((px - margin) / inner) * (xRange[1] - xRange[0]),
      yRange[0] + ((SIZE - margin - py) / inner) * (yRange[1] - yRange[0]),
    ];
  };
  return { svg, inside, x, y, values };
}
