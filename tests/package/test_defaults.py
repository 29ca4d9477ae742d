"""What a function does when it is not told: the numbers that the course and its pages name."""

import importlib
import inspect

import pytest

#: Module, function, and the defaults that somebody relies on without writing them.
DEFAULTS = [
    ("clustering", "kmeans", {"max_steps": 100}),
    ("convolution", "correlate2d", {"stride": 1, "padding": "valid"}),
    ("convolution", "correlate2d_by_loop", {"stride": 1, "padding": "valid"}),
    ("convolution", "convolve2d", {"stride": 1, "padding": "valid"}),
    ("convolution", "max_pool2d", {"size": 2, "stride": None}),
    ("convolution", "max_pool_batch", {"size": 2, "stride": None}),
    ("convolution", "output_size", {"stride": 1, "padding": "valid"}),
    ("digit_networks", "robust_network", {"dropout": 0.2}),
    ("digit_networks", "train", {"seed": 0}),
    ("distributed", "choose_strategy", {"wait": 300.0}),
    ("distributed", "train", {"steps_per_call": 32, "strategy": None, "folder": None}),
    ("drawing.network", "network", {"most": 6}),
    ("drawing.pipelines", "data_parallelism", {"n_devices": 3}),
    ("evaluation", "calibration", {"n_bins": 10}),
    ("figure_style", "png", {"scale": 2.0}),
    ("irises", "split", {"n_test": 38, "n_validation": 22}),
    ("irises", "pipeline", {"batch_size": 32}),
    ("laboratory", "answers", {"refuse_at": 0.5}),
    ("laboratory", "noisy", {"spread": 0.2, "seed": 0}),
    ("laboratory", "shifted", {"pixels": 3, "seed": 0}),
    ("laboratory", "unseen_no_digits", {"n": 400, "seed": 1}),
    ("mnist", "training_pipeline", {"batch_size": 128, "seed": 0}),
    ("mnist", "evaluation_pipeline", {"batch_size": 128}),
    ("mnist", "epoch_batches", {"batch_size": 128, "seed": 0, "epoch": 0}),
    ("models", "epoch_lines", {"every": 1}),
    ("models", "iris_network", {"n_hidden": 10, "n_classes": 3}),
    ("models", "mnist_network", {"dropout": 0.4}),
    ("neuron", "weighted_sum", {"b": 0.0}),
    ("neuron", "fire", {"b": 0.0}),
    ("pictures", "photo", {"shrink": 2}),
    ("speed", "take_turns", {"rounds": 3}),
    ("speed", "measure_machine", {"n": 1500, "n_numbers": 2**24, "rounds": 10}),
    ("strokes", "write", {"wobble": 0.03, "slant": 0.15}),
    ("training", "Adam", {"learning_rate": 1e-3, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-8}),
]


@pytest.mark.parametrize(("module", "name", "defaults"), DEFAULTS, ids=lambda part: str(part)[:40])
def test_what_is_left_out_is_what_the_course_says(module, name, defaults):
    function = getattr(importlib.import_module(f"dlcourse.{module}"), name)
    parameters = inspect.signature(function).parameters
    assert {key: parameters[key].default for key in defaults} == defaults
