"""Copy a chapter's notebook with the outputs of its page, to be read where nothing runs."""

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

#: What makes a figure follow a dark page: a notebook's paper may be white all the same.
_FOLLOWS_THE_THEME = re.compile(r"<style>@media \(prefers-color-scheme.*?</style>", re.DOTALL)


def with_outputs(
    notebook: NotebookNode,
    places: Mapping[str, int],
    outputs: Sequence[Iterable[Mapping[str, Any]]],
) -> NotebookNode:
    """Return a copy of a notebook with outputs.

    `places` has, for the id of each cell of the chapter, its place among the code cells there;
    `outputs` has those of each code cell of the chapter.
    """
    result = copy.deepcopy(notebook)
    count = 0
    for cell in result.cells:
        if cell.get("id") in places:
            count += 1
            cell.execution_count = count
            shown = map(_shown, outputs[places[cell["id"]]])
            cell.outputs = [nbformat.from_dict(output) for output in shown if output]
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    return result


def _shown(output: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an output as a notebook shows it; None if it is for the book alone."""
    data = output.get("data", {})
    if "scrapbook" in output.get("metadata", {}) or any("dlcourse" in mime for mime in data):
        return None
    result = copy.deepcopy(dict(output))
    if picture := data.get("image/svg+xml"):
        result["data"]["image/svg+xml"] = _FOLLOWS_THE_THEME.sub("", "".join(picture))
    return result
