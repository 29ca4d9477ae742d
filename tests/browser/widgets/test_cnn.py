"""The network from inside: its mathematics against the package's, and itself in a browser."""

import json
import re

import numpy as np
import pytest
from cores import evaluate, javascript, random_network
from figures import PHONE, SEVEN, drag, number, press, result
from playwright.sync_api import expect
from waiting import becomes

from dlcourse.networks import inference
from dlcourse.networks.network_dataclasses import TrainedNetwork
from dlcourse.networks.weights_file import to_bytes

INSPECT = """
import { readNetwork } from "~/inference/weights-file.mjs";
import { layersOf } from "~/cnn/cnn-core.mjs";
import { inspect } from "~/cnn/closeup-core.mjs";
export function run(file, x, places) {
  const { layers } = layersOf(readNetwork(file), x.flat());
  return places.map(([index, place]) => inspect(layers, index, place));
}
"""


def test_a_pixel_of_any_map_is_explained():
    rng = np.random.default_rng(6)
    network = random_network(rng)
    X = rng.random((28, 28), dtype=np.float32)
    spots = [(1, 0, 27, 2), (1, 13, 5, 0), (2, 3, 13, 1), (3, 0, 11, 3), (3, 7, 2, 0), (4, 3, 5, 2)]
    places = [[i, {"row": r, "column": c, "channel": k}] for i, r, c, k in spots]
    answers = javascript(INSPECT, to_bytes(network, dtype="float32"), X, places)
    for (index, place), answer in zip(places, answers, strict=True):
        layers = network.layers[:index]
        names = tuple(f"{layer.name}." for layer in layers if layer.name)
        tensors = {k: v for k, v in network.tensors.items() if k.startswith(names)}
        maps = inference.forward(TrainedNetwork(layers, tensors), X[None, ..., None])[0]
        value = maps[place["row"], place["column"], place["channel"]]
        assert answer["value"] == pytest.approx(float(value), abs=1e-5)
        if answer["kind"] == "conv":
            for part in answer["inputs"]:
                np.testing.assert_allclose(
                    np.multiply(part["patch"], part["weights"]), part["products"]
                )
            total = sum(np.sum(part["products"]) for part in answer["inputs"])
            assert max(0, total + answer["bias"]) == pytest.approx(answer["value"], abs=1e-5)
        else:
            y, x = answer["winner"]
            assert answer["window"][y][x] == np.max(answer["window"]) == answer["value"]


def test_one_walks_from_map_to_map_and_finds_every_place_again():
    core, shape, names = "cnn/mosaic-core.mjs", [5, 4, 16], ("channel", "row", "column")
    places = [dict(zip(names, place, strict=True)) for place in ((9, 0, 0), (7, 2, 3), (15, 4, 0))]
    spots = evaluate([(core, "shownAt", [shape, 8, place]) for place in places])
    assert evaluate([(core, "placeIn", [shape, 8, spot]) for spot in spots]) == places
    assert evaluate([(core, "placeIn", [shape, 8, {"row": 5, "column": 0}])]) == [None], "a gap"
    steps = [(0, [0, -1]), (0, [-1, 0]), (1, [0, 1]), (2, [1, 0])]  # the last two lead nowhere
    walked = evaluate([(core, "walk", [shape, 8, places[i], by]) for i, by in steps])
    ends = [tuple(place[name] for name in names) for place in walked]
    assert ends == [(8, 0, 3), (1, 4, 0), (7, 2, 3), (15, 4, 0)]


def test_a_pixel_of_a_map_says_how_it_came_about(open_figure):
    figure = open_figure("cnn")
    maps = figure.locator(".maps")
    assert maps.count() == 5
    maps.nth(1).click(position={"x": 40, "y": 30})
    output = result(figure, r"^Convolution, map \d+, row \d+, column \d+: \d+\.\d\d\.$")

    patch, weights, products = (
        [number(text) for text in table.locator("td").all_inner_texts()]
        for table in figure.locator(".pixel table").all()[:3]
    )
    np.testing.assert_allclose(np.multiply(patch, weights), products, atol=0.02)
    words = figure.locator(".pixel strong").inner_text()
    total, bias, z = map(number, re.search(r"sum (\S+) \+ bias (\S+) = ([−\d.]+)", words).groups())
    assert z == pytest.approx(total + bias, abs=0.011)
    assert number(output.split()[-1]) == pytest.approx(max(0, z), abs=0.011)
    figure.page.keyboard.press("ArrowDown")
    result(figure, r"^Convolution, map ")
    maps.nth(3).press("ArrowRight")
    result(figure, r"^Convolution, map 1, row 8, column 8: ")
    captions = figure.locator(".pixel figcaption").all_inner_texts()
    assert len(captions) == 16
    total = re.search(r"together: (\S+)", figure.locator(".pixel strong").inner_text())[1]
    sums = [number(text.split(": ")[1]) for text in captions]
    assert sum(sums) == pytest.approx(number(total), abs=0.1)
    maps.nth(4).press("ArrowUp")
    result(figure, r"^Pooling, map 1, row 4, column 4: the largest of 4 is ")
    assert "✓" in figure.locator(".pixel table").inner_text()


def test_the_networks_layers_are_shown(open_figure):
    figure = open_figure("cnn")
    page = figure.page
    sizes = [p.inner_text() for p in figure.locator("[data-layer] .note").all()]
    for n in ("784", "12,544", "3,136", "1,568"):
        assert any(n in size for size in sizes), n
    assert figure.get_by_label("Digit").input_value() == "3", "where its option says"
    kinds = [e.get_attribute("data-layer") for e in figure.locator("[data-layer]").all()]
    assert kinds == ["input", "conv", "max_pool", "conv", "max_pool", "flatten", "dense", "dense"]
    right = 0
    live_words = figure.locator(".live")
    for digit in range(10):
        figure.get_by_label("Digit").select_option(str(digit))
        right += becomes(page, lambda d=digit: f"says {d}," in live_words.inner_text(), seconds=3)
    assert right >= 9
    # A sample goes into the network as it is.
    address = json.loads(figure.get_attribute("artifacts"))["samples.json"]
    samples = page.evaluate("async (url) => (await fetch(url)).json()", address)["items"]
    painted = figure.locator("[data-layer=input] canvas").evaluate(
        "c => Array.from(c.getContext('2d').getImageData(0, 0, 28, 28).data)"
    )
    pixels = np.array(samples[9]["pixels"])
    shown = np.array(painted).reshape(28, 28, 4)[..., 0]
    np.testing.assert_allclose(shown, 255 * pixels / pixels.max(), atol=1)
    before = figure.locator("canvas").nth(2).evaluate("c => c.toDataURL()")
    figure.get_by_role("slider", name="filter").press("ArrowRight")
    assert figure.locator("canvas").nth(2).evaluate("c => c.toDataURL()") != before
    expect(figure.get_by_text("filter 2 (white +, black −)")).to_be_visible()
    press(figure, "Clear and draw")
    result(figure, "Draw a digit")
    assert figure.get_by_label("Digit").input_value() == "", "a drawing is no sample"
    drag(figure.locator("canvas").first, SEVEN)
    result(figure, r"The network says \d, ")


def test_a_finger_walks_and_what_it_tapped_stays_under_it(open_figure):
    figure = open_figure("cnn", **PHONE)
    maps = figure.locator(".maps")
    for layer, layer_name in ((1, "Convolution"), (4, "Pooling"), (3, "Convolution")):
        maps.nth(layer).scroll_into_view_if_needed()
        top = maps.nth(layer).bounding_box()["y"]
        maps.nth(layer).tap(position={"x": 90, "y": 12})
        result(figure, f"^{layer_name}, map 3, ")
        assert maps.nth(layer).bounding_box()["y"] == pytest.approx(top, abs=1)
    column = int(result(figure, r"column \d+: ").rsplit("column ")[1].split(":")[0])
    figure.get_by_role("button", name="right").tap()
    result(figure, rf"^Convolution, map 3, row \d+, column {column + 1}: ")
