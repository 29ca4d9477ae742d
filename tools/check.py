"""Run everything that guards a change, some of it side by side, and print a table at the end.

`make test` runs this. A step runs even if one before it failed; any failure fails the whole.
``--all`` adds the tests marked as slow. Words choose the steps: ``check.py ruff tests/build``. The
tests need Chromium: on Debian, and as root, it is installed first.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import make_site
from shared_paths import chromium

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SUITES = sorted(
    f"tests/{path.name}"
    for path in (ROOT / "tests").iterdir()
    if path.is_dir() and path.name[0] not in "._"
)
#: A suite that uses both cores itself, now and then: it runs beside the others, not with them.
BESIDE = "tests/colab"


@dataclass
class Result:
    """How one step ended."""

    name: str
    passed: int
    failed: int
    seconds: float


def run(name: str, command: list[str], *, live: bool = True) -> Result:
    """Run one step and return what passed and failed; print its output at once, or at its end."""
    shown = [f"\n── {name} {'─' * max(4, 76 - len(name))}\n"]
    start = time.monotonic()
    environment = {**make_site.environment(), "CHROMIUM": chromium() or ""}
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    summary = ""
    for line in chain([""], process.stdout or ()):
        shown.append(line)
        if live:
            print("".join(shown), end="", flush=True)
            shown.clear()
        if re.search(r"\d+ (passed|failed|errors?)\b.* in [\d.]+s", line):  # pytest's last line
            summary = line
    code = process.wait()
    print("".join(shown), end="", flush=True)
    count = {word.rstrip("s"): int(n) for n, word in re.findall(r"(\d+) ([a-z]+)", summary)}
    passed = count.get("passed", 0) if summary else int(not code)
    failed = count.get("failed", 0) + count.get("error", 0)
    return Result(name, passed, max(failed, int(bool(code))), time.monotonic() - start)


def prepare_browser() -> Result | None:
    """Install Chromium where that needs no password; else say how."""
    if chromium():
        return None
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        return run("install Chromium", ["apt-get", "install", "-y", "-qq", "chromium"])
    print(
        "make test: the browser tests need Chromium: install it (on Debian: apt install chromium)"
    )
    return Result("install Chromium", 0, 1, 0.0)


def run_tests(folders: list[str], *, slow: bool) -> list[Result]:
    """Run suites of tests: all at once on as many workers as there are cores, one beside them."""
    pytest = [sys.executable, "-m", "pytest", "-q", "--durations=10"]
    pytest += [] if slow else ["-m", "not slow"]
    workers = ["-n", str(os.cpu_count() or 1), "--dist", "worksteal"]

    def tested(some: list[str], options: list[str], *, live: bool = True) -> Result:
        name = ", ".join(some).replace("tests/", "")
        return run(f"tests: {name}", [*pytest, *some, *options], live=live)

    together = [folder for folder in folders if folder != BESIDE]
    alone = [folder for folder in folders if folder == BESIDE]
    with ThreadPoolExecutor(1) as beside:
        others = beside.map(lambda folder: tested([folder], [], live=not together), alone)
        return [*([tested(together, workers)] if together else []), *others]


def steps() -> list[tuple[str, list[str]]]:
    """Return what comes before the tests: linters, and the site, which some tests look at."""
    workflows = sorted(str(p) for p in (ROOT / ".github" / "workflows").glob("*.yml"))
    schema = ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows]
    return [
        ("ruff check", ["ruff", "check", "."]),
        ("ruff format", ["ruff", "format", "--check", "."]),
        ("mypy", ["mypy"]),
        ("codespell", ["codespell"]),
        ("workflows: zizmor", ["zizmor", "--offline", "--quiet", ".github/workflows"]),
        ("workflows: schema", schema),
        ("make site", [sys.executable, "tools/make_site.py"]),
    ]


def main() -> int:
    """Run the steps that are named on the command line, or all."""
    wanted = [word for word in sys.argv[1:] if word != "--all"]

    def is_wanted(name: str) -> bool:
        return not wanted or any(word in name for word in wanted)

    before = [step for step in steps() if is_wanted(step[0])]
    folders = [folder for folder in SUITES if is_wanted(folder)]
    installed = prepare_browser() if folders else None
    results = [installed] if installed else []
    start = time.monotonic()
    with ThreadPoolExecutor(1) as beside:  # linters use one core, and most of a build another
        linted = beside.map(lambda step: run(*step, live=False), before[:-1])
        results += [run(*step) for step in before[-1:]]
        results += linted
    results += run_tests(folders, slow="--all" in sys.argv[1:])
    print("\n── summary " + "─" * 69)
    for result in results:
        mark = "FAILED" if result.failed else "ok"
        numbers = f"{result.passed:>5} passed {result.failed:>4} failed {result.seconds:>6.0f} s"
        print(f"{result.name:<24} {mark:<7} {numbers}")
    passed, failed = sum(r.passed for r in results), sum(r.failed for r in results)
    print(f"{passed} passed, {failed} failed in {time.monotonic() - start:.0f}s")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
