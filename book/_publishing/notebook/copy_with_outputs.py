"""Put the outputs of a chapter's page into its notebook: the copy to read where nothing runs."""

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

#: What makes a figure follow a dark page: a notebook's paper may be white all the same.
_FOLLOWS_THE_THEME = re.compile(r"<style>@media \(prefers-color-scheme.*?</style>", re.DOTALL)


def add_outputs(
    cells: Sequence[NotebookNode | None], outputs: Sequence[Iterable[Mapping[str, Any]]]
) -> None:
    """Put the outputs of each code cell of a chapter into what the notebook has made of it.

    `cells` has one entry for each of the chapter's code cells: None where the notebook has none.
    """
    made = [(cell, of) for cell, of in zip(cells, outputs, strict=True) if cell is not None]
    for count, (cell, of_cell) in enumerate(made, 1):
        cell.execution_count = count
        cell.outputs = [nbformat.from_dict(output) for output in map(_shown, of_cell) if output]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count


def _shown(output: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an output as a notebook shows it; None if it is for the book alone."""
    data = output.get("data", {})
    if "scrapbook" in output.get("metadata", {}) or any("dlcourse" in mime for mime in data):
        return None
    result = copy.deepcopy(dict(output))
    if picture := data.get("image/svg+xml"):
        result["data"]["image/svg+xml"] = _FOLLOWS_THE_THEME.sub("", "".join(picture))
    return result
