"""A deck on paper: one page a slide, nothing cut, no answers."""

from io import BytesIO

import pytest
from decks import ALIVE, slides_of
from pages import TOPICS, weekly
from pypdf import PdfReader
from waiting import becomes

#: Decks with several figures; the others are slow.
ALWAYS = {"kernels", "networks", "neurons"}
#: Printed slides without margins, or whose words run into the foot.
CRAMPED = """() => [...document.querySelectorAll(".pdf-page > section")].filter((slide) => {
  const [own, head, body, foot] = [".", "h1, h2", ".slide-body", ".slide-foot"].map((what) =>
    (what === "." ? slide : slide.querySelector(what))?.getBoundingClientRect());
  const low = [...slide.querySelectorAll(".slide-body *")]
    .some((e) => e.getClientRects().length && e.getBoundingClientRect().bottom > foot?.top + 1);
  return head.left < own.left + 60 || head.top < own.top + 20 || (body && foot && low);
}).map((slide) => slide.textContent.trim().slice(0, 80))"""


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


@pytest.mark.parametrize("name", weekly(TOPICS, ALWAYS))
def test_a_deck_prints_one_page_a_slide_which_no_live_figure_leaves(page, site, site_url, name):
    """It is laid out once more with the figure, and with the letters when they have come."""
    on_paper(page, site_url, name)
    becomes(page, lambda: page.evaluate(CRAMPED) == [], seconds=10)
    assert page.evaluate(CRAMPED) == []
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    slides = [slide for slide in slides_of(site, name) if "solution-slide" not in slide["class"]]
    assert len(pages) == len(slides)  # paper tells no answers
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    assert width / height == pytest.approx(1280 / 720, rel=0.02)


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
