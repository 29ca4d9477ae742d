"""Cells that run in the page: clicks in a real browser, on the built page with its policy."""

import time
from urllib.parse import urlsplit

import pytest

CELL = '.cell[class*=" run-running-{}"]'
#: A first run loads and starts Python, on a busy machine in minutes.
PATIENCE = 240


@pytest.fixture
def page(chromium, running):
    """The page, and the addresses that it asks for."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    made = context.new_page()
    made.asked, made.wrong = [], []
    made.on("request", lambda request: made.asked.append(request.url))
    made.on("console", lambda m: made.wrong.append(m.text) if m.type == "error" else None)
    made.on("pageerror", lambda error: made.wrong.append(str(error)))
    made.goto(running, wait_until="load")
    yield made
    context.close()


def press(page, number, word):
    """Press a button of a cell."""
    page.evaluate(
        """([cell, word]) => [...document.querySelectorAll(`${cell} .run-bar button`)]
            .find((button) => button.textContent === word && !button.hidden).click()""",
        [CELL.format(number), word],
    )


def write(page, number, text):
    """Write another code into a cell."""
    press(page, number, "Edit")
    wait(page, f"!!document.querySelector('{CELL.format(number)} .run-editor')")
    page.evaluate(
        "([cell, text]) => { document.querySelector(`${cell} .run-editor`).value = text; }",
        [CELL.format(number), text],
    )


def wait(page, condition):
    """Wait for a condition; the policy of the page forbids playwright's own way."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        state = page.evaluate("document.querySelector('.bd-article').innerText.slice(-1500)")
        assert time.monotonic() < end, f"{condition}\n{page.wrong}\n{state}"
        page.wait_for_timeout(50)


def outcome(page, number):
    """Wait until a cell has run; return what it shows."""
    cell = CELL.format(number)
    wait(page, f"!!document.querySelector('{cell} .run-output')")
    wait(page, f"!document.querySelector('{cell} .run-bar button').disabled")
    return page.evaluate(f"document.querySelector('{cell} .run-output').innerText")


def test_cells_run_with_what_they_need_and_nothing_leaves_the_site(page):
    """From nothing loaded to a verdict, a figure, an error and a module that is not there."""
    assert not [url for url in page.asked if "/run/" in url]
    buttons = "[...document.querySelectorAll('.cell')].map((c) => !!c.querySelector('.run-bar'))"
    assert page.evaluate(buttons)[1:] == [True, True, True, True, False]

    press(page, 2, "Run")
    assert outcome(page, 2).strip() == "12"  # and the cell before it, which it needs
    assert "the sum is" not in outcome(page, 2)

    write(page, 3, 'answer = 0.25\ncheck("neurons-1", answer)')
    press(page, 3, "Run")
    assert outcome(page, 3).startswith("✓ Right.")

    press(page, 4, "Run")
    outcome(page, 4)
    alt = f"document.querySelector('{CELL.format(4)} .run-output img').alt"
    assert page.evaluate(alt) == "A line that rises from 0 to 3."
    width = f"document.querySelector('{CELL.format(4)} .run-output img').naturalWidth"
    wait(page, f"{width} > 100")

    write(page, 1, "x = np.arange(5)\nprint(x.sun())")
    press(page, 1, "Run")
    text = outcome(page, 1)
    assert "AttributeError" in text
    assert "Line 2" in text
    marked = f"document.querySelector('{CELL.format(1)} mark').textContent"
    assert page.evaluate(marked) == "▶ print(x.sun())"
    press(page, 1, "Reset")

    write(page, 2, "import tensorflow")
    press(page, 2, "Run")
    text = outcome(page, 2)
    assert "ModuleNotFoundError" in text
    assert "Colab" in text

    hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(page.url).netloc}
    assert page.wrong == []


def test_a_loop_without_end_is_stopped_and_python_starts_anew(page):
    """What had run is forgotten, and runs again."""
    write(page, 1, "x = np.arange(4)\nprint('on', flush=True)\nwhile True:\n    pass")
    press(page, 1, "Run")
    wait(page, f"document.querySelector('{CELL.format(1)} .run-output')?.innerText.includes('on')")
    assert len(page.workers) == 1
    press(page, 1, "Stop")
    status = f"document.querySelector('{CELL.format(1)} [role=status]').textContent"
    wait(page, f"{status}.includes('Stopped')")
    end = time.monotonic() + 10
    while page.workers and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert page.workers == []
    press(page, 1, "Reset")
    press(page, 2, "Run")
    assert outcome(page, 2).strip() == "12"
    assert len(page.workers) == 1
