// Render TeX as MathML, with Temml, whose file is the argument: a list of {tex, display} on stdin,
// a list of {mathml} or {error} on stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: temml } = await import(pathToFileURL(process.argv[2]));

const render = ({ tex, display }) => {
  try {
    const options = { displayMode: display, throwOnError: true, wrap: "none" };
    return { mathml: temml.renderToString(tex, options) };
  } catch (error) {
    return { error: String(error.message) };
  }
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(render)));
