"""What the tests of the decks share: how to open one, go through it, and measure a slide."""

from bs4 import BeautifulSoup

#: Whether the figures on this slide have started, but for those that wait for a click unless all
#: are `opened`, and the slide has been laid out with them.
ALIVE = """(opened) => [...Reveal.getCurrentSlide().querySelectorAll("[data-widget]")]
  .every(({ dataset }) => (dataset.open && !opened)
    || dataset.state === "live" && dataset.measured === "live")"""
#: Go to a slide by its number, with all that waits for a key; chapters of the workshop are stacks.
GO = """(number) => {
  const { h, v } = Reveal.getIndices(Reveal.getSlides()[number]);
  Reveal.slide(h, v, 99);
}"""
#: Go in the same way to the first slide that has such an element; what is its number?
SHOW = """(selector) => {
  const part = document.querySelector(`.slides ${selector}`);
  const { h, v } = Reveal.getIndices(part.closest("section"));
  Reveal.slide(h, v, 99);
  return h;
}"""
#: What leaves its slide: the slide's own box ends above the foot.
OVERFLOW = """(scrolling) => {
  const slide = Reveal.getCurrentSlide();
  const foot = slide.querySelector(".slide-foot");
  const bottom = foot ? foot.getBoundingClientRect().top : innerHeight;
  const parts = ".slide-head *, .slide-body *, .agenda *, .lead, h1, h2";
  return [...slide.querySelectorAll(parts)]
    .filter((e) => !e.closest("svg, math") || e.matches("math"))
    .filter((e) => !scrolling || !e.closest(scrolling))
    .filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width && (box.bottom > bottom + 1 || box.right > innerWidth + 1 || box.left < -1);
    })
    .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 60)}`);
}"""
#: A script for before a page's own: every canvas keeps the words that it was last drawn with.
CANVAS_WORDS = """{
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  Object.assign(CanvasRenderingContext2D.prototype, {
    fillText(text, ...rest) {
      (this.canvas.words ??= []).push([parseFloat(this.font.match(/[\\d.]+(?=px)/)[0]), text]);
      return fillText.call(this, text, ...rest);
    },
    clearRect(...box) {
      this.canvas.words = [];
      return clearRect.apply(this, box);
    },
  });
}"""
#: The words in a live figure, and their height in pixels of a slide 720 high: what one reads, and
#: what one handles (a control, its name and its value). A canvas needs the script above.
FIGURE_WORDS = """() => {
  const controls = "button, select, input, textarea, label, summary, .file";
  const scale = Reveal.getScale();
  const sizes = { read: [], handled: [] };
  const shown = (e) =>
    e.checkVisibility() && !e.closest(".hidden") && e.getBoundingClientRect().width > 1;
  const height = (e) => {
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (!e.ownerSVGElement) return size * e.currentCSSZoom;
    const matrix = e.getScreenCTM();
    return (size * Math.hypot(matrix.a, matrix.b)) / scale;
  };
  const says = (e) => {
    if (e.matches("select, textarea, input[type=number]")) return `${e.localName} ${e.value}`;
    return [...e.childNodes].map((n) => (n.nodeType === 3 ? n.data : "")).join(" ").trim();
  };
  for (const figure of Reveal.getCurrentSlide().querySelectorAll("[data-widget]"))
    for (const e of figure.shadowRoot?.querySelectorAll("*:not(title, desc, option)") ?? []) {
      if (says(e) && shown(e))
        sizes[e.closest(controls) ? "handled" : "read"].push([height(e), says(e).slice(0, 40)]);
      for (const [size, text] of (shown(e) && e.words) || [])
        sizes.read.push([(size * e.clientWidth * e.currentCSSZoom) / e.width, text]);
    }
  return sizes;
}"""
#: The buttons of a slide's figures; and press one that can be seen, by its number.
BUTTONS = """() => [...Reveal.getCurrentSlide().querySelectorAll("[data-widget]")]
  .flatMap((figure) => [...figure.shadowRoot?.querySelectorAll("button") ?? []])"""
PRESS = f"""(number) => {{
  const button = ({BUTTONS})()[number];
  if (button.checkVisibility()) button.click();
}}"""
#: What opens a figure that waits for a click.
OPENER = "section.present:not(:has(> section)) [data-open] > button"
#: A slide's words and pictures. Sizes are pixels of a slide 720 high; figures, tables and code
#: are measured apart; sub- and superscripts belong to their formula.
MEASURE = """() => {
  const slide = Reveal.getCurrentSlide();
  const smallest = (parts) => Math.min(99, ...[...slide.querySelectorAll(`.slide-body ${parts}`)]
    .filter((e) => e.textContent.trim() && e.offsetHeight)
    .map((e) => parseFloat(getComputedStyle(e).fontSize)));
  const copy = slide.querySelector(".slide-text")?.cloneNode(true);
  const aside = "figure, table, pre, math, .quiz-option p, .predict-answer";
  for (const apart of copy?.querySelectorAll(aside) ?? []) apart.remove();
  return {
    id: slide.id,
    kind: slide.className.match(/(\\w+)-slide/)?.[1] ?? "",
    optional: slide.hasAttribute("data-optional"),
    smallest: smallest(":is(p, li, label):not(figure *, table *, pre *)"),
    code: smallest("pre"),
    cells: smallest(":is(th, td)"),
    words: copy?.textContent.split(/\\s+/).filter((word) => /[\\p{L}\\d]/u.test(word)).length ?? 0,
    shows: Boolean(slide.querySelector(".slide-pictures, [data-widget]")),
    pictures: [...slide.querySelectorAll(".slide-body img")].filter((e) => e.offsetWidth)
      .map((e) => [e.getAttribute("src"), e.offsetWidth * e.currentCSSZoom,
        e.offsetHeight * e.currentCSSZoom]),
  };
}"""


def slides_of(site, name):
    """Return every slide of a deck's file."""
    html = (site / "slides" / f"{name}.html").read_text(encoding="utf-8")
    every = BeautifulSoup(html, "html.parser").select(".slides section")
    return [slide for slide in every if slide.select_one("section") is None]


def opened(page, site_url, name, query=""):
    """Open a deck, all things still."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}/slides/{name}.html{query}")
    page.wait_for_function("Reveal.isReady() && Reveal.getCurrentSlide().dataset.fit")
    return page


def show(page, selector):
    """Go to the first slide with such an element, its figures alive; give the slide's number."""
    number = page.evaluate(SHOW, selector)
    page.wait_for_function(ALIVE)
    return number


def each_slide(page):
    """Go through a deck with every fragment shown and figures alive; yield the slide's number."""
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(GO, number)
        page.wait_for_function(ALIVE)
        yield number
