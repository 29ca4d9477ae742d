"""Serve the site on localhost, rebuild it when a file is saved, and reload it in the browser.

sphinx-autobuild would do most of this, but it puts an inline script into each page, which the
pages' own security policy forbids, and the browser would not learn why a build failed.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import make_site
import watchfiles

BOOK, OUT = make_site.BOOK, make_site.OUT
WATCHED = (BOOK, make_site.ROOT / "src")

#: What browsers ask for: the number of the last good build, or why one failed.
NEWS = {"version": 0, "error": ""}
RELOAD = """\
let shown = null;
setInterval(async () => {
  const news = await fetch("/__news").then((answer) => answer.json()).catch(() => null);
  if (!news) return;
  if (shown !== null && news.version !== shown && !news.error) location.reload();
  shown = news.version;
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
}, 500);
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the built files, each page with a script that asks for news."""

    def do_GET(self) -> None:
        """Answer one request."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if self.path == "/__news":
            self.send_body(json.dumps(NEWS).encode(), "application/json")
        elif self.path == "/__reload.js":
            self.send_body(RELOAD.encode(), "text/javascript")
        elif path.suffix == ".html" and path.is_file():
            script = b'<script src="/__reload.js"></script></body>'
            self.send_body(
                path.read_bytes().replace(b"</body>", script, 1), "text/html; charset=utf-8"
            )
        else:
            super().do_GET()

    def send_body(self, body: bytes, media_type: str) -> None:
        """Send a body that is not a file."""
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Forbid the browser's cache: the next build may differ."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing for single requests."""


def serve() -> http.server.ThreadingHTTPServer:
    """Serve at ``$PORT``, or at the first free port from 8000 on."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 2**16:
        sys.exit(f"make serve: PORT must be a number from 1 to 65535: got {text!r}.")
    first = int(text)
    handler = partial(Handler, directory=str(OUT))
    for port in range(first, min(first + 50, 2**16)):
        with contextlib.suppress(OSError):
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return server
    sys.exit(f"make serve: ports from {first} on are in use; name one: make serve PORT=…")


def build() -> str:
    """Build the site; return Sphinx's errors, or an empty text."""
    done = subprocess.run(
        make_site.command("--no-color"),
        env=make_site.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    for line in done.stdout.splitlines():
        if line.startswith(("executed ", "outputs from ")):
            print(f"  {line}", flush=True)
    if not done.returncode:
        return ""
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stderr).strip() or "The build was killed."


def relevant(_change: object, path: str) -> bool:
    """Whether a changed file can alter the site: not what a build or an editor leaves."""
    name = Path(path).name
    litter = name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", "4913"))
    return not litter and not {"_build", "__pycache__"} & set(Path(path).parts)


def main() -> None:
    """Build, serve, and build again at each change until Ctrl-C."""
    OUT.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{serve().server_port}/"
    print(f"The site is at {address} and follows every saved file. Ctrl-C ends.", flush=True)
    watcher = watchfiles.watch(
        *WATCHED, watch_filter=relevant, debounce=200, rust_timeout=200, yield_on_timeout=True
    )
    next(watcher)  # from here on it sees what is saved, the first build's time included
    what = "first build"
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            start = time.monotonic()
            error = build()
            NEWS.update(version=NEWS["version"] + (not error), error=error)
            word = "FAILED" if error else "shown"
            print(f"{what}: {word} after {time.monotonic() - start:.1f} s", flush=True)
            if error:
                print(error, flush=True)
            changes = next(changed for changed in watcher if changed)
            what = ", ".join(sorted({Path(path).name for _, path in changes}))


if __name__ == "__main__":
    main()
