"""Cells that run in the page: clicks in a real browser, on the built page with its policy."""

import pytest
from cells_in_page import Cells
from waiting import becomes


@pytest.fixture
def cells(page, running):
    """The cells of a page that needs NumPy, Matplotlib and the package."""
    page.goto(f"{running}/running.html")
    return Cells(page, "running")


@pytest.fixture
def plain(page, running):
    """The cells of a page for which Python is ready sooner."""
    page.goto(f"{running}/plain.html")
    return Cells(page, "plain")


def test_cells_run_with_what_they_need_and_nothing_leaves_the_site(page, cells, trouble):
    """From nothing loaded to a verdict, a figure, an error and a module that is not there."""
    assert not [url for url in page.asked if "/run/" in url]
    buttons = "[...document.querySelectorAll('.cell')].map((c) => !!c.querySelector('.run-bar'))"
    assert page.evaluate(buttons)[1:] == [True, True, True, True, False]

    assert cells.run(2).strip() == "12"  # and the cell before it, which it needs
    assert cells.run(3, 'answer = 0.25\ncheck("neurons-1", answer)').startswith("✓ Right.")

    cells.run(4)
    picture = f"document.querySelector('{cells.selector(4)} .run-output img')"
    assert page.evaluate(f"{picture}.alt") == "A line that rises from 0 to 3."
    cells.wait(f"{picture}.naturalWidth > 100")

    text = cells.run(1, "x = np.arange(5)\nprint(x.sun())")
    assert "AttributeError" in text
    assert "Line 2" in text
    marked = f"document.querySelector('{cells.selector(1)} mark').textContent"
    assert page.evaluate(marked) == "▶ print(x.sun())"
    cells.press(1, "Reset")

    text = cells.run(2, "import tensorflow")
    assert "ModuleNotFoundError" in text
    assert "Colab" in text

    assert trouble == []


def test_a_page_that_is_opened_as_a_file_has_no_buttons(page, running_site, running):
    """Python cannot be loaded there: no button, and no *Run here* that leads to none."""
    for folder, there in (((running_site / "chapters").as_uri(), False), (running, True)):
        page.goto(f"{folder}/plain.html")
        for part in ('[href="#run-here"]', "#run-here", ".run-bar"):
            assert bool(page.locator(part).count()) == there


def test_python_that_was_stopped_or_killed_starts_anew(page, plain):
    """What had run is forgotten, and runs again.

    First a loop without end is stopped. Then the worker is killed: a browser says nothing of it, so
    *Stop* must help. What kills itself is named.
    """
    plain.write(1, "print('on', flush=True)\nwhile True:\n    pass")
    plain.press(1, "Run")
    output = f"document.querySelector('{plain.selector(1)} .run-output')"
    plain.wait(f"{output}?.innerText.includes('on')")
    assert len(page.workers) == 1
    plain.press(1, "Stop")
    assert "Stopped" in plain.status(1)
    assert becomes(page, lambda: not page.workers)
    plain.press(1, "Reset")
    assert plain.run(2).strip() == "12"
    assert len(page.workers) == 1

    page.workers[0].evaluate("self.close()")
    assert becomes(page, lambda: not page.workers)
    plain.press(2, "Run")
    page.wait_for_timeout(300)
    plain.press(2, "Stop")
    assert plain.run(2).strip() == "12"

    text = plain.run(1, "import pyodide_js\npyodide_js._api.fatal_error(ValueError('out'))")
    assert "Python cannot go on" in text
    plain.press(1, "Reset")
    assert plain.run(2).strip() == "12"


def test_a_cell_that_is_stopped_and_run_anew_while_it_loads_runs_once(page, plain):
    waiting = []
    page.context.route("**/run/pages/*.json", lambda route: waiting.append(route))  # noqa: PLW0108
    page.evaluate("""() => {
        const post = Worker.prototype.postMessage;
        window.posted = 0;
        Worker.prototype.postMessage = function (...what) { posted += 1; post.apply(this, what); };
    }""")
    plain.press(1, "Run")
    assert becomes(page, lambda: waiting)
    plain.press(1, "Stop")
    plain.press(1, "Run")
    page.wait_for_timeout(200)
    for route in waiting:
        route.continue_()
    plain.wait("window.posted > 0")
    page.wait_for_timeout(200)
    assert page.evaluate("window.posted") == 1


def test_what_a_prediction_covers_is_covered_until_its_cell_has_run(page, plain):
    """Also where Python could not be fetched at first: that is no Python that stopped."""
    cell = page.locator(plain.selector(2))
    stored = cell.locator(":scope > .cell_output").first
    page.context.route("**/run/worker.mjs", lambda route: route.abort())
    assert "Python cannot be loaded: are you online?" in plain.run(2)
    page.context.unroute("**/run/worker.mjs")
    plain.press(2, "Run")
    page.wait_for_timeout(100)
    assert stored.get_attribute("hidden") == "until-found"
    assert plain.outcome(2) == "12"
    assert cell.locator(".predict-notice").count() == 0
    assert not stored.is_visible()


def test_what_is_edited_while_a_cell_runs_changes_nothing_of_what_it_says(page, plain, trouble):
    plain.write(1, "import time\n\ntime.sleep(2)\n1 / 0")
    plain.press(1, "Run")
    plain.wait_for_status(1, "Running")
    plain.press(2, "Run")
    assert "Another cell is running" in plain.status(2)
    plain.write(1, "1")
    assert "ZeroDivisionError" in plain.outcome(1)
    assert page.locator(f"{plain.selector(1)} mark").inner_text() == "▶ 1 / 0"
    assert plain.status(2) == ""
    # What the page stored is not what the new code says.
    assert plain.run(1, "x = 5") == "Done: this cell prints nothing."
    assert "x is 4" not in page.locator(plain.selector(1)).inner_text()
    assert trouble == []


def test_what_is_written_can_be_undone_beyond_the_last_line(page, plain):
    plain.press(1, "Edit")
    editor = page.locator(f"{plain.selector(1)} .run-editor")
    given = editor.input_value()
    editor.press("Control+End")
    page.keyboard.type("; y = 1\nif y:\n")
    assert editor.input_value() == f"{given}; y = 1\nif y:\n    "
    assert editor.get_attribute("rows") == "4"
    for _ in range(30):
        page.keyboard.press("Control+z")
    assert editor.input_value() == given
