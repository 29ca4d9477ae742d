"""How well pictures are read: on the sets to choose by, and, once, on those to score by.

    python -m benchmarks.reader_scores choose [NETWORK]    as often as you like; for the robust
                                                           network it records calibration.json
    python -m benchmarks.reader_scores score [NETWORK]     once for each reader (its weights and
                                                           thresholds); appends to scores.json, with
                                                           the commit: score one that is on main

NETWORK is robust, unless it is plain or inverted.

The two share no photograph and no seed, and MNIST's two sets no writer. Both halves of
``load_digits`` are by the same 13 writers, and digits of the made test half are taken from all of
it; everyday pictures may be in one of the test half's fonts. No network learned from any. Where
Symbola is not installed, the validation half has letters and scribbles only; the test half has
icons, too.

======== ================================ ==============================
set      to choose by                     to score by
======== ================================ ==============================
MNIST    validation digits (of the        test digits
         60,000 training digits)
hands    even digits of ``load_digits``   odd ones
made     `validation_and_test`, one half  its other half
everyday `everyday_validation`            –
own      –                                our nine digits and the dog
======== ================================ ==============================
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.reader_pictures import everyday_validation, validation_and_test
from dlcourse.data import mnist, own_digits
from dlcourse.digits import benchmark_results, finder, load_picture, reader
from dlcourse.evaluation import calibration
from dlcourse.networks import pretrained
from dlcourse.robust import unseen_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    from benchmarks.reader_pictures.validation_and_test import Picture

    #: A set's name, a picture in grey, and the digit that it shows (None: none).
    Sample = tuple[str, ArrayLike, int | None]

N_MADE, N_CLEAN, N_INVERTED, N_HANDS = 240, 1_000, 500, 300


def choosing() -> Iterator[Sample]:
    """Yield the pictures by which thresholds and weights are chosen."""
    yield from _sets("made", validation_and_test.digits("validation", N_MADE))
    yield from _sets("made", validation_and_test.others("validation", N_MADE))
    yield from _sets("everyday", everyday_validation.everyday_digits(100, seed=101))
    yield from _sets("everyday", everyday_validation.everyday_others(100, seed=102))
    yield from _digits("validation", odd=False)


def scoring() -> Iterator[Sample]:
    """Yield the pictures that `score` alone opens, once for each reader."""
    yield from _sets("made", validation_and_test.digits("test", N_MADE))
    yield from _sets("made", validation_and_test.others("test", N_MADE))
    yield from _digits("test", odd=True)
    for picture in own_digits.PICTURES:
        yield "own", load_picture.load_grey(own_digits.path(picture.name)), picture.digit


def _sets(name: str, pictures: list[Picture]) -> Iterator[Sample]:
    for image, digit in pictures:
        file = io.BytesIO()
        image.save(file, "BMP")
        group = "others" if digit is None else "digits"
        yield f"{name}, {group}", load_picture.load_grey(file.getvalue()), digit


def _digits(split: str, *, odd: bool) -> Iterator[Sample]:
    """Yield MNIST's digits, clean and inverted, and half of the other hands."""
    images, labels = mnist.as_arrays(split)
    for i in range(N_CLEAN):
        yield "MNIST", images[i] / 255, int(labels[i])
    for i in range(N_CLEAN, N_CLEAN + N_INVERTED):
        yield "MNIST, inverted", 1 - images[i] / 255, int(labels[i])
    hands, digits = unseen_pictures.other_hands()
    for i in range(int(odd), 2 * N_HANDS, 2):
        yield "other hands", hands[i], int(digits[i])


def measure(
    samples: Iterator[Sample],
    network: str = "robust",
    answers: list[tuple[int, ArrayLike]] | None = None,
) -> dict[str, dict[str, int]]:
    """Count for each set the pictures, those answered rightly, and digits that are wrong.

    Where one thing was found, its truth (10: no digit) and the eleven answers join `answers`.
    """
    counts: dict[str, dict[str, int]] = {}
    for name, grey, truth in samples:
        reading = reader.read_grey(grey, network=network)
        digit = reading.digit
        if answers is not None and len(reading.boxes) == 1:
            shares = np.multiply(reading.probabilities, 1 - reading.none)
            answers.append((10 if truth is None else truth, [*shares, reading.none]))
        count = counts.setdefault(name, {"n": 0, "right": 0, "misread": 0})
        count["n"] += 1
        count["right"] += digit == truth
        count["misread"] += digit is not None and digit != truth
    return counts


def weights(network: str = "robust") -> dict[str, str]:
    """Return the SHA-256 of the weights that read; the robust network reads with the finder."""
    folder = pretrained.path("robust").parent
    names = ("finder", "robust") if network == "robust" else (network,)
    return {
        name: hashlib.sha256((folder / f"{name}.safetensors").read_bytes()).hexdigest()
        for name in names
    }


def limits() -> dict[str, float | list[int]]:
    """Return where the finder looks, and how its answers and the robust network's are joined.

    The thresholds are among them; scores.json calls all of them limits.
    """
    joined = {name: getattr(reader, name) for name in ("WHICH", "SURE", "SECOND", "BESIDE")}
    places = ("CLEAR", "LARGE", "NARROW", "N_LOOKS", "PERHAPS")
    sizes = {name: list(getattr(finder, name)) for name in ("COARSE", "MIDDLE", "FINE")}
    return {**joined, **{name: getattr(finder, name) for name in places}, **sizes}


def choose(network: str = "robust") -> dict[str, dict[str, int]]:
    """Read the pictures to choose by; record how far the robust reader can be trusted."""
    answers: list[tuple[int, ArrayLike]] = []
    counts = measure(choosing(), network, answers)
    if network == "robust":
        truths, shares = zip(*answers, strict=True)
        result = asdict(calibration(truths, np.array(shares)))
        rounded = {
            key: [None if np.isnan(v) else round(float(v), 4) for v in value]
            for key, value in result.items()
            if key != "expected_error"
        }
        rounded["expected_error"] = round(float(result["expected_error"]), 4)
        record = rounded | {"sets": counts}
        benchmark_results.RECORD.write_text(json.dumps(record) + "\n")
    return counts


def shipped(record: dict[str, object], network: str = "robust") -> bool:
    """Whether a record is of the reader that the package ships; only the robust one has limits."""
    same_limits = network != "robust" or record.get("limits") == limits()
    return record["networks"] == weights(network) and same_limits


def score(network: str = "robust") -> dict[str, object]:
    """Open the sets to score by, once for this reader, and record what came out."""
    records = benchmark_results.scorings()
    if any(shipped(record, network) for record in records):
        seen = benchmark_results.SCORES.name
        raise SystemExit(f"This reader has been scored: see {seen}. Choose by the other sets.")
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"],
        # In an unpacked archive, not the commit of a repository that the archive lies in.
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(Path(__file__).resolve().parents[2])},
        cwd=Path(__file__).parent, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    record: dict[str, object] = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit,
        "networks": weights(network),
        **({"limits": limits()} if network == "robust" else {}),
        "fonts": sorted({face.stem for face in validation_and_test.fonts("test")}),
        "scores": measure(scoring(), network),
    }
    benchmark_results.SCORES.write_text(json.dumps([*records, record], indent=2) + "\n")
    return record


if __name__ == "__main__":
    what, network = (*sys.argv[1:], *("choose", "robust")[len(sys.argv) - 1 :])
    commands = {"choose": choose, "score": score}
    if what not in commands:
        sys.exit(__doc__)
    print(json.dumps(commands[what](network), indent=2))
