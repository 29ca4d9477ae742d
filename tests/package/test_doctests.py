"""The examples in the docstrings say what the functions do."""

import doctest
import importlib
import inspect
import pkgutil

import matplotlib.pyplot as plt
import pytest

import dlcourse

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(dlcourse.__path__, "dlcourse.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name, capsys):
    module = importlib.import_module(name)
    n_failed, n_attempted = doctest.testmod(module)
    plt.close("all")
    assert n_failed == 0, capsys.readouterr().out
    assert bool(n_attempted) == (">>> " in inspect.getsource(module)), "doctest finds examples"
