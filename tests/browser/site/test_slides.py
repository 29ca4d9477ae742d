"""What every slide keeps to: it holds what it shows, in few words, for the back row."""

import re

import pytest
from decks import (
    BUTTONS,
    CANVAS_WORDS,
    FIGURE_WORDS,
    GO,
    MEASURE,
    OPEN,
    OPENER,
    OVERFLOW,
    PRESS,
    each_slide,
    opened,
)

#: Words beside a figure, and on a slide of words alone.
BESIDE, ALONE = 40, 65
#: Slides to talk about in the half day, besides titles, breaks, hinge questions and exercises.
CORE = 70
#: Pixels of a slide 720 high. What one handles in a live figure, its speaker reads.
WORDS, CODE, LABELS, HANDLED = 20, 16, 20, 16
#: The same for pictures and tables that the half day leaves out.
OPTIONAL_LABELS = 16
#: Numbers of the slides that ask; and whether all that moved on this one has come to rest.
QUESTIONS = """() => Reveal.getSlides().map((slide, number) =>
  slide.querySelector(".quiz-option") ? number : -1).filter((number) => number >= 0)"""
STILL = """() => Reveal.getCurrentSlide().dataset.fit
  && Reveal.getCurrentSlide().getAnimations({ subtree: true }).length === 0"""
#: Milliseconds after which a figure has said what a button does.
AFTER = 300
#: Matplotlib writes letters as drawings of 100 units, scaled.
LETTERS = re.compile(r"scale\((\d*\.\d+) -\d*\.\d+\)")


@pytest.fixture(scope="module")
def measured(site, site_url, chromium):
    """Every slide of every chapter's deck, and of the workshop's in both sizes, measured once."""
    slides = []
    topics = sorted(path.stem for path in (site / "chapters").glob("*.html"))
    sizes = [(name, 1280, 720) for name in topics]
    for name, width, height in [*sizes, ("workshop", 1280, 720), ("workshop", 1024, 768)]:
        context = chromium.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.wait_for_function = _patient(page)
        page.add_init_script(CANVAS_WORDS)
        opened(page, site_url, name)
        for number in each_slide(page):
            one = page.evaluate(MEASURE)
            one["overflow"] = page.evaluate(OVERFLOW)
            if page.locator(OPENER).count():
                page.locator(OPENER).click()
                page.wait_for_function(OPEN)
                one["overflow"] += page.evaluate(OVERFLOW)
            one["figure"] = page.evaluate(FIGURE_WORDS)
            for button in range(page.evaluate(f"({BUTTONS})().length")):
                page.evaluate(PRESS, button)
                page.wait_for_timeout(AFTER)
                one["overflow"] += page.evaluate(OVERFLOW)
                for manner, words in page.evaluate(FIGURE_WORDS).items():
                    one["figure"][manner] += words
            one["place"] = f"{name} at {width}, slide {number + 1}, {one['id']}"
            slides.append(one | {"deck": name})
        context.close()
    return slides


def _patient(page):
    """Wait without `eval`, which the site's policy forbids."""

    def wait(expression, arg=None):
        for _ in range(1000):
            if page.evaluate(expression, arg):
                return
            page.wait_for_timeout(30)
        raise TimeoutError(expression)

    return wait


def test_no_slide_overflows(measured):
    assert {one["place"]: one["overflow"] for one in measured if one["overflow"]} == {}


def test_questions_keep_to_their_slide_while_things_move(site, site_url, chromium):
    """All other slides are measured for who wants no motion, where nothing grows slowly."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.wait_for_function = _patient(page)
    page.goto(f"{site_url}/slides/ethics.html")
    page.wait_for_function("Reveal.isReady()")
    numbers = page.evaluate(QUESTIONS)
    assert len(numbers) >= 4
    overflow = {}
    for number in numbers:
        page.evaluate(GO, number)
        page.wait_for_function(STILL)
        overflow[number] = page.evaluate(OVERFLOW)
    context.close()
    assert {number: parts for number, parts in overflow.items() if parts} == {}


def test_the_back_row_reads_every_word(measured):
    small = {one["place"]: one["smallest"] for one in measured if one["smallest"] < WORDS}
    assert small == {}
    assert {one["place"]: one["code"] for one in measured if one["code"] < CODE} == {}


def test_the_back_row_reads_every_cell_of_a_table(measured):
    small = {one["place"]: one["cells"] for one in measured if one["cells"] < _least(one)}
    assert small == {}


def _least(one):
    return OPTIONAL_LABELS if one["optional"] else LABELS


def test_the_back_row_reads_every_word_of_a_live_figure(measured):
    alive = [one for one in measured if one["figure"]["read"]]
    assert len({one["id"] for one in alive}) >= 10
    read = [text for one in alive for _, text in one["figure"]["read"]]
    assert any(text.endswith(" epochs") for text in read)  # on a canvas
    small = {}
    for one in alive:
        for name, least in {"read": _least(one), "handled": HANDLED}.items():
            if words := [word for word in one["figure"][name] if word[0] < least - 0.05]:
                small[one["place"], name] = words
    assert small == {}


def test_few_words_stand_beside_a_figure(measured):
    said = [one for one in measured if one["kind"] == "text"]
    assert {one["place"]: one["words"] for one in said if one["shows"]}
    long = {
        one["place"]: one["words"]
        for one in said
        if one["words"] > (BESIDE if one["shows"] else ALONE) and "reading" not in one["id"]
    }
    assert long == {}


def test_the_back_row_reads_every_label_of_a_picture(measured, site):
    small = {}
    for one in measured:
        for source, *room in one["pictures"]:
            if not source.endswith(".svg") or not room[0]:
                continue
            drawing = (site / "slides" / source).read_text(encoding="utf-8")
            whole = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)', drawing)
            letters = [float(size) for size in LETTERS.findall(drawing)]
            if whole and letters:  # a drawing keeps its shape in the room that it has
                scale = min(room[0] / float(whole[1]), room[1] / float(whole[2]))
                size = 100 * min(letters) * scale
                if size < _least(one):
                    small[one["place"]] = round(size, 1)
    assert small == {}


def test_the_half_day_is_about_seventy_slides(measured):
    talk = [one for one in measured if one["deck"] == "workshop" and "at 1280" in one["place"]]
    assert len(talk) > CORE / 2
    core = [one["id"] for one in talk if one["kind"] == "text"]
    assert len(core) <= CORE
