"""What a cell needs of the cells before it, read from the code."""

import pytest
from _publishing.in_page.worker.needed_cells import Needs, needs, read


def needed(*sources):
    """What the last of some cells needs."""
    return needs([read(source) for source in sources], len(sources) - 1)


def test_only_the_imports_that_are_used_run():
    first = "import numpy as np, sys\nimport tensorflow as tf\nfrom a.b import c as d, e"
    assert needed(first, "print(np.ones(2), d(3))") == Needs(
        ["import numpy as np", "from a.b import c as d"], []
    )


def test_a_cell_needs_who_stored_its_names_and_what_these_need():
    assert needed("a = 1", "b = a", "c = 3", "print(b)").cells == [0, 1]


def test_what_is_stored_anew_hides_what_was_before():
    assert needed("a = slow()", "a = 1", "print(a)").cells == [1]
    assert needed("a = 1", "a = a + 1", "print(a)").cells == [0, 1]
    assert needed("a = 1", "a += 1", "print(a)").cells == [0, 1]


def test_what_may_be_stored_anew_hides_nothing():
    assert needed("a = 1", "if c:\n    a = 2", "print(a)").cells == [0, 1]
    assert needed("a = 1", "for _ in b:\n    a = 2\nprint(a)").cells == [0]
    assert needed("a = 1", "with b:\n    a = 2", "print(a)").cells == [1]
    assert needed("a = 1", "match b:\n    case 1:\n        a = 2", "print(a)").cells == [0, 1]


@pytest.mark.parametrize(
    "change", ["a.append(1)", "a[0] = 1", "a.b.c = 1", "del a[0]", "a[0] += 1"]
)
def test_what_alters_an_object_counts(change):
    assert needed("a = [0]", change, "print(a)").cells == [0, 1]


@pytest.mark.parametrize("look", ["print(a)", "assert a", "a.mean()", "b = a[0]", "f(a)"])
def test_what_looks_at_an_object_does_not(look):
    assert needed("a = [0]", look, "print(a)").cells == [0]


def test_whoever_draws_from_a_generator_alters_it():
    make = "import numpy as np\nrng = np.random.default_rng(0)"
    assert needed(make, "b = f(rng)", "c = 1", "print(rng.normal())").cells == [0, 1]


@pytest.mark.parametrize(
    "source",
    [
        "for i in range(3):\n    a = i\n    print(a)",
        "def f(x):\n    y = x\n    return y",
        "[q for q in range(3) if q]",
        "with open('f') as g:\n    g.read()",
        "try:\n    h = 1\nexcept ValueError as error:\n    print(h)",
    ],
)
def test_names_of_its_own_are_not_asked_for(source):
    assert read(source).uses == set()


def test_names_within_functions_are_asked_for():
    assert read("def f(x):\n    return x + a\nlambda y: b\n[c for z in d]").uses == set("abcd")


def test_a_function_looks_names_up_when_it_is_called():
    calls = "v = 1", "def f():\n    return g() + v", "def g():\n    return w", "v = w = 5"
    assert needed(*calls, "print(f())").cells == [0, 1, 2, 3]


def test_the_last_definition_before_a_call_counts():
    calls = "v = 1", "def f():\n    return v", "y = f()", "def f():\n    return 0"
    assert needed(*calls, "print(y)").cells == [0, 1, 2]
    assert needed(*calls, "print(f())").cells == [3]
    assert needed("f = lambda: v", "v = 2", "print(f())").cells == [0, 1]


def test_what_is_altered_between_a_definition_and_its_call_counts():
    calls = "m = []", "def f():\n    return len(m)", "m.append(1)"
    assert needed(*calls, "print(f())").cells == [0, 1, 2]


def test_the_last_of_an_import_and_a_value_counts():
    line = "from math import sqrt as f"
    assert needed(line, "f = abs", "print(f(-4))") == Needs([], [1])
    assert needed("f = abs", line, "print(f(4))").imports == [line]


def test_the_kind_of_an_error_is_asked_for_and_its_name_is_not():
    assert read("try:\n    f()\nexcept Wrong as error:\n    print(error)").uses == {"f", "Wrong"}


def test_what_is_not_python_is_refused():
    with pytest.raises(SyntaxError):
        read("!ls")
