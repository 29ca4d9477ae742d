"""Guess first: what follows is covered until the reader has guessed, and where scripts run."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

SAMPLE = (Path(__file__).parent / "samples" / "predict.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(build_book, notebook_header):
    return build_book({"chapters/sample.md": notebook_header + SAMPLE})


@pytest.fixture(scope="module")
def address(built):
    return (built.html / "chapters" / "sample.html").as_uri()


@pytest.fixture
def page(address, chromium):
    page = chromium.new_context().new_page()
    page.goto(address)
    return page


def test_a_number_is_guessed_by_keyboard_and_judged(page):
    box = page.locator(".predict").nth(0)
    assert page.get_by_text('print("measured:"').is_visible()
    assert not page.get_by_text("measured: 0.416").is_visible()
    assert not page.get_by_text("far wider").is_visible()

    field = box.get_by_role("textbox", name="Your guess")
    field.focus()
    page.keyboard.press("Enter")
    assert "Write a number first" in box.get_by_role("status").inner_text()
    assert not page.get_by_text("measured: 0.416").is_visible()

    page.keyboard.type("0.4")
    page.keyboard.press("Enter")
    assert "You guessed 0.4. It is 0.42 cm: ✓ Near: 0.02 too low." in box.inner_text()
    assert page.get_by_text("measured: 0.416").is_visible()
    assert page.get_by_text("far wider").is_visible()
    verdicts = {
        "1,0": "0.58 too high",
        "0,120": "0.3 too low",
        "1,000": "1000 too high",
        "0.42": "✓ Exactly",
        "−1": "1.4 too low",
    }
    for guess, verdict in verdicts.items():
        field.fill(guess)
        page.keyboard.press("Enter")
        assert verdict in box.get_by_role("status").inner_text()
        assert ("Near" in verdict) == (guess == "0.4")


def test_a_choice_is_judged_with_its_reason(page):
    box = page.locator(".predict").nth(1)
    box.get_by_role("button", name="Check").click()
    assert box.get_by_role("status").inner_text() == "Choose an answer first."
    assert not page.get_by_text("three and a bit").is_visible()
    box.get_by_role("radio").last.check()
    box.get_by_role("button", name="Check").click()
    assert box.get_by_role("status").inner_text() == "✗ Not this one."
    assert page.get_by_text("three and a bit").is_visible()
    box.get_by_role("radio").first.check()
    box.get_by_role("button", name="Check").click()
    assert box.get_by_role("status").inner_text() == "✓ Right. about 3.14"


def test_a_number_is_judged_also_where_nothing_is_covered(page):
    box = page.locator(".predict").last
    for guess in ("9,500", "9 500", "9\N{NO-BREAK SPACE}500"):
        box.get_by_role("textbox").fill(guess)
        page.keyboard.press("Enter")
        assert "✓ Exactly" in box.get_by_role("status").inner_text()


def test_whoever_asks_sees_it_without_a_guess(page):
    assert not page.get_by_text("Words alone.").is_visible()
    page.locator(".predict-notice").nth(2).get_by_role("button", name="Show it").press("Enter")
    assert page.get_by_text("Words alone.").is_visible()
    assert "Words alone." in page.evaluate("document.activeElement.textContent")
    page.locator(".predict").nth(2).get_by_role("button", name="I have a guess").click()
    assert "Compare it with what comes." in page.locator(".predict").nth(2).inner_text()


def test_a_guess_is_kept_in_this_browser(page):
    page.locator(".predict input").first.fill("0.4")
    page.keyboard.press("Enter")
    page.reload()
    assert "You guessed 0.4." in page.locator(".predict").first.inner_text()
    assert page.get_by_text("measured: 0.416").is_visible()
    assert not page.get_by_text("three and a bit").is_visible()


def test_a_link_into_what_is_covered_opens_it(page, address):
    page.goto(f"{address}#below")
    page.reload()
    assert page.get_by_text("Words alone.").is_visible()
    assert not page.get_by_text("three and a bit").is_visible()


def test_nothing_is_covered_without_scripts_or_on_paper(page, address, chromium):
    page.emulate_media(media="print")
    assert page.get_by_text("measured: 0.416").is_visible()
    assert not page.get_by_role("button", name="Show it").first.is_visible()
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.get_by_text("measured: 0.416").is_visible()
    assert not page.get_by_role("button", name="Check").first.is_visible()
    assert not page.get_by_text("0.42 cm").is_visible()


def test_a_target_above_a_question_is_on_the_page(built):
    assert built.read("chapters/sample.html").count('id="asked"') == 1


def test_on_a_slide_the_answer_waits_for_a_key(built):
    deck = BeautifulSoup(built.read("slides/sample.html"), "html.parser")
    (slide,) = [s for s in deck.select(".text-slide") if s.select(".predict")]
    answer, fragment = slide.select(".fragment")
    assert answer.text == "0.42 cm"
    assert "measured: 0.416" in fragment.text
    assert "How much wider" in slide.text
    assert "print(" in slide.text
    assert "print(" not in fragment.text
    (slide,) = deck.select(".predict-slide")  # where no slide goes on, the question has its own
    waits = [part.get_text().strip() for part in slide.select(".fragment")]
    assert waits == ["✓ Right. about 3.14", "✗ Not this one."]
    assert not slide.select("input, button")


def test_a_notebook_asks_and_shows_what_there_is_to_choose_from(built):
    notebook = json.loads(built.read("notebooks/sample.ipynb"))
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert "> **Predict**\n>\n> How much **wider** is it?" in text
    assert "> - **B** $e$" in text
    assert "about 3.14" not in text
    assert "It is far wider than that." in text
