"""Quizzes as files for a learning platform: GIFT and CSV."""

import csv
import io

from _publishing.directives.quiz import as_data, parse
from _publishing.quiz_export import gift, table

SOURCE = [
    "? Which is *larger*: π or {e}?",
    "- [x] π — it is about 3.14",
    "- [ ] e — it is less",
    "- [ ] neither — one is",
]


def test_gift_escapes_what_means_something_to_it():
    question = as_data(parse(SOURCE)[0][0])
    text = gift("numbers", [question])
    assert text.startswith("$CATEGORY: numbers\n\n::numbers 1::[markdown]")
    assert r"*larger*\: π or \{e\}? {" in text
    assert "  =π # it is about 3.14\n" in text
    assert text.count("\n  ~") == 2


def test_the_table_has_a_row_for_each_answer():
    rows = list(csv.DictReader(io.StringIO(table({"t": [as_data(parse(SOURCE)[0][0])]}))))
    assert [row["letter"] for row in rows] == ["A", "B", "C"]
    assert [row["answer"] for row in rows if row["right"] == "1"] == ["π"]
