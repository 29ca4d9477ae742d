"""The baseline of every language model: count which character followed which.

A table of counts says how often each character came after the last `k`. Where the table has
seen little, the table for one character fewer fills in, and so on down to all characters alike.

Source: D. J. C. MacKay and L. C. Bauman Peto, *A hierarchical Dirichlet language model*, Natural
Language Engineering 1 (1995), 289-308, with one weight for all tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each character followed the last 0, 1, … characters.

    For each number of characters before, `tables` has a mapping: these characters -> how often each
    of the alphabet's `n_characters` came next. A table for one character fewer is worth `weight`
    observations.
    """

    tables: Sequence[Mapping[tuple[int, ...], Counter[int]]]
    n_characters: int
    weight: float


def count(codes: ArrayLike, *, n_before: int, n_characters: int, weight: float = 5.0) -> Counts:
    """Count what follows what in a text, given as numbers `codes` of shape (n,).

    Up to `n_before` characters before the next one are looked at; `n_characters` is the size of the
    alphabet, and the next smaller table is worth `weight` observations.

    In "abab" the a is followed by b each time:

    >>> counts = count([0, 1, 0, 1], n_before=1, n_characters=2, weight=1.0)
    >>> counts.tables[1][0,][1]
    2
    """
    n_characters = argument_checks.count(n_characters, "n_characters")
    labels = argument_checks.labels(codes, "codes", "n", n_classes=n_characters).tolist()
    n_before = argument_checks.count(n_before, "n_before", at_least=0, at_most=20)
    weight = argument_checks.number(weight, "weight", above=0)
    tables = []
    for k in range(n_before + 1):
        table: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for i in range(k, len(labels)):
            table[tuple(labels[i - k : i])][labels[i]] += 1
        tables.append(dict(table))
    return Counts(tuple(tables), n_characters, weight)


def probabilities(counts: Counts, before: list[int]) -> Floats:
    """Return how probable each character is after `before`, shape (n_characters,).

    Three observations of character 0, and one that stands for all characters alike:

    >>> probabilities(count([0, 0, 0], n_before=0, n_characters=2, weight=1.0), [])
    array([0.875, 0.125])
    """
    argument_checks.instance(counts, "counts", Counts)
    for i, code in enumerate(argument_checks.instance(before, "before", list)):
        argument_checks.count(code, f"before[{i}]", at_least=0, at_most=counts.n_characters - 1)
    return _probabilities(counts, before)


def _probabilities(counts: Counts, before: list[int]) -> Floats:
    p = np.full(counts.n_characters, 1 / counts.n_characters)
    for k, table in enumerate(counts.tables):
        if k > len(before):
            break
        seen = table.get(tuple(before[len(before) - k :]), Counter())
        p = counts.weight * p
        for code, n in seen.items():
            p[code] += n
        p = p / (seen.total() + counts.weight)
    return p


def bits(counts: Counts, codes: ArrayLike) -> Floats:
    """Return the loss of each character of the text `codes`, in bits: −log₂ of its probability.

    Both the text, as numbers, and the result have shape (n,).
    """
    argument_checks.instance(counts, "counts", Counts)
    labels = argument_checks.labels(codes, "codes", "n", n_classes=counts.n_characters).tolist()
    k = len(counts.tables) - 1
    return np.array(
        [
            -np.log2(_probabilities(counts, labels[max(0, i - k) : i])[code])
            for i, code in enumerate(labels)
        ]
    )
