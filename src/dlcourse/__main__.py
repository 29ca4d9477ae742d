"""The command line: ``python -m dlcourse COMMAND …``.

Exit status: 0 done, 1 something could not be done, 2 the command was not understood.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from dlcourse import __version__
from dlcourse.errors import DlcourseError

#: The modules of `dlcourse.cli`, in the order in which ``--help`` lists them.
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
        command = import_module(f"dlcourse.cli.{name}")
        subparser = subparsers.add_parser(
            name,
            help=command.HELP,
            description=command.DESCRIPTION,
            epilog=command.EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; an error that we raise on purpose is one line, not a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name may hold what a terminal cannot show
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = build_parser().parse_args(argv)
    # `cli.train` starts each of several workers with these same words.
    arguments.words = sys.argv[1:] if argv is None else argv
    try:
        status = int(arguments.run(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        status = 1  # the reader has closed, like `| head`
    except (DlcourseError, OSError) as error:  # OSError: such as a full disk
        print(f"dlcourse: {' '.join(str(error).split())}", file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("dlcourse: stopped", file=sys.stderr)
        status = 1
    _let_go_of_output()
    return status


def _let_go_of_output() -> None:
    """Discard what cannot be written, or the interpreter would report it again as it exits."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
