"""Mark tables of probabilities: course.css shades them, and on a phone sets each row as pairs.

They are those of `dlcourse.figures.tables.probability_table`: a row for each picture, a column for
each class, and a column "verdict", which no other table has.
"""

import re

from bs4 import BeautifulSoup, Tag

#: A probability as the package's tables write it.
SHARE = re.compile(r"(<1|\d+)\s%")


def shade_tables(page: BeautifulSoup) -> None:
    """Shade the tables of probabilities on a page: those with a column "verdict"."""
    for table in page.select(".dlcourse-table table"):
        heads = [head.get_text() for head in table.select("thead th")]
        if "verdict" in heads:
            shade(table, heads)


def shade(table: Tag, heads: list[str]) -> None:
    """Give each cell its column's head, which a phone shows, and each probability its shade.

    On a phone a row no longer looks like a table's row to a browser, so each role is spelt out.
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
                cell["class"] = "share" if tenths else "share slight"
                cell["style"] = f"--tenths: {tenths}"
