"""The iris network in a real browser: sliders and flower, and the answers of Keras."""

import json
import re

import numpy as np
import pytest
from figures import live, result


def test_the_flower_moves_and_the_iris_network_answers(open_page, site_folder):
    page = open_page()
    figure = live(page, "irises")
    for name, value in (
        ("sepal length", 5.1),
        ("sepal width", 3.3),
        ("petal length", 1.7),
        ("petal width", 0.5),
    ):
        slider = figure.get_by_label(name).first
        slider.evaluate("(s, v) => { s.value = v; s.dispatchEvent(new Event('input')); }", value)
    result(figure, "^setosa, ")
    length = figure.get_by_label("petal length (cm)").first
    length.focus()
    page.keyboard.press("ArrowRight")
    assert float(length.input_value()) == pytest.approx(1.8)
    svg = figure.get_by_role("img", name=re.compile("against")).first
    ring = svg.locator("circle").last.bounding_box()
    box = svg.bounding_box()
    page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.85, box["y"] + box["height"] * 0.15, steps=8)
    page.mouse.up()
    output = result(figure, r"^virginica, [\d.]+ %\. The nearest flower of the data, ")
    assert re.search(r"data, \d\.\d, \d\.\d, \d\.\d, \d\.\d cm, is a", output)
    assert float(length.input_value()) > 5


def test_every_iris_agrees_with_keras(open_page, site_folder):
    page = open_page()
    answers = page.evaluate(
        """async () => {
          const { readNetwork } = await import("/widgets/inference/weights-file.mjs");
          const { classify } = await import("/widgets/irises/irises-core.mjs");
          const get = (file) => fetch(`/artifacts/${file}`);
          const net = readNetwork(await (await get("irises.safetensors")).arrayBuffer());
          const flowers = await (await get("flowers.json")).json();
          return flowers.X.map((x) => [...classify(net, flowers, x).probabilities]);
        }"""
    )
    expected = json.loads((site_folder / "artifacts/irises-probabilities.json").read_text())
    np.testing.assert_allclose(answers, expected, atol=1e-3)
