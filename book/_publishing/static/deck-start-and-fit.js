// A deck: reveal.js with calm defaults, words and figures as large as their slides have room for, and chapters'
// marks on the progress bar.
"use strict";
(() => {
  const SMALLEST = 0.7; // words, as a part of their usual size
  const SMALLEST_ON_PAPER = 0.1;
  const INK = 6; // pixels by which a formula's ink may hang below its line
  const MARGIN = 40; // pixels beside a slide's text that a wide table may use
  const root = document.documentElement;

  // A phone held upright gets upright slides; all others are 1280 by 720.
  const geometry = () => {
    const upright = innerWidth < 600 && innerHeight > innerWidth;
    root.classList.toggle("upright", upright);
    const height = upright ? Math.round((720 * innerHeight) / innerWidth) : 720;
    const width = upright ? 720 : 1280;
    root.style.setProperty("--deck-width", `${width}px`);
    root.style.setProperty("--deck-height", `${height}px`);
    return { width, height };
  };

  // Words as large as the slide has room for, a little at a time, until nothing leaves it.
  const taller = (e) => e.scrollHeight > e.clientHeight + INK;
  const wider = (e) => e.scrollWidth > e.clientWidth + 1;
  const onPaper = () => root.classList.contains("reveal-print");
  const overflows = (slide) => {
    const body = slide.querySelector(".slide-body");
    const inner = body ? [body, ...body.children] : [];
    const long = (e) => e.classList.contains("long");
    const scrolls = (e) => getComputedStyle(e).overflowX === "auto";
    const leaves = (e) => (taller(e) && !long(e)) || (wider(e) && !scrolls(e));
    return taller(slide) || inner.some(leaves);
  };
  const shrink = (slide, name, from, to) => {
    for (let size = from; ; size = Math.max(to, size - 0.03)) {
      slide.style.setProperty(name, size.toFixed(2));
      const squeezed = size > 1 && [...slide.querySelectorAll("pre, .formula")].some(wider);
      if (size <= to || (!overflows(slide) && !squeezed)) return size.toFixed(2);
    }
  };
  // A figure is laid out as narrow or wide as lets it be shown largest. On a phone a long one
  // would be too small to read: it is as wide as on the phone's page, and scrolls.
  const LEGIBLE = 0.8; // of its size on a page
  const enlarge = (slide, figure) => {
    const body = figure.closest(".slide-body");
    const box = figure.parentElement;
    box.classList.remove("long");
    slide.style.setProperty("--figure", 1);
    const best = { size: 0 };
    const phone = root.classList.contains("upright"); // there as wide as a phone's page
    for (const width of phone ? [340, 400, 480, 560, 640] : [560, 640, 700, 760, 820, 900, 980, 1120]) {
      slide.style.setProperty("--figure-width", `${width}px`);
      const rest = box.scrollHeight - figure.offsetHeight;
      const room = (body.clientHeight - rest) / figure.offsetHeight;
      const size = Math.min(phone ? 1.85 : 1.6, room, body.clientWidth / width);
      if (size > best.size) Object.assign(best, { size, width });
    }
    if (phone && best.size < LEGIBLE) {
      const size = (body.clientWidth / 380).toFixed(2);
      box.classList.add("long");
      slide.style.setProperty("--figure-width", "370px");
      slide.style.setProperty("--figure", size);
      return size;
    }
    slide.style.setProperty("--figure-width", `${best.width}px`);
    return shrink(slide, "--figure", best.size, 0.4);
  };
  // What is too long even so scrolls in its place, by wheel, finger and keys; paper cannot.
  const scroll = (slide) => {
    for (const part of slide.querySelectorAll(".slide-text, .agenda")) {
      if (wider(part)) part.tabIndex = 0;
      if (!taller(part) && part.scrollWidth - part.clientWidth < MARGIN) continue;
      part.classList.add("scrolls");
      part.tabIndex = 0;
      part.dataset.preventSwipe = "";
    }
  };
  const SCROLLING = {
    ArrowUp: [0, -1], ArrowDown: [0, 1], PageUp: [0, -1], PageDown: [0, 1],
    Home: [0, -1], End: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
  };
  // A key goes to reveal.js unless what has the focus scrolls by it, and is not yet at its end.
  const isForDeck = ({ key, target }) => {
    const [x, y] = SCROLLING[key] ?? [0, 0];
    const part = target.closest?.("pre, .scrolls");
    if (!part || (!x && !y)) return true;
    const left = [part.scrollLeft, part.scrollWidth - part.clientWidth - part.scrollLeft];
    const above = [part.scrollTop, part.scrollHeight - part.clientHeight - part.scrollTop];
    return (x ? left[Number(x > 0)] : above[Number(y > 0)]) < 1;
  };
  const fit = (slide) => {
    if (!slide || slide.dataset.fit) return;
    for (const part of slide.querySelectorAll(".scrolls")) {
      part.classList.remove("scrolls");
      part.removeAttribute("tabindex");
      delete part.dataset.preventSwipe;
    }
    const figure = slide.querySelector("figure.interactive");
    const words = slide.querySelector(".slide-body.text") && !figure;
    // A wide formula becomes smaller by itself; the words around it need not.
    for (const formula of slide.querySelectorAll(".formula")) {
      const smallest = onPaper() ? SMALLEST_ON_PAPER : 0.6;
      formula.style.fontSize = "";
      for (let size = 1; wider(formula) && size > smallest; size -= 0.04) formula.style.fontSize = `${size}em`;
      if (wider(formula)) formula.tabIndex = 0;
    }
    const size = figure
      ? enlarge(slide, figure)
      : shrink(slide, "--fit", words ? 1.25 : 1, onPaper() ? SMALLEST_ON_PAPER : SMALLEST);
    scroll(slide);
    slide.dataset.fit = size;
  };
  const refit = (slide) => {
    if (slide) delete slide.dataset.fit;
    fit(slide);
  };

  // A figure that comes alive, or says more than before, is measured again: that of the slide
  // in view, and on paper any.
  const measureAnew = (figure) => {
    const slide = figure.closest(".slides section");
    if (slide !== Reveal.getCurrentSlide() && !onPaper()) return;
    const fresh = figure.dataset.measured !== figure.dataset.state;
    figure.dataset.measured = figure.dataset.state ?? "";
    if (fresh || overflows(slide)) refit(slide);
  };
  // Nothing moves under a pen that is down: what grew meanwhile is measured when it is lifted.
  let isDown = false;
  const grownMeanwhile = new Set();
  addEventListener("pointerdown", () => (isDown = true), true);
  for (const end of ["pointerup", "pointercancel"])
    addEventListener(end, () => {
      isDown = false;
      for (const figure of grownMeanwhile) measureAnew(figure);
      grownMeanwhile.clear();
    }, true);
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) isDown ? grownMeanwhile.add(target) : measureAnew(target);
  });

  // Chromium ignores a second `observe()`, so unobserve first.
  const observe = (figure) => {
    watch.unobserve(figure);
    watch.observe(figure);
  };
  // One that comes alive without growing is measured all the same.
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.matches("[data-widget]")) observe(target);
  }).observe(document, { subtree: true, attributeFilter: ["data-state"] });

  // The loader starts a figure on "wake", and of itself only what is near the view. Paper shows all
  // but those that wait for a press of their button (`data-open`).
  const wake = () => {
    for (const figure of document.querySelectorAll("[data-widget]:not([data-open], [data-state])"))
      figure.dispatchEvent(new Event("wake"));
  };
  // What is about to be seen is loaded; the rest of a long deck is not.
  const load = (slide) => {
    for (const image of slide?.querySelectorAll("img") ?? []) image.loading = "eager";
  };
  const measure = (slide) => {
    fit(slide);
    load(slide);
    for (const figure of slide.querySelectorAll("[data-widget]")) observe(figure);
  };
  const arrive = ({ currentSlide }) => {
    // Keys belong to the slide in view, not to a control that was used on another.
    const used = document.activeElement;
    if (used?.closest(".slides section:not(.present)")) used.blur();
    measure(currentSlide);
    load(currentSlide.nextElementSibling ?? currentSlide.parentElement.nextElementSibling);
  };

  // Whoever has clicked goes on with the talk: Space must not press a figure's button once more.
  addEventListener("click", (event) => {
    const [used] = event.composedPath();
    if (event.detail && event.target.closest?.("figure.interactive"))
      used.closest?.("button, [type=range], [type=checkbox]")?.blur();
  });

  // A mark on the progress bar where each chapter begins.
  const mark = () => {
    const slides = Reveal.getSlides();
    for (const [number, slide] of slides.entries())
      if (number && slide.matches(".title-slide[id]")) {
        const tick = document.createElement("i");
        tick.style.left = `${(100 * number) / (slides.length - 1)}%`;
        document.querySelector(".reveal .progress")?.append(tick);
      }
  };

  // What scrolls on a slide must be reachable by keyboard.
  for (const code of document.querySelectorAll(".slides pre")) code.tabIndex = 0;

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  Reveal.initialize({
    ...geometry(),
    scrollActivationWidth: null,
    margin: 0,
    center: false,
    display: "flex",
    hash: true,
    keyboardCondition: isForDeck,
    controls: false,
    slideNumber: "c/t",
    showSlideNumber: "all",
    navigationMode: "linear",
    transition: still ? "none" : "fade",
    backgroundTransition: "none",
    transitionSpeed: "fast",
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    defaultTiming: 0,
    plugins: [RevealNotes, RevealZoom],
  });
  Reveal.on("ready", mark);
  Reveal.on("ready", arrive);
  Reveal.on("slidechanged", arrive);
  // On paper all slides are laid out, and once more when their pages have taken their places,
  // when their letters have come, and when a part of one has grown.
  const layOut = () => {
    for (const slide of document.querySelectorAll(".slides section:not(:has(> section))")) {
      refit(slide);
      measure(slide);
    }
  };
  const arrived = () => (onPaper() ? layOut() : refit(Reveal.getCurrentSlide()));
  const grown = new ResizeObserver((entries) => {
    const slides = new Set(entries.map(({ target }) => target.closest(".slides section")));
    for (const slide of slides) if (slide && overflows(slide)) refit(slide);
  });
  Reveal.on("pdf-ready", () => {
    wake();
    layOut();
    requestAnimationFrame(() => requestAnimationFrame(layOut));
    for (const part of document.querySelectorAll(".slide-body :is(p, li, pre, table, label)")) grown.observe(part);
  });
  addEventListener("load", arrived);
  document.fonts.addEventListener("loadingdone", () => onPaper() && layOut());
  addEventListener("resize", () => {
    const before = root.classList.contains("upright");
    const size = geometry();
    if (!before && size.width === 1280) return;
    Reveal.configure(size);
    for (const slide of document.querySelectorAll("[data-fit]")) delete slide.dataset.fit;
    refit(Reveal.getCurrentSlide());
  });
})();
