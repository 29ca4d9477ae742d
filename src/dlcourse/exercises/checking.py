"""Say at once whether the answer to an exercise is right, and if not, what kind of wrong.

    >>> from dlcourse.exercises.checking import check
    >>> check("neurons-1", 0.0)
    Not yet. That is the weighted sum without the bias. Add b at the end.

Every check works the right answer out with ``dlcourse`` itself. A chapter's checks stand in
``dlcourse.exercises.<topic>``, one function for each exercise, registered by `exercise`; they are
imported when the first of them is asked for. No network is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dlcourse import validation
from dlcourse.errors import DlcourseError, InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Verdict",
    "array",
    "call",
    "check",
    "close",
    "exercise",
    "known",
    "number",
    "one_of",
    "right",
    "words",
    "wrong",
]


#: What Markdown would take for markup.
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#|$~]")


@dataclass(frozen=True)
class Verdict:
    """What a check says about an answer.

    Attributes
    ----------
    right : bool
        Whether the answer is right; a verdict is true or false accordingly.
    message : str
        A sentence about the answer: why it is right, or a hint.
    answered : bool
        False while the answer is still the ``...`` of the exercise.

    Examples
    --------
    >>> right("Both slopes agree.")
    Right. Both slopes agree.
    >>> bool(wrong("You forgot the bias."))
    False
    """

    right: bool
    message: str = ""
    answered: bool = True

    def __bool__(self) -> bool:
        """Return whether the answer is right."""
        return self.right

    @property
    def title(self) -> str:
        """The verdict in a word or two."""
        if not self.answered:
            return "No answer yet."
        return "Right." if self.right else "Not yet."

    def __repr__(self) -> str:
        """Return the verdict and its message, as a notebook without HTML shows them."""
        return f"{self.title} {self.message}".strip()

    def _repr_markdown_(self) -> str:
        """Return the verdict for a notebook: told by mark and words, not by colour."""
        mark = "…" if not self.answered else "✓" if self.right else "✗"
        message = _MARKUP.sub(r"\\\g<0>", self.message)
        return f"{mark} **{self.title}** {message}".strip()


class _NotAnAnswerError(Exception):
    """The answer is not of the kind that the exercise asks for; carries the hint."""


#: A check takes the reader's answer and gives a verdict.
Check = Callable[[Any], Verdict]

_CHECKS: Final[dict[str, Check]] = {}


def exercise(name: str) -> Callable[[Check], Check]:
    """Register the decorated function as the check of exercise `name`.

    Parameters
    ----------
    name : str
        Topic and number, for instance "neurons-1"; it is the exercise's label in the chapter too.

    Returns
    -------
    callable
        The decorator; it gives the function back unchanged.

    Raises
    ------
    InputError
        If another function has the name already.
    """

    def register(function: Check) -> Check:
        earlier = _CHECKS.get(name)
        if earlier is not None and earlier.__qualname__ != function.__qualname__:
            raise InputError(
                f"`name` must be new: exercise {name!r} is checked by {earlier.__qualname__} "
                f"already. Choose another number."
            )
        _CHECKS[name] = function
        return function

    return register


def _topics() -> list[str]:
    """Name the topics that have checks, as the chapters' file names do."""
    package = import_module("dlcourse.exercises")
    names = {module.name for module in iter_modules(package.__path__)} - {"checking"}
    return sorted(name.replace("_", "-") for name in names)


def known() -> list[str]:
    """List the names of all exercises that can be checked.

    Returns
    -------
    list of str
        Sorted names.

    Examples
    --------
    >>> "neurons-1" in known()
    True
    """
    for topic in _topics():
        import_module(f"dlcourse.exercises.{topic.replace('-', '_')}")
    return sorted(_CHECKS)


def check(name: str, answer: Any) -> Verdict:
    """Check an answer.

    Parameters
    ----------
    name : str
        The exercise, for instance "neurons-1".
    answer : object
        The answer; what it must be, the exercise says. ``...`` means no answer yet.

    Returns
    -------
    Verdict
        Shown by a notebook as "Right." or "Not yet." with a hint; true if right.

    Raises
    ------
    InputError
        If there is no such exercise. A wrong answer, of whatever kind, never raises.

    Examples
    --------
    >>> check("neurons-1", ...)
    No answer yet. Put your answer in place of the three dots and run the cell again.
    """
    name = validation.text(name, "name")
    topic = name.rpartition("-")[0]
    if topic in _topics():
        import_module(f"dlcourse.exercises.{topic.replace('-', '_')}")
    if name not in _CHECKS:
        raise InputError(
            f"`name` must be an exercise: got {name!r}. The exercises are {', '.join(known())}."
        )
    if answer is ...:
        return Verdict(
            right=False,
            message="Put your answer in place of the three dots and run the cell again.",
            answered=False,
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


def right(message: str = "") -> Verdict:
    """Give the verdict "right", with a sentence on why."""
    return Verdict(right=True, message=message)


def wrong(hint: str) -> Verdict:
    """Give the verdict "not yet", with a hint."""
    return Verdict(right=False, message=hint)


def array(answer: Any, *, shape: tuple[int, ...] | None = None) -> NDArray[np.float64]:
    """Take an answer as an array of numbers; anything else becomes a hint.

    Parameters
    ----------
    answer : object
        The reader's answer.
    shape : tuple of int, optional
        The shape it must have; ``-1`` in a place allows any size there.

    Returns
    -------
    ndarray of float
        The answer.
    """
    if answer is None:
        raise _NotAnAnswerError("This is None, nothing at all: a function without return gives it.")
    try:
        values = np.asarray(answer, dtype=float)
    except Exception:  # noqa: BLE001  (whatever a stranger's object raises, it is no array)
        raise _NotAnAnswerError(f"This needs numbers, and got {_kind(answer)}.") from None
    if shape is not None and (
        values.ndim != len(shape)
        or any(want not in (-1, size) for want, size in zip(shape, values.shape, strict=False))
    ):
        raise _NotAnAnswerError(f"This needs {_told(shape)}, and got {_told(values.shape)}.")
    if not np.isfinite(values).all():
        raise _NotAnAnswerError("There is a value in it that is infinite or not a number (nan).")
    return values


def _kind(answer: Any) -> str:
    """Say of what kind an answer is that is no array of numbers."""
    if isinstance(answer, str):
        return "text: leave out the quotation marks"
    if isinstance(answer, list | tuple):
        nested = any(isinstance(part, list | tuple | np.ndarray) for part in answer)
        return (
            "a list within a list: put all in one" if nested else "a list with other things in it"
        )
    return f"a value of type {type(answer).__name__}"


def _told(shape: tuple[int, ...]) -> str:
    """Say a shape in words."""
    if shape == ():
        return "one number"
    sizes = " x ".join("n" if size == -1 else str(size) for size in shape)
    if len(shape) == 1:
        return f"a list of {sizes} {'number' if shape == (1,) else 'numbers'}"
    return f"an array of {sizes} numbers"


def number(answer: Any) -> float:
    """Take an answer as one number; anything else becomes a hint.

    Parameters
    ----------
    answer : object
        The reader's answer.

    Returns
    -------
    float
        The answer.
    """
    values = np.squeeze(array(answer))
    return float(array(values, shape=()))


def one_of(answer: Any, options: tuple[str, ...]) -> str:
    """Take an answer as one of a few words; anything else becomes a hint.

    Parameters
    ----------
    answer : object
        The reader's answer; case and outer spaces do not matter, and the beginning of a word
        will do if no other option begins so.
    options : tuple of str
        The words.

    Returns
    -------
    str
        The word as `options` spell it.
    """
    if isinstance(answer, str) and (given := answer.strip().casefold()):
        for option in options:
            if given == option.casefold():
                return option
        begun = [option for option in options if option.casefold().startswith(given)]
        if len(begun) == 1:
            return begun[0]
    raise _NotAnAnswerError(f"Answer with one of: {', '.join(map(repr, options))}.")


def words(answer: Any, *, n: int) -> list[Any]:
    """Take an answer as a list of `n` words; anything else becomes a hint.

    Parameters
    ----------
    answer : object
        The reader's answer.
    n : int
        How many words there must be.

    Returns
    -------
    list
        The answer's parts.
    """
    if isinstance(answer, list | tuple) and len(answer) == n:
        return list(answer)
    raise _NotAnAnswerError(f'Answer with a list of {n} words, like ["…", "…"].')


def call(answer: Any, *arguments: Any) -> Any:
    """Call an answer that must be a function; whatever goes wrong in it becomes a hint.

    Parameters
    ----------
    answer : object
        The reader's answer.
    *arguments : object
        What to call it with.

    Returns
    -------
    object
        What the function returns.
    """
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
    """Say whether an answer agrees with the solution, rounding allowed.

    Parameters
    ----------
    answer, solution : array_like
        What to compare.
    digits : int, default 2
        Decimals that must agree; an answer rounded to so many decimals is accepted.

    Returns
    -------
    bool
        Whether all differences are at most half a unit of the last decimal (and a hair more).

    Examples
    --------
    >>> close(0.33, 1 / 3)
    True
    >>> close(0.32, 1 / 3)
    False
    """
    difference = np.abs(np.asarray(answer, dtype=float) - np.asarray(solution, dtype=float))
    return bool((difference <= 0.5 * 10.0**-digits + 1e-9).all())
