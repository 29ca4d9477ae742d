// Starts each figure when near the view, or when opened. (file: has no modules.)
(() => {
  if (window.dlLoader) return;
  const base = (window.dlLoader = document.currentScript.src.replace(/[^/]*$/, "")); // figures ask where they are
  const make = (tag, values) => Object.assign(document.createElement(tag), values);

  const load = (name) =>
    location.protocol !== "file:"
      ? import(`${base}${name}/${name}.mjs`)
      : new Promise((onload, onerror) => {
          const src = `${base}${name}/${name}.bundle.js`;
          document.head.append(make("script", { src, onload, onerror }));
        });

  // Once, whoever asks; again if it failed.
  const start = (figure) =>
    (figure.started ??= load(figure.dataset.widget)
      // A deck laid out for paper takes its figures out of the page for a moment.
      .then(() => (customElements.upgrade(figure), figure.start()))
      .catch(() => {
        figure.started = null;
        const textContent = "The live figure could not start.";
        figure.append(make("p", { role: "status", textContent }));
      }));

  const observer = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen)
        if (isIntersecting) {
          observer.unobserve(target);
          start(target);
        }
    },
    { rootMargin: "200px" },
  );

  for (const figure of document.querySelectorAll("[data-widget]")) {
    const textContent = figure.dataset.open;
    if (!textContent) {
      observer.observe(figure);
      // A deck on paper wakes all its figures, in view or not.
      figure.addEventListener("wake", () => (observer.unobserve(figure), start(figure)), { once: true });
      continue;
    }
    const button = make("button", { type: "button", textContent });
    button.onclick = async () => {
      button.disabled = true;
      figure.querySelector("[role=status]")?.remove();
      await start(figure);
      button.disabled = false;
      if (!figure.started) return;
      button.remove();
      figure.tabIndex = -1;
      figure.focus();
    };
    // The picture is the larger target.
    for (const still of figure.querySelectorAll("img")) still.onclick = () => button.click();
    figure.append(button);
  }
})();
