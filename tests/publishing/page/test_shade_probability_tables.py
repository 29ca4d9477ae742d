"""Tables of probabilities are shaded, and a phone knows the head of each cell's column."""

from _publishing.html_tree import parse, write
from _publishing.page.shade_probability_tables import shade_tables

from dlcourse.figures.tables import Table, probability_table


def shaded(html):
    page = parse(f"<html><body>{html}</body></html>")
    shade_tables(page)
    return write(page)


def test_each_probability_has_its_tenth_and_the_head_of_its_column():
    table = probability_table([[0.97, 0.029, 0.001]], truths=[1], names=["seven"])
    html = shaded(table._repr_html_())
    for head, tenths, text in [("0", 10, "97 %"), ("1", 0, "3 %"), ("2", 0, "&lt;1 %")]:
        (cell,) = [cell for cell in html.split("<td")[1:] if f'data-head="{head}"' in cell]
        assert f'style="--tenths: {tenths}">{text}</td>' in cell
        assert ('class="share slight"' in cell) == (tenths == 0)
    assert '<table class="shares"' in html


def test_another_table_stays_as_it_is():
    html = Table("Results.", ("network", "accuracy"), (("dense", "95 %"),))._repr_html_()
    assert "share" not in shaded(html)
