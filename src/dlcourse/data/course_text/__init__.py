"""The prose of this course's own pages, frozen, for a small language model to learn from.

It is a copy, so that an edit of a chapter trains no network anew: the pages' paragraphs of plain
letters, without formulas, code and tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from dlcourse.argument_checks import text as checked_text
from dlcourse.errors import InputError


@dataclass(frozen=True, eq=False)
class CourseText:
    """The text as numbers, in three parts that follow one another.

    The sorted `alphabet` has every character that occurs; a character's number is its place there.
    ``training``, ``validation`` and ``test`` are eight tenths, a tenth and a tenth of the text, the
    test its end, as numbers of shape (n_characters,).
    """

    alphabet: str
    training: NDArray[np.int32]
    validation: NDArray[np.int32]
    test: NDArray[np.int32]

    def encode(self, text: str) -> NDArray[np.int32]:
        """Return the numbers of the characters of `text`, shape (n_characters,)."""
        text = checked_text(text, "text")
        if strange := sorted(set(text) - set(self.alphabet)):
            raise InputError(
                f"`text` must consist of characters of the alphabet: got {strange[0]!r}. "
                "Leave it out."
            )
        return np.array([self.alphabet.index(character) for character in text], dtype=np.int32)

    def decode(self, codes: Iterable[int]) -> str:
        """Return the text that the numbers `codes` stand for."""
        return "".join(self.alphabet[int(code)] for code in codes)


def load() -> CourseText:
    """Load the course's text.

    >>> course = load()
    >>> course.decode(course.encode("a neuron"))
    'a neuron'
    """
    text = (resources.files("dlcourse.data.course_text") / "text.txt").read_text("utf-8")
    alphabet = "".join(sorted(set(text)))
    number = {character: code for code, character in enumerate(alphabet)}
    codes = np.array([number[character] for character in text], dtype=np.int32)
    ends = [8 * len(codes) // 10, 9 * len(codes) // 10]
    training, held_out, test = np.split(codes, ends)
    return CourseText(alphabet, training, held_out, test)
