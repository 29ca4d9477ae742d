"""Presses the buttons of cells in a page, and reads what becomes of them."""

from waiting import patient

#: Milliseconds: a first run loads and starts Python, on a busy machine in minutes.
PATIENCE = 240_000


class Cells:
    """The cells of a page that is open in a browser."""

    def __init__(self, page, topic):
        self.page, self.topic = patient(page), topic

    def selector(self, number):
        """Return the CSS selector of a cell."""
        return f".cell.run-{self.topic}-{number}"

    def press(self, number, word):
        """Press a button of a cell; that of *Run* notes when it has begun to run."""
        self.page.evaluate(
            """([cell, word]) => {
                const button = [...document.querySelectorAll(`${cell} .run-bar button`)]
                    .find((one) => one.textContent === word && !one.hidden);
                delete button.dataset.begun;
                const note = () => { button.dataset.begun = "yes"; };
                new MutationObserver(note).observe(button, { attributeFilter: ["disabled"] });
                button.click();
            }""",
            [self.selector(number), word],
        )

    def write(self, number, text):
        """Write another code into a cell."""
        editor = f"document.querySelector('{self.selector(number)} .run-editor')"
        if not self.page.evaluate(f"!!{editor}"):
            self.press(number, "Edit")
            self.wait(f"!!{editor}")
        self.page.evaluate(f"(text) => {{ {editor}.value = text; }}", text)

    def wait(self, condition):
        """Wait for a condition."""
        self.page.wait_for_function(condition, timeout=PATIENCE)

    def outcome(self, number):
        """Wait until a cell has run; return what it shows."""
        cell = self.selector(number)
        button = f"document.querySelector('{cell} .run-bar button')"
        self.wait(f"{button}.dataset.begun && !{button}.disabled")
        output = f"document.querySelector('{cell} .run-output')?.innerText ?? ''"
        return self.page.evaluate(output) or self.status(number)

    def status(self, number):
        """Return the line beside a cell's buttons."""
        status = f"document.querySelector('{self.selector(number)} [role=status]').textContent"
        return self.page.evaluate(status)

    def wait_for_status(self, number, words):
        """Wait until that line has these words."""
        status = f"document.querySelector('{self.selector(number)} [role=status]').textContent"
        self.wait(f"{status}.includes('{words}')")

    def run(self, number, text=None):
        """Run a cell, with another code if there is one; return what it shows."""
        if text is not None:
            self.write(number, text)
        self.press(number, "Run")
        return self.outcome(number)
