// Shows what a cell hands out, as a notebook does.
const make = (tag, values) => Object.assign(document.createElement(tag), values);

// A cell's state: {output: where it goes, editor: its textarea or undefined, ran: the code that runs}
/** Add one output to a cell. */
export function show(state, { kind, value }) {
  state.output.append(...(SHOWN[kind] ?? SHOWN.text)(value, state));
}

const SHOWN = {
  stream(value, { output }) {
    const last = output.lastElementChild;
    if (last?.className !== "run-stream") return [make("pre", { className: "run-stream", textContent: value, tabIndex: 0 })];
    last.append(value);
    return [];
  },
  text: (value) => [make("pre", { textContent: value, tabIndex: 0 })],
  html: (value) => [make("div", { innerHTML: value })],
  markdown: (value) => [paragraph(value)],
  image(value) {
    const [src, alt] = JSON.parse(value);
    return [make("img", { src, alt })];
  },
  figure(value) {
    const [svg, alt] = JSON.parse(value);
    const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    return [make("img", { src, alt, className: "dlcourse-figure dark-light" })];
  },
  error(value, state) {
    const { text, line, cell, needed } = JSON.parse(value);
    const box = make("div", { className: "run-error" });
    box.setAttribute("role", "alert");
    if (needed) box.append(make("p", { textContent: `A cell above, number ${cell + 1}, which this one needs, stopped:` }));
    box.append(make("pre", { textContent: text }));
    if (text.includes("ModuleNotFoundError")) box.append(elsewhere());
    if (!needed && line) mark(state, line);
    return [box];
  },
};

/**
 * Read the little Markdown of an exercise's verdict (`dlcourse.exercises.checking.Verdict`): bold
 * words, and signs that a backslash protects.
 */
function paragraph(text) {
  const plain = (part) => part.replace(/\\([\\`*_{}[\]<>#|$~])/g, "$1");
  const made = make("p");
  text.split(/\*\*(.+?)\*\*/).forEach((part, number) => {
    made.append(number % 2 ? make("strong", { textContent: plain(part) }) : plain(part));
  });
  return made;
}

/** Say where a cell can run that needs what the page has not. */
function elsewhere() {
  const colab = [...document.querySelectorAll("a.header-link")].find(({ href }) => href.includes("colab"));
  const made = make("p", { textContent: "The page has no such module. Run this cell in " });
  made.append(colab ? make("a", { href: colab.href, textContent: "Colab" }) : "Colab", ".");
  return made;
}

/** Mark the line at which a cell stopped: in a copy of the code around it, and in the editor if there is one. */
function mark(state, line) {
  const lines = state.ran.split("\n");
  const start = lines.slice(0, line - 1).reduce((n, text) => n + text.length + 1, 0);
  if (state.editor?.value === state.ran) state.editor.setSelectionRange(start, start + lines[line - 1].length);
  const copy = make("pre", { className: "run-code" });
  lines.slice(Math.max(0, line - 3), line + 2).forEach((text, number) => {
    const here = Math.max(0, line - 3) + number + 1 === line;
    copy.append(here ? make("mark", { textContent: `▶ ${text}` }) : `  ${text}\n`);
  });
  state.output.append(copy);
}
