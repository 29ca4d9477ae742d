"""The examples in the docstrings of package and extension say what the functions do."""

import doctest
import importlib
import inspect
import pkgutil

import _publishing
import matplotlib.pyplot as plt
import pytest

import dlcourse

MODULES = sorted(
    module.name
    for package in (dlcourse, _publishing)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    # What runs in the page's worker sets the environment of the process that imports it.
    if not module.name.endswith("__main__") and ".in_page.worker" not in module.name
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name, capsys):
    module = importlib.import_module(name)
    n_failed, n_attempted = doctest.testmod(module)
    plt.close("all")
    assert n_failed == 0, capsys.readouterr().out
    assert bool(n_attempted) == (">>> " in inspect.getsource(module)), "doctest finds examples"
