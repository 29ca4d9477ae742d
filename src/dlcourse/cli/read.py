"""``dlcourse read``: read the digits in pictures."""

import argparse
import glob
import json
import os
import sys
from unicodedata import category

from dlcourse.digits import reader
from dlcourse.digits.reader import Reading
from dlcourse.errors import DataError
from dlcourse.networks import pretrained

HELP = "read the digits in your own pictures"
DESCRIPTION = """\
Read the digit in each picture: a photo of your handwriting, a scan, a drawing.

    python -m dlcourse read seven.jpg
    python -m dlcourse read *.png --network plain
    python -m dlcourse read *.jpg --json > answers.json

Prints a row for each picture: the verdict (a digit, or none), how sure the network is of it, and
the probabilities of the ten digits in per cent. Pictures can be PNG, JPEG, WebP, GIF, TIFF or BMP,
of any size, dark on light or light on dark. Needs neither an internet connection nor TensorFlow.

With --json: a list of {"file", "digit", "confidence", "probabilities"}; digit is null for none.
"""
#: What helps with an iPhone's own format.
HEIC = (
    " Save the photo as JPEG, or let the iPhone take such photos: Settings, Camera, Formats, "
    "Most Compatible."
)
EPILOG = "exit status: 0 all pictures were read, 1 some could not be (named on stderr), 2 usage"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("pictures", nargs="+", metavar="PICTURE", help="a picture file")
    parser.add_argument(
        "--network",
        choices=pretrained.NAMES,
        default="robust",
        help="plain: trained on MNIST alone; inverted: with inverted copies too; robust "
        "(default): with stronger augmentation, and able to refuse",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")


def run(arguments: argparse.Namespace) -> int:
    """Read every picture; name those that cannot be read, and go on."""
    pretrained.load(arguments.network)  # if it is damaged, say so once
    readings: list[tuple[str, Reading]] = []
    names = [name for word in arguments.pictures for name in _expanded(word)]
    for name in names:
        try:
            readings.append((name, reader.read(name, network=arguments.network)))
        except DataError as error:
            advice = HEIC if name.lower().endswith((".heic", ".heif")) else ""
            message = _shown(" ".join(str(error).split()))
            print(f"dlcourse: {message}{advice}", file=sys.stderr)  # noqa: T201
    print(_as_json(readings) if arguments.json else _as_table(readings))  # noqa: T201
    return int(len(readings) < len(names))


def _expanded(name: str) -> list[str]:
    """Return the files that a pattern names, for terminals that do not expand it (Windows)."""
    if os.path.exists(name):  # noqa: PTH110  (Path.exists may raise)
        return [name]
    return sorted(glob.glob(name)) or [name]  # noqa: PTH207


def _as_json(readings: list[tuple[str, Reading]]) -> str:
    """Return a list with an entry for each picture, in ASCII where the output is not UTF-8."""
    answers = [
        {
            "file": name,
            "digit": reading.digit,
            "confidence": round(reading.confidence, 6),
            "probabilities": [round(p, 6) for p in reading.probabilities],
        }
        for name, reading in readings
    ]
    ascii_only = str(sys.stdout.encoding).lower() != "utf-8"
    return json.dumps(answers, indent=2, ensure_ascii=ascii_only)


def _shown(name: str) -> str:
    """Return a file's name in one line, without control characters."""
    return "".join(
        c if c.isprintable() or category(c) == "Zs" else c.encode("unicode_escape").decode()
        for c in name
    )


def _as_table(readings: list[tuple[str, Reading]]) -> str:
    """Return a table with a row for each picture."""
    if not readings:
        return "No picture was read."
    readings = [(_shown(name), reading) for name, reading in readings]
    width = max(len("picture"), *(len(name) for name, _ in readings))
    head = f"{'picture':{width}}  digit  sure  " + "".join(f"{d:>5}" for d in range(10))
    lines = [head]
    for name, reading in readings:
        verdict = "none" if reading.digit is None else str(reading.digit)
        cells = "".join(f"{100 * p:5.0f}" for p in reading.probabilities)
        line = f"{name:{width}}  {verdict:>5}  {100 * reading.confidence:3.0f}%  {cells}"
        lines.append(f"{line}  {reading.reason}".rstrip())
    return "\n".join(lines)
