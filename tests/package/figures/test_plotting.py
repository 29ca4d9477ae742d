"""Data plots: what the artists hold, what the words say, what is refused."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from refusals import refusals

from dlcourse.data import irises
from dlcourse.figures import plotting
from dlcourse.figures.alt_text import alt_of
from dlcourse.figures.style import LABEL_SIZE

LINE = {"slope": 1, "intercept": 0}
LINES = {"slopes": [0, 1, 2], "intercepts": [0, 0.5, 1]}
GREYS = np.arange(3 * 4 * 4).reshape(3, 4, 4)
FLOWERS = irises.load()


def words_of(axes):
    return alt_of(axes.figure)


def test_curves_name_the_best_epoch_and_seeds_their_mean():
    axes = plotting.learning_curves([1, 0.5, 0.2], [1.1, 0.6, 0.9])
    assert "validation goes from 1.1 to 0.9, best at epoch 2 with 0.6" in words_of(axes)
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), [1, 2, 3])
    accuracy = plotting.learning_curves([0.5, 0.9], quantity="accuracy")
    assert "best at epoch 2 with 90.0 %" in words_of(accuracy)
    axes = plotting.spread_over_seeds({"plain": [0.9, 0.95, 1.0]})
    assert sorted(axes.lines[0].get_xdata()) == [0.9, 0.95, 1.0]
    assert axes.lines[1].get_xdata()[0] == pytest.approx(0.95)
    assert "between 90.0 % and 100.0 % with mean 95.0 % over 3 seeds" in words_of(axes)


def test_bars_of_time_name_the_quickest():
    axes = plotting.timing_bars({"slow": 2.0, "fast": 0.1})
    assert [bar.get_width() for bar in axes.patches] == [2.0, 0.1]
    assert words_of(axes) == "Bars of time: slow 2 s and fast 0.1 s. Quickest is fast."
    assert "slow 150 ms" in words_of(plotting.timing_bars({"slow": 0.15, "fast": 0.01}))


def test_lines_tell_their_loss_and_steps():
    _, given = plt.subplots()
    axes = plotting.line_fit([0, 1, 2], [0, 1, 5], **LINE, axes=given)
    assert axes is given
    assert "the mean of their squared lengths is 3." in words_of(axes)  # (0 + 0 + 9) / 3
    axes = plotting.line_steps([0, 1, 2], [1, 3, 5], **LINES, show=[0, 2])
    assert "after step 0 y = 0 x + 0 and after step 2 y = 2 x + 1" in words_of(axes)


def test_scatter_finds_the_cluster_that_stands_apart_and_marks_classes_differently():
    axes = plotting.scatter(
        FLOWERS.X[:, 2:], FLOWERS.y, names=FLOWERS.species, x_label="length", y_label="width"
    )
    assert "for 150 points" in words_of(axes)
    assert "setosa from 1 to 1.9 across and 0.1 to 0.6 up, a cluster of its own" in words_of(axes)
    assert words_of(axes).count("a cluster of its own") == 1
    assert [len(c.get_offsets()) for c in axes.collections] == [50, 50, 50]
    assert len({c.get_paths()[0].vertices.tobytes() for c in axes.collections}) == 3, "markers"


def test_scatter_matrix_has_a_panel_for_each_pair():
    axes = plotting.scatter_matrix(
        FLOWERS.X, FLOWERS.y, feature_names=FLOWERS.feature_names, names=FLOWERS.species
    )
    assert len(axes.child_axes) == 16
    shown = axes.child_axes[1].collections[0].get_offsets()
    np.testing.assert_array_equal(shown, FLOWERS.X[FLOWERS.y == 0][:, [1, 0]])
    assert "setosa stands apart in petal length and petal width" in words_of(axes)


def test_kmeans_steps_count_the_clusters():
    X = [[0, 0], [0, 1], [5, 5]]
    axes = plotting.kmeans_steps(
        X, centres=[[[0, 0], [0, 1]], [[0, 0.5], [5, 5]]], labels=[[0, 1, 1], [0, 0, 1]]
    )
    assert len({panel.get_xlim() + panel.get_ylim() for panel in axes.child_axes}) == 1
    assert "begin with 1 and 2 points and end with 2 and 1" in words_of(axes)
    floats = plotting.kmeans_steps(X, centres=[[[0, 0], [0, 1]]], labels=[np.array([0.0, 1, 1])])
    assert "begin with 1 and 2 points" in words_of(floats)


def test_decision_regions_count_the_points_in_their_own():
    axes = plotting.decision_regions(
        [[0, 0], [1, 1], [0.9, 0]], [0, 1, 0], predict=lambda X: X[:, 0] > 0.5, **NAMES
    )
    assert "a 50 % and b 50 % of the area" in words_of(axes)
    assert "2 of 3 points lie in the region of their own class" in words_of(axes)


def test_pictures_keep_their_values():
    axes = plotting.image_grid(GREYS, [7, 2, 1])
    np.testing.assert_array_equal(axes.child_axes[1].images[0].get_array(), GREYS[1])
    assert "labelled 7, 2 and 1" in words_of(axes)
    row = plotting.image_row([GREYS[0], GREYS[1]], ["before", "after"])
    assert "before: 4 by 4 pixels, values from 0 to 15, mean 7.5" in words_of(row)
    rows = plotting.image_row([GREYS[0]] * 4, ["before", "", "", ""])
    assert "4 pictures in 2 rows. before: 4 by 4" in words_of(rows)
    assert "; 4 by 4" in words_of(rows)


def test_long_labels_do_not_run_into_one_another():
    names = ["pencil", "bold print", "grey on grey", "white on black", "pen"]
    axes = plotting.image_grid(np.zeros((5, 28, 28)), names, columns=5)
    axes.figure.draw(renderer := axes.figure.canvas.get_renderer())
    boxes = [panel.title.get_window_extent(renderer) for panel in axes.child_axes]
    assert {panel.title.get_fontsize() for panel in axes.child_axes} == {LABEL_SIZE}
    assert axes.child_axes[3].get_title() == "white on\nblack"
    whole_words = plotting.image_grid([GREYS[0]] * 6, ["$a + b + c + d$", "7\n0.98", "x" * 30] * 2)
    titles = [panel.get_title() for panel in whole_words.child_axes[:3]]
    assert titles == ["$a + b + c + d$", "7\n0.98", "x" * 30]
    letter = boxes[0].width / len(names[0])
    assert all(right.x0 - left.x1 > letter for left, right in pairwise(boxes))


def test_numbers_are_legible_on_every_grey():
    axes = plotting.image_numbers([[0, 255], [100, 200]])
    assert [t.get_color() for t in axes.texts] == ["#fefefe", "#010101", "#fefefe", "#010101"]
    assert "brightest, first met in row 1, column 2" in words_of(axes)


def test_filters_and_maps():
    axes = plotting.filter_grid(np.stack([-np.ones((5, 5)), np.ones((5, 5))], axis=-1))
    assert "2 filters of 5 by 5 weights" in words_of(axes)
    assert "50 % of the weights are negative" in words_of(axes)
    maps = np.ones((7, 7, 1)) * [1, 0, 0]
    assert "2 of the maps are dark all over" in words_of(plotting.feature_maps(maps))


def test_confusion_matrix_names_the_commonest_mistake():
    axes = plotting.confusion_matrix([[5, 3], [1, 9]], names=["cat", "dog"])
    assert "14 of 18 on the diagonal" in words_of(axes)
    assert "cat taken for dog, 3 in all" in words_of(axes)
    assert "There is no mistake" in words_of(plotting.confusion_matrix([[2, 0], [0, 2]]))


@pytest.mark.parametrize(
    ("right", "gap"), [([1.0, 0.4, 0.6, 0.9], "3.6 %"), ([0.0, 0.1, 0.1, 0.2], "70.3 %")]
)
def test_reliability_leaves_out_empty_bins_and_keeps_its_legend_off_its_dots(right, gap):
    axes = plotting.reliability_diagram(
        [np.nan, 0.27, 0.4, 0.6, 0.95], [np.nan, *right], [0, 1, 5, 9, 90]
    )
    assert "105 answers in 4 bins" in words_of(axes)
    assert f"{gap} surer than it is right" in words_of(axes)
    axes.figure.draw(renderer := axes.figure.canvas.get_renderer())
    legend = axes.get_legend().get_window_extent(renderer)
    dots = axes.transData.transform(axes.collections[1].get_offsets())
    assert not [dot for dot in dots if legend.contains(*dot)]


NAMES = {"names": ["a", "b"], "x_label": "", "y_label": ""}

FEWER = [[[0, 0]] * 3, [[0, 0]]]
test_errors = refusals(
    (lambda: plotting.learning_curves([1, 2], [1]), "`training` and `validation` .* as many rows"),
    (lambda: plotting.timing_bars({}), "`seconds` must be numbers by name, at least one"),
    (lambda: plotting.spread_over_seeds({}), "`values` must be results by name, at least one"),
    (lambda: plotting.timing_bars({"a": -1}), "must be a number of at least 0: got -1"),
    (lambda: plotting.line_fit([0, 1], [0, 1], **LINE, axes="axes"), "be a Axes: got 'axes'"),
    (lambda: plotting.line_fit([0, np.nan], [0, 1], **LINE), "finite"),
    (lambda: plotting.line_steps([0], [1], **LINES, show=[7]), r"up to 5 .* 0 to 2: got \[7.0\]"),
    (lambda: plotting.line_steps([0], [1], **LINES, show=[0.5]), r"up to 5 .* got \[0.5\]"),
    (lambda: plotting.scatter(np.zeros((2, 4)), [0, 1], **NAMES), "2 columns: got shape"),
    (lambda: plotting.scatter([[0, 0]], [2], **NAMES), "class indices from 0 to 1: got 2"),
    (lambda: plotting.kmeans_steps([[0, 0]], centres=[[[0, 0]]], labels=[[0]] * 2), "`labels`"),
    (lambda: plotting.kmeans_steps([[0, 0]], centres=[[[0, 0]]], labels=[[0.5]]), "whole numbers"),
    (lambda: plotting.kmeans_steps([[0, 0]], centres=FEWER, labels=[[0]] * 2), "`centres`"),
    (lambda: plotting.image_grid(np.zeros((2, 4, 4, 3))), r"shape \(n, height, width\)"),
    (lambda: plotting.image_grid(np.zeros((3, 4, 4)), [1]), "`labels` must hold 3 names: got 1"),
    (lambda: plotting.image_numbers(np.zeros((28, 28))), "at most 20 by 20"),
    (lambda: plotting.filter_grid(np.zeros((5, 5, 16, 32))), r"shape \(height, width, n\)"),
    (lambda: plotting.confusion_matrix([[1, 2]]), "square"),
    (lambda: plotting.reliability_diagram([0.5], [60], [3]), "between 0 and 1"),
    (lambda: plotting.reliability_diagram([0.5, 0.6, 0.7], [0.5, 0.6, 0.7], [1, 2]), "3 and 2"),
)
