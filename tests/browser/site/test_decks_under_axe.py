"""Decks in the light and in the dark: nothing that axe objects to."""

import pytest
from decks import each_slide, opened
from pages import AXE, AXE_CORE, DECKS

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("few", [1, pytest.param(None, marks=pytest.mark.slow)], ids=str)
def test_axe_finds_nothing(new_page, site_url, few, scheme):
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
