"""Every figure by keyboard, in both schemes, on a phone: nothing that axe objects to."""

import pytest
from _publishing.figure_registry import FIGURES
from figures import DESKTOP, PHONE, live
from tiny_book import ROOT

AXE = """axe.run({ include: [["[data-widget]"]] }, { resultTypes: ["violations"] })
  .then((r) => r.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html.slice(0, 200))]))"""
#: What sticks out of a figure; how many controls it has; whether one sees which has the focus.
WIDE = """(figure) => [...figure.shadowRoot.querySelectorAll("*")]
  .filter((n) => !n.closest(".scroll, svg") && !n.matches(".hidden, .frame"))
  .filter((n) => n.getBoundingClientRect().right > figure.getBoundingClientRect().right + 1)
  .map((n) => n.outerHTML.slice(0, 120))"""
CONTROLS = """(figure) => [...figure.shadowRoot.querySelectorAll(`button:not(:disabled), select,
  textarea, a[href], [tabindex="0"], input:not([type=radio]), input[type=radio]:checked`)]
  .filter((n) => n.checkVisibility()).length"""
RINGED = """({ shadowRoot: { activeElement } }) =>
  [activeElement, activeElement.closest(".file") ?? activeElement]
    .some((n) => getComputedStyle(n).outlineStyle !== "none")"""


@pytest.mark.parametrize(
    ("device", "scheme"),
    [
        pytest.param(DESKTOP, "light", id="desktop, light"),
        pytest.param(PHONE, "dark", id="phone, dark"),
        pytest.param(DESKTOP, "dark", id="desktop, dark", marks=pytest.mark.slow),
        pytest.param(PHONE, "light", id="phone, light", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, scheme, device):
    page = open_page(color_scheme=scheme, reduced_motion="reduce", **device)
    for widget in FIGURES:
        live(page, widget)
    page.locator("dl-digit-pad").get_by_label("Sample").select_option("3")
    page.wait_for_timeout(400)
    # Not as a script tag: the page's own policy forbids what is not the site's.
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(AXE) == []
    for widget in FIGURES:
        assert page.locator(f"dl-{widget}").evaluate(WIDE) == [], widget
    assert page.evaluate("document.getAnimations().length") == 0


def test_keyboard_reaches_and_leaves_every_figure(open_page):
    page = open_page()
    for widget in FIGURES:
        figure = live(page, widget)
        controls = figure.evaluate(CONTROLS)
        figure.evaluate("f => { f.tabIndex = -1; f.focus(); }")
        inside = 0
        for _ in range(controls + 2):
            page.keyboard.press("Tab")
            if not page.evaluate(f"document.activeElement.matches('dl-{widget}')"):
                break
            inside += 1
            assert figure.evaluate(RINGED), widget
        assert inside == controls, widget
