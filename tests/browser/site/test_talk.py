"""The decks as a talk: what waits for a key, the size of words, clocks, and paper."""

import re

import pytest
from _publishing.source.schedule import PLANS, read_schedule
from bs4 import BeautifulSoup
from decks import opened, slides_of
from pages import ROOT, TOPICS

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


def test_the_half_day_is_a_talk_of_its_core(site):
    slides = slides_of(site, "workshop")
    assert not [s["id"] for s in slides if s.has_attr("data-optional")]
    assert slides[0].find("h1")
    assert "Colab" in slides[1].get_text()
    assert slides[-1].select_one("ol"), "the survey closes the day"


@pytest.mark.parametrize("plan", PLANS)
def test_spoken_by_the_clock_each_plan_ends_in_time(plan, site):
    guide = (site / "instructors" / "guide.html").read_text(encoding="utf-8")
    result = BeautifulSoup(guide, "html.parser").select_one(f"#rehearsal-{plan}")
    assert 60 < float(result["data-lasts"]) <= float(result["data-planned"])
    assert float(result["data-tightest"]) >= 0, "a chapter needs more minutes than it has"


@pytest.mark.parametrize(("kind", "has_words"), [("beside", True), ("lines", False)])
def test_paper_has_room_beside_each_slide(kind, has_words, page, site_url):
    page.goto(f"{site_url}/slides/neurons.html?print-pdf&notes={kind}")
    page.wait_for_function("document.querySelector('.beside-paper')")
    slides, rooms = page.locator(".pdf-page"), page.locator(".beside-paper")
    assert rooms.count() == slides.count()
    texts = rooms.all_text_contents()
    assert any(texts) == has_words
    for name in ("clientWidth", "clientHeight"):
        assert rooms.first.evaluate(f"e => e.{name}") >= 599
    assert rooms.evaluate_all("all => all.filter((e) => e.scrollHeight > e.clientHeight + 1)") == []


def test_the_day_begins_when_the_address_says_so(page, site_url):
    opened(page, site_url, "workshop", "?start=13:30")
    times = page.evaluate("[...document.querySelectorAll('time')].map((e) => e.textContent)")
    assert times[0] == "13:30"
    opened(page, site_url, "workshop")
    before = page.evaluate("[...document.querySelectorAll('time')].map((e) => e.textContent)")
    assert before[0] == "09:00"

    def minutes(clock):
        return 60 * int(clock[:2]) + int(clock[3:])

    assert {minutes(b) - minutes(a) for a, b in zip(before, times, strict=True)} == {270}


def test_the_notes_say_how_late_it_is(page, site_url):
    now = page.evaluate("new Date().toTimeString().slice(0, 5)")
    opened(page, site_url, "workshop", f"?start={now}")
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
    page.evaluate(
        "Reveal.slide(Reveal.getSlides().findIndex((s) => s.querySelector('.countdown')))"
    )
    button = page.locator(".present .countdown")
    assert re.fullmatch(r"\d+:00", button.text_content())
    button.click()
    page.wait_for_function(
        "/:5\\d$/.test(document.querySelector('.present .countdown').textContent)"
    )


@pytest.mark.parametrize(("query", "seen"), [("", False), ("&answers=yes", True)])
def test_paper_is_light_and_tells_answers_only_when_asked(query, seen, new_page, site_url):
    page = new_page(color_scheme="dark")
    page.goto(f"{site_url}/slides/neurons.html?print-pdf{query}")
    page.wait_for_function("document.querySelector('.pdf-page')")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.locator(".quiz-option").count()
    assert bool(page.locator(".quiz-right").count()) == seen
    assert bool(page.locator(".solution-slide").count()) == seen


def test_printing_prints_the_deck(page, site_url):
    opened(page, site_url, "neurons", "?optional=no")
    page.evaluate("window.print = () => {}")
    with page.expect_navigation():
        page.keyboard.press("Control+p")
    page.wait_for_function("document.querySelector('.pdf-page')")
    assert "optional=no" in page.url


def test_the_overview_has_a_stack_for_each_chapter(page, site_url, site):
    opened(page, site_url, "workshop")
    stacks = page.evaluate("document.querySelectorAll('.slides > section.stack').length")
    schedule = read_schedule(ROOT / "book" / "schedule.yml")
    assert stacks == sum(1 for item in schedule if item.chapter)
    assert page.locator(".progress i").count() == stacks
