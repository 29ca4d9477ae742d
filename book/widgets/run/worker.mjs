// Runs Python for one page. Everything comes from the site: `root` is its folder `run/`. `plans`: for each cell
// {source, runs: whether it can run here, packages, files}, from pages/<topic>.json (_publishing/in_page/runtime_files.py).
let python, page, root, plans; // all of them made at the first run
let complete = false; // whether all that the page's cells need is here
let turn = Promise.resolve(); // one thing after the other
const say = (type, value) => postMessage({ type, value });

/** Count the bytes of what Pyodide fetches, for the progress. */
function count() {
  const fetched = self.fetch;
  self.fetch = async (...request) => {
    const response = await fetched(...request);
    if (!response.ok || !response.body) return response;
    const counted = new TransformStream({
      transform(chunk, out) {
        say("bytes", chunk.byteLength);
        out.enqueue(chunk);
      },
    });
    const { status, headers } = response;
    const copy = new Response(response.body.pipeThrough(counted), { status, headers });
    Object.defineProperty(copy, "url", { value: response.url });
    return copy;
  };
}

async function bytes(name) {
  const response = await fetch(new URL(name, root));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function start({ address, topic }) {
  root = address;
  count();
  const place = new URL("pyodide/", root).href;
  const { loadPyodide } = await import(`${place}pyodide.mjs`);
  const options = { indexURL: place, packageBaseUrl: place, lockFileURL: `${place}pyodide-lock.json` };
  python = await loadPyodide(options);
  await load(["numpy"]);
  python.unpackArchive(await bytes("dlcourse.zip"), "zip", { extractDir: "/lib/course" });
  plans = (await (await fetch(new URL(`pages/${topic}.json`, root))).json()).cells;
  python.globals.set("sources", python.toPy(plans.map(({ source }) => source)));
  python.globals.set("send", (kind, value) => say("output", { kind, value }));
  page = python.runPython(`
import sys; sys.path.insert(0, "/lib/course")
from in_page import runner
page = runner.Page(sources, send)
page`);
}

/** Whether a package is still to be loaded: Pyodide lists it by the name that it gives itself, as "Pillow". */
const isMissing = (name) => !((python.lockfile.packages[name]?.name ?? name) in python.loadedPackages);

async function load(names) {
  const wanted = [...new Set(names)].filter(isMissing);
  if (!wanted.length) return;
  await python.loadPackage(wanted, { messageCallback: () => {}, errorCallback: () => {} });
  const missing = wanted.filter(isMissing);
  if (missing.length) throw new Error(`${missing.join(" and ")} cannot be loaded: are you online?`);
}

async function loadFiles(names) {
  for (const name of names) {
    const path = `/lib/course/${name}`;
    if (python.FS.analyzePath(path).exists) continue;
    const content = await bytes(`files/${name}`);
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, content);
  }
}

/** Load what the page's other cells need, so that from then on it runs without the internet. */
async function loadRest() {
  if (complete) return;
  const others = plans.filter(({ runs }) => runs);
  await load(others.flatMap(({ packages }) => packages));
  await loadFiles(others.flatMap(({ files }) => files));
  complete = true;
  say("complete");
}

/** Run a cell; `texts`: `[number, text]` of each cell that the reader has changed. */
async function run({ number, texts }) {
  page.edit(python.toPy(new Map(texts)));
  // When it, or a cell that it needs, is changed, nobody knows which files it wants: load all.
  const plan = page.edited(number) ? plans.filter(({ runs }) => runs) : [plans[number]];
  await loadFiles(plan.flatMap(({ files }) => files));
  await load(plans[number].packages);
  say("running");
  for (;;) {
    const missing = page.run(number); // a module that is not here yet, or ""
    const name = missing === "PIL" ? "pillow" : missing;
    if (!(name in python.lockfile.packages) || !isMissing(name)) return;
    say("again");
    await load([name]);
  }
}

async function answer(data) {
  try {
    if (!python) await start(data);
    await run(data);
    say("done");
  } catch (error) {
    return say("failed", String(error.message ?? error));
  }
  await loadRest().catch(() => {}); // whatever needs it says so
}

onmessage = ({ data }) => {
  turn = turn.then(() => answer(data));
};
