// Runs the cells of one page that can run in Node's Pyodide, and writes what they put out as JSON.
// node run_cells.mjs <folder run/> <topic> [numbers]
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, topic, numbers] = process.argv.slice(2);
const place = resolve(folder, "pyodide");
const { loadPyodide } = await import(pathToFileURL(`${place}/pyodide.mjs`));
const python = await loadPyodide({
  indexURL: place,
  packageBaseUrl: `${place}/`,
  lockFileURL: `${place}/pyodide-lock.json`,
});
const quiet = { messageCallback: () => {} };
await python.loadPackage("numpy", quiet);
python.unpackArchive(new Uint8Array(readFileSync(`${folder}/dlcourse.zip`)), "zip", { extractDir: "/lib/course" });
const plans = JSON.parse(readFileSync(`${folder}/pages/${topic}.json`, "utf8")).cells;
let outputs = [];
python.globals.set("sources", python.toPy(plans.map(({ source }) => source)));
python.globals.set("send", (kind, value) => outputs.push({ kind, value }));
const page = python.runPython(`
import sys; sys.path.insert(0, "/lib/course")
from in_page import runner
runner.Page(sources, send)`);
const result = {};
for (const [number, plan] of plans.entries()) {
  if (!plan.runs || (numbers && !JSON.parse(numbers).includes(number))) continue;
  await python.loadPackage(plan.packages, quiet);
  for (const name of plan.files) {
    const path = `/lib/course/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, readFileSync(`${folder}/files/${name}`));
  }
  outputs = [];
  const start = performance.now();
  const missing = page.run(number);
  result[number] = { outputs, missing, seconds: (performance.now() - start) / 1000 };
}
console.log(JSON.stringify(result));
