// The close-up of one pixel of a map: shown below the layers when somebody points at one.
import { h, number, table } from "../shared/elements-and-numbers.mjs";
import { fromRows, paint } from "../shared/read-and-paint-grey.mjs";

const round = (v) => number(v, 2);

const numbers = (title, rows) => table(title, rows.map((row) => row.map(round)));

/** Numbers as a small picture: grey values, or weights around middle grey. */
function picture(rows, shade, name) {
  const canvas = h("canvas", { class: "pixels", role: "img", "aria-label": name });
  paint(canvas, fromRows(rows), shade);
  canvas.style.cssText = "width:44px;border:1px solid";
  return canvas;
}

const plusBias = ({ total, bias, z, value }, relu) => [
  `${round(total)} + bias ${round(bias)} = ${round(z)}`, relu ? `; ReLU makes it ${round(value)}` : "",
];

function fromOneMap(seen, relu) {
  const [{ patch, weights, products }] = seen.inputs;
  return h("div", { class: "row scroll" }, numbers("Patch", patch), h("span", {}, "×"), numbers("Filter", weights), h("span", {}, "="),
    numbers("Products", products), h("strong", {}, "sum ", ...plusBias(seen, relu)));
}

function fromSeveralMaps(seen, relu) {
  const most = Math.max(...seen.inputs.flatMap(({ patch }) => patch.flat()), 1e-9);
  const strongest = Math.max(...seen.inputs.flatMap(({ weights }) => weights.flat().map(Math.abs)), 1e-9);
  const parts = seen.inputs.map(({ patch, weights, sum }, k) =>
    h("figure", {}, h("div", { class: "row" }, picture(patch, (v) => (255 * v) / most, `patch of map ${k + 1}`), picture(weights, (v) => 127.5 * (1 + v / strongest), `filter for map ${k + 1}`)),
      h("figcaption", {}, `map ${k + 1}: ${round(sum)}`)));
  return h("div", {}, h("p", { class: "note" }, "From every map of the layer before: its patch, the filter for it (white +, black −), and the sum of the products."),
    h("div", { class: "row" }, parts), h("p", {}, h("strong", {}, `All ${parts.length} sums together: `, ...plusBias(seen, relu))));
}

/** `{title, node}` for what `inspect` of closeup-core.mjs has found at a place. */
export function closeup(seen, layer, { channel, row, column }) {
  const where = `map ${channel + 1}, row ${row + 1}, column ${column + 1}`;
  const relu = layer?.activation === "relu";
  if (seen.kind === "input") return { title: `The picture, row ${row + 1}, column ${column + 1}: brightness ${round(seen.value)}`, node: h("p", {}) };
  if (seen.kind === "max_pool") {
    const cells = seen.window.map((line) => line.map(round));
    const [y, x] = seen.winner;
    cells[y][x] = h("strong", {}, `${cells[y][x]} ✓`);
    return { title: `Pooling, ${where}: the largest of ${seen.window.flat().length} is ${round(seen.value)}`, node: h("div", { class: "row" }, table("The window, and its winner", cells)) };
  }
  return { title: `Convolution, ${where}: ${round(seen.value)}`, node: seen.inputs.length === 1 ? fromOneMap(seen, relu) : fromSeveralMaps(seen, relu) };
}
