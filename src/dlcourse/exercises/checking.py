"""Tell a reader at once whether an answer is right, and if not, what went wrong.

    >>> from dlcourse.exercises import check
    >>> check("neurons-1", 0.0)
    Not yet. That is the weighted sum without the bias. Add b at the end.

Each check computes the right answer with ``dlcourse`` itself. A chapter's checks are in
``dlcourse.exercises.<topic>``, one function for each exercise, registered by `exercise`. That
module is imported when one of its exercises is first checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.errors import DlcourseError, InputError

#: What Markdown would take for markup.
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#|$~]")
#: What a verdict may be called, and its mark in a notebook.
_MARKS: Final = {"Right.": "✓", "Not yet.": "✗", "No answer yet.": "…"}


@dataclass(frozen=True)
class Verdict:
    """The result of a check; true if the answer is right.

    `title` is "Right.", "Not yet." or "No answer yet."; `message` says why the answer is right, or
    is a hint.

    >>> right("Both slopes agree.")
    Right. Both slopes agree.
    >>> bool(wrong("You forgot the bias."))
    False
    """

    title: Literal["Right.", "Not yet.", "No answer yet."]
    message: str

    def __bool__(self) -> bool:
        """Return whether the answer is right."""
        return self.title == "Right."

    def __repr__(self) -> str:
        """Return the verdict and its message as plain text."""
        return f"{self.title} {self.message}"

    def _repr_markdown_(self) -> str:
        """Return the verdict for a notebook, marked by a sign and words, not by colour."""
        message = _MARKUP.sub(r"\\\g<0>", self.message)
        return f"{_MARKS[self.title]} **{self.title}** {message}"


class _NotAnAnswerError(Exception):
    """The answer is not what the exercise asks for; the message is the hint."""


_Check = Callable[[Any], Verdict]
_CHECKS: Final[dict[str, _Check]] = {}


def exercise(
    name: str, form: Callable[..., Any] = lambda answer: answer, **options: Any
) -> Callable[[_Check], _Check]:
    """Register the decorated function as the check of exercise `name`.

    `name` is topic and number, for instance "neurons-1": the exercise's label in the chapter.
    `form`, such as `number`, `array` or `list_of`, is called with these options and turns the
    answer into what the function gets; without one it gets the answer as it is.
    """

    def register(function: _Check) -> _Check:
        _CHECKS[name] = lambda answer: function(form(answer, **options))
        return function

    return register


def _modules() -> list[str]:
    """Return the names of the modules in `dlcourse.exercises`: one for each topic, and this one."""
    return [module.name for module in iter_modules(import_module("dlcourse.exercises").__path__)]


def known() -> list[str]:
    """Return the names of all exercises that can be checked, sorted.

    >>> "neurons-1" in known()
    True
    """
    for module in _modules():
        import_module(f"dlcourse.exercises.{module}")
    return sorted(_CHECKS)


def check(name: str, answer: Any) -> Verdict:
    """Check an answer to an exercise, for instance "neurons-1"; ``...`` means no answer yet.

    A notebook shows the verdict as "Right." or "Not yet." with a hint. A wrong answer never raises,
    whatever it is; an unknown exercise raises `InputError`.

    >>> check("neurons-1", ...)
    No answer yet. Put your answer in place of the three dots and run the cell again.
    """
    name = argument_checks.text(name, "name")
    module = name.rpartition("-")[0].replace("-", "_")
    if module in _modules():
        import_module(f"dlcourse.exercises.{module}")
    if name not in _CHECKS:
        raise InputError(
            f"`name` must be an exercise: got {name!r}. The exercises are {', '.join(known())}."
        )
    if answer is ...:
        return Verdict(
            "No answer yet.", "Put your answer in place of the three dots and run the cell again."
        )
    try:
        return _CHECKS[name](answer)
    except (_NotAnAnswerError, DlcourseError) as error:
        return wrong(str(error))
    except Exception as error:  # noqa: BLE001  (whatever a reader hands over, the cell goes on)
        return wrong(
            f"This answer cannot be checked ({type(error).__name__}: {error}). "
            "Look again at what the exercise asks for."
        )


def right(message: str) -> Verdict:
    """Return the verdict "right", with a sentence on why."""
    return Verdict("Right.", message)


def wrong(hint: str) -> Verdict:
    """Return the verdict "not yet", with a hint."""
    return Verdict("Not yet.", hint)


# Each of the following returns the answer in the form that a check needs. An answer that does not
# have this form becomes a hint.


def array(answer: Any, *, shape: tuple[int, ...] | None = None) -> NDArray[np.float64]:
    """Return an answer as an array of numbers."""
    if answer is None:
        raise _NotAnAnswerError(
            "This is None, nothing at all: a function without return gives it, and a tape for "
            "what it does not watch, such as a tf.constant or a whole number."
        )
    try:
        values = np.asarray(answer, dtype=float)
    except Exception:  # noqa: BLE001  (a stranger's object may raise anything)
        raise _NotAnAnswerError(f"This needs numbers, and got {_type_in_words(answer)}.") from None
    if shape is not None and values.shape != shape:
        raise _NotAnAnswerError(
            f"This needs {_shape_in_words(shape)}, and got {_shape_in_words(values.shape)}."
        )
    if not np.isfinite(values).all():
        raise _NotAnAnswerError("There is a value in it that is infinite or not a number (nan).")
    return values


def _type_in_words(answer: Any) -> str:
    if isinstance(answer, str):
        return "text: leave out the quotation marks"
    if isinstance(answer, list | tuple):
        nested = any(isinstance(part, list | tuple | np.ndarray) for part in answer)
        return (
            "a list within a list: put all in one" if nested else "a list with other things in it"
        )
    return f"a value of type {type(answer).__name__}"


def _shape_in_words(shape: tuple[int, ...]) -> str:
    if shape == ():
        return "one number"
    sizes = " x ".join(map(str, shape))
    if len(shape) == 1:
        return f"a list of {sizes} {'number' if shape == (1,) else 'numbers'}"
    return f"an array of {sizes} numbers"


def number(answer: Any) -> float:
    """Return an answer as one number."""
    return float(array(np.squeeze(array(answer)), shape=()))


def one_of(answer: Any, options: tuple[str, ...]) -> str:
    """Return the option that an answer names, in any case; an unambiguous beginning is enough."""
    if isinstance(answer, str) and (given := answer.strip().casefold()):
        same = [option for option in options if option.casefold() == given]
        matches = same or [option for option in options if option.casefold().startswith(given)]
        if len(matches) == 1:
            return matches[0]
    raise _NotAnAnswerError(f"Answer with one of: {', '.join(map(repr, options))}.")


def list_of(answer: Any, *, n: int, options: tuple[str, ...] = ()) -> list[Any]:
    """Return an answer as a list of `n` entries, each of them `one_of` the options if there are."""
    if isinstance(answer, np.ndarray):
        answer = answer.tolist()
    if isinstance(answer, list | tuple) and len(answer) == n:
        return [one_of(entry, options) for entry in answer] if options else list(answer)
    raise _NotAnAnswerError(
        f"Answer with a list of {n} entries, with commas between, in square brackets."
    )


def weights_of(answer: Any, hint: str) -> list[NDArray[Any]]:
    """Return the weights of an answer that must be a network; `hint` asks for one."""
    if isinstance(answer, type) or not hasattr(answer, "get_weights"):
        raise _NotAnAnswerError(hint)
    return list(answer.get_weights())


def call(answer: Any, *arguments: Any) -> Any:
    """Return what an answer that must be a function returns; an error in it becomes a hint."""
    if not callable(answer):
        raise _NotAnAnswerError(
            "Answer with the function itself: its name, without brackets after it."
        )
    try:
        result = answer(*arguments)
    except Exception as error:
        raise _NotAnAnswerError(
            f"The function stops with {type(error).__name__}: {error}"
        ) from error
    if result is None:
        raise _NotAnAnswerError("The function returns nothing: end it with return.")
    return result


def close(answer: ArrayLike, solution: ArrayLike, *, digits: int = 2) -> bool:
    """Return whether an answer, rounded to `digits` decimals or better, agrees with the solution.

    >>> close(0.33, 1 / 3)
    True
    >>> close(0.32, 1 / 3)
    False
    """
    difference = np.abs(np.asarray(answer, dtype=float) - np.asarray(solution, dtype=float))
    return bool((difference <= 0.5 * 10.0**-digits + 1e-9).all())
