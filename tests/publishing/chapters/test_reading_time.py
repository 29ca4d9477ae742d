"""A chapter announces the minutes that a beginner needs to read it.

A beginner who can read code took 32, 24 and 36 minutes for three chapters, for which this rule
said 33, 25 and 32. What is announced is rounded to five minutes.
"""

import re

import pytest
from tiny_book import BOOK, CHAPTERS

WORDS_A_MINUTE, LINES_A_MINUTE = 140, 10
#: For a figure, a table of results, a formula on a line of its own, a guess.
MINUTES_TO_LOOK = 0.5
#: How far what is announced may lie below the rule, and above it.
TOO_FEW, TOO_MANY = 2.5, 1.25
SKIPPED = "You may skip this section"

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONS = re.compile(r"^---\n.*?^---\n", re.MULTILINE | re.DOTALL)
LISTING = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNREAD = re.compile(r"^(`{3,})\{(?:speaker-notes|slide-only)\}.*?^\1$|^\+\+\+.*?$|^\([\w-]+\)=$",
                    re.MULTILINE | re.DOTALL)  # fmt: skip
FORMULA = re.compile(r"\$\$.*?\$\$", re.DOTALL)
ROLE = re.compile(r"\{[\w:]+\}`(?:([^`<]+) <)?[^`]*`")


def minutes(text):
    """Return how long it takes to read a part of a chapter: prose, code that is shown, figures."""
    to_look = len(re.findall(r"\{(?:predict|interactive|figure)\}", text))
    n_lines = 0
    for cell in CELL.findall(text):
        to_look += bool(re.search(r"^ +figure:$|^Table\(", cell, re.MULTILINE))
        if not re.search(r"^:?tags: .*(?:hide|remove)-", cell, re.MULTILINE):
            n_lines += code_lines(OPTIONS.sub("", cell))
    text = CELL.sub("", text)
    n_lines += sum(map(code_lines, LISTING.findall(text)))
    text = LISTING.sub("", text)
    text = UNREAD.sub("", text)
    to_look += len(FORMULA.findall(text))
    text = ROLE.sub(lambda role: role[1] or "word", FORMULA.sub("", text))
    n_words = sum(bool(re.search(r"\w", word)) for word in text.split())
    return n_words / WORDS_A_MINUTE + n_lines / LINES_A_MINUTE + to_look * MINUTES_TO_LOOK


def code_lines(code):
    """Return how many lines of code there are to read."""
    return sum(bool(re.match(r" *[^\s:]", line)) for line in code.splitlines()) - len(
        re.findall(r"^(?:import|from) ", code, re.MULTILINE)
    )


def reading(path):
    """Return the minutes for what is to be read, and for the sections that may be skipped."""
    body, rest = re.split(r"^## Exercises$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    body = body.split("---\n", 2)[2]
    end = re.search(r"^## Quiz$.*?(?=^## Further reading$)", rest, re.MULTILINE | re.DOTALL)[0]
    parts = re.split(r"^(?=#{2,3} )", body, flags=re.MULTILINE)
    skipped = sum(minutes(part) for part in parts if SKIPPED in part)
    return minutes(body) + minutes(end) - skipped, skipped


def announced(path):
    return int(re.search(r"minutes: \{read: (\d+)", path.read_text(encoding="utf-8"))[1])


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_announced_minutes_are_those_that_a_beginner_needs(path):
    """Those of what may be skipped, too."""
    needed, skipped = reading(path)
    assert needed - TOO_FEW <= announced(path) <= needed * TOO_MANY + TOO_FEW, f"{needed:.1f}"
    start = path.read_text(encoding="utf-8").split("\n## ", 1)[0]
    extra = re.search(r"you may skip.*? takes? another (\d+)", start)
    assert abs(skipped - (int(extra[1]) if extra else 0)) <= TOO_FEW, f"{skipped:.1f}"


def test_the_welcome_page_adds_them_up():
    welcome = (BOOK / "index.md").read_text(encoding="utf-8")
    total = sum(map(announced, CHAPTERS))
    assert f"{WORDS_A_MINUTE} words" in welcome
    hours = {6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}[round(total / 60)]
    assert f"Reading everything takes about {hours} hours" in welcome
