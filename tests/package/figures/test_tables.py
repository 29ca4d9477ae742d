"""Tables: content, words for right and wrong, and HTML that everyone can use."""

import re

from refusals import refusals

from dlcourse.figures.tables import Table, probability_table

P = [[0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.6, 0.2, 0.2]]


def test_probability_table_says_right_and_wrong_in_words():
    table = probability_table(P, truths=[0, 2, None], names=["a", "b", "dog"])
    assert table.columns == ("picture", "prediction", "verdict", "0", "1", "2")
    assert [row[2] for row in table.rows] == [
        "✓ right",
        "✗ wrong, it is 2",
        "✗ wrong, it is none of these",
    ]
    assert table.rows[0][3:] == ("90 %", "10 %", "<1 %")
    flowers = probability_table(P[:1], truths=[0], names=["a"], thing="flower")
    assert flowers.columns[0] == "flower"


def test_html_has_caption_heads_and_a_region_for_the_keyboard():
    html = probability_table(P, truths=[0, 1, 2], names=["<a>", "b", "c"])._repr_html_()
    assert "<caption>Probability of each class" in html
    assert html.count('<th scope="col">') == 6
    assert html.count('<th scope="row">') == 3
    assert re.search(r'role="region" tabindex="0" aria-label="[^"]+"', html)
    assert "style=" not in html
    assert "&lt;a&gt;" in html
    assert "<a>" not in html


def test_markdown_has_as_many_cells_in_each_line():
    text = Table("C.", ("x", "a|b"), (("r", "1"),))._repr_markdown_()
    lines = text.splitlines()[2:]
    assert lines == ["| x | a\\|b |", "| :--- | ---: |", "| **r** | 1 |"]


test_errors = refusals(
    (lambda: probability_table([[0.9, 0.3]], truths=[0], names=["a"]), "sum to 1"),
    (lambda: probability_table(P, truths=[0], names="abc"), "`names` must hold 3"),
    (lambda: probability_table(P, truths=[0], names=list("abc")), "`truths` must hold 3"),
    (lambda: probability_table(P, truths=[0, 1, 3], names=list("abc")), "`truths` must be"),
)
