"""The command line: ``python -m dlcourse COMMAND …``.

Exit status: 0 done, 1 something could not be done, 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import io
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from dlcourse import __version__
from dlcourse.errors import DlcourseError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The modules of `dlcourse.commands`, in the order in which ``--help`` lists them.
COMMANDS = ("data", "read", "train")


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m dlcourse",
        description="The command line of the course 'An introduction to deep learning'.",
        epilog="`python -m dlcourse COMMAND --help` explains a command, with examples.",
    )
    parser.add_argument("--version", action="version", version=f"dlcourse {__version__}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"dlcourse.commands.{name}").add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; an error that we raise on purpose is one line, not a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name may hold what a terminal cannot show
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = build_parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except DlcourseError as error:
        print(f"dlcourse: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("dlcourse: stopped", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
