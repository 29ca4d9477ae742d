"""The decks as a talk: what waits for a key, the size of words, clocks, and paper."""

import re
from collections import Counter

import pytest
from _publishing.source.schedule import PLANS, read_schedule
from bs4 import BeautifulSoup
from decks import opened, show, slides_of
from pages import TOPICS
from playwright.sync_api import expect
from tiny_book import BOOK

#: Slides to talk about in the half day, besides titles, breaks, exercises, questions to the room.
CORE = 67
#: Notes by which the room answers before something is shown.
ASKS_FIRST = re.compile(
    r"before (the (figure|plot|table|picture|run)|you show|showing|running)|\bbets?\b|by hands",
    re.IGNORECASE,
)


def test_what_answers_a_question_waits_for_a_key(site):
    """Or it stands on the slide after, which goes on with the same section."""
    spoiled, asking = [], 0
    for name in TOPICS:
        slides = slides_of(site, name)
        for slide, following in zip(slides, [*slides[1:], None], strict=True):
            notes = "".join(note.get_text() for note in slide.select("aside.notes"))
            if not ASKS_FIRST.search(notes):
                continue
            asking += 1
            answers = slide.select(".cell_output, .slide-pictures img, .slide-pictures svg")
            seen = [a for a in answers if not a.find_parent(class_="fragment")]
            goes_on = following is not None and following["id"].startswith(slide["id"])
            if seen and not goes_on:
                spoiled.append(slide["id"])
    assert asking > 10
    assert spoiled == []


def test_the_half_day_is_a_talk_of_its_core_in_the_minutes_of_the_schedule(site):
    slides = slides_of(site, "workshop")
    assert not [s["id"] for s in slides if s.has_attr("data-optional")]
    assert slides[0].find("h1")
    assert "Colab" in slides[1].get_text()
    assert slides[-1].select_one("ol"), "the survey closes the day"
    shown = [s for s in slides if "text-slide" in s["class"] and not s.select(".predict")]
    assert CORE / 2 < len(shown) <= CORE
    taken, topic = Counter(), ""
    for slide in slides:
        if "title-slide" in slide["class"]:
            topic = slide.get("id", "")
        if slide.has_attr("data-timing") and "pause-slide" not in slide["class"]:
            taken[topic] += int(slide["data-timing"]) / 60
    schedule = read_schedule(BOOK / "schedule.yml")
    planned = {item.chapter: item.teach + item.exercise for item in schedule if item.chapter}
    assert taken == planned


@pytest.mark.parametrize("plan", PLANS)
def test_spoken_by_the_clock_each_plan_ends_in_time(plan, site):
    guide = (site / "instructors" / "guide.html").read_text(encoding="utf-8")
    result = BeautifulSoup(guide, "html.parser").select_one(f"#rehearsal-{plan}")
    assert 60 < float(result["data-lasts"]) <= float(result["data-planned"])
    assert float(result["data-tightest"]) >= 0, "a chapter needs more minutes than it has"


@pytest.mark.parametrize(("beside", "answers"), [("beside", False), ("lines", True)])
def test_paper_is_light_with_room_beside_each_slide_and_answers_when_asked(
    beside, answers, new_page, site_url
):
    page = new_page(color_scheme="dark")
    query = f"?print-pdf&notes={beside}{'&answers=yes' * answers}"
    page.goto(f"{site_url}/slides/neurons.html{query}")
    page.wait_for_function("document.querySelector('.beside-paper')")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    slides, rooms = page.locator(".pdf-page"), page.locator(".beside-paper")
    assert rooms.count() == slides.count()
    assert any(rooms.all_text_contents()) == (beside == "beside")
    for name in ("clientWidth", "clientHeight"):
        assert rooms.first.evaluate(f"e => e.{name}") >= 599
    assert rooms.evaluate_all("all => all.filter((e) => e.scrollHeight > e.clientHeight + 1)") == []
    assert page.locator(".quiz-option").count()
    for answer in (".quiz-right", ".solution-slide"):
        assert bool(page.locator(answer).count()) == answers


def times(page, site_url, query=""):
    """The clocks on the slides of the half day, in minutes."""
    opened(page, site_url, "workshop", query)
    texts = page.evaluate("[...document.querySelectorAll('time')].map((e) => e.textContent)")
    return [60 * int(text[:2]) + int(text[3:]) for text in texts]


def test_the_day_begins_when_the_address_says_so_and_notes_say_how_late_it_is(page, site_url):
    usual, later = times(page, site_url), times(page, site_url, "?start=13:30")
    assert usual[0] == 9 * 60
    assert later == [minutes + 4 * 60 + 30 for minutes in usual]
    now = page.evaluate("new Date().toTimeString().slice(0, 5)")
    assert times(page, site_url, f"?start={now}")
    page.evaluate("Reveal.slide(1)")
    line = page.locator(".present .notes .clock").text_content()
    assert re.search(r"\d\d:\d\d · (on time|\d+ min (ahead|behind))", line)


def test_optional_slides_stay_out_when_asked(page, site_url):
    opened(page, site_url, "kernels")
    every = page.evaluate("Reveal.getTotalSlides()")
    optional = page.evaluate("document.querySelectorAll('[data-optional]').length")
    assert optional
    opened(page, site_url, "kernels", "?optional=no")
    assert page.evaluate("Reveal.getTotalSlides()") == every - optional


def test_an_exercise_counts_down(page, site_url):
    opened(page, site_url, "neurons")
    show(page, ".countdown")
    button = page.locator(".present .countdown")
    assert re.fullmatch(r"\d+:00", button.text_content())
    button.click()
    expect(button).to_have_text(re.compile(r":5\d$"))


def test_printing_prints_the_deck(page, site_url):
    opened(page, site_url, "neurons", "?optional=no")
    page.evaluate("window.print = () => {}")
    with page.expect_navigation():
        page.keyboard.press("Control+p")
    page.wait_for_function("document.querySelector('.pdf-page')")
    assert "optional=no" in page.url
