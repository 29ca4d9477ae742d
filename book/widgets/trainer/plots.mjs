// The trainer's three plots, on canvases: the plane, the hidden space, the loss.
import { decisionLine, positiveSide } from "../neuron/neuron-core.mjs";
import { forward } from "./trainer-core.mjs";
import { hiddenSpace } from "./hidden-projection.mjs";

export const SIDE = 480; // pixels of a canvas
export const REACH = 2; // of the plane, to each side
const CELLS = 36;

/** Colours as the page has them now, from elements that carry them. */
export const coloursOf = (probes) =>
  Object.fromEntries(Object.entries(probes).map(([name, node]) => [name, getComputedStyle(node).color]));

const bytes = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);

function begin(canvas) {
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}

/** Points: class 0 as blue discs (`plus`), class 1 as orange squares (`minus`). */
function dots(context, places, y, colours) {
  places.forEach(([px, py], i) => {
    context.beginPath();
    if (y[i]) context.rect(px - 5, py - 5, 10, 10);
    else context.arc(px, py, 6, 0, 2 * Math.PI);
    context.fillStyle = y[i] ? colours.minus : colours.plus;
    context.strokeStyle = colours.paper;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
  });
}

function trace(context, points) {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y); // the first only moves there
}

function stroke(context, points, colour, width, dash = []) {
  trace(context, points);
  Object.assign(context, { strokeStyle: colour, lineWidth: width });
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** Words as large as those around the canvas, whatever room it has. */
function write(context, text, [x, y], colours, align = "left") {
  const { canvas } = context;
  const letters = parseFloat(getComputedStyle(canvas).fontSize);
  const size = (letters * canvas.width) / (canvas.clientWidth || canvas.width);
  Object.assign(context, { font: `600 ${size}px sans-serif`, textAlign: align, lineWidth: 6, strokeStyle: colours.paper, fillStyle: colours.ink, lineJoin: "round" });
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

/** The plane: what is held to be which class, the first layer's lines, and the points. */
export function drawPlane(canvas, { layers, points }, colours) {
  const context = begin(canvas);
  const [zero, one] = [bytes(colours.plus), bytes(colours.minus)];
  const data = new ImageData(CELLS, CELLS);
  for (let i = 0; i < CELLS * CELLS; i++) {
    const at = [((i % CELLS) + 0.5) / CELLS, (Math.floor(i / CELLS) + 0.5) / CELLS];
    const p = forward(layers, [(2 * at[0] - 1) * REACH, (1 - 2 * at[1]) * REACH]).a.at(-1)[1];
    data.data.set([...(p > 0.5 ? one : zero), 200 * Math.abs(p - 0.5) + 20], 4 * i);
  }
  const small = new OffscreenCanvas(CELLS, CELLS);
  small.getContext("2d").putImageData(data, 0, 0);
  context.drawImage(small, 0, 0, SIDE, SIDE);
  const place = ([x, y]) => [((x / REACH + 1) / 2) * SIDE, ((1 - y / REACH) / 2) * SIDE];
  const { W, b } = layers[0];
  if (layers.length > 1)
    b.forEach((bias, j) => {
      const ends = decisionLine([W[0][j], W[1][j]], bias, REACH)?.map(place);
      if (!ends) return;
      stroke(context, ends, colours.ink, 2.5, [10, 6]);
      const [[x0, y0], [x1, y1]] = ends;
      write(context, String(j + 1), [x0 + 0.12 * (x1 - x0), y0 + 0.12 * (y1 - y0)], colours, "center");
    });
  dots(context, points.X.map(place), points.y, colours);
}

/** The hidden space: the points as the last hidden layer sees them, and the straight border there. */
export function drawHidden(canvas, { layers, points, settings }, colours) {
  const context = begin(canvas);
  const { places, border } = hiddenSpace(layers, points.X);
  const exact = layers.at(-1).W.length === 2; // two neurons: their outputs as they are, so their bounds are known
  const known = exact && { tanh: [-1.15, 1.15], sigmoid: [-0.15, 1.15] }[settings.activation];
  const [low, high] = known ? known.map((end) => [end, end]) : square(places);
  const place = (at) => at.map((value, i) => {
    const share = (value - low[i]) / (high[i] - low[i]);
    return (i ? 1 - share : share) * SIDE;
  });
  const middle = low.map((l, i) => (l + high[i]) / 2);
  const reach = (high[0] - low[0]) / 2;
  const moved = ([u, v]) => place([u + middle[0], v + middle[1]]);
  const shifted = border.b + border.w[0] * middle[0] + border.w[1] * middle[1];
  for (const [side, colour] of [[1, colours.minus], [-1, colours.plus]]) {
    trace(context, positiveSide(border.w.map((w) => side * w), side * shifted, reach).map(moved));
    Object.assign(context, { fillStyle: colour, globalAlpha: 0.2 });
    context.fill();
    context.globalAlpha = 1;
  }
  const line = decisionLine(border.w, shifted, reach);
  if (line) stroke(context, line.map(moved), colours.ink, 3);
  dots(context, places.map(place), points.y, colours);
}

/** Bounds of a square that holds all places: [[low…], [high…]]. */
function square(places) {
  const ends = [0, 1].map((i) => [Math.min(...places.map((p) => p[i])), Math.max(...places.map((p) => p[i]))]);
  const reach = 0.56 * Math.max(...ends.map(([a, b]) => b - a), 0.2);
  const middle = ends.map(([a, b]) => (a + b) / 2);
  return [middle.map((m) => m - reach), middle.map((m) => m + reach)];
}

/** The loss over the epochs: on the points that are trained on, and on new ones. */
export function drawLoss(canvas, history, colours) {
  const context = begin(canvas);
  const [w, h] = [canvas.width, canvas.height];
  const most = Math.max(0.75, ...[history[0], history.at(-1)].map((m) => m.others.loss).filter(Number.isFinite));
  const last = Math.max(10, history.length - 1);
  const every = Math.ceil(history.length / 400);
  const kept = history.map((m, i) => [m, i]).filter(([, i]) => i % every === 0 || i === history.length - 1);
  const at = (i, loss) => [8 + (i / last) * (w - 16), h - 6 - (Math.min(loss, most) / most) * (h - 16)];
  stroke(context, [[8, 6], [8, h - 6], [w - 8, h - 6]], colours.quiet, 2);
  stroke(context, kept.map(([m, i]) => at(i, m.others.loss)), colours.minus, 4, [9, 6]);
  stroke(context, kept.map(([m, i]) => at(i, m.training.loss)), colours.plus, 4);
  write(context, most.toFixed(1), [16, 36], colours);
  write(context, `${history.length - 1} epochs`, [w - 12, h - 16], colours, "right");
}
