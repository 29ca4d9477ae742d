"""Accessible tables: right and wrong in words, not only in colour, and scrollable.

A notebook shows a table as HTML, or as Markdown where there is no HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.figures.arguments import class_indices, entries, words


@dataclass(frozen=True)
class Table:
    """A table with a caption and with heads for columns and rows.

    `columns` are the heads of all columns, including the one above the row heads; the first cell of
    each row is its head.

    >>> print(Table("Ages.", ("name", "age"), (("Ada", "36"),))._repr_markdown_())
    Ages.
    <BLANKLINE>
    | name | age |
    | :--- | ---: |
    | **Ada** | 36 |
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join(
            f'<tr><th scope="row">{escape(first)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
            for first, *cells in self.rows
        )
        # On a narrow screen the wrapper scrolls sideways, by touch or arrow keys.
        return (
            f'<div class="dlcourse-table" role="region" tabindex="0" '
            f'aria-label="{escape(self.caption)}">'
            f"<table><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _repr_markdown_(self) -> str:
        def line(cells: Sequence[str]) -> str:
            return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

        rule = line([":---", *["---:"] * (len(self.columns) - 1)])
        rows = [line([f"**{first}**", *cells]) for first, *cells in self.rows]
        return "\n".join([self.caption, "", line(self.columns), rule, *rows])


def probability_table(
    probabilities: ArrayLike,
    *,
    truths: Sequence[int | None],
    names: Sequence[str],
    classes: Sequence[str] | None = None,
    thing: str = "picture",
    caption: str = "Probability of each class, picture by picture.",
) -> Table:
    """Return a table of predictions: a row for each picture, a column for each class.

    `probabilities` are the network's output, shape (n_samples, n_classes). `truths` holds the true
    class of each picture, or None if it is none of the classes. By default `classes` are called by
    their numbers. `thing`, which was classified, is the head of the first column.

    >>> table = probability_table([[0.9, 0.1]], truths=[0], names=["zero.png"])
    >>> table.rows
    (('zero.png', '0', '✓ right', '90 %', '10 %'),)
    """
    p = argument_checks.probabilities(probabilities, "probabilities", "n_samples n_classes")
    n, n_classes = p.shape
    names = words(names, "names", n=n)
    labels = words(range(n_classes) if classes is None else classes, "classes", n=n_classes)
    truths = entries(truths, "truths", of="classes or None")
    if len(truths) != n:
        raise InputError(f"`truths` must hold {n} classes or None: got {len(truths)}.")
    known = [truth for truth in truths if truth is not None]
    if known:
        class_indices(known, "truths", n=len(known), n_classes=n_classes)
    rows = tuple(
        (
            name,
            labels[int(row.argmax())],
            _verdict(int(row.argmax()), truth, labels),
            *(_percent(q) for q in row),
        )
        for name, row, truth in zip(names, p, truths, strict=True)
    )
    return Table(caption, (thing, "prediction", "verdict", *labels), rows)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.005 else "<1 %"


def _verdict(answer: int, truth: int | None, classes: Sequence[str]) -> str:
    if truth is None:
        return "✗ wrong, it is none of these"
    return "✓ right" if answer == truth else f"✗ wrong, it is {classes[int(truth)]}"
