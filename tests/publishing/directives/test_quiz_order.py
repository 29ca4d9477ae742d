"""Where the right answer of a quiz stands says nothing."""

import re
from collections import Counter

import pytest
from _publishing.directives.quiz import Question, in_order, parse
from tiny_book import CHAPTERS


def questions():
    """Every question of the book."""
    for path in CHAPTERS:
        for body in re.findall(r"```\{quiz\}\n(.*?)\n```", path.read_text("utf-8"), re.DOTALL):
            lines = [line for line in body.split("\n") if not line.startswith(":")]
            yield from parse(lines)[0]


def shown(*choices):
    """Return the order in which choices are shown."""
    lines = [f"- [{'x' if n == 0 else ' '}] {choice} — why" for n, choice in enumerate(choices)]
    (question,), _ = parse(["? How many?", *lines])
    return [option.parts[0] for option in in_order(question)]


def test_numbers_are_shown_by_size():
    assert shown("1,010", "110", "1,000") == ["110", "1,000", "1,010"]
    assert shown("−2", "10 %", "3.5") == ["−2", "3.5", "10 %"]


@pytest.mark.parametrize("choice", ["word {}", "$10^{}$"])
def test_words_are_shuffled_alike_in_every_build(choice):
    choices = [choice.format(letter) for letter in "abcdef"]
    assert shown(*choices) == shown(*choices) != choices
    assert sorted(shown(*choices)) == choices
    assert in_order(Question("Which?", 0)) == []


def test_the_right_answers_letter_cannot_be_guessed():
    places = Counter(
        [option.right for option in in_order(question)].index(True) for question in questions()
    )
    assert places.total() > 40
    assert max(places.values()) < places.total() / 2, places


def test_the_right_answer_is_seldom_the_longest():
    longest = total = 0
    for question in questions():
        right, *others = sorted(question.options, key=lambda option: not option.right)
        total += 1
        longest += len(right.parts[0]) > max(len(option.parts[0]) for option in others)
    assert longest < total / 3, (longest, total)
