"""What every slide keeps to: it holds what it shows, in few words, for the back row."""

import re

import pytest
from bs4 import BeautifulSoup
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
from pages import DECKS, TOPICS

#: Words beside a figure, and on a slide of words alone.
BESIDE, ALONE = 40, 65
#: Slides to talk about in the half day, besides titles, breaks, exercises, questions to the room.
CORE = 67
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


def measured(page, site_url, name):
    """Every slide of a deck: what it shows, and what leaves it, also once buttons are pressed."""
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
        page.evaluate(GO, number)
        page.wait_for_function(STILL)
        overflow[number] = page.evaluate(OVERFLOW)
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


@pytest.mark.parametrize("name", DECKS)
def test_slides_hold_what_they_show_in_few_large_words(page, site, site_url, name):
    """Chapters' decks on a wide screen; the workshop's, made of their slides, on a narrow one."""
    if name == "workshop":
        page.set_viewport_size({"width": 1024, "height": 768})
    page.add_init_script(CANVAS_WORDS)
    faults, slides = {}, list(measured(page, site_url, name))
    for one in slides:
        if found := one["overflow"] + small_letters(one, site):
            faults[one["place"]] = found
        if too_many_words(one):
            faults[one["place"], "words"] = one["words"]
    assert faults == {}
    if name == "networks":
        read = [text for one in slides for _, text in one["figure"]["read"]]
        assert any(text.endswith(" epochs") for text in read)  # on a canvas
        assert any(one["words"] for one in slides if one["kind"] == "text" and one["shows"])


def test_ten_slides_have_live_figures_and_four_of_them_start_by_themselves(site):
    """The tests above and those of an upright slide wait for each figure that there is."""
    pages = [(site / "slides" / f"{name}.html").read_text(encoding="utf-8") for name in TOPICS]
    figures = [tag for page in pages for tag in re.findall(r"<[^>]* data-widget=[^>]*>", page)]
    assert len(figures) >= 10
    assert len([tag for tag in figures if "data-open" not in tag]) >= 4


def test_the_half_day_is_about_seventy_slides(site):
    html = (site / "slides" / "workshop.html").read_text(encoding="utf-8")
    slides = BeautifulSoup(html, "html.parser").select("section.text-slide")
    core = [slide for slide in slides if not slide.select(".predict")]
    assert CORE / 2 < len(core) <= CORE
