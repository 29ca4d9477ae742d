"""The site on localhost, rebuilt when a file is saved and loaded again by the browser.

Most of a short build is getting ready: importing Sphinx, reading the configuration and
the memory of the last build. A child process does that *before* it is needed and waits
for a word; the build itself then takes little. Another child is the web server.
"""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import os
import re
import signal
import socket
import sys
import threading
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import make_site
import watchfiles

ROOT, BOOK, OUT = make_site.ROOT, make_site.BOOK, make_site.OUT
WATCHED = [BOOK, ROOT / "src"]
#: A change here alters the build itself: what was made ready is of no use.
CONFIGURATION = ("_config.yml", "_toc.yml", "conf.py", "_publishing")
#: Slow to import, and the same for every build. Nothing of ours is among them.
LIBRARIES = (
    "docutils", "sphinx.application", "sphinx.builders.html", "sphinx.cmd.build", "PIL.Image",
    "sphinx.ext.autodoc", "jupyter_book.config", "jupyter_book.directive", "myst_nb", "nbclient",
    "myst_nb.sphinx_", "myst_nb.ext.execution_tables", "pydata_sphinx_theme", "sphinx_book_theme",
    "sphinx_copybutton", "sphinx_design", "sphinx_exercise", "sphinx_external_toc",
    "sphinx_togglebutton", "sphinxcontrib.bibtex",
)  # fmt: skip

RELOAD = """\
const source = new EventSource("/__changes");
let shown = null;
source.onmessage = (event) => {
  const news = JSON.parse(event.data);
  if (shown !== null && news.version !== shown && !news.error) location.reload();
  shown ??= news.version;
  let box = document.getElementById("build-error");
  if (!news.error) return box?.remove();
  if (!box) {
    box = document.body.appendChild(document.createElement("pre"));
    box.id = "build-error";
    box.setAttribute("role", "alert");
    Object.assign(box.style, {
      position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", margin: 0,
      padding: "1rem", background: "#7f1d1d", color: "#fff", zIndex: 9999, whiteSpace: "pre-wrap",
    });
  }
  box.textContent = "The build failed.\\n" + news.error;
};
"""


# --- the web server, in a process of its own ----------------------------------------


class News:
    """What the browser is to know: the number of the last good build, or what went wrong."""

    def __init__(self) -> None:
        self.text = json.dumps({"version": 0, "error": ""})
        self.changed = threading.Condition()

    def listen(self, pipe: int) -> None:
        """Take each line from the builder; without a builder there is nothing to serve."""
        with os.fdopen(pipe, encoding="utf-8") as lines:
            for line in lines:
                with self.changed:
                    self.text = line.strip()
                    self.changed.notify_all()
        os._exit(0)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the built files, each page with a script that waits for changes."""

    def __init__(self, *args: Any, news: News, **kwargs: Any) -> None:
        self.news = news
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer one request."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if self.path == "/__changes":
            self.tell_changes()
        elif self.path == "/__reload.js":
            self.answer(RELOAD.encode(), "text/javascript")
        elif path.suffix == ".html" and path.is_file():
            script = b'<script src="/__reload.js"></script></body>'
            self.answer(
                path.read_bytes().replace(b"</body>", script, 1), "text/html; charset=utf-8"
            )
        else:
            super().do_GET()

    def answer(self, body: bytes, kind: str) -> None:
        """Send a body that is made here."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def tell_changes(self) -> None:
        """Send an event at each build, as long as the browser listens."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                with self.news.changed:
                    self.wfile.write(f"data: {self.news.text}\n\n".encode())
                    self.wfile.flush()
                    self.news.changed.wait(timeout=15)

    def end_headers(self) -> None:
        """Let the browser keep nothing: the next build may differ."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing of single requests."""


def free_port(wanted: int) -> int:
    """Give the wanted port, or the next one that nobody uses."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    sys.exit(
        f"make serve: ports {wanted} to {wanted + 49} are all in use; name one: make serve PORT=…"
    )


def start_server(port: int) -> int:
    """Start the web server; give the pipe that takes its news."""
    reading, writing = os.pipe()
    if os.fork():
        os.close(reading)
        return writing
    os.close(writing)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    news = News()
    threading.Thread(target=news.listen, args=[reading], daemon=True).start()
    handler = partial(Handler, directory=str(OUT), news=news)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        server.serve_forever()
    os._exit(0)


# --- the builder ---------------------------------------------------------------------


class ReadyBuild:
    """A child process with a Sphinx application that waits for the word to build."""

    def __init__(self) -> None:
        word_out, self.word = os.pipe()
        self.result, result_in = os.pipe()
        self.process = os.fork()
        if not self.process:
            os.close(self.word)
            os.close(self.result)
            build_when_told(word_out, result_in)
        os.close(word_out)
        os.close(result_in)

    def run(self) -> dict[str, str]:
        """Build, and give what went wrong (empty: nothing) and the chapters executed."""
        os.write(self.word, b"go")
        with os.fdopen(os.dup(self.result), encoding="utf-8") as pipe:
            answer = pipe.read()
        self.discard()
        result: dict[str, str] = json.loads(answer) if answer else {"error": "the build was killed"}
        return result

    def discard(self) -> None:
        """Let the child end."""
        os.close(self.word)
        os.close(self.result)
        os.waitpid(self.process, 0)


def build_when_told(word: int, result: int) -> None:
    """Get a build ready, wait for the word, build, answer, end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from sphinx.application import Sphinx  # noqa: PLC0415

    status, warnings = io.StringIO(), io.StringIO()
    error = ""
    app = None
    doctrees = OUT.parent / ".doctrees"
    try:
        app = Sphinx(
            BOOK, BOOK, OUT, doctrees, "html", {"nitpicky": True}, status, warnings,
            warningiserror=True, keep_going=True, parallel=os.cpu_count() or 1,
        )  # fmt: skip
    except Exception as problem:  # noqa: BLE001  (whatever it is, the browser shows it)
        error = f"{type(problem).__name__}: {problem}"
    if not os.read(word, 2):
        os._exit(0)
    try:
        if app:
            app.build()
    except Exception as problem:  # noqa: BLE001
        error = str(problem)
    executed = [line for line in status.getvalue().splitlines() if line.startswith("executed ")]
    if app and app._warncount and not error:  # noqa: SLF001
        error = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())
    with os.fdopen(result, "w", encoding="utf-8") as pipe:
        json.dump({"error": error, "executed": "\n".join(executed)}, pipe)
    os._exit(0)


def relevant(_change: object, path: str) -> bool:
    """Whether a changed file can alter the site."""
    parts = Path(path).parts
    return not {"_build", "__pycache__", ".ipynb_checkpoints"}.intersection(
        parts
    ) and not path.endswith(("~", ".swp", ".tmp"))


def main() -> None:
    """Build, serve, and build again at each change until Ctrl-C."""
    if os.environ.get("PYTHONHASHSEED") != "0":  # it counts from the start of a process only
        environment = {**make_site.environment(), "DLCOURSE_SERVE": "1"}
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606
    port = free_port(int(os.environ.get("PORT") or 8000))
    OUT.mkdir(parents=True, exist_ok=True)
    server = start_server(port)
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            import_module(name)
    print(
        f"The site is at http://127.0.0.1:{port}/ and follows every saved file. Ctrl-C ends.",
        flush=True,
    )
    ready = ReadyBuild()
    with contextlib.suppress(KeyboardInterrupt):
        version = 0
        changes: set[Any] = set()
        watcher = watchfiles.watch(
            *WATCHED, watch_filter=relevant, debounce=200, step=20,
            rust_timeout=200, yield_on_timeout=True,
        )  # fmt: skip
        next(watcher)  # from here on it sees what is saved, the first build's time included
        while True:
            if any(set(CONFIGURATION).intersection(Path(path).parts) for _, path in changes):
                ready.discard()
                ready = ReadyBuild()
            start = time.monotonic()
            result = ready.run()
            version += not result["error"]
            os.write(
                server, (json.dumps({"version": version, "error": result["error"]}) + "\n").encode()
            )
            took = f"{time.monotonic() - start:.1f} s"
            what = ", ".join(sorted({Path(path).name for _, path in changes})) or "first build"
            print(f"{what}: {'FAILED' if result['error'] else 'shown'} after {took}", flush=True)
            print(result["error"] or result.get("executed") or "", end="", flush=True)
            ready = ReadyBuild()
            changes = next(found for found in watcher if found)


if __name__ == "__main__":
    main()
