// What the buttons of a cell do: run, edit, reset, stop. One worker serves the page; before a cell it
// runs the earlier ones that this one needs (in_page/worker/runner.py).
import { show } from "./show-output.mjs";

const cells = new Map(); // number of a cell -> what the page knows of it
let worker, current, last, sizes;
let note = ""; // what the next line beside a cell's buttons says as well

const BUSY = "Another cell is running: stop it, or wait for it.";
const UNREACHABLE = "Python cannot be loaded: are you online?";
const make = (tag, values) => Object.assign(document.createElement(tag), values);
const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;

/**
 * Do what a button of book/_static/run-buttons.js says; cell: { cell, input, bar } are elements,
 * { root, topic, number } say which.
 */
export function act(action, cell) {
  const state = cells.get(cell.number) ?? prepare(cell);
  ({ run, edit, reset, stop })[action](state);
}

function prepare(cell) {
  const pre = cell.input.querySelector("pre");
  const state = { ...cell, pre, given: pre.textContent.replace(/\n$/, "") };
  const button = (text, action, label) => {
    const made = make("button", { type: "button", textContent: text, hidden: true });
    made.onclick = () => action(state);
    if (label) made.title = label;
    return made;
  };
  state.resetButton = button("Reset", reset, "Bring back the code and output of the page");
  state.stopButton = button("Stop", stop, "End Python on this page; what has run is forgotten");
  state.status = make("span", { role: "status" });
  state.bar.append(state.resetButton, state.stopButton, state.status);
  [state.runButton, state.editButton] = state.bar.children;
  cells.set(cell.number, state);
  return state;
}

function edit(state) {
  if (!state.editor) {
    state.editor = make("textarea", { className: "run-editor", spellcheck: false, value: state.given });
    state.editor.setAttribute("aria-label", "Code of this cell. Ctrl and Enter runs it.");
    state.editor.setAttribute("autocapitalize", "off");
    state.editor.oninput = () => fit(state);
    state.editor.onkeydown = (event) => key(event, state);
    state.bar.before(state.editor);
  }
  code(state).hidden = true;
  state.editor.hidden = false;
  state.editButton.hidden = true;
  state.resetButton.hidden = false;
  fit(state);
  const dots = state.editor.value.indexOf("..."); // what an exercise leaves open
  state.editor.setSelectionRange(Math.max(dots, 0), dots < 0 ? 0 : dots + 3);
  state.editor.focus();
  state.editor.scrollLeft = 0;
}

const code = (state) => state.pre.closest('[class*="highlight-"]') ?? state.pre;

function fit({ editor }) {
  editor.rows = editor.value.split("\n").length + 1;
}

/** Ctrl or Shift and Enter runs; Enter goes on where the line begins. */
function key(event, state) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  if (event.ctrlKey || event.shiftKey || event.metaKey) return run(state);
  const { editor } = state;
  const line = editor.value.slice(0, editor.selectionStart).split("\n").pop();
  const indent = line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
  document.execCommand("insertText", false, `\n${indent}`); // what else writes here empties the undo list
}

async function run(state) {
  if (current) return say(state, BUSY);
  current = last = state;
  state.runButton.disabled = true;
  state.resetButton.hidden = state.stopButton.hidden = false;
  clear(state);
  const output = (state.output = make("div", { className: "cell_output run-output" }));
  state.output.setAttribute("role", "region");
  state.output.setAttribute("aria-label", "Output of your run");
  const home = new URL("run/", state.root).href;
  const plan = sizes ? { sizes } : await fetch(`${home}pages/${state.topic}.json`).then((answer) => answer.json()).catch(() => null);
  if (current !== state || state.output !== output) return; // stopped while it loaded, and perhaps run anew
  if (!plan) return end(state, UNREACHABLE);
  sizes = plan.sizes;
  if (!worker) {
    worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => (data.type === "complete" ? complete() : current && hear(current, data));
    let fetched = false;
    worker.addEventListener("message", () => (fetched = true), { once: true });
    worker.onerror = () => current && broken(current, fetched ? "Python stopped unexpectedly." : UNREACHABLE);
    state.total = 0;
    say(state, `Loading Python (${megabytes(sizes.page)} for this page; your browser keeps it)…`);
  } else {
    say(state, "Running…");
  }
  // What the reader may have edited; the code of other cells the worker has from the site.
  const texts = [...cells.values()].filter(({ editor }) => editor).map((one) => [one.number, one.editor.value]);
  state.ran = state.editor?.value ?? state.given;
  worker.postMessage({ address: home, topic: state.topic, number: state.number, texts });
}

function hear(state, { type, value }) {
  if (type === "bytes") {
    state.total = (state.total ?? 0) + value;
    say(state, `Loading: ${megabytes(state.total)} so far…`);
  } else if (type === "running") {
    say(state, "Running…");
  } else if (type === "again") { // a module was missing and is loaded: the cell starts anew
    state.output.replaceChildren();
  } else if (type === "output") {
    place(state);
    show(state, value);
  } else if (type === "done") {
    place(state);
    end(state, state.output.hasChildNodes() ? "" : "Done: this cell prints nothing.");
  } else {
    broken(state, `Python cannot go on: ${value.replace(/[^.?!]$/, "$&.")}`);
  }
}

/** Say that all that the page's cells need is here: now, or when the cell that runs has ended. */
function complete() {
  note = "This page now runs without the internet.";
  if (!current) end(last, last.status.textContent);
}

/** Put the output below the cell; stored text gives way, a numbered figure stays. */
function place(state) {
  if (state.output.isConnected) return;
  const stored = state.cell.querySelector(":scope > .cell_output");
  stored?.dispatchEvent(new Event("beforematch")); // who runs a cell sees what a prediction has covered
  if (stored && !stored.querySelector("figure[id]")) stored.hidden = true;
  state.cell.append(state.output);
}

function end(state, text) {
  current = undefined;
  state.runButton.disabled = false;
  state.stopButton.hidden = true;
  for (const other of cells.values()) if (other.status.textContent === BUSY) say(other, "");
  say(state, `${text} ${note}`.trim());
  note = "";
}

/** End the worker; the next run makes another. */
function broken(state, text) {
  worker?.terminate();
  worker = undefined;
  note = "";
  end(state, text);
}

function stop(state) {
  if (current === state) broken(state, "Stopped. The next run starts Python anew.");
}

function clear(state) {
  state.output?.remove();
  const stored = state.cell.querySelector(":scope > .cell_output");
  if (stored && !stored.classList.contains("predict-covered")) stored.hidden = false;
}

function reset(state) {
  stop(state);
  clear(state);
  state.editor?.remove();
  state.editor = undefined;
  code(state).hidden = false;
  state.editButton.hidden = false;
  state.resetButton.hidden = true;
  say(state, "");
  state.runButton.focus();
}

function say(state, text) {
  state.status.textContent = text;
}
