"""The iris network in a real browser: sliders and flower."""

import re

import pytest
from figures import drag, middle, result


def test_the_flower_moves_and_the_iris_network_answers(open_figure):
    figure = open_figure("iris-network")
    names = ("sepal length", "sepal width", "petal length", "petal width")
    for name, value in zip(names, ("5.1", "3.3", "1.7", "0.5"), strict=True):
        figure.get_by_label(name).first.fill(value)
    result(figure, "^setosa, ")
    length = figure.get_by_label("petal length (cm)").first
    length.press("ArrowRight")
    assert float(length.input_value()) == pytest.approx(1.8)
    svg = figure.get_by_role("img", name=re.compile("against")).first
    drag(svg, [middle(svg, svg.locator("circle").last), (0.85, 0.15)])
    output = result(figure, r"^virginica, [\d.]+ %\. Nearest: ")
    assert re.search(r"Nearest: \d\.\d, \d\.\d, \d\.\d, \d\.\d cm, a ", output)
    assert float(length.input_value()) > 5
