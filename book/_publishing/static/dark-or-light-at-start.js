// Set dark or light before a page or a deck is drawn: as the reader chose, else as the system is.
(() => {
  const { dataset } = document.documentElement;
  let theme;
  try {
    theme = localStorage.getItem("mode");
  } catch {
    // No storage: follow the system.
  }
  if (new URLSearchParams(location.search).has("print-pdf")) theme = "light"; // as paper is
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  dataset.theme = ["dark", "light"].includes(theme) ? theme : isDark ? "dark" : "light";
  addEventListener("beforeprint", () => {
    theme = dataset.theme;
    dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    dataset.theme = theme;
  });
})();
