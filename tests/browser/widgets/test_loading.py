"""When figures load, what they weigh, and where they work: slides, file:, without scripts."""

import gzip
import json
import re

import pytest
from _publishing.assets.widget_files import BUDGET
from _publishing.figure_registry import FIGURES
from figures import ROOT, live, result
from playwright.sync_api import expect


def test_nothing_loads_before_it_is_near_or_opened(chromium, site):
    page = chromium.new_page(viewport={"width": 1280, "height": 500})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.wait_for_load_state("networkidle")
    for part in ("kernel/", "irises/", "cnn/", "digit-pad/", ".safetensors", "photo.png"):
        assert not [url for url in asked if part in url], part
    page.locator("dl-digit-pad").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert not [url for url in asked if "digit-pad/" in url or "plain.safetensors" in url]
    live(page, "digit-pad")
    assert [url for url in asked if "plain.safetensors" in url]
    assert all(url.startswith(site.split("/chapters")[0]) for url in asked if "/widgets/" in url)
    page.close()


def test_a_figure_that_is_ready_has_said_its_first_words(open_page, serve, site_folder):
    """Else it grows a moment later, when a slide has been laid out with it.

    A strict policy hinders none of them.
    """
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; font-src 'self'"
    )
    page = open_page(
        f"{serve(site_folder, policy)}/chapters/figures.html",
        before="""
      window.said = {};
      new MutationObserver((changes) => changes.forEach(({ target }) => {
        const words = [...(target.shadowRoot?.querySelectorAll("[aria-live]") ?? [])];
        window.said[target.localName] = words.map(({ textContent }) => textContent).join("");
      })).observe(document, { subtree: true, attributeFilter: ["data-state"] });
    """,
    )
    broken = []
    page.on("console", lambda m: broken.append(m.text) if "widgets/" in m.location["url"] else 0)
    for widget in FIGURES:
        live(page, widget)
        assert page.evaluate(f"said['dl-{widget}']"), widget
    assert broken == []


def test_words_stay_in_sight_and_the_still_picture_gives_way(open_page):
    page = open_page()
    live(page, "neuron")
    figure = page.locator("dl-neuron").first
    assert figure.locator(":scope > p").count()
    for words in figure.locator(":scope > p:not(:has(img))").all():
        expect(words).to_be_visible()
    for picture in figure.locator(":scope > img, :scope > p img").all():
        expect(picture).to_be_hidden()


def test_figures_are_light(open_page, site_folder):
    page = open_page()
    for widget in FIGURES:
        live(page, widget)
    asked = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    asked = {url.split("?")[0].split("/", 3)[3] for url in asked if ".mjs" in url}
    # The pad's worker loads its modules by itself.
    worker = {"widgets/digit-pad/worker.mjs", "widgets/inference/wasm-convolution.mjs"}
    assert asked - worker == set().union(*map(joined_modules, FIGURES))
    for widget in FIGURES:
        wanted = json.loads(page.locator(f"dl-{widget}").get_attribute("artifacts") or "{}")
        size = sum(sent(site_folder / name) for name in joined_modules(widget))
        later = page.locator(f"dl-{widget}").get_attribute("later") or ""
        later += " originals.json"  # asked for when a sample is chosen
        data = sum(sent(site_folder / "artifacts" / name) for name in wanted if name not in later)
        if widget == "digit-pad":
            assert size + data < 900_000
        elif widget in {"cnn", "language-model"}:
            assert size < BUDGET
        else:
            assert size + data < BUDGET, widget


def joined_modules(widget):
    """The modules that a figure loads, found by following its imports."""
    widgets = ROOT / "book/widgets"
    answer, todo = set(), [(widgets / widget / f"{widget}.mjs").resolve()]
    while todo:
        path = todo.pop()
        answer.add(path)
        for name in re.findall(r'from "(\.[^"]+)"', path.read_text()):
            other = (path.parent / name).resolve()
            todo += [] if other in answer else [other]
    return {f"widgets/{path.relative_to(widgets)}" for path in answer}


def sent(path):
    """Bytes that a host sends: text compressed, weights and pictures as they are."""
    data = path.read_bytes()
    return len(gzip.compress(data)) if path.suffix in {".mjs", ".json"} else len(data)


def test_without_scripts_the_static_figure_stands(open_page):
    page = open_page(java_script_enabled=False)
    for widget in FIGURES:
        figure = page.locator(f"dl-{widget}")
        still = figure.locator("img")
        still.scroll_into_view_if_needed()
        expect(still).to_be_visible()
        assert still.evaluate("i => i.decode().then(() => i.naturalWidth)") > 200, widget
        assert len(still.get_attribute("alt")) > 60, widget
        expect(figure.get_by_text("A still")).to_be_visible()
    assert page.get_by_role("button", name="Open the").count() == 0


def test_on_failure_the_static_figure_stays(chromium, site):
    page = chromium.new_page()
    page.route("**/artifacts/*", lambda route: route.abort())
    page.goto(site)
    for widget, text in (("kernel", "A still kernel."), ("digit-pad", "A still pad.")):
        figure = page.locator(f"dl-{widget}")
        figure.scroll_into_view_if_needed()
        if FIGURES[widget].opens:
            figure.get_by_role("button", name="Open").click()
        expect(figure.get_by_role("status")).to_have_text("The live figure could not start.")
        expect(page.get_by_text(text)).to_be_visible()
        expect(figure.locator("img")).to_be_visible()
    page.close()


def test_figures_work_from_a_plain_copy_of_the_site(open_page, site_folder):
    page = open_page((site_folder / "chapters/figures.html").as_uri())
    for widget in FIGURES:
        live(page, widget)
    figure = page.locator("dl-cnn")
    result(figure, r"The network says \d, \d+\.\d %")


def turn_to(page, widget):
    """Turn a deck's pages until a figure is on the slide that is shown."""
    figure = page.locator(f"section.present dl-{widget}[data-state=live]")
    for _ in range(8):
        page.wait_for_timeout(600)
        if figure.count():
            return figure
        page.keyboard.press("ArrowRight")
    pytest.fail(f"no slide shows the figure {widget} alive")


def test_figures_work_on_slides(open_page, site):
    page = open_page(site.replace("chapters", "slides"))
    neuron = turn_to(page, "neuron")
    assert neuron.bounding_box()["width"] > 400  # with a still inside it, too
    neuron.get_by_label("input x₁").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")  # moves the slider, turns no slide
    result(neuron, r"Sum z = 0\.580")
    page.evaluate("document.activeElement.blur()")
    steps = turn_to(page, "backpropagation")
    steps.get_by_role("button", name="Step").click()
    expect(steps.locator("[aria-live=polite]:visible")).to_contain_text("This dog wants y up")
