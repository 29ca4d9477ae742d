"""Importing the package is quick and loads neither TensorFlow nor matplotlib."""

import dataclasses
import importlib
import pkgutil
import subprocess
import sys

import pytest

import dlcourse

IDEAS = ["activations", "clustering", "convolution", "evaluation", "image_kernels", "losses", "dense_network", "neuron", "regression", "training", "argument_checks"]  # fmt: skip  # noqa: E501
HEAVY = "{'tensorflow', 'keras', 'matplotlib', 'sklearn', 'scipy', 'PIL'}"


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("modules", [["dlcourse"], [f"dlcourse.{idea}" for idea in IDEAS]])
def test_nothing_heavy_is_loaded(modules):
    code = f"import sys, {', '.join(modules)}; print(sorted({HEAVY} & set(sys.modules)))"
    assert run(code) == "[]"


def test_reading_a_picture_needs_neither_tensorflow_nor_matplotlib():
    code = (
        "import sys; from dlcourse.data import own_digits; from dlcourse.digits import reader; "
        "reader.read(own_digits.path('pen')); "
        "print(sorted({'tensorflow', 'keras', 'matplotlib'} & set(sys.modules)))"
    )
    assert run(code) == "[]"


def test_all_ideas_together_import_faster_than_numpy():
    # Both measured in the same process, so that a busy machine slows both.
    ideas = ", ".join(f"dlcourse.{idea}" for idea in IDEAS)
    code = (
        "from time import perf_counter as now; start = now(); import numpy; middle = now(); "
        f"import {ideas}; print((now() - middle) / (middle - start))"
    )
    assert min(float(run(code)) for _ in range(3)) < 1.0


def test_results_cannot_be_changed_afterwards():
    """Every dataclass of the package is frozen: a result stays what a function gave."""
    result = {}
    for module in pkgutil.walk_packages(dlcourse.__path__, "dlcourse."):
        if module.name.endswith("__main__"):
            continue
        for item in vars(importlib.import_module(module.name)).values():
            if isinstance(item, type) and dataclasses.is_dataclass(item):
                result[f"{item.__module__}.{item.__qualname__}"] = item.__dataclass_params__.frozen
    assert len(result) > 10
    assert {name for name, frozen in result.items() if not frozen} == set()
