// The close-up of one pixel of a map: shown below the layers when somebody points at one.
import { h, number } from "../shared/elements-and-numbers.mjs";
import { paint } from "../shared/grey-pictures.mjs";

const round = (v) => number(v, 2);

const table = (title, rows, marked) =>
  h("table", {}, h("caption", {}, title), h("tbody", {}, rows.map((line, y) =>
    h("tr", {}, line.map((v, x) => h("td", {}, marked?.[0] === y && marked[1] === x ? h("strong", {}, `${round(v)} ✓`) : round(v)))))));

/** Numbers as a small picture: grey values, or weights around middle grey. */
function picture(rows, shade, name) {
  const canvas = h("canvas", { class: "pixels", role: "img", "aria-label": name });
  paint(canvas, { height: rows.length, width: rows[0].length, values: Float32Array.from(rows.flat()) }, shade);
  canvas.style.cssText = "width:44px;border:1px solid";
  return canvas;
}

const plusBias = ({ total, bias, z, value }, relu) => [
  `${round(total)} + bias ${round(bias)} = ${round(z)}`, relu ? `; ReLU makes it ${round(value)}` : "",
];

function fromOneMap(seen, relu) {
  const [{ patch, weights, products }] = seen.inputs;
  return h("div", { class: "row scroll" }, table("Patch", patch), h("span", {}, "×"), table("Filter", weights), h("span", {}, "="),
    table("Products", products), h("strong", {}, "sum ", ...plusBias(seen, relu)));
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
  if (seen.kind === "max_pool")
    return { title: `Pooling, ${where}: the largest of ${seen.window.flat().length} is ${round(seen.value)}`, node: h("div", { class: "row" }, table("The window, and its winner", seen.window, seen.winner)) };
  return { title: `Convolution, ${where}: ${round(seen.value)}`, node: seen.inputs.length === 1 ? fromOneMap(seen, relu) : fromSeveralMaps(seen, relu) };
}
