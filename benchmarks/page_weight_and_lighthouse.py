"""What readers wait for: requests, kilobytes and Lighthouse marks of chapters, kilobytes of decks.

The site must be built. Lighthouse's marks for speed need a machine that does nothing else.
``python -m benchmarks page_weight_and_lighthouse`` prints the rows that `run` returns.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "book" / "_build" / "html"
LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
#: A chapter's own plots, and figures that load when the reader comes to them.
OWN = ("/_images/", "/widgets/", "/artifacts/")
TEXT = {".html", ".css", ".js", ".mjs", ".svg", ".json"}
#: Lighthouse's marks of the best course that we measured.
PEER = {"performance": 84, "accessibility": 86, "best-practices": 96, "seo": 92}


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serve text compressed, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in TEXT:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)


def run() -> list[Row]:
    """Measure every chapter."""
    handler = functools.partial(Compressed, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_address[1]}"
        pages = sorted(path.stem for path in (SITE / "chapters").glob("*.html"))
        rows = [row for page in pages for row in _loads(home, page)]
        rows += [row for page in pages for row in _marks(f"{home}/chapters/{page}.html", page)]
        server.shutdown()
    return rows


def _loads(home: str, page: str) -> Iterator[Row]:
    """Count the first load of a chapter, and of its deck."""
    for folder, most in (("chapters", 400.0), ("slides", 350.0)):
        asked = _asked(f"{home}/{folder}/{page}.html")
        files = [SITE / url.removeprefix(f"{home}/") for url in asked]
        size = sum(_size(path) for path in files) / 1000
        if folder == "chapters":
            yield Row(f"{page}: requests", len(files), 20, "the limit", "")
        yield Row(f"{page}: first load of {folder}", size, most, "the limit", "kB")


def _asked(address: str) -> list[str]:
    """List what a browser with nothing in its cache asks for, plots and figures apart."""
    with sync_playwright() as playwright:
        system = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=system, args=list(FLAGS))
        page = browser.new_page()
        found: list[str] = []
        page.on("response", lambda response: found.append(response.url.split("?")[0]))
        page.goto(address, wait_until="networkidle")
        browser.close()
    return [url for url in dict.fromkeys(found) if not any(part in url for part in OWN)]


def _size(path: Path) -> int:
    """Bytes of a file as a server sends it."""
    data = path.read_bytes()
    return len(gzip.compress(data) if path.suffix in TEXT else data)


def _marks(address: str, page: str) -> Iterator[Row]:
    """Return Lighthouse's marks, on a phone."""
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    chrome = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    flags = f"--chrome-flags=--headless=new {' '.join(FLAGS)}"
    only = f"--only-categories={','.join(PEER)}"
    done = subprocess.run(
        [str(node), str(LIGHTHOUSE), address, "--quiet", "--output=json", only, flags],
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        text=True,
        check=True,
    )
    for name, category in json.loads(done.stdout)["categories"].items():
        yield Row(f"{page}: {name}", 100 * category["score"], PEER[name], "the best peer", "of 100")
