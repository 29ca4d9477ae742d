"""Every deck of the built site, in a real browser."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from _publishing.source.schedule import read_schedule
from decks import each_slide, opened

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


def test_slides_take_the_time_that_the_schedule_gives(site):
    schedule = read_schedule(ROOT / "book" / "schedule.yml")
    html = (site / "slides" / "workshop.html").read_text(encoding="utf-8")
    taken, topic = {}, ""
    for start in re.findall(r"<section [^>]*>", html):
        named = re.search(r'class="title-slide" id="([^"]+)"', start)
        topic = named[1] if named else topic
        if "pause-slide" not in start and (timing := re.search(r'data-timing="(\d+)"', start)):
            taken[topic] = taken.get(topic, 0) + int(timing[1]) / 60
    planned = {item.chapter: item.teach + item.exercise for item in schedule if item.chapter}
    assert taken == planned


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
