// Buttons for the cells that can run in the page: book/_publishing/in_page/plan_and_mark_cells.py has given them the
// class run-<topic>-<number>. Nothing else loads before the first click.
(() => {
  if (location.protocol === "file:" || !window.WebAssembly) {
    document.querySelector('[href="#run-here"]')?.closest("li").remove();
    return;
  }
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const make = (text, action) =>
    Object.assign(document.createElement("button"), {
      type: "button",
      textContent: text,
      onclick: action,
    });
  for (const cell of document.querySelectorAll('.cell[class*=" run-"]')) {
    const input = cell.querySelector(".cell_input");
    if (!input) continue;
    const [, topic, number] = cell.className.match(/ run-(\S+)-(\d+)/);
    const ask = async (action) => {
      const { act } = await import(new URL("widgets/run/run.mjs", root));
      act(action, { cell, input, bar, root, topic, number: Number(number) });
    };
    const bar = document.createElement("div");
    bar.className = "run-bar";
    bar.append(
      make("Run", () => ask("run")),
      make("Edit", () => ask("edit")),
    );
    input.append(bar);
  }
  const bars = [...document.querySelectorAll(".run-bar")];
  const first = (bars.find((bar) => !bar.closest("details")) ?? bars[0])?.closest(".cell");
  if (!first) return;
  first.id = "run-here"; // where the button above the page leads
  if (location.hash === "#run-here") first.scrollIntoView();
})();
