"""What every deck keeps to: a light first load; slides hold what they show, in few large words."""

import re
from itertools import pairwise

import decks
import pytest
from _publishing.figure_registry import FIGURES
from decks import each_slide, opened
from pages import DECKS, loaded

WEIGHT = 350_000  # bytes of a first load, compressed
LEVELS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => +h.tagName[1])"
#: Words beside a figure, and on a slide of words alone.
BESIDE, ALONE = 40, 65
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


def first_load(page, site_url, name):
    """Open a deck; its headings stand in order, and what came is light."""
    opened(page, site_url, name)
    levels = page.evaluate(LEVELS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title()
    if name != "workshop":
        page.wait_for_load_state("networkidle")
        weights = dict(loaded(page, site_url))
        assert sum(weights.values()) <= WEIGHT, sorted(weights.items(), key=lambda one: -one[1])[:5]


def measured(page):
    """Every slide of a deck: what it shows, and what leaves it, also once buttons are pressed."""
    for number in each_slide(page):
        one = page.evaluate(decks.MEASURE)
        one["overflow"] = page.evaluate(decks.OVERFLOW)
        if page.locator(decks.OPENER).count():
            page.locator(decks.OPENER).click()
            page.wait_for_function(decks.ALIVE, arg=True)
            one["overflow"] += page.evaluate(decks.OVERFLOW)
        one["figure"] = page.evaluate(decks.FIGURE_WORDS)
        for button in range(page.evaluate(f"({decks.BUTTONS})().length")):
            page.evaluate(decks.PRESS, button)
            page.wait_for_timeout(AFTER)
            one["overflow"] += page.evaluate(decks.OVERFLOW)
            for manner, words in page.evaluate(decks.FIGURE_WORDS).items():
                one["figure"][manner] += words
        one["place"] = f"slide {number + 1}, {one['id']}"
        yield one


def test_questions_keep_to_their_slide_while_things_move(page, site_url):
    """All other slides are measured for who wants no motion, where nothing grows slowly."""
    page.goto(f"{site_url}/slides/ethics.html")
    page.wait_for_function("Reveal.isReady()")
    numbers = page.evaluate(QUESTIONS)
    assert len(numbers) >= 4
    overflow = {}
    for number in numbers:
        page.evaluate(decks.GO, number)
        page.wait_for_function(STILL)
        overflow[number] = page.evaluate(decks.OVERFLOW)
    assert {number: parts for number, parts in overflow.items() if parts} == {}


def small_letters(one, site):
    """What the back row cannot read on a slide: words, code, cells, figures' words, labels."""
    least = OPTIONAL_LABELS if one["optional"] else LABELS
    limits = {"smallest": WORDS, "code": CODE, "cells": least}
    small = [(what, one[what]) for what, limit in limits.items() if one[what] < limit]
    for manner, limit in {"read": least, "handled": HANDLED}.items():
        small += [word for word in one["figure"][manner] if word[0] < limit - 0.05]
    for source, *room in one["pictures"]:
        if source.endswith(".svg") and room[0]:
            drawing = (site / "slides" / source).read_text(encoding="utf-8")
            whole = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)', drawing)
            letters = [float(size) for size in LETTERS.findall(drawing)]
            if whole and letters:  # a drawing keeps its shape in the room that it has
                scale = min(room[0] / float(whole[1]), room[1] / float(whole[2]))
                if (size := 100 * min(letters) * scale) < least:
                    small.append((source, round(size, 1)))
    return small


def too_many_words(one):
    """Whether a slide of text has more words than are listened to."""
    most = BESIDE if one["shows"] else ALONE
    return one["kind"] == "text" and one["words"] > most and "reading" not in one["id"]


def test_each_figure_is_in_a_deck_and_each_page_with_one_has_one_in_its_deck(site):
    def figures(folder):
        pages = (site / folder).glob("*.html")
        texts = {path.stem: path.read_text("utf-8") for path in pages}
        widgets = {name: re.findall(r'data-widget="([\w-]+)"', texts[name]) for name in texts}
        return {name: {*on_page} for name, on_page in widgets.items() if on_page}

    decks_with = figures("slides")
    del decks_with["workshop"]
    assert decks_with.keys() == figures("chapters").keys()
    assert set().union(*decks_with.values()) == FIGURES.keys()


@pytest.mark.parametrize("name", DECKS)
def test_slides_hold_what_they_show_in_few_large_words(page, site, site_url, name):
    """Chapters' decks on a wide screen; the workshop's, made of their slides, on a narrow one."""
    if name == "workshop":
        page.set_viewport_size({"width": 1024, "height": 768})
    page.add_init_script(decks.CANVAS_WORDS)
    first_load(page, site_url, name)
    faults, slides = {}, list(measured(page))
    for one in slides:
        if problems := one["overflow"] + small_letters(one, site):
            faults[one["place"]] = problems
        if too_many_words(one):
            faults[one["place"], "words"] = one["words"]
    assert faults == {}
    if name == "networks":
        read = [text for one in slides for _, text in one["figure"]["read"]]
        assert any(text.endswith(" epochs") for text in read)  # on a canvas
        assert any(one["words"] for one in slides if one["kind"] == "text" and one["shows"])
