"""Tables of probabilities are shaded; an exercise that waits for its answer says nothing yet."""

from _publishing.page.cell_outputs import fit_outputs
from _publishing.source.html_tree import parse, write

from dlcourse.figures.tables import metrics_table, probability_table


def fitted(html):
    page = parse(f"<html><body>{html}</body></html>")
    fit_outputs(page)
    return write(page)


def test_each_probability_has_its_tenth_and_the_head_of_its_column():
    table = probability_table([[0.97, 0.029, 0.001]], truths=[1], names=["seven"])
    html = fitted(table._repr_html_())
    for head, tenths, text in [("0", 10, "97 %"), ("1", 0, "3 %"), ("2", 0, "&lt;1 %")]:
        assert f'class="share share-{tenths}"' in html
        (cell,) = [cell for cell in html.split("<td")[1:] if f'data-head="{head}"' in cell]
        assert f">{text}</td>" in cell
    assert '<table class="shares"' in html


def test_another_table_stays_as_it_is():
    html = metrics_table({"dense": {"accuracy": 0.95}})._repr_html_()
    assert "share" not in fitted(html)


def test_only_what_was_answered_is_shown():
    html = fitted(
        '<div class="cell_output"><pre>No answer yet. Put it in and run the cell again.</pre></div>'
        '<div class="cell_output"><pre>✓ Right.</pre></div>'
    )
    assert "No answer yet" not in html
    assert "Right" in html
