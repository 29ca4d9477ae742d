"""How the tests use a figure: open it, drag in it, touch it, wait for what it says."""

import re
from itertools import pairwise

from _publishing.figure_registry import FIGURES
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]


def live(page, widget):
    """Bring a figure to life as a reader does: scroll to it, and open it if it asks for that."""
    figure = page.locator(f"dl-{widget}")
    figure.scroll_into_view_if_needed()
    if FIGURES[widget].opens:
        figure.locator("> button").click()
    page.wait_for_selector(f"dl-{widget}[data-state=live]", timeout=15_000)
    return figure


def result(figure, pattern):
    """Wait until the figure's live region says something of this form, whatever its spaces."""
    form = re.compile(pattern.replace(" ", r"\s"))
    expect(figure.locator(".live")).to_have_text(form, timeout=10_000)
    return figure.locator(".live").inner_text().replace("\xa0", " ")


def press(figure, name):
    """Click a button of a figure."""
    figure.get_by_role("button", name=name).click()


def placed(locator, points):
    """Where points are on the screen that are shares of the size of a box."""
    box = locator.bounding_box()
    return [(box["x"] + u * box["width"], box["y"] + v * box["height"]) for u, v in points]


def drag(locator, points):
    """Press the mouse on the first point of a box (shares of its size), move over the others."""
    locator.scroll_into_view_if_needed()
    mouse, (first, *others) = locator.page.mouse, placed(locator, points)
    mouse.move(*first)
    mouse.down()
    for place in others:
        mouse.move(*place, steps=12)
    mouse.up()


def middle(box, handle):
    """Where the middle of a handle is, in shares of the size of a box."""
    outer, inner = box.bounding_box(), handle.bounding_box()
    return tuple(
        (inner[start] + inner[size] / 2 - outer[start]) / outer[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


def touch(locator, points, *, resting=None):
    """The same with a finger, through the browser's own input, so that it could scroll.

    A second one rests at another place, if given.
    """
    way = [
        {"x": x0 + (x1 - x0) * k / 10, "y": y0 + (y1 - y0) * k / 10, "id": 1}
        for (x0, y0), (x1, y1) in pairwise(placed(locator, points))
        for k in range(11)
    ]
    palm = [{"x": x, "y": y, "id": 2} for x, y in placed(locator, [resting] if resting else [])]
    client = locator.page.context.new_cdp_session(locator.page)

    def send(event_type, points):
        client.send("Input.dispatchTouchEvent", {"type": event_type, "touchPoints": points})

    send("touchStart", way[:1])
    if palm:
        send("touchStart", [way[0], *palm])
    for point in way[1:]:
        send("touchMove", [point, *palm])
    send("touchEnd", [])


def number(text):
    """The number that a figure has written, with its true minus sign and what stands around it."""
    return float(text.strip(" .,;()").replace("−", "-"))
