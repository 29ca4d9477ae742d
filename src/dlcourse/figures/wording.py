"""Numbers and lists as text: for labels in a figure, and for the words that describe it."""

from collections.abc import Iterable


def spoken(value: float) -> str:
    """Return a number as it is read aloud: three significant digits at most.

    >>> spoken(1234.5), spoken(999.6), spoken(0.98765), spoken(-2e15)
    ('1,234', '1,000', '0.988', '-2e+15')
    """
    return f"{value:,.0f}" if 999.5 <= abs(value) < 1e15 else f"{value:.3g}"


def with_minus_sign(text: str) -> str:
    """Return a number's text with a minus sign, as print has it.

    >>> with_minus_sign("-1.20"), with_minus_sign("2")
    ('−1.20', '2')
    """
    return text.replace("-", "\N{MINUS SIGN}")


def percent(share: float) -> str:
    """Return a share between 0 and 1 as a percentage.

    >>> percent(0.9737)
    '97.4 %'
    """
    return f"{100 * share:.1f} %"


def listing(items: Iterable[str]) -> str:
    """Return items as a list in a sentence.

    >>> listing(["edge", "eye", "person"])
    'edge, eye and person'
    """
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
