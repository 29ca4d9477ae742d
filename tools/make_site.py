"""Build the executed site into book/_build/html."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
OUT = BOOK / "_build" / "html"


def command(*options: str, out: Path = OUT) -> list[str]:
    """Give the command that builds the book: every warning is an error."""
    doctrees = out.parent / ".doctrees"
    fixed = ["-b", "html", "-n", "-W", "--keep-going", "-j", "auto", "-d", str(doctrees)]
    return [sys.executable, "-m", "sphinx", *fixed, *options, str(BOOK), str(out)]


def environment() -> dict[str, str]:
    """Give the environment of a build: nothing of this machine's language or clock."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or commit_time(),
    }


def commit_time() -> str:
    """Give the time of the last commit, or a fixed one where there is no git."""
    try:
        return subprocess.check_output(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True, stderr=subprocess.DEVNULL
        ).strip()
    except (OSError, subprocess.CalledProcessError):
        return "1767225600"  # 2026-01-01


def obstacle() -> str:
    """Say what keeps the site from being written, if anything does."""
    try:
        OUT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=OUT) as file:
            file.write(b" " * 100_000)
    except OSError as error:
        return f"the site cannot be written into {OUT}: {error.strerror}."
    return ""


def main() -> int:
    """Build, and say where the site is or that there is none."""
    if why := obstacle():
        print(f"make site: {why}", file=sys.stderr)
        return 1
    start = time.monotonic()
    process = subprocess.Popen(command(*sys.argv[1:]), env=environment())
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    seconds = time.monotonic() - start
    if code:
        why = obstacle() or "what is wrong stands above."
        line = f"make site: the build failed after {seconds:.0f} s: {why}"
        print(line, "The next run goes on from here.", file=sys.stderr)
        return code
    print(f"\nThe site is in {OUT} (built in {seconds:.1f} s).")
    print(f"Open {(OUT / 'index.html').as_uri()} in a browser, or run `make serve`.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
