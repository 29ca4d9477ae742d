"""Checks at the boundary: one function for each kind of argument.

Every public function of the package hands its arguments to these checks first. Each
returns the argument in the form that the mathematics below it needs, or raises an
`InputError` that names the argument, what was expected and what came. A function that
calls others in a loop has checked their arguments already, and says so (`without_checks`).
"""

from dlcourse.argument_checks.arrays import (
    LARGEST_FLOAT32,
    Floats,
    Integers,
    array,
    brightness,
    finite,
    labels,
    pixels,
    probabilities,
    same_length,
    same_shape,
)
from dlcourse.argument_checks.python_values import (
    LARGEST,
    as_read_from_json,
    choice,
    count,
    describe,
    function,
    instance,
    mapping,
    number,
    path,
    seed,
    sequence,
    text,
)
from dlcourse.argument_checks.skip_checks import without_checks

__all__ = [
    "LARGEST",
    "LARGEST_FLOAT32",
    "Floats",
    "Integers",
    "array",
    "as_read_from_json",
    "brightness",
    "choice",
    "count",
    "describe",
    "finite",
    "function",
    "instance",
    "labels",
    "mapping",
    "number",
    "path",
    "pixels",
    "probabilities",
    "same_length",
    "same_shape",
    "seed",
    "sequence",
    "text",
    "without_checks",
]
