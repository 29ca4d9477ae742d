// Starts each interactive figure when near the view, or when opened. (file: has no modules.)
(() => {
  if (window.dlLoader) return;
  window.dlLoader = true;
  const base = document.currentScript.src.replace(/[^/]*$/, "");
  const make = (tag, values) => Object.assign(document.createElement(tag), values);

  const load = (name) =>
    location.protocol !== "file:"
      ? import(`${base}${name}/${name}.mjs`)
      : new Promise((onload, onerror) => {
          const src = `${base}${name}/${name}.bundle.js`;
          document.head.append(make("script", { src, onload, onerror }));
        });

  const start = (figure) =>
    load(figure.dataset.widget)
      .then(() => figure.start())
      .catch(() => {
        const textContent = "The live figure could not start.";
        figure.append(make("p", { role: "status", textContent }));
      });

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
      continue;
    }
    const button = make("button", { type: "button", textContent });
    button.style.minHeight = "44px";
    button.onclick = async () => {
      button.disabled = true;
      await start(figure);
      button.remove();
      figure.tabIndex = -1;
      figure.focus();
    };
    figure.append(button);
  }
})();
