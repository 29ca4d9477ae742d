"""Build the executed site into book/_build/html.

When nothing has changed since the last good build, it says so at once and starts no Sphinx:
see `unchanged`.
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

from shared_paths import cache_folder

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
OUT = BOOK / "_build" / "html"
#: What the site was made of and what it was, when a build last ended well.
STAMP = OUT.parent / "site.json"
#: What a build reads besides the folders `book` and `src`.
READ = (
    "tools", "requirements.lock", "package-lock.json", "pyproject.toml", "README.md", "LICENSE",
    "LICENSE-CONTENT", "CHANGELOG.md", "CITATION.cff", ".venv/dlcourse-stamp",
    "node_modules/.package-lock.json",
)  # fmt: skip
BUILT = {"_build", "__pycache__", ".ipynb_checkpoints"}
#: Variables that describe the terminal or the caller; no build depends on them.
NOISE = {
    "_", "COLORTERM", "COLUMNS", "LINES", "LS_COLORS", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES",
    "MAKE_TERMERR", "MAKE_TERMOUT", "MFLAGS", "OLDPWD", "PWD", "SHLVL", "TERM", "TTY", "WINDOWID",
}  # fmt: skip
NOISY = ("SSH_", "TERM_", "TMUX", "XDG_", "VSCODE_", "PYTEST_")


def command(*options: str, out: Path = OUT) -> list[str]:
    """Return the command that builds the book: every warning is an error."""
    doctrees = out.parent / ".doctrees"
    fixed = ["-q", "-b", "html", "-n", "-W", "--keep-going", "-j", "auto", "-d", str(doctrees)]
    return [sys.executable, "-m", "sphinx", *fixed, *options, str(BOOK), str(out)]


def environment() -> dict[str, str]:
    """Return the environment of a build, free of this machine's language, clock and Python."""
    return {
        "GITHUB_SHA": commit("%H"),  # as a server for continuous integration sets it
        **{k: v for k, v in os.environ.items() if not k.startswith("PYTHON")},
        "TFDS_DATA_DIR": os.environ.get("TFDS_DATA_DIR") or str(cache_folder() / "tfds"),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or commit("%ct") or "1767225600",
    }


def commit(what: str) -> str:
    """Return a field of the last commit (``git log``'s format); empty without git."""
    try:
        return git("log", "-1", f"--format={what}").strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def git(*words: str) -> str:
    """Return what git says about this checkout; it does not look in the folders above.

    An unpacked archive may lie in somebody else's repository.
    """
    return subprocess.check_output(
        ["git", *words],
        cwd=ROOT,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)},
        text=True,
        stderr=subprocess.DEVNULL,
    )


# --- nothing to do ---------------------------------------------------------------


def files(top: Path) -> list[list[object]]:
    """List a file, or all files below a folder: path, size, times of change (mtime, ctime).

    Nobody can set the ctime back, so an old copy that replaces a file is noticed as well.
    """
    listed: list[list[object]] = []
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
            listed.append([path, "missing"])
            continue
        listed.append([path, status.st_size, status.st_mtime_ns, status.st_ctime_ns])
    return sorted(listed, key=str)


def ingredients() -> str:
    """Return the fingerprint of everything that the site is made of."""
    around = environment()
    data = Path(around["TFDS_DATA_DIR"]) / "mnist"
    listed = [file for name in ("book", "src", *READ) for file in files(ROOT / name)]
    variables = {
        name: value
        for name, value in around.items()
        if name not in NOISE and not name.startswith(NOISY)
    }
    installed = os.stat(sysconfig.get_paths()["purelib"]).st_mtime_ns  # noqa: PTH116
    recipe = [sys.version, installed, variables, listed, files(data)]
    return hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()


def products() -> str:
    """Return the fingerprint of the built site and of Sphinx's doctrees."""
    listed = [*files(OUT), *files(OUT.parent / ".doctrees")]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def unchanged(made_of: str) -> bool:
    """Whether neither the site nor what it is made of has changed since the last good build.

    Setting Sphinx up costs two seconds of a core, this a tenth of one.
    """
    stamp = remembered()
    return stamp.get("made of") == made_of and stamp.get("made") == products()


def remembered() -> dict[str, str]:
    """Return what the last good build noted; an empty dict if there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def remember(made_of: str) -> None:
    """Note what a good build was made of and what it made."""
    with contextlib.suppress(OSError):  # read-only: the next run builds again
        stamp = {"made of": made_of, "made": products()}
        STAMP.write_text(json.dumps(stamp), encoding="utf-8")


# --- building --------------------------------------------------------------------


def obstacle() -> str:
    """Return why the site cannot be written; an empty text if it can."""
    try:
        OUT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=OUT) as file:
            file.write(b" " * 100_000)
    except OSError as error:
        return f"the site cannot be written into {OUT}: {error.strerror}."
    return ""


def build(*options: str) -> int:
    """Run Sphinx and return its exit code; SIGTERM to this process ends it too."""
    process = subprocess.Popen(command(*options), env=environment())
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def main() -> int:
    """Build the site unless nothing has changed, and say where it is."""
    start = time.monotonic()
    made_of = ingredients()
    if not sys.argv[1:] and unchanged(made_of):
        print(f"Nothing has changed since the last build. The site is in {OUT}.")
        return 0
    if why := obstacle():
        print(f"make site: {why}", file=sys.stderr)
        return 1
    # Sphinx does not notice that a page was altered or deleted: let it write all of them.
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
