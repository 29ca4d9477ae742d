// A deck: reveal.js with calm defaults, text that fits, and three buttons.
"use strict";
(() => {
  const WIDTH = 1280;
  const HEIGHT = 720;
  const SMALLEST = 0.7; // and an interactive figure may be half its size
  const root = document.documentElement;

  // Set the slide's text smaller, a little at a time, until nothing leaves the slide.
  const overflows = (slide) => {
    const body = slide.querySelector(".slide-body");
    const inner = body ? [body, ...body.children] : [];
    return (
      slide.scrollHeight > slide.clientHeight + 1 ||
      inner.some((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
    );
  };
  const fit = (slide) => {
    if (!slide || slide.dataset.fit) return;
    const smallest = slide.querySelector(".interactive") ? 0.5 : SMALLEST;
    let size = 1;
    while (overflows(slide) && size > smallest) {
      size = Math.max(smallest, size - 0.03);
      slide.style.setProperty("--fit", size.toFixed(2));
    }
    slide.dataset.fit = size.toFixed(2);
  };

  // What scrolls on a slide must be reachable by keyboard.
  for (const code of document.querySelectorAll(".slides pre")) code.tabIndex = 0;

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  Reveal.initialize({
    width: WIDTH,
    height: HEIGHT,
    margin: 0,
    center: false,
    display: "flex",
    hash: true,
    controls: false,
    slideNumber: "c/t",
    showSlideNumber: "all",
    navigationMode: "linear",
    transition: still ? "none" : "fade",
    backgroundTransition: "none",
    transitionSpeed: "fast",
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    plugins: [RevealNotes],
  });
  Reveal.on("ready", ({ currentSlide }) => fit(currentSlide));
  Reveal.on("slidechanged", ({ currentSlide }) => fit(currentSlide));
  Reveal.on("pdf-ready", () => document.querySelectorAll(".slides section").forEach(fit));
  addEventListener("load", () => {
    const slide = Reveal.getCurrentSlide();
    if (slide) delete slide.dataset.fit;
    fit(slide);
  });

  const button = (name) => document.querySelector(`[data-deck-action="${name}"]`);
  const name = () => {
    button("theme").textContent = root.dataset.theme === "dark" ? "Light" : "Dark";
  };
  const actions = {
    notes: () => Reveal.getPlugin("notes").open(),
    help: () => Reveal.toggleHelp(),
    theme: () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      name();
      try {
        localStorage.setItem("mode", root.dataset.theme);
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // No storage: the choice lasts as long as the page.
      }
    },
  };
  name();
  for (const [action, run] of Object.entries(actions)) button(action).addEventListener("click", run);
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, actions.theme);
})();
