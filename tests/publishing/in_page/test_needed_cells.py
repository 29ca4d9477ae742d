"""What a cell needs of the cells before it, read from the code."""

import pytest
from _publishing.in_page.worker.needed_cells import Needs, needs, read


def needed(*sources):
    """What the last of some cells needs."""
    return needs(sources, len(sources) - 1)


def test_only_the_imports_that_are_used_run():
    first = "import numpy as np, sys\nimport tensorflow as tf\nfrom a.b import c as d, e"
    assert needed(first, "print(np.ones(2), d(3))") == Needs(
        ["import numpy as np", "from a.b import c as d"], []
    )


def test_the_last_of_an_import_and_a_value_counts():
    line = "from math import sqrt as f"
    assert needed(line, "f = abs", "print(f(-4))") == Needs([], [1])
    assert needed("f = abs", line, "print(f(4))").imports == [line]


F = "def f():\n    return"


@pytest.mark.parametrize(
    ("sources", "cells"),
    [
        # who stored its names, and what these need
        (["a = 1", "b = a", "c = 3", "print(b)"], [0, 1]),
        # what is stored anew hides what was before
        (["a = slow()", "a = 1", "print(a)"], [1]),
        (["a = 1", "a = a + 1", "print(a)"], [0, 1]),
        (["a = 1", "a += 1", "print(a)"], [0, 1]),
        (["a = 1", "with b:\n    a = 2", "print(a)"], [1]),
        # what may be stored anew hides nothing
        (["a = 1", "if c:\n    a = 2", "print(a)"], [0, 1]),
        (["a = 1", "for _ in b:\n    a = 2\nprint(a)"], [0]),
        (["a = 1", "match b:\n    case 1:\n        a = 2", "print(a)"], [0, 1]),
        # whoever draws from a generator alters it
        (["rng = default_rng(0)", "b = f(rng)", "c = 1", "print(rng.normal())"], [0, 1]),
        # a function looks names up when it is called
        (["v = 1", f"{F} g() + v", "def g():\n    return w", "v = w = 5", "f()"], [0, 1, 2, 3]),
        (["f = lambda: v", "v = 2", "f()"], [0, 1]),
        (["m = []", f"{F} len(m)", "m.append(1)", "f()"], [0, 1, 2]),
        # the last definition before a call counts
        (["v = 1", f"{F} v", "y = f()", f"{F} 0", "print(y)"], [0, 1, 2]),
        (["v = 1", f"{F} v", "y = f()", f"{F} 0", "f()"], [3]),
    ],
)
def test_cells_that_are_needed(sources, cells):
    assert needed(*sources).cells == cells


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        *((text, [0, 1]) for text in ("a.append(1)", "a[0] = 1", "a.b.c = 1", "del a[0]")),
        ("a[0] += 1", [0, 1]),
        *((text, [0]) for text in ("print(a)", "assert a", "a.mean()", "b = a[0]", "f(a)")),
    ],
)
def test_what_alters_an_object_counts_and_what_looks_at_it_does_not(change, cells):
    assert needed("a = [0]", change, "print(a)").cells == cells


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("for i in range(3):\n    a = i\n    print(a)", ""),
        ("def f(x):\n    y = x\n    return y", ""),
        ("[q for q in range(3) if q]", ""),
        ("with open('f') as g:\n    g.read()", ""),
        ("try:\n    h = 1\nexcept ValueError as error:\n    print(h)", ""),
        ("try:\n    f()\nexcept W as error:\n    print(error)", "fW"),
        ("def f(x):\n    return x + a\nlambda y: b\n[c for z in d]", "abcd"),
    ],
)
def test_names_that_are_asked_for(source, uses):
    assert read(source).uses == set(uses)
