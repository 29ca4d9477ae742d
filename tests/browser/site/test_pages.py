"""Every page in a real browser: a light first load, for all readers, on a phone, by keyboard."""

import re

import pytest
from pages import AXE, AXE_CORE, CHAPTERS, DESKTOP, PAGES, PHONE, loaded, opened, weekly

REQUESTS, WEIGHT = 20, 400_000  # of a first load; bytes are compressed ones
#: A chapter's own plots, and figures that load when the reader comes to them.
OWN = ("_images/", "widgets/", "artifacts/")
#: Opens what is folded or covered, and answers a quiz: wrong, right, and not at all.
UNFOLD = """() => {
  for (const part of document.querySelectorAll(".bd-article details")) part.open = true;
  for (const button of document.querySelectorAll(".bd-article .toggle-button-hidden")) {
    button.click();
  }
  for (const button of document.querySelectorAll(".predict-notice button")) button.click();
  document.querySelectorAll(".quiz-question").forEach((question, number) => {
    const { letter } = question.querySelector(".quiz-right").dataset;
    const choices = [...question.querySelectorAll("input")];
    choices.find(({ value }) => number < 2 && (value === letter) === (number === 1))?.click();
    question.querySelector(".quiz-check").click();
  });
}"""
#: What sticks out of a page.
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? []
  : [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => e.outerHTML.slice(0, 100)).slice(0, 4)"""
#: Says of each element that has the focus whether anybody could see that it has.
WATCH_FOCUS = """() => {
  window.stops = 0;
  window.unseen = [];
  document.addEventListener("focusin", (event) => {
    const target = event.composedPath()[0]; // inside of a figure, if it is there
    window.stops += 1;
    const style = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!ring || box.width < 2 || box.height < 2) {
      window.unseen.push(target.outerHTML.slice(0, 120));
    }
  });
}"""


#: One page of each type: a light chapter with figures, a long one, a table, an API page, a search.
TYPES = [
    "index", "chapters/neurons", "chapters/handwriting", "instructors/guide", "appendix/glossary",
    "appendix/api-ideas", "search",
]  # fmt: skip
#: All but the light desktop, in which every page is looked at.
VARIANTS = [("light", PHONE, TYPES), ("dark", DESKTOP, TYPES)]
VARIANTS += weekly([("light", PHONE, PAGES), ("dark", DESKTOP, PAGES), ("dark", PHONE, PAGES)], [])
#: Pages that a reader goes through by keyboard: the slow ones are every page, and variants of some.
TABBED = weekly(
    [
        *(("light", DESKTOP, name) for name in PAGES),
        *(("dark", DESKTOP, name) for name in ("chapters/neurons", "index", "search")),
        *(("light", PHONE, name) for name in ("chapters/neurons", "index", "search")),
    ],
    always=[("light", DESKTOP, "chapters/neurons"), ("dark", DESKTOP, "search")],
)


def label(value):
    """Name a test by its scheme, the width of its window, and its page or how many there are."""
    if isinstance(value, str):
        return value
    return f"{value['width']} px" if "width" in value else f"{len(value)} pages"


def faults(page, scheme):
    """Unfold an open page; say what axe objects to, and what sticks out."""
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    page.evaluate(UNFOLD)
    assert page.evaluate("document.getAnimations().length") == 0
    page.evaluate(AXE_CORE)
    return page.evaluate(AXE) + page.evaluate(WIDE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_quiet_and_for_everybody(new_page, trouble, site_url, name):
    """On a desktop in the light: a chapter's first load, its solutions, and all that unfolds."""
    page = opened(new_page(viewport=DESKTOP), site_url, name)
    if name in CHAPTERS:
        page.wait_for_load_state("networkidle")
        shared = [one for one in loaded(page, site_url) if not one[0].startswith(OWN)]
        assert len(shared) <= REQUESTS, shared
        assert sum(size for _, size in shared) <= WEIGHT, shared
        buttons = page.get_by_role("button", name=re.compile("^Solution to Exercise"))
        assert buttons.count() == page.locator(".solution .toggle-button").count() > 0
    assert faults(page, "light") == []
    assert trouble == []


@pytest.mark.parametrize(("scheme", "size", "names"), VARIANTS, ids=label)
def test_pages_are_for_everybody(new_page, site_url, scheme, size, names):
    page = new_page(viewport=size, color_scheme=scheme)
    result = {name: faults(opened(page, site_url, name), scheme) for name in names}
    assert {name: problems for name, problems in result.items() if problems} == {}


@pytest.mark.parametrize(("scheme", "size", "name"), TABBED, ids=label)
def test_focus_is_seen_at_every_tab_stop(new_page, site_url, scheme, size, name):
    page = opened(new_page(viewport=size, color_scheme=scheme), site_url, name)
    page.evaluate(WATCH_FOCUS)
    before = -1
    while page.evaluate("stops") > before and before < 500:  # until Tab leaves the page
        before = page.evaluate("stops")
        for _ in range(20):
            page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    assert page.evaluate("stops") >= 5
    assert page.evaluate("[...new Set(unseen)]") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_tab_stop_leads_to_the_text(new_page, site_url, scheme):
    page = opened(new_page(viewport=DESKTOP, color_scheme=scheme), site_url, CHAPTERS[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.evaluate(AXE_CORE)
    result = page.evaluate("axe.run('#pst-skip-link', { runOnly: ['color-contrast'] })")
    assert [len(result[outcome]) for outcome in ("passes", "violations", "incomplete")] == [1, 0, 0]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_goes_on_beyond_the_edge_fades_there(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, CHAPTERS[0])
    part = page.locator(".bd-article pre[data-more]").first
    assert part.get_attribute("tabindex") == "0"
    assert "gradient" in part.evaluate("(e) => getComputedStyle(e).maskImage")
    part.focus()
    assert part.evaluate("(e) => getComputedStyle(e).maskImage") == "none"  # the ring is whole
    handle = part.element_handle()
    handle.evaluate("(e) => { e.scrollLeft = e.scrollWidth; }")
    page.wait_for_timeout(100)
    assert not handle.evaluate("(e) => e.hasAttribute('data-more')")
    stops = page.evaluate("""[...document.querySelectorAll(".bd-article pre")]
      .filter((e) => e.scrollWidth <= e.clientWidth).map((e) => e.tabIndex)""")
    assert set(stops) == {-1}  # what fits is no tab stop


def test_what_a_wide_table_is_about_is_read_without_scrolling(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, "chapters/robust-reader")
    wide = page.locator(".dlcourse-table[data-more]")
    assert wide.count() >= 1
    for table in wide.all():
        caption = table.locator("caption").bounding_box()
        assert caption["x"] + caption["width"] <= 360 - 40


def test_a_table_of_probabilities_is_read_down_on_a_phone(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, "chapters/augmentation")
    page.evaluate("document.querySelectorAll('.predict-notice button').forEach((b) => b.click())")
    tables = page.locator(".dlcourse-table:has(.shares)")
    assert tables.count() >= 3
    for table in tables.all():
        assert table.evaluate("(e) => e.scrollWidth <= e.clientWidth")
        assert "verdict" not in table.locator("tbody").inner_text()
        assert table.locator("tbody td.share:visible").count() >= 10


def test_no_line_ends_between_a_formula_and_its_comma(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, "chapters/networks")
    parts = page.locator(".bd-article p .together")
    assert parts.count() >= 5
    assert parts.evaluate_all("(all) => all.every((e) => e.getClientRects().length === 1)")
