"""A deck in the hand: keys, clicker, fingers, figures, the speaker's view."""

import pytest
from _publishing.source.schedule import read_schedule
from decks import OVERFLOW, each_slide, opened, show
from pages import ROOT, TOPICS
from playwright.sync_api import expect

TOUCHED = {"has_touch": True, "is_mobile": True}
UPRIGHT = {"viewport": {"width": 360, "height": 740}, **TOUCHED}
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


#: Controls of the figure on this slide that a finger would miss; a label is as good as its box.
NARROW = """() => {
  const figure = Reveal.getCurrentSlide().querySelector("[data-widget]:not([data-open])");
  const controls = "button, select, input:not(.hidden), .file";
  return [...(figure?.shadowRoot?.querySelectorAll(controls) ?? [])].filter((control) => {
    const target = control.closest("label:not(.stacked, .slider)") ?? control;
    const box = target.getBoundingClientRect();
    return target.checkVisibility() && Math.min(box.width, box.height) < 24;
  }).map((control) => control.outerHTML.slice(0, 90));
}"""


@pytest.mark.parametrize("name", TOPICS)
def test_an_upright_slide_holds_what_it_shows_and_its_controls_fit_a_finger(
    new_page, site_url, name
):
    page = opened(new_page(**UPRIGHT), site_url, name)
    assert page.evaluate("Reveal.getConfig().width") == 720
    for number in each_slide(page):
        faults = page.evaluate(OVERFLOW, "table")  # a wide one scrolls in its place
        assert faults + page.evaluate(NARROW) == [], f"slide {number + 1}"


def test_what_scrolls_and_shrinks_upright_need_not_when_the_phone_is_turned(new_page, site_url):
    page = new_page(viewport={"width": 390, "height": 844}, **TOUCHED)
    opened(page, site_url, "neurons")
    words = f"<span class='together'>{'w' * 40}</span>"
    wide = f"<table><td>{words}</table><div class='math'><p class='formula'>{words}"
    text = ".slide-body.text .slide-text"
    page.locator(text).first.evaluate("(e, html) => { e.innerHTML = html; }", wide)
    show(page, text)
    marks = """() => [".slide-text", ".formula"].map((name) => {
      const part = Reveal.getCurrentSlide().querySelector(name);
      return ["preventSwipe" in part.dataset, parseFloat(part.style.fontSize || 1) < 1];
    })"""
    assert page.evaluate(marks) == [[True, False], [False, True]]
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_function("Reveal.getConfig().width === 1280")
    assert page.evaluate(marks) == [[False, False], [False, False]]


def test_a_long_figure_scrolls_on_an_upright_slide(new_page, site_url):
    page = opened(new_page(**UPRIGHT), site_url, "convolutional-networks")
    show(page, "dl-cnn")
    assert page.locator("dl-cnn img").is_visible(), "its picture, until it is opened"
    page.locator("dl-cnn").get_by_role("button").tap()
    box = page.locator(".slide-text.long")
    box.wait_for()
    words = "e => parseFloat(getComputedStyle(e).fontSize) * e.currentCSSZoom * Reveal.getScale()"
    assert page.locator("dl-cnn").evaluate(words) >= 12
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert box.evaluate("e => (e.scrollTop = 1e6, e.scrollTop)") > 200
    assert page.locator("dl-cnn .live").is_visible()


def test_keyboard_goes_through_the_workshop_which_has_a_stack_for_each_chapter(page, site_url):
    opened(page, site_url, "workshop")
    stacks = page.evaluate("document.querySelectorAll('.slides > section.stack').length")
    schedule = read_schedule(ROOT / "book" / "schedule.yml")
    assert stacks == sum(1 for item in schedule if item.chapter)
    assert page.locator(".progress i").count() == stacks
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getSlidePastCount()") >= 1
    page.keyboard.press("End")
    page.wait_for_function("Reveal.isLastSlide()")
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_figure_follows_the_pointer_on_its_slide(page, site_url):
    opened(page, site_url, "neurons")
    number = show(page, "dl-neuron")
    handle = page.locator("dl-neuron .handle circle:last-child").first
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
    # A control keeps the keys that it uses.
    slider = page.locator(".present dl-neuron input[type=range]").first
    before = slider.input_value()
    slider.press("ArrowRight")
    assert slider.input_value() != before
    assert page.evaluate("Reveal.getIndices().h") == number


def test_the_digit_pad_keeps_its_place_while_somebody_draws(page, site_url):
    opened(page, site_url, "robust-reader")
    show(page, "[data-widget=digit-pad]")
    page.locator("[data-widget=digit-pad] >> button").first.click()
    sheet = page.locator("dl-digit-pad .sheet-and-places canvas")
    page.wait_for_function("document.querySelector('[data-widget=digit-pad]').dataset.measured")
    before = sheet.bounding_box()
    x, y, side = before["x"], before["y"], before["width"]
    page.mouse.move(x + 0.3 * side, y + 0.2 * side)
    page.mouse.down()
    page.mouse.move(x + 0.7 * side, y + 0.2 * side, steps=4)
    page.locator("dl-digit-pad .steps canvas").first.wait_for()
    assert sheet.bounding_box() == before
    page.mouse.move(x + 0.5 * side, y + 0.8 * side, steps=4)
    page.mouse.up()
    page.locator("dl-digit-pad caption", has_text="Plain: a").wait_for()
    assert sheet.bounding_box() == before


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
    for key in ["PageDown", "PageUp", *others]:
        number = show(page, f"{control.split()[0]}:not([data-open])")
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


def test_swipe_turns_the_slide(new_page, site_url):
    page = opened(new_page(**UPRIGHT), site_url, "neurons")
    page.evaluate("""() => {
      const target = document.querySelector(".reveal");
      for (const [type, x] of [["pointerdown", 340], ["pointermove", 120], ["pointerup", 120]]) {
        const options = {pointerType: "touch", clientX: x, clientY: 400, bubbles: true};
        target.dispatchEvent(new PointerEvent(type, options));
      }
    }""")
    assert page.evaluate("Reveal.getSlidePastCount()") >= 1


@pytest.mark.parametrize("served", [True, False], ids=["served", "from a folder"])
def test_speaker_view_shows_slides_notes_and_clock(site, site_url, new_page, served):
    page = new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{site_url if served else site.as_uri()}/slides/{TOPICS[0]}.html")
    page.wait_for_function("Reveal.isReady()")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Notes").click()
    speaker = popup.value
    speaker.locator("#connection-status").wait_for(state="hidden")
    show(page, "aside.notes")
    notes = page.evaluate("Reveal.getCurrentSlide().querySelector('aside.notes').textContent")
    expect(speaker.locator(".speaker-controls-notes .value")).to_have_text(notes)
    assert speaker.locator(".timer").count()
    now, upcoming = (frame for frame in speaker.frames if frame.parent_frame)
    heading = page.evaluate("Reveal.getCurrentSlide().querySelector('h1, h2').textContent")
    assert now.locator("section.present :is(h1, h2)").first.text_content() == heading
    assert upcoming.locator("section.present").count() == 1


def test_a_pen_writes_on_the_slide_and_leaves_the_next_one_clean(page, site_url):
    opened(page, site_url, "neurons")
    inked = """() => {
      const sheet = document.querySelector(".pen");
      const pixels = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height).data;
      return pixels.some((value) => value > 0);
    }"""

    def stroke():
        page.mouse.move(300, 300)
        page.mouse.down()
        page.mouse.move(500, 400, steps=4)
        page.mouse.up()
        return page.evaluate(inked)

    assert not stroke()
    page.keyboard.press("w")
    page.mouse.move(300, 300)
    page.mouse.down()
    page.locator(".pen").dispatch_event(
        "pointermove", {"pointerId": 99, "clientX": 600, "clientY": 300}
    )
    page.mouse.up()
    assert not page.evaluate(inked), "another finger"
    assert stroke()
    page.keyboard.press("PageDown")
    page.wait_for_function("Reveal.getIndices().h === 1")
    assert not page.evaluate(inked)
    page.keyboard.press("w")
    assert not stroke()


def test_a_click_with_a_key_held_enlarges_that_place_and_back(page, site_url):
    opened(page, site_url, "neurons")
    key = "Control" if "Linux" in page.evaluate("navigator.platform") else "Alt"
    picture = page.locator(".slide-pictures img").first
    show(page, ".slide-pictures img")
    before = picture.bounding_box()
    corner = (before["x"] + 5, before["y"] + 5)
    is_wide = "(w) => Math.abs(Reveal.getCurrentSlide().getBoundingClientRect().width - w) < 1"
    page.keyboard.down(key)
    page.mouse.click(*corner)
    page.wait_for_function(is_wide, arg=2 * 1280)
    larger = picture.bounding_box()
    assert larger["width"] == pytest.approx(2 * before["width"], abs=2)
    # What was clicked at is in the middle of the screen.
    assert larger["x"] + 10 == pytest.approx(640, abs=3)
    assert larger["y"] + 10 == pytest.approx(360, abs=3)
    page.mouse.click(640, 360)
    page.keyboard.up(key)
    page.wait_for_function(is_wide, arg=1280)
    assert picture.bounding_box() == pytest.approx(before, abs=1)
