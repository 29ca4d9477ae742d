"""Runs cells in the page's worker: one namespace, outputs as a notebook has them.

`send(kind, value)` hands each output to the page: text of a stream, a value as HTML, Markdown
or text, a figure as SVG with its alt text, an error. `book/widgets/run/worker.mjs` makes the `Page`
and calls `edit`, `edited` and `run`; if a module is missing, it loads that package and runs the
cell again.
"""

import ast
import base64
import contextlib
import gc
import io
import json
import linecache
import os
import pprint
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from .needed_cells import needs, read

#: Seconds for which printed text may wait.
PATIENCE = 0.1
UNDESCRIBED = "A figure without a description."
NOTEBOOKS_ONLY = "A line that begins with % or ! is a notebook's: leave it out here.\n"
#: The page that a worker serves.
PAGES: list["Page"] = []
#: In the page this folder is the package `in_page`; at `plt.show()` its backend asks `PAGES`.
os.environ["MPLBACKEND"] = "module://in_page.matplotlib_backend"


class Stream(io.TextIOBase):
    """Hands printed text to the page, in pieces that are not too small."""

    def __init__(self, send: Callable[[str, Any], None]) -> None:
        self._send, self._parts, self._last = send, list[str](), 0.0

    def write(self, text: str) -> int:
        """Keep a text, and hand over what has waited long enough."""
        self._parts.append(text)
        if time.monotonic() - self._last > PATIENCE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Hand over what is kept."""
        if text := "".join(self._parts):
            self._send("stream", text)
        self._parts.clear()
        self._last = time.monotonic()


class Page:
    """The cells of one page, and what has run of them."""

    def __init__(self, sources: list[str], send: Callable[[str, Any], None]) -> None:
        self.sources, self._given = list(sources), list(sources)
        self._send = send
        self.names: dict[str, Any] = {
            "__name__": "__main__", "display": self.show, "input": _refuse_input,
        }  # fmt: skip
        #: number of a cell -> the text with which it has run
        self._ran: dict[int, str] = {}
        #: name -> the cell that stored it last
        self._writer: dict[str, int] = {}
        self._silent = False
        PAGES[:] = [self]

    def edit(self, texts: dict[int, str]) -> None:
        """Take over the texts that a reader has changed; other cells are as they were given."""
        self.sources = [texts.get(n, text) for n, text in enumerate(self._given)]

    def edited(self, index: int) -> bool:
        """Whether a cell, or one that it needs, is changed: `worker.mjs` then loads every file."""
        numbers = [*needs(self.sources, index).cells, index]
        return any(self.sources[n] != self._given[n] for n in numbers)

    def run(self, index: int) -> str:
        """Run a cell after what it needs; return the module that was missing, or nothing."""
        needed = needs(self.sources, index).cells
        again: set[int] = set()
        for number in [*needed, index]:
            self._silent = number != index
            if number == index or self._must_run(number, needed, again):
                again.add(number)
                missing = self._execute(number)
                if missing is not None:
                    return missing
        return ""

    def _must_run(self, number: int, order: list[int], again: set[int]) -> bool:
        """Whether a cell has not run, or another has stored one of its names since."""
        if self._ran.get(number) != self.sources[number]:
            return True
        if again & set(needs(self.sources, number).cells):
            return True
        # What comes later is meant to store it anew: x = x + 1.
        later = {number, *(n for n in order if n > number)}
        stores = read(self.sources[number]).stores
        return any(self._writer.get(name, number) not in later for name in stores)

    def _execute(self, number: int) -> str | None:
        """Run one cell; if it fails, return the module that was missing, or nothing."""
        source, name = self.sources[number], f"<cell {number + 1}>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        # Noted first: a cell that fails half-way may have stored some of its names.
        self._ran.pop(number, None)
        self._writer |= dict.fromkeys(read(source).stores, number)
        stream = Stream(lambda name, text: None if self._silent else self._send(name, text))
        try:
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
                # Imports of earlier cells for names that this cell, or one that it needs, uses. A
                # cell that is needed for its imports alone does not run itself.
                exec("\n".join(needs(self.sources, number).imports), self.names)  # noqa: S102
                _style()
                self._statements(source, name)
                self.show_figures()
        except BaseException as error:  # noqa: BLE001  (whatever a cell raises is shown)
            stream.flush()
            self._error(error, number)
            missing = error.name if isinstance(error, ModuleNotFoundError) else None
            return (missing or "").split(".")[0]
        finally:
            stream.flush()
            if pyplot := sys.modules.get("matplotlib.pyplot"):
                pyplot.close("all")  # what a cell that failed has left open
        self._ran[number] = source
        return None

    def _statements(self, source: str, name: str) -> None:
        """Run the statements, and show the value of the last if it is an expression."""
        body = ast.parse(source, name).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), name, "exec"), self.names)  # noqa: S102
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), name, "eval"), self.names)  # noqa: S307
            if not source.rstrip().endswith(";"):
                self.show(value)

    def show(self, *values: Any) -> None:
        """Show values as a notebook does; figures come when they are complete."""
        sys.stdout.flush()
        for value in values:
            if value is None or self._silent or _is_drawn(value):
                continue
            for form in ("html", "markdown"):
                method = getattr(value, f"_repr_{form}_", None)
                if method is not None and not isinstance(value, type):
                    self._send(form, method())
                    break
            else:
                if hasattr(value, "_repr_png_") and not isinstance(value, type):
                    data = base64.b64encode(value._repr_png_()).decode()
                    address = f"data:image/png;base64,{data}"
                    self._send("image", json.dumps([address, UNDESCRIBED]))
                else:
                    self._send("text", _pretty(value))

    def show_figures(self) -> None:
        """Show the figures that are open, and close them."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        from dlcourse.figures import alt_text, rendering  # noqa: PLC0415

        sys.stdout.flush()
        numbers = pyplot.get_fignums()
        for number in numbers:
            figure = pyplot.figure(number)
            if not self._silent:
                alt = alt_text.alt_of(figure) or UNDESCRIBED
                self._send("figure", json.dumps([rendering.svg(figure), alt]))
        pyplot.close("all")
        if numbers:
            figure = None
            gc.collect()  # a figure is a ring of objects, and a page's memory never shrinks

    def _error(self, error: BaseException, number: int) -> None:
        """Show an error as Python says it, with the lines of cells and no others."""
        report = traceback.TracebackException.from_exception(error)
        frames = [frame for frame in report.stack if frame.filename.startswith("<cell ")]
        report.stack = traceback.StackSummary.from_list(frames)
        report.__context__ = report.__cause__ = None
        name = f"<cell {number + 1}>"
        lines = [frame.lineno for frame in frames if frame.filename == name]
        if isinstance(error, SyntaxError) and error.filename == name:
            lines.append(error.lineno)
        text = "".join(report.format()).replace(f'File "{name}", line', "Line")
        if isinstance(error, SyntaxError) and (error.text or "").lstrip().startswith(("%", "!")):
            text += NOTEBOOKS_ONLY
        line = lines[-1] if lines else None
        value = {"text": text, "line": line, "cell": number, "needed": self._silent}
        self._send("error", json.dumps(value))


def _refuse_input(_prompt: str = "") -> str:
    """Say what to do in place of asking; Python here would report an I/O error."""
    raise RuntimeError("input() cannot ask in a page: write the value into the cell instead.")


def _pretty(value: Any) -> str:
    """Return a value as text, long collections on several lines."""
    if isinstance(value, dict | list | tuple | set) and len(repr(value)) > 79:
        return pprint.pformat(value, width=79, sort_dicts=False)
    return repr(value)


def _is_drawn(value: Any) -> bool:
    """Whether a value is a figure or its axes, which are shown as pictures."""
    module = sys.modules.get("matplotlib.figure")
    axes = sys.modules.get("matplotlib.axes")
    return bool(module and axes and isinstance(value, module.Figure | axes.Axes))


def _style() -> None:
    """Give figures the course's style, once matplotlib is there."""
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is not None and not hasattr(matplotlib, "dlcourse_style"):
        from dlcourse.figures import use_style  # noqa: PLC0415

        use_style()
        matplotlib.dlcourse_style = True  # type: ignore[attr-defined]
