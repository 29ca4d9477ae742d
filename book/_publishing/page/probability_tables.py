"""Fit outputs to a page: shade tables of probabilities, hide checks of exercises not yet done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

#: A probability as the package's tables write it.
SHARE = re.compile(r"(<1|\d+)\s%")
#: What `check` says of three dots: nothing that a reader has asked for yet.
UNANSWERED = "No answer yet."


def fit_outputs(page: BeautifulSoup) -> None:
    """Shade tables of probabilities, and leave out verdicts on answers that nobody has given."""
    for table in page.select(".dlcourse-table table"):
        heads = [head.get_text() for head in table.select("thead th")]
        if "verdict" in heads:
            shade(table, heads)
    for output in page.select("div.cell_output"):
        if output.get_text().strip().startswith(UNANSWERED):
            output.decompose()


def shade(table: Tag, heads: list[str]) -> None:
    """Give each probability its tenth and its column's head, by which a phone sets it.

    On a phone a row is no row of a table any more, so the roles are said.
    """
    table["class"] = "shares"
    table["role"] = "table"
    for row in table.select("tr"):
        row["role"] = "row"
    for head in table.select("th"):
        head["role"] = "rowheader" if head.get("scope") == "row" else "columnheader"
    for row in table.select("tbody tr"):
        for name, cell in zip(heads[1:], row.find_all("td"), strict=True):
            cell["role"] = "cell"
            cell["data-head"] = name
            if match := SHARE.fullmatch(cell.get_text()):
                tenths = 0 if match[1] == "<1" else round(int(match[1]) / 10)
                cell["class"] = f"share share-{tenths}"
