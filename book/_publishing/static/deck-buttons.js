// A deck's three buttons: notes, dark or light (also by the key D), and a list of the keys.
"use strict";
(() => {
  const root = document.documentElement;
  const button = (name) => document.querySelector(`[data-deck-action="${name}"]`);
  const label = () => {
    button("theme").textContent = root.dataset.theme === "dark" ? "Light" : "Dark";
  };
  const actions = {
    notes: () => Reveal.getPlugin("notes").open(),
    help: () => Reveal.toggleHelp(),
    theme: () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      label();
      try {
        localStorage.setItem("mode", root.dataset.theme);
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // No storage: the choice lasts as long as the page.
      }
    },
  };
  label();
  for (const [action, run] of Object.entries(actions)) button(action).addEventListener("click", run);
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, actions.theme);
})();
