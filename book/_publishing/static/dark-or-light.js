// Set dark or light before a page or a deck is drawn: as the reader chose, else as the system is.
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("mode") ?? "auto";
  } catch {
    // No storage: follow the system.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (new URLSearchParams(location.search).has("print-pdf")) chosen = "light"; // as paper is
  const known = chosen === "dark" || chosen === "light";
  const { dataset } = document.documentElement;
  dataset.theme = known ? chosen : dark ? "dark" : "light";
  let before = dataset.theme;
  addEventListener("beforeprint", () => {
    before = dataset.theme;
    dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    dataset.theme = before;
  });
})();
