"""Waits for a page; its policy forbids playwright's own way, which needs `eval`."""

import time

#: The end of the page's text, for whoever has waited in vain.
END = "document.body.innerText.slice(-1500)"


def becomes(page, condition, *, seconds=20):
    """Whether something becomes true before the time is up."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(30)
    return True


def patient(page):
    """Let a page wait for an expression, or for what a function returns for an argument."""

    def wait_for_function(expression, *, arg=None, timeout=30_000):
        came = becomes(page, lambda: page.evaluate(expression, arg), seconds=timeout / 1000)
        assert came, f"in {timeout} ms it never came true: {expression}\n{page.evaluate(END)}"

    page.wait_for_function = wait_for_function
    return page
