"""Print a line to the person who waits for a build, and word a time for it.

Sphinx runs quietly: its own lines (a setting, a picture copied) are for whoever works on Sphinx.
"""

import sys


def say(text: str) -> None:
    """Print a line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def duration(seconds: float) -> str:
    """Return a time as one says it.

    Examples
    --------
    >>> duration(9), duration(100), duration(400)
    ('10 s', '2 min', '7 min')
    """
    return f"{max(1, round(seconds / 10)) * 10} s" if seconds < 90 else f"{round(seconds / 60)} min"
