"""Time functions fairly, and say in words how two times compare.

A time is only worth something beside another that was taken in the same minutes on the same
machine. So all that is compared takes turns, and the conclusion is computed, not typed.
"""

from collections.abc import Callable, Mapping
from time import perf_counter

from dlcourse import argument_checks
from dlcourse.errors import InputError

#: Two times that differ by a smaller factor are called the same: on a machine that also does other
#: things, one thing timed twice, some minutes apart, was seen to differ by a fifth.
NOISE = 1.25


def take_turns(
    contenders: Mapping[str, Callable[[], object]], *, rounds: int = 3
) -> dict[str, float]:
    """Time functions without arguments in turn, and return the seconds of each by its name.

    Whatever else the machine does then slows all of them alike, and the quickest round of each
    counts, for nothing makes a machine too fast. A first round, in which things are compiled and
    caches filled, is left out.

    >>> times = take_turns({"little": lambda: sum(range(10)), "much": lambda: sum(range(10**6))})
    >>> times["little"] < times["much"]
    True
    """
    rounds = argument_checks.count(rounds, "rounds", at_most=100_000)
    if not isinstance(contenders, Mapping) or not all(map(callable, contenders.values())):
        raise InputError(
            f"`contenders` must be functions by name: got {argument_checks.describe(contenders)}."
        )
    if not contenders:
        raise InputError("`contenders` must be functions by name, at least one: got none.")
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, function in contenders.items():
            start = perf_counter()
            function()
            seconds[name].append(perf_counter() - start)
    return {name: min(values[1:]) for name, values in seconds.items()}


def in_words(before: float, after: float) -> str:
    """Say how a time compares with the one before, whichever is the shorter.

    Both are seconds; InputError is raised if one is not above 0.

    >>> in_words(3.0, 1.5), in_words(1.0, 1.05), in_words(1.0, 1.3)
    ('2.0 times as fast', 'about as fast', '1.3 times as slow')
    """
    before = argument_checks.number(before, "before", above=0)
    after = argument_checks.number(after, "after", above=0)
    if before > NOISE * after:
        return f"{before / after:.1f} times as fast"
    if after > NOISE * before:
        return f"{after / before:.1f} times as slow"
    return "about as fast"
