// Runs the cells of one page that can run in Node's Pyodide, and writes what they put out as JSON.
// Of a cell that runs several times, the last outputs are written, and the memory after each run.
// node run_cells.mjs <folder run/> <topic> [numbers, as JSON]
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
const order = numbers ? JSON.parse(numbers) : [...plans.keys()].filter((number) => plans[number].runs);
for (const number of order) {
  const plan = plans[number];
  await python.loadPackage(plan.packages, quiet);
  for (const name of plan.files) {
    const path = `/lib/course/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, readFileSync(`${folder}/files/${name}`));
  }
  outputs = [];
  const missing = page.run(number);
  const memory = [...(result[number]?.bytes ?? []), python._module.HEAPU8.length];
  result[number] = { outputs, missing, bytes: memory };
}
console.log(JSON.stringify(result));
