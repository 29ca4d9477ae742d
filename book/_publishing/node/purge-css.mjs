// Drop the CSS rules that nothing on the site can use, with PurgeCSS, whose file is the argument:
// {css, words, kept} on stdin, CSS on stdout. `words` are those of the pages and scripts, `kept` are
// names that the browser sets, or that scripts build from parts.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { PurgeCSS } = await import(pathToFileURL(process.argv[2]));
const { css, words, kept } = JSON.parse(readFileSync(0, "utf-8"));
const [result] = await new PurgeCSS().purge({
  content: [{ raw: words.join("\n"), extension: "txt" }],
  css: [{ raw: css }],
  defaultExtractor: (text) => text.split("\n"),
  safelist: kept,
  keyframes: true,
});
process.stdout.write(result.css);
