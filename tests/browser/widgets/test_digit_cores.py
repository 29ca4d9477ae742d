"""MNIST's form and the pad's preparation, without a browser, against the package's."""

import numpy as np
import pytest
from cores import WIDGETS, array, evaluate, picture

from dlcourse.data import own_digits
from dlcourse.digits import closer, load_picture, mnist_form, preparation, reader
from dlcourse.networks import pretrained, weights_file
from dlcourse.robust import variety

PAD = "digit-pad/digit-pad-core.mjs"
VERDICT = "digit-pad/verdict.mjs"


def strokes(rng, shape):
    """Some ink: a few fat lines, with grey edges, somewhere in the picture."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    ink = np.zeros(shape)
    for _ in range(3):
        a, b = rng.uniform(0.2, 0.8, size=(2, 2)) * shape
        t = np.clip(
            ((y - a[0]) * (b - a)[0] + (x - a[1]) * (b - a)[1]) / ((b - a) ** 2).sum(), 0, 1
        )
        away = np.hypot(y - a[0] - t * (b - a)[0], x - a[1] - t * (b - a)[1])
        ink = np.maximum(ink, np.clip(min(shape) / 14 - away, 0, 1))
    return ink.astype(np.float32)


@pytest.mark.parametrize("shape", [(280, 280), (28, 28), (120, 61), (13, 17), (400, 90)])
def test_mnists_form_is_the_packages(shape):
    ink = strokes(np.random.default_rng(shape[0]), shape)
    small, whole = evaluate(
        [("inference/mnist-form.mjs", f, [picture(ink)]) for f in ("fit", "toMnistForm")]
    )
    np.testing.assert_allclose(array(small), mnist_form.fit(ink), atol=1e-4)
    np.testing.assert_allclose(array(whole), mnist_form.to_mnist_form(ink), atol=1e-4)


def test_a_blank_picture_has_no_form():
    blank = picture(np.full((30, 30), 255.0))
    assert evaluate(
        [
            ("inference/mnist-form.mjs", "toMnistForm", [picture(np.zeros((9, 9)))]),
            ("digit-pad/find-ink.mjs", "candidates", [blank]),
            (PAD, "prepare", [blank, {"invert": True, "centres": True}]),
        ]
    ) == [None, [], None]


def photographs():
    """Drawings, noise, our own pictures, and the photograph: what the pad may be handed."""
    rng = np.random.default_rng(5)
    pages = {f"drawn {i}": 1 - strokes(rng, shape) for i, shape in enumerate(SHAPES)}
    pages["faint"] = (0.9 - 0.2 * strokes(rng, (150, 90)) + rng.normal(0, 0.01, (150, 90))).clip(
        0, 1
    )
    v, u = np.mgrid[-1:1:130j, -1:1:170j]
    light = (0.8 - 0.3 * u) * (1 - 0.4 / (1 + np.exp(-(u + v) / 0.1)))
    pages["shadow"] = ((1 - 0.8 * strokes(rng, v.shape)) * light).clip(0, 1)
    pages["beside a line"] = np.full((140, 140), 0.9)
    pages["beside a line"][30:110, 40:52] = pages["beside a line"][30:42, 40:90] = 0.2
    pages["beside a line"][20:120, 112:115] = 0.2
    for name, ink, plate in (("dark", 0.1, 0.9), ("light", 0.95, 0.15)):
        rows, columns = np.mgrid[:150, :170]
        wall = np.where((rows % 25 < 4) | (columns % 50 < 4), 0.7, 0.4)
        wall[np.hypot(rows - 75, columns - 85) < 65] = plate
        digit = variety.printed("5", variety.font("DejaVuSans", 80))
        place = wall[45:, 55:][: digit.shape[0], : digit.shape[1]]
        place += digit * (ink - plate)
        pages[f"{name} on a round plate"] = wall.clip(0, 1)
    rows, columns = np.mgrid[-112:112, -112:112]
    away = np.hypot(rows / 0.78, columns)
    oval = np.where(away < 70, 0.95, 0.35)
    oval[(away > 60) & (away < 63)] = 0.1
    digit = variety.printed("1", variety.font("DejaVuSerif", 60))
    place = oval[85:, 95:][: digit.shape[0], : digit.shape[1]]
    place -= 0.85 * digit
    oval = oval * (0.8 - columns / 560) + np.random.default_rng(0).normal(0, 0.02, oval.shape)
    pages["one on an oval plate"] = oval.clip(0, 1)
    pages |= second_look_pages()
    pages["noise"] = rng.uniform(size=(60, 77))
    pages["stripes"] = (np.sin(9 * u + v) > 0) * 0.5  # not symmetrical: no centre on a half
    for name in ("plate", "photo", "pencil", "dog", "chalk", "grey_on_grey"):
        pages[name] = load_picture.load_grey(own_digits.path(name))
        pages[f"{name}, small"] = load_picture.load_grey(own_digits.path(name, small=True))
    return {name: np.float32(page) for name, page in pages.items()}


def second_look_pages():
    """Digits that are seen only when one looks again, and what is none."""
    digit = variety.printed("5", variety.font("DejaVuSans", 80))
    small = variety.printed("2", variety.font("DejaVuSans", 44))
    height, width = digit.shape

    def page(shape=(220, 300)):
        return np.full(shape, 0.85)

    pen = page()
    pen[60:, 90:][:height, :width] -= 0.7 * digit
    pen[20:200, 200:210] = 0.3
    far = page((600, 800))
    far[300:, 420:][: small.shape[0], : small.shape[1]] -= 0.7 * small
    rows, columns = np.mgrid[:220, :300]
    hand = page()
    hand[60:, 110:][:height, :width] -= 0.6 * digit
    hand[((rows - 220) / 140) ** 2 + ((columns - 150) / 60) ** 2 < 1] *= 0.6
    edge = page() * (0.9 - columns / 900)
    edge[:, columns[0] < 120] *= 0.75
    dots = page()
    dots[(rows - 60) ** 2 + (columns - 30) ** 2 < 64] = 0.2
    number = page()
    for left, sign in ((60, "3"), (130, "8")):
        ink = variety.printed(sign, variety.font("DejaVuSans", 80))
        number[60:, left:][: ink.shape[0], : ink.shape[1]] -= 0.6 * ink
    number[columns + 0.4 * rows < 140] *= 0.7
    eyes = page()
    ink = variety.printed("480", variety.font("DejaVuSerif-Bold", 90))
    eyes[50:, 40:][: ink.shape[0], : ink.shape[1]] -= 0.6 * ink
    display = page((220, 200))
    display[50:170, 62:74] = display[50:170, 116:128] = 0.2  # a zero of six bars
    display[106:114, 62:128] = 0.85
    display[48:60, 78:112] = display[160:172, 78:112] = 0.2
    return {
        "no digit: a number": number,
        "no digit: a number with eyes": eyes,
        "on a display": display,
        "beside a pen": pen,
        "far away": far,
        "in the shadow of a hand": hand,
        "no digit: a shadow's edge": edge,
        "no digit: a dot": dots,
    }


SHAPES = [(280, 280), (28, 28), (120, 61), (13, 17), (400, 90)]


def test_ink_is_found_as_the_package_finds_it():
    pages = photographs()
    calls = [("digit-pad/find-ink.mjs", "candidates", [picture(page)]) for page in pages.values()]
    n_compared = 0
    for (name, page), found in zip(pages.items(), evaluate(calls), strict=True):
        expected = preparation.candidates(page)
        assert [c["dark"] for c in found] == [c.dark_ink for c in expected], name
        for one, other in zip(found, expected, strict=True):
            n_compared += 1
            assert one["nSigns"] == other.n_signs, name
            assert one["untidiness"] == pytest.approx(other.untidiness, abs=1e-3), name
            assert one["plausibility"] == pytest.approx(other.plausibility, abs=3e-3), name
            assert np.mean(np.array(one["mask"]) != other.mask.ravel()) < 1e-3, name
            np.testing.assert_allclose(array(one["even"]), other.even, atol=1e-4, err_msg=name)
            np.testing.assert_allclose(
                array(one["picture"]), other.picture, atol=0.02, err_msg=name
            )
    assert n_compared > len(pages)


def test_closer_looks_are_the_packages():
    pages = photographs()
    calls = [("digit-pad/closer.mjs", "closerLooks", [picture(page)]) for page in pages.values()]
    n_compared = 0
    for (name, page), found in zip(pages.items(), evaluate(calls), strict=True):
        expected = list(closer.closer_looks(page))
        assert [c["dark"] for c in found] == [c.dark_ink for c in expected], name
        for one, other in zip(found, expected, strict=True):
            n_compared += 1
            assert one["contrast"] == pytest.approx(other.contrast, abs=1e-3), name
            np.testing.assert_allclose(
                array(one["picture"]), other.picture, atol=0.02, err_msg=name
            )
    assert n_compared > 5


def test_preparation_turns_and_centres_only_when_asked():
    ink = strokes(np.random.default_rng(8), (280, 280))
    ink[:100] = 0  # low on the sheet

    def seen(paper, *, invert, centres):
        grey = 255 * (ink if paper == "black" else 1 - ink)
        (found,) = evaluate(
            [(PAD, "prepare", [picture(grey), {"invert": invert, "centres": centres}])]
        )
        assert found["steps"][-1]["name"].endswith("what they see")
        return np.reshape(found["ways"][0]["values"], (28, 28))

    white, black = (preparation.prepare(page).picture for page in (1 - ink, ink))
    np.testing.assert_allclose(seen("white", invert=True, centres=True), white, atol=0.02)
    np.testing.assert_allclose(seen("white", invert=False, centres=True), 1 - white, atol=0.02)
    np.testing.assert_allclose(seen("black", invert=False, centres=True), black, atol=0.02)
    np.testing.assert_allclose(seen("black", invert=True, centres=True), black, atol=0.02)
    shrunk = ink.reshape(28, 10, 28, 10).mean(axis=(1, 3))
    np.testing.assert_allclose(seen("black", invert=False, centres=False), shrunk, atol=1e-4)
    np.testing.assert_allclose(seen("white", invert=True, centres=False), shrunk, atol=1e-4)
    np.testing.assert_allclose(seen("white", invert=False, centres=False), 1 - shrunk, atol=1e-4)


def modules_that_read(folder):
    """A module that reads a picture with a network's file, as the pad does."""
    path = folder / "pad.mjs"
    path.write_text(
        f'import {{ readNetwork }} from "{WIDGETS}/inference/weights.mjs";\n'
        f'import {{ lookAgain }} from "{WIDGETS}/digit-pad/closer.mjs";\n'
        f'import {{ prepare }} from "{WIDGETS}/{PAD}";\n'
        f'import {{ answer, read }} from "{WIDGETS}/{VERDICT}";\n'
        "export const verdict = (file, values) => answer(readNetwork(file), values);\n"
        "export const reading = (file, picture) => {\n"
        "  const prepared = prepare(picture, { invert: true, centres: true }, lookAgain);\n"
        "  return prepared && read(readNetwork(file), prepared);\n"
        "};\n"
    )
    return path


@pytest.mark.parametrize("name", ["robust", "plain"])
def test_the_pad_reads_our_pictures_as_the_reader_does(name, tmp_path):
    file = pretrained.path(name).read_bytes()
    module = modules_that_read(tmp_path)
    pages = [
        np.float32(np.round(255 * load_picture.load_grey(own_digits.path(p.name))))
        for p in own_digits.PICTURES
    ]
    pages.append(np.hstack([pages[3], pages[3]]))  # two digits
    pages += [np.round(255 * page) for name, page in photographs().items() if "plate" in name]
    pages += [np.round(255 * page) for page in second_look_pages().values()]
    calls = [(module, "reading", [file, picture(page)]) for page in pages]
    for page, found in zip(pages, evaluate(calls), strict=True):
        expected = reader.read_grey(page / 255, network=pretrained.load(name))
        if found is None:
            assert "blank" in expected.reason
            continue
        assert found["digit"] == expected.digit
        assert found["confidence"] == pytest.approx(expected.confidence, abs=0.02)
        np.testing.assert_allclose(found["probabilities"], expected.probabilities, atol=0.02)


def test_the_pads_limits_are_the_readers():
    source = (WIDGETS / VERDICT).read_text()
    for name in ("REFUSE_AT", "UNTIDY", "SURE", "LEAST_SURE", "DOUBTFUL"):
        assert f"const {name} = {getattr(reader, name)};" in source


@pytest.mark.parametrize(
    "logits",
    [
        [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4],
        [3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 2],
        [3, 2.5, 0, 0, 0, 0, 0, 0, 0, 0, 3.25],  # "none" is likeliest, with less than a half
        [0, 0, 0, 5, 4, 0, 0, 0, 0, 0],
    ],
)
def test_a_verdict_is_the_readers(logits, tmp_path):
    n = len(logits)
    network = weights_file.TrainedNetwork(
        layers=(weights_file.Layer("flatten"), weights_file.Layer("dense", "dense_1")),
        tensors={
            "dense_1.kernel": np.zeros((784, n), np.float32),
            "dense_1.bias": np.array(logits, np.float32),
        },
        classes=(*"0123456789", "none")[:n],
    )
    call = (modules_that_read(tmp_path), "verdict", [weights_file.to_bytes(network), [0] * 784])
    (found,) = evaluate([call])
    expected = reader.judge(network, np.zeros((28, 28)))
    assert found["digit"] == expected.digit
    assert found["confidence"] == pytest.approx(expected.confidence, abs=1e-6)
    np.testing.assert_allclose(found["probabilities"], expected.probabilities, atol=1e-6)


def test_the_pad_knows_what_each_network_has_learnt_from():
    cases = [
        ("plain", True, True),
        ("plain", False, True),
        ("inverted", True, False),
        ("robust", True, False),
        ("mine", True, True),
    ]
    said = evaluate(
        [
            ("digit-pad/familiar.mjs", "why", [name, dark, {"centres": centres}])
            for name, dark, centres in cases
        ]
    )
    assert "This is black on white, which it has never seen." in said[0]
    assert "This picture is of that kind." in said[1]
    assert "This is neither fitted nor centred, which it has never seen." in said[2]
    assert "never" not in said[3]
    assert said[4] == ""
