"""The iris network in a real browser: sliders and flower."""

import re

import pytest
from figures import drag, live, middle, result


def test_the_flower_moves_and_the_iris_network_answers(open_page):
    page = open_page()
    figure = live(page, "iris-network")
    for name, value in (
        ("sepal length", "5.1"),
        ("sepal width", "3.3"),
        ("petal length", "1.7"),
        ("petal width", "0.5"),
    ):
        figure.get_by_label(name).first.fill(value)
    result(figure, "^setosa, ")
    length = figure.get_by_label("petal length (cm)").first
    length.focus()
    page.keyboard.press("ArrowRight")
    assert float(length.input_value()) == pytest.approx(1.8)
    svg = figure.get_by_role("img", name=re.compile("against")).first
    drag(page, svg, [middle(svg, svg.locator("circle").last), (0.85, 0.15)])
    output = result(figure, r"^virginica, [\d.]+ %\. Nearest: ")
    assert re.search(r"Nearest: \d\.\d, \d\.\d, \d\.\d, \d\.\d cm, a ", output)
    assert float(length.input_value()) > 5
