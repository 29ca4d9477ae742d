"""Build the executed site into book/_build/html.

When nothing has changed since the last build that went well, that is all there is to say,
and it is said at once: see `unchanged`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from bootstrap import cache_folder

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
OUT = BOOK / "_build" / "html"
#: What the site was made of and what it was, when a build last ended well.
STAMP = OUT.parent / "site.json"
#: What a build reads, beside the folders `book` and `src`.
READ = (
    "tools", "requirements.lock", "package-lock.json", "pyproject.toml", "README.md", "LICENSE",
    "LICENSE-CONTENT", "CHANGELOG.md", "CITATION.cff", ".venv/dlcourse-stamp",
    "node_modules/.package-lock.json",
)  # fmt: skip
BUILT = {"_build", "__pycache__", ".ipynb_checkpoints"}
#: What the environment says of the terminal and of who calls, not of the build.
NOISE = {
    "_", "COLORTERM", "COLUMNS", "LINES", "LS_COLORS", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES",
    "MAKE_TERMERR", "MAKE_TERMOUT", "MFLAGS", "OLDPWD", "PWD", "SHLVL", "TERM", "TTY", "WINDOWID",
}  # fmt: skip
NOISY = ("SSH_", "TERM_", "TMUX", "XDG_", "VSCODE_", "PYTEST_")


def command(*options: str, out: Path = OUT) -> list[str]:
    """Give the command that builds the book: every warning is an error."""
    doctrees = out.parent / ".doctrees"
    fixed = ["-q", "-b", "html", "-n", "-W", "--keep-going", "-j", "auto", "-d", str(doctrees)]
    return [sys.executable, "-m", "sphinx", *fixed, *options, str(BOOK), str(out)]


def environment() -> dict[str, str]:
    """Give the environment of a build: nothing of this machine's language or clock."""
    return {
        **os.environ,
        "TFDS_DATA_DIR": os.environ.get("TFDS_DATA_DIR") or str(cache_folder() / "tfds"),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or commit("%ct") or "1767225600",
    }


def commit(what: str) -> str:
    """Give something about the last commit; nothing where there is no git."""
    try:
        return subprocess.check_output(
            ["git", "log", "-1", f"--format={what}"], cwd=ROOT, text=True, stderr=subprocess.DEVNULL
        ).strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


# --- nothing to do ---------------------------------------------------------------


def files(top: Path) -> list[list[object]]:
    """List a file, or all files below a folder: name, length, and when each was last touched.

    The time of the last change of any kind cannot be set back as the time of the last
    writing can, so an old file that takes another's place is noticed as well.
    """
    found: list[list[object]] = []
    waiting = [str(top)]
    while waiting:
        path = waiting.pop()
        try:
            status = os.stat(path)  # noqa: PTH116  (a tenth of pathlib's time)
            if os.path.isdir(path):  # noqa: PTH112
                with os.scandir(path) as entries:
                    waiting += [entry.path for entry in entries if entry.name not in BUILT]
                continue
        except OSError:
            found.append([path, "missing"])
            continue
        found.append([path, status.st_size, status.st_mtime_ns, status.st_ctime_ns])
    return sorted(found, key=str)


def ingredients() -> str:
    """Give the fingerprint of all that the site is made of."""
    data = Path(environment()["TFDS_DATA_DIR"]) / "mnist"
    listed = [file for name in ("book", "src", *READ) for file in files(ROOT / name)]
    said = {
        name: value
        for name, value in environment().items()
        if name not in NOISE and not name.startswith(NOISY)
    }
    installed = os.stat(sysconfig.get_paths()["purelib"]).st_mtime_ns  # noqa: PTH116
    recipe = [sys.version, installed, commit("%H"), said, listed, files(data)]
    return hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()


def products() -> str:
    """Give the fingerprint of what stands in the site and in Sphinx's memory of it."""
    listed = [*files(OUT), *files(OUT.parent / ".doctrees")]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def unchanged(made_of: str) -> bool:
    """Whether the site is what the last good build left, and was made of the same."""
    stamp = remembered()
    return stamp.get("made of") == made_of and stamp.get("made") == products()


def remembered() -> dict[str, str]:
    """Give what was noted when a build last ended well; nothing if none did."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def remember(made_of: str) -> None:
    """Note that the site is right, and what it was made of."""
    with contextlib.suppress(OSError):  # a read-only checkout: the next build looks again
        stamp = {"made of": made_of, "made": products()}
        STAMP.write_text(json.dumps(stamp), encoding="utf-8")


# --- building --------------------------------------------------------------------


def obstacle() -> str:
    """Say what keeps the site from being written, if anything does."""
    try:
        OUT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=OUT) as file:
            file.write(b" " * 100_000)
    except OSError as error:
        return f"the site cannot be written into {OUT}: {error.strerror}."
    return ""


def build(*options: str) -> int:
    """Run Sphinx, which ends when this process is told to."""
    process = subprocess.Popen(command(*options), env=environment())
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def main() -> int:
    """Build, and say where the site is or that there is none."""
    start = time.monotonic()
    made_of = ingredients()
    if not sys.argv[1:] and unchanged(made_of):
        print(f"Nothing has changed since the last build. The site is in {OUT}.")
        return 0
    if why := obstacle():
        print(f"make site: {why}", file=sys.stderr)
        return 1
    # Sphinx looks at its sources, not at what has become of its pages: it writes them all.
    last = remembered().get("made")
    everything = ["-a"] if last and last != products() else []
    STAMP.unlink(missing_ok=True)
    code = build(*everything, *sys.argv[1:])
    seconds = time.monotonic() - start
    if code:
        why = obstacle() or "what is wrong stands above."
        line = f"make site: the build failed after {seconds:.0f} s: {why}"
        print(line, "The next run goes on from here.", file=sys.stderr)
        return code
    if not sys.argv[1:]:
        remember(made_of)
    print(f"\nThe site is in {OUT} (built in {seconds:.1f} s).")
    print(f"Open {(OUT / 'index.html').as_uri()} in a browser, or run `make serve`.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
