"""A browser and nothing else does the exercises of the NumPy chapters, without the internet.

Only what stands on the page is used: a reader writes each solution into the exercise's own cell
and presses *Run*. After the first run the server is gone.
"""

import pytest
from cells_in_page import Cells
from file_server import Quiet, served
from pages import BROWSERS, CHECK, NUMPY, cells_of, weekly


class Leaving(Quiet):
    """Hangs up on everybody once it has left, and notes what was asked for."""

    protocol_version = "HTTP/1.0"  # each request is a connection of its own
    left = False
    asked = ()

    def handle(self):
        if self.left:
            self.asked.append(self.rfile.readline().decode())
        else:
            super().handle()


@pytest.fixture
def server(site):
    """The address of the site, and its server, to be left."""
    handler = type("Handler", (Leaving,), {"asked": []})
    with served(site, handler) as address:
        yield address, handler


def exercises(sources):
    """Each exercise's cell, with the code of its solution below what is given there."""
    waiting, result = {}, {}
    for number, source in enumerate(sources):
        for name in CHECK.findall(source):
            if "answer = ..." in source:
                waiting[name] = number
            elif name in waiting and name not in result:
                given, *_ = sources[waiting[name]].partition("answer = ...")
                solution = sources[waiting[name] + 1 : number + 1]
                result[name] = waiting[name], "\n".join([given, *solution])
    assert waiting.keys() == result.keys()
    return result


@pytest.mark.parametrize("browser", weekly(BROWSERS, ["chromium"]))
@pytest.mark.parametrize("topic", weekly(NUMPY, ["neurons"]))
def test_exercises_are_answered_after_the_server_has_gone(browser_page, server, site, topic):
    page, (address, handler) = browser_page, server
    page.goto(f"{address}/chapters/{topic}.html")
    cells, about = Cells(page, topic), cells_of(site, topic)
    tasks = exercises([cell["source"] for cell in about])
    assert len(tasks) >= 3

    (first, _), *_ = tasks.values()
    assert "✓" not in cells.run(first)  # as it stands, an answer is missing
    cells.wait_for_status(first, "without the internet")
    handler.left = True

    for name, (number, solution) in tasks.items():
        assert "✓ Right." in cells.run(number, solution), name
    drawing = next(
        number
        for number, cell in enumerate(about)
        if "plt.show()" in cell["source"] and page.query_selector(cells.selector(number))
    )
    cells.run(drawing)
    picture = f"document.querySelector('{cells.selector(drawing)} .run-output img')"
    cells.wait(f"{picture}?.naturalWidth > 100")
    # Figures further down may still ask for what they show; Python asks for nothing.
    assert not [line for line in handler.asked if "/run/" in line]
