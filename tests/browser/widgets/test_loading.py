"""When figures load, what they weigh, and where they work: file:, without scripts."""

from _publishing.assets.classic_scripts import modules
from _publishing.assets.widget_files import BUDGET, SOURCE, code_size, entry
from _publishing.figure_registry import FIGURES
from figures import SEVEN, drag, live, press, result
from playwright.sync_api import expect


def test_nothing_loads_before_it_is_near_or_opened(open_page, chapters):
    page = open_page(viewport={"width": 1280, "height": 500})
    page.wait_for_load_state("networkidle")
    for part in ("kernel/", "irises/", "cnn/", "digit-pad/", ".safetensors", "photo.png"):
        assert not [url for url in page.asked if part in url], part
    page.locator("dl-digit-pad").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert not [url for url in page.asked if "digit-pad/" in url or "plain.safetensors" in url]
    live(page, "digit-pad")
    assert [url for url in page.asked if "plain.safetensors" in url]
    home = chapters.removesuffix("/chapters")
    assert all(url.startswith(home) for url in page.asked if "/widgets/" in url)


def test_a_figure_is_ready_with_its_first_words_and_loads_what_was_weighed(open_page):
    """Else it grows when a slide has been laid out with it, or is heavier than the build knows."""
    page = open_page(
        before="""
      window.said = {};
      new MutationObserver((changes) => changes.forEach(({ target }) => {
        const words = [...(target.shadowRoot?.querySelectorAll("[aria-live]") ?? [])];
        window.said[target.localName] = words.map(({ textContent }) => textContent).join("");
      })).observe(document, { subtree: true, attributeFilter: ["data-state"] });
    """,
    )
    for widget in FIGURES:
        figure = live(page, widget)
        assert page.evaluate(f"said['dl-{widget}']"), widget
        # The author's words stay in sight, and the still picture gives way.
        assert figure.locator(":scope > p").count()
        for words in figure.locator(":scope > p:not(:has(img))").all():
            expect(words).to_be_visible()
        for picture in figure.locator(":scope > img, :scope > p img").all():
            expect(picture).to_be_hidden()
    asked = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    asked = {url.split("?")[0].split("/widgets/")[1] for url in asked if ".mjs" in url}
    # The pad's worker loads its modules by itself.
    worker = {"digit-pad/worker.mjs", "inference/wasm-convolution.mjs"}
    weighed = {path for widget in FIGURES for path in modules(entry(widget), SOURCE)}
    assert asked - worker == {str(path.relative_to(SOURCE)) for path in weighed}
    assert code_size("cnn") < BUDGET
    assert code_size("language-model") < BUDGET


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


def test_on_failure_the_static_figure_stays(open_page, chapters):
    page = open_page("about:blank")
    page.route("**/artifacts/*", lambda route: route.abort())
    page.goto(f"{chapters}/figures.html")
    for widget in ("kernel", "digit-pad"):
        figure = page.locator(f"dl-{widget}")
        figure.scroll_into_view_if_needed()
        if FIGURES[widget].opens:
            press(figure, "Open")
        expect(figure.get_by_role("status")).to_have_text("The live figure could not start.")
        expect(page.get_by_text(f"A still {widget}.")).to_be_visible()
        expect(figure.locator("img")).to_be_visible()
    page.unroute("**/artifacts/*")
    live(page, "digit-pad")  # the button is there for another attempt
    expect(figure.get_by_text("could not start")).to_have_count(0)


def test_a_pad_whose_worker_does_not_load_says_so(open_page, chapters):
    page = open_page("about:blank")
    page.context.route("**/wasm-convolution.mjs", lambda route: route.abort())
    page.goto(f"{chapters}/figures.html")
    figure = live(page, "digit-pad")
    result(figure, "^The networks cannot read here")
    press(figure, "Clear")
    result(figure, "^Draw a digit")
    drag(figure.locator("canvas").first, SEVEN)
    result(figure, "^The networks cannot read here")


def test_figures_work_from_a_plain_copy_of_the_site(open_page, site_folder):
    page = open_page((site_folder / "chapters/figures.html").as_uri())
    for widget in FIGURES:
        live(page, widget)
    figure = page.locator("dl-cnn")
    result(figure, r"The network says \d, \d+\.\d %")
