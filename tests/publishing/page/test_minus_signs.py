"""A glued number that is negative has a minus sign in the sentence; nothing else changes."""

import pytest
from _publishing.page.minus_signs import mend, true_minus
from docutils import nodes


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("-0.36", "−0.36"),
        ("-.5", "−.5"),
        ("2e-07", "2e-07"),
        ("-2e-07", "−2e-07"),
        ("from -1 to 1-2", "from −1 to 1-2"),
        ("mixed_bfloat16", "mixed_bfloat16"),
        ("a - b, -", "a - b, -"),
    ],
)
def test_only_the_sign_of_a_number_changes(printed, shown):
    assert true_minus(printed) == shown


def test_only_what_was_glued_changes():
    output = nodes.paragraph()
    output += [
        nodes.inline("", "-1", classes=["pasted-text"]),
        nodes.Text(" and "),
        nodes.inline("", "-2"),
        nodes.literal("", "-3"),
    ]
    mend(output)
    assert output.astext() == "−1 and -2-3"
