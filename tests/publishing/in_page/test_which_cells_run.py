"""Which cells can run in the page, for the real package."""

import pytest
from _publishing.execution.package_source import Package
from _publishing.in_page.which_cells_run import plans
from tiny_book import ROOT

PACKAGE = Package(ROOT / "src")
IMPORTS = """
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons
from sklearn.neural_network import MLPClassifier
from dlcourse.data import irises
from dlcourse.data.photo import photo
from dlcourse.digits import benchmark_results
from dlcourse.exercises import check
from dlcourse.figures import drawing
from dlcourse.networks import models
"""


def plan(*sources):
    """The plan of the last cell, after one with all imports."""
    return plans(PACKAGE, [IMPORTS, *sources])[-1]


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("print(np.ones(3))", True),
        ("make_moons(4)", True),
        ("irises.split(irises.load(), seed=0)", True),
        ('check("neurons-1", 0.25)', True),
        ("plt.plot([1, 2]); plt.show()", True),
        ("drawing.layers_of_abstraction()", True),
        ("tf.zeros(3)", False),
        ("MLPClassifier()", False),
        ("models.dense()", False),
        ("drawing.painting_styles()", False),
        ("import subprocess", False),
        ("%pip list", False),
        ("print(", False),
        ("", False),
    ],
)
def test_what_reaches_only_what_is_there_can_run(source, runs):
    assert plan(source).runs == runs


def test_a_cell_cannot_run_if_one_that_it_needs_cannot():
    assert not plan("a = tf.zeros(3)", "print(a)").runs
    assert plan("a = tf.zeros(3)", "b = 1", "print(b)").runs


def test_packages_and_files_are_named():
    assert plan("print(np.ones(3))").packages == ("numpy",)
    assert "matplotlib" in plan("plt.plot([1])").packages
    assert plan("photo()").files == ("sklearn/china.jpg",)
    assert "pillow" in plan("photo()").packages
