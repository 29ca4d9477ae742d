"""Every deck of the built site, in a real browser."""

import re
from itertools import pairwise

import pytest
from _publishing.source.schedule import read_schedule
from decks import each_slide, opened
from pages import AXE, AXE_CORE, DECKS, ROOT, packed_size

WEIGHT = 350_000  # bytes, compressed, on the first load
#: axe reads hidden slides as well, which takes it minutes in a long deck: while it looks, all are
#: out but the one in view, the title with the only h1, and those whose figures may be starting.
AXE_ON_SLIDE = f"""async () => {{
  const slides = document.querySelector(".slides");
  const all = [...slides.children];
  const now = Reveal.getCurrentSlide();
  const kept = (s, i) => s.contains(now) || i === 0 || s.querySelector("[data-widget]");
  slides.replaceChildren(...all.filter(kept));
  try {{
    return await ({AXE})();
  }} finally {{
    slides.replaceChildren(...all);
  }}
}}"""
#: A slide as its source says it: the same in a chapter's deck and in the workshop's.
OWN = """() => {
  const copy = Reveal.getCurrentSlide().cloneNode(true);
  return copy.innerHTML
    .replaceAll(/<(\\/?)h[23]/g, "<$1h").replaceAll(/ (style|tabindex)="[^"]*"/g, "");
}"""


@pytest.mark.parametrize(
    ("scheme", "few"),
    [
        pytest.param("light", 1, id="a deck, light"),
        pytest.param("dark", 1, id="a deck, dark"),
        pytest.param("light", None, id="every deck, light", marks=pytest.mark.slow),
        pytest.param("dark", None, id="every deck, dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(new_page, site_url, scheme, few):
    page = new_page(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
    result, seen = {}, set()
    for name in DECKS[:few]:
        opened(page, site_url, name)
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        page.evaluate(AXE_CORE)
        if violations := page.evaluate(AXE):
            result[f"{name}, as a whole"] = violations
        for number in each_slide(page):
            shown = page.evaluate(OWN)  # the workshop's deck is made of the chapters' slides
            if shown not in seen and (violations := page.evaluate(AXE_ON_SLIDE)):
                result[f"{name}, slide {number + 1}"] = violations
            seen.add(shown)
    assert len(seen) > len(DECKS[:few])
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


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_is_light_and_its_headings_stand_in_order(page, site_url, name):
    files = set()
    page.on("response", lambda response: files.add(response.url.split("?")[0]))
    opened(page, site_url, name)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title()
    if name != "workshop":
        page.wait_for_load_state("networkidle")
        names = [url.removeprefix(f"{site_url}/") for url in files if url.startswith(site_url)]
        weights = {name: packed_size(name) for name in names}
        assert sum(weights.values()) <= WEIGHT, sorted(weights.items(), key=lambda one: -one[1])[:5]
