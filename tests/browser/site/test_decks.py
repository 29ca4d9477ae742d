"""Every deck of the built site, in a real browser."""

import gzip
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[3]

WEIGHT = 350_000  # bytes, compressed, on the first load
#: Best practice is asked for too. axe reads hidden slides as well, which takes it minutes in a
#: long deck: while it looks, all are out but the one in view, the title with the only h1, and
#: those whose figures may be starting.
AXE = """async (whole) => {
  const slides = document.querySelector(".slides");
  const all = [...slides.children];
  const now = Reveal.getCurrentSlide();
  const kept = (s, i) => s.contains(now) || i === 0 || s.querySelector("[data-widget]");
  if (!whole) slides.replaceChildren(...all.filter(kept));
  try {
    return (await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    })).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))]);
  } finally {
    if (!whole) slides.replaceChildren(...all);
  }
}"""
#: A slide as its source says it: the same in a chapter's deck and in the workshop's.
OWN = """() => {
  const copy = Reveal.getCurrentSlide().cloneNode(true);
  return copy.innerHTML
    .replaceAll(/<(\\/?)h[23]/g, "<$1h").replaceAll(/ (style|tabindex)="[^"]*"/g, "");
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
#: Printed slides without margins, or whose words run into the foot.
CRAMPED = """() => [...document.querySelectorAll(".pdf-page > section")].filter((slide) => {
  const [own, head, body, foot] = [".", "h1, h2", ".slide-body", ".slide-foot"].map((what) =>
    (what === "." ? slide : slide.querySelector(what))?.getBoundingClientRect());
  const low = [...slide.querySelectorAll(".slide-body *")]
    .some((e) => e.getClientRects().length && e.getBoundingClientRect().bottom > foot?.top + 1);
  return head.left < own.left + 60 || head.top < own.top + 20 || (body && foot && low);
}).map((slide) => slide.textContent.trim().slice(0, 80))"""
#: Numbers of the slides with interactive figures that start by themselves.
FIGURES = """() => Reveal.getSlides().map((slide, number) =>
  slide.querySelector("[data-widget]:not([data-open])") ? number : -1).filter((n) => n >= 0)"""
#: Whether the figures on this slide have started, and the slide has been laid out with them.
ALIVE = """() => [...Reveal.getCurrentSlide().querySelectorAll("[data-widget]")]
  .every((figure) => figure.dataset.open
    || figure.dataset.state === "live" && figure.dataset.measured === "live")"""

#: Controls of the figure on this slide that a finger would miss; a label is as good as its box.
NARROW = """() => {
  const figure = Reveal.getCurrentSlide().querySelector("[data-widget]");
  const controls = "button, select, input:not(.hidden), .file";
  return [...(figure.shadowRoot?.querySelectorAll(controls) ?? [])].filter((control) => {
    const target = control.closest("label:not(.stacked, .slider)") ?? control;
    const box = target.getBoundingClientRect();
    return Math.min(box.width, box.height) < 24;
  }).map((control) => control.outerHTML.slice(0, 90));
}"""


#: Go to a slide by its number, with all that waits for a key; chapters of the workshop are stacks.
GO = """(number) => {
  const { h, v } = Reveal.getIndices(Reveal.getSlides()[number]);
  Reveal.slide(h, v, 99);
}"""


@pytest.fixture
def decks(site):
    """Names of all decks; the workshop's is last."""
    chapters = sorted(p.stem for p in (site / "chapters").glob("*.html"))
    assert chapters
    for topic in chapters:
        assert (site / "slides" / f"{topic}.html").exists(), f"no deck for {topic}"
    return [*chapters, "workshop"]


def each_slide(page):
    """Go through a deck with every fragment shown and figures alive; yield the slide's number."""
    alive = set(page.evaluate(FIGURES))
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(GO, number)
        if number in alive:
            page.wait_for_function(ALIVE)
        yield number


def opened(page, site_url, name):
    """Open a deck, all things still."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}/slides/{name}.html")
    page.wait_for_function("Reveal.isReady() && Reveal.getCurrentSlide().dataset.fit")
    return page


def test_no_slide_overflows(decks, page, site_url, trouble):
    left = {}
    for name in decks:
        opened(page, site_url, name)
        for number in each_slide(page):
            for what in page.evaluate(OVERFLOW):
                left.setdefault(f"{name}, slide {number + 1}", []).append(what)
    assert left == {}
    assert trouble.none()


def test_no_slide_overflows_on_a_phone(decks, new_page, site_url):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    left = {}
    for name in decks[:-1]:
        opened(page, site_url, name)
        assert page.evaluate("Reveal.getConfig().width") == 720
        for number in each_slide(page):
            if what := page.evaluate(OVERFLOW, "table"):  # a wide one scrolls in its place
                left[f"{name}, slide {number + 1}"] = what
    assert left == {}


LONG = """([tag, long]) => {
  const text = Reveal.getSlide(1).querySelector(".slide-text");
  text.innerHTML = `<${tag}>${long}</${tag}>`;
  Reveal.slide(1, 0, 99);  // all is shown that waits for a key
}"""


@pytest.mark.parametrize("tag", ["pre", "p", "table"])
def test_what_is_too_long_for_a_slide_is_reached_by_keys(tag, page, site_url):
    ends = {"pre": "\n", "p": " word word<br>", "table": "<tr><td>cell</td></tr>"}
    opened(page, site_url, "neurons")
    page.evaluate(LONG, [tag, ends[tag].join(map(str, range(99)))])
    assert page.evaluate(OVERFLOW, ".scrolls") == []
    page.focus(".present .scrolls")
    page.keyboard.press("End")
    page.wait_for_function(
        "() => { const e = document.activeElement;"
        " return e.scrollTop > 0 && e.scrollHeight - e.clientHeight - e.scrollTop < 1; }"
    )
    assert page.evaluate("Reveal.getIndices().h") == 1
    page.keyboard.press("PageDown")  # at its end a key goes on
    page.wait_for_function("Reveal.getIndices().h === 2")


def on_paper(page, site_url, name):
    """Open a deck as it is printed, its figures alive and the pages laid out with them."""
    page.goto(f"{site_url}/slides/{name}.html?print-pdf")
    page.wait_for_function(
        "() => { const slides = [...document.querySelectorAll('.pdf-page > section')];"
        " return slides.length && slides.every((slide) => slide.dataset.fit); }"
    )
    for figure in page.locator("[data-widget]:not([data-open])").all():
        figure.scroll_into_view_if_needed()
    page.wait_for_function(ALIVE.replace("Reveal.getCurrentSlide()", "document"))
    return page


def test_a_figure_that_comes_alive_on_paper_leaves_no_page(decks, page, site_url):
    """It is laid out once more with the figure, and with the letters when they have come."""
    for name in decks[:-1]:
        on_paper(page, site_url, name)
        end = time.monotonic() + 10
        while (cramped := page.evaluate(CRAMPED)) and time.monotonic() < end:
            page.wait_for_timeout(100)
        assert cramped == [], name


def test_what_is_too_long_for_a_slide_is_whole_on_paper(page, site_url):
    on_paper(page, site_url, "neurons")
    page.evaluate(
        """() => {
          const slide = document.querySelectorAll(".pdf-page > section")[1];
          slide.querySelector(".slide-text").innerHTML = `<pre>${"x\\n".repeat(80)}</pre>`;
          for (const one of document.querySelectorAll("[data-fit]")) delete one.dataset.fit;
          Reveal.dispatchEvent({ type: "pdf-ready" });
        }"""
    )
    assert page.evaluate(CRAMPED) == []


def test_a_finger_hits_every_control_of_a_figure_on_an_upright_slide(decks, new_page, site_url):
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    missed, figures = {}, 0
    for name in decks[:-1]:
        opened(page, site_url, name)
        for number in page.evaluate(FIGURES):
            page.evaluate("n => Reveal.slide(n)", number)
            page.wait_for_function(ALIVE)
            figures += 1
            if narrow := page.evaluate(NARROW):
                missed[f"{name}, slide {number + 1}"] = narrow
    assert figures >= 4
    assert missed == {}


def test_a_long_figure_scrolls_on_an_upright_slide(new_page, site_url):
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    opened(page, site_url, "convolutional-networks")
    page.evaluate("Reveal.slide(Reveal.getSlides().findIndex((s) => s.querySelector('dl-cnn')), 0)")
    assert page.locator("dl-cnn img").is_visible(), "its picture, until it is opened"
    page.locator("dl-cnn").get_by_role("button").tap()
    box = page.locator(".slide-text.long")
    box.wait_for()
    words = "e => parseFloat(getComputedStyle(e).fontSize) * e.currentCSSZoom * Reveal.getScale()"
    assert page.locator("dl-cnn").evaluate(words) >= 12
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert box.evaluate("e => (e.scrollTop = 1e6, e.scrollTop)") > 200
    assert page.locator("dl-cnn .live").is_visible()


def test_headings_stand_in_order(decks, page, site_url):
    for name in decks:
        opened(page, site_url, name)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => +h.tagName[1])"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), name
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.title()


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(("light", 2), id="two decks, light"),
        pytest.param(("dark", 2), id="two decks, dark"),
        pytest.param(("light", None), id="every deck, light", marks=pytest.mark.slow),
        pytest.param(("dark", None), id="every deck, dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(decks, new_page, site_url, axe, variant):
    scheme, few = variant
    page = new_page(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
    result, seen = {}, set()
    for name in decks[:few]:
        opened(page, site_url, name)
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        page.evaluate(axe)
        if violations := page.evaluate(AXE, "whole"):
            result[f"{name}, as a whole"] = violations
        for number in each_slide(page):
            shown = page.evaluate(OWN)  # the workshop's deck is made of the chapters' slides
            if shown not in seen and (violations := page.evaluate(AXE, "")):
                result[f"{name}, slide {number + 1}"] = violations
            seen.add(shown)
    assert len(seen) > len(decks[:few])
    assert result == {}


def test_every_section_has_a_slide(decks, site):
    for name in decks[:-1]:
        page = (site / "chapters" / f"{name}.html").read_text(encoding="utf-8")
        deck = (site / "slides" / f"{name}.html").read_text(encoding="utf-8")
        sections = re.findall(
            r'<section\b[^>]*id="([^"]+)"[^>]*>(?:\s*<span[^>]*></span>)*\s*<h2', page
        )
        bare = [i for i in sections if f"#{i}" not in deck and not _inner(page, i, deck)]
        assert bare == [], name


def _inner(page, anchor, deck):
    """Whether a slide leads to a subsection of this section."""
    start = page.index(f'id="{anchor}"')
    following = page.find("<h2", page.index("<h2", start) + 3)
    inner = re.findall(
        r'<section\b[^>]*id="([^"]+)"', page[start : following if following > 0 else None]
    )
    return any(f"#{name}" in deck for name in inner)


def test_slides_take_the_time_that_the_schedule_gives(site):
    schedule = yaml.safe_load((ROOT / "book" / "schedule.yml").read_text(encoding="utf-8"))
    html = (site / "slides" / "workshop.html").read_text(encoding="utf-8")
    taken, topic = {}, ""
    for start in re.findall(r"<section [^>]*>", html):
        named = re.search(r'class="title-slide" id="([^"]+)"', start)
        topic = named[1] if named else topic
        if "pause-slide" not in start and (timing := re.search(r'data-timing="(\d+)"', start)):
            taken[topic] = taken.get(topic, 0) + int(timing[1]) / 60
    planned = {e["chapter"]: e["teach"] + e.get("exercise", 0) for e in schedule if "chapter" in e}
    assert taken == planned


def test_keyboard_goes_through_a_deck(decks, page, site_url):
    opened(page, site_url, "workshop")
    total = page.evaluate("Reveal.getTotalSlides()")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getSlidePastCount()") >= (1 if total > 1 else 0)
    page.keyboard.press("End")
    page.wait_for_function("Reveal.isLastSlide()")
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_figure_follows_the_pointer_on_its_slide(decks, page, site_url):
    opened(page, site_url, "neurons")
    page.evaluate("n => Reveal.slide(n)", page.evaluate(FIGURES)[0])
    page.wait_for_function(ALIVE)
    handle = page.locator("dl-neuron circle.handle").first
    middle = """(e) => {
      const box = e.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }"""
    x, y = handle.evaluate(middle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 20, steps=3)
    page.mouse.move(x + 60, y - 45, steps=3)
    page.mouse.up()
    assert handle.evaluate(middle) == pytest.approx([x + 60, y - 45], abs=3)
    assert page.evaluate("Reveal.getCurrentSlide().contains(document.querySelector('dl-neuron'))")


CONTROLS = [
    ("backpropagation", "dl-backpropagation button >> text=Step", ["ArrowDown", "ArrowRight"]),
    ("backpropagation", "dl-backpropagation input[type=range]", []),
    ("neurons", "dl-neuron input[type=range] >> nth=0", []),
    ("neurons", "dl-neuron select >> nth=0", []),
    ("kernels", "dl-kernel input[type=number] >> nth=0", []),
    ("kernels", "dl-kernel [role=application]", [" "]),
]


@pytest.mark.parametrize(("name", "control", "others"), CONTROLS)
def test_the_clicker_turns_the_page_after_a_figure_was_used(name, control, others, page, site_url):
    """The page keys always do, the others where the control has no use for them."""
    opened(page, site_url, name)
    tag = control.split()[0]
    find = "t => Reveal.getSlides().findIndex((s) => s.querySelector(`${t}:not([data-open])`))"
    number = page.evaluate(find, tag)
    assert number > 0
    for key in ["PageDown", "PageUp", *others]:
        page.evaluate("n => Reveal.slide(n)", number)
        page.wait_for_function(ALIVE)
        used = page.locator(f".present {control}").element_handle()
        used.focus()
        before = used.evaluate("e => e.value")
        page.keyboard.press(key)
        assert page.evaluate("Reveal.getIndices().h") == number + (-1 if key == "PageUp" else 1)
        assert used.evaluate("e => e.value") == before
        # So does the next key, once all is shown that waits for one: the control is left behind.
        page.evaluate("Reveal.slide(Reveal.getIndices().h, 0, 99)")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("Reveal.getIndices().h") == number + (0 if key == "PageUp" else 2)


def test_a_control_keeps_the_keys_that_it_uses(page, site_url):
    opened(page, site_url, "neurons")
    page.evaluate("n => Reveal.slide(n)", page.evaluate(FIGURES)[0])
    page.wait_for_function(ALIVE)
    number = page.evaluate("Reveal.getIndices().h")
    slider = page.locator(".present dl-neuron input[type=range]").first
    before = slider.input_value()
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.input_value() != before
    assert page.evaluate("Reveal.getIndices().h") == number


def test_swipe_turns_the_slide(decks, new_page, site_url):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened(page, site_url, "workshop")
    page.evaluate("""() => {
      const target = document.querySelector(".reveal");
      for (const [type, x] of [["pointerdown", 340], ["pointermove", 120], ["pointerup", 120]]) {
        const options = {pointerType: "touch", clientX: x, clientY: 400, bubbles: true};
        target.dispatchEvent(new PointerEvent(type, options));
      }
      const touch = (x) => new Touch({identifier: 1, target, clientX: x, clientY: 400});
      for (const [type, x] of [["touchstart", 340], ["touchmove", 120], ["touchend", 120]]) {
        const touches = type === "touchend" ? [] : [touch(x)];
        const options = {touches, changedTouches: [touch(x)], bubbles: true, cancelable: true};
        target.dispatchEvent(new TouchEvent(type, options));
      }
    }""")
    assert page.evaluate("Reveal.getSlidePastCount()") >= 1


@pytest.mark.parametrize("served", [True, False], ids=["served", "from a folder"])
def test_speaker_view_shows_slides_notes_and_clock(site, site_url, decks, new_page, served):
    name = decks[0]
    address = f"{site_url}/slides/{name}.html" if served else (site / "slides" / f"{name}.html")
    page = new_page(viewport={"width": 1280, "height": 720})
    page.goto(address if served else address.as_uri())
    page.wait_for_function("Reveal.isReady()")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Notes").click()
    speaker = popup.value
    speaker.wait_for_function(
        "getComputedStyle(document.querySelector('#connection-status')).display === 'none'"
    )
    number = page.evaluate("Reveal.getSlides().findIndex((s) => s.querySelector('aside.notes'))")
    page.evaluate("n => Reveal.slide(n)", number)
    notes = page.evaluate("Reveal.getCurrentSlide().querySelector('aside.notes').textContent")
    speaker.wait_for_function(
        "(words) => document.querySelector('.speaker-controls-notes .value').textContent === words",
        arg=notes,
    )
    assert speaker.locator(".timer").count()
    now, upcoming = (frame for frame in speaker.frames if frame.parent_frame)
    heading = page.evaluate("Reveal.getCurrentSlide().querySelector('h1, h2').textContent")
    assert now.locator("section.present :is(h1, h2)").first.text_content() == heading
    assert upcoming.locator("section.present").count() == 1


def test_deck_prints_to_pdf_one_page_a_slide(decks, page, site_url, tmp_path):
    name = decks[0]
    opened(page, site_url, name)
    # Paper tells no answers.
    slides = page.evaluate("document.querySelectorAll('.slides > :not(.solution-slide)').length")
    assert on_paper(page, site_url, name).evaluate(CRAMPED) == []
    path = tmp_path / "deck.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    pages = PdfReader(path).pages
    assert len(pages) == slides
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    assert width / height == pytest.approx(1280 / 720, rel=0.02)


def test_first_load_is_light(decks, page, site_url, site):
    for name in decks[:-1]:
        files = set()
        page.on("response", lambda r, files=files: files.add(r.url.split("?")[0]))
        opened(page, site_url, name)
        page.wait_for_load_state("networkidle")
        packed = (".png", ".jpg", ".webp", ".woff2", ".safetensors")
        weights = {}
        for url in files:
            path = site / Path(url.removeprefix(site_url).lstrip("/"))
            if path.is_file():
                data = path.read_bytes()
                weights[path.name] = len(data if path.suffix in packed else gzip.compress(data))
        heaviest = sorted(weights.items(), key=lambda item: -item[1])[:5]
        assert sum(weights.values()) <= WEIGHT, (name, heaviest)


def test_speakers_words_stay_off_the_pages(decks, site):
    for name in decks[:-1]:
        deck = (site / "slides" / f"{name}.html").read_text(encoding="utf-8")
        page = (site / "chapters" / f"{name}.html").read_text(encoding="utf-8")
        for notes in re.findall(r'<aside class="notes">(.*?)</aside>', deck, re.DOTALL):
            assert notes not in page
