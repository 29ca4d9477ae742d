// Makes elements of HTML and SVG, and the texts of numbers.

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set("svg g line circle rect path polygon polyline text clipPath".split(" "));

/** Make an element: `h("input", { type: "range", onInput: f }, ...children)`; SVG too. */
export function h(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  set(node, attributes);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** Set attributes, properties of value and state, and (`onInput`) listeners of a node. */
export function set(node, attributes) {
  for (const [key, value] of Object.entries(attributes))
    if (key.startsWith("on")) node.addEventListener(key.slice(2).toLowerCase(), value);
    else if (key === "value" || key === "checked") node[key] = value;
    else if (value === false || value === null || value === undefined) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : value);
}

/** A button that says `text`. */
export const button = (text, onClick) => h("button", { type: "button", onClick }, text);

/** A list to choose from: `options` are `[value, text]`; `onChange(value)` gets the chosen one as text. */
export const select = (options, chosen, onChange) =>
  h("select", { onChange: ({ target }) => onChange(target.value) }, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));

/** A table of numbers or nodes, row by row; a `th` among them is a cell of its own. */
export function table(title, rows) {
  const cells = (row) => row.map((cell) => (cell.localName === "th" ? cell : h("td", {}, cell)));
  return h("table", {}, h("caption", {}, title), h("tbody", {}, rows.map((row) => h("tr", {}, cells(row)))));
}

/** A table of shares from 0 to 1, in per cent and as bars: `rows` are `[label, share, what a screen reader calls it]`. */
export function shares(title, rows, { digits, barFirst } = {}) {
  const row = ([label, share, name = label]) => {
    const cells = [percent(share, digits), h("meter", { min: 0, max: 1, value: share, "aria-label": name })];
    return [h("th", { scope: "row" }, label), ...(barFirst ? cells.toReversed() : cells)];
  };
  return table(title, rows.map(row));
}

/** The value of a range that is nearest. */
export const clamp = (v, [low, high]) => Math.max(low, Math.min(high, v));

/** A number's text with a true minus sign. */
export const minus = (text) => String(text).replace("-", "−");

/** A number as people write it: fixed digits, a true minus sign. */
export const number = (x, digits = 2) => {
  const text = x.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : minus(text);
};

/** A text whose lines end neither beside × or =, nor before a per cent sign. */
export const unbroken = (text) => text.replace(/ (?=[×=%])|(?<=[×=]) /g, "\u00a0");

/** A share from 0 to 1 in per cent. */
export const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)}\u00a0%`;
