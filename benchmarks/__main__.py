"""Run the benchmarks that are named, or all of them: ``python -m benchmarks [name …]``."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import benchmarks

if TYPE_CHECKING:
    from benchmarks import Row


def main(names: list[str]) -> int:
    """Print one table of all rows; 2 if a name is unknown."""
    names_of_modules = sorted(m.name for m in iter_modules(benchmarks.__path__))
    modules = {n: import_module(f"benchmarks.{n}") for n in names_of_modules if n[0] != "_"}
    known = [name for name, module in modules.items() if hasattr(module, "run")]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"{'what':<52} {'ours':>10} {'other':>10} {'ratio':>6}  other is")
    for name in names or known:
        for row in modules[name].run():
            print(_line(row), flush=True)
    return 0


def _line(row: Row) -> str:
    """Write one row of the table."""
    return (
        f"{row.name:<52} {_amount(row.ours, row.unit):>10} {_amount(row.other, row.unit):>10} "
        f"{row.ratio:>6.2f}  {row.other_is}"
    )


def _amount(value: float, unit: str) -> str:
    """Write a time, a share, or another quantity with its unit."""
    if unit == "s":
        return _time(value)
    return f"{100 * value:.2f} %" if unit == "%" else f"{value:.0f} {unit}".rstrip()


def _time(seconds: float) -> str:
    """Write a time in a unit that suits it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.2f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
