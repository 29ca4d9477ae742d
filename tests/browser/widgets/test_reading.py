"""The pad reads a picture as `dlcourse.digits.reader` does, in a real browser, beside the page."""

import base64
import io

import numpy as np
import pytest
from figures import live, press
from PIL import Image
from playwright.sync_api import expect

from dlcourse.data import own_digits
from dlcourse.digits import reader
from dlcourse.robust import printed_text

READ = """async (files) => {
  const { readGrey } = await import("/widgets/shared/read-and-paint-grey.mjs");
  const worker = new Worker("/widgets/digit-pad/worker.mjs", { type: "module" });
  for (const name of ["finder.safetensors", "robust.safetensors"])
    worker.postMessage({ name, file: await (await fetch(`/artifacts/${name}`)).arrayBuffer() });
  const answers = [];
  for (const file of files) {
    const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
    const picture = await readGrey(new Blob([bytes]), 4096);
    const answer = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
    worker.postMessage({ picture, rules: { invert: true, centres: true } });
    answers.push((await answer).readings[0][1]);
  }
  worker.terminate();
  return answers;
}"""


def png(image):
    """A file without JPEG, which every program unpacks a little differently."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def pictures(n_pictures):
    """Files, 28 to 4,000 pixels wide: print, lit unevenly, and our ten."""
    rng = np.random.default_rng(17)
    names = ["DejaVuSans", "DejaVuSerif", "DejaVuSansMono"]
    sides = np.geomspace(28, 4000, n_pictures - len(own_digits.PICTURES)).astype(int)
    texts = [*"0123456789", "42", "107", "A", "k", ""]
    files = []
    for i, side in enumerate(sides):
        height, width = side, max(28, int(side * rng.uniform(0.7, 1)))
        v, u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        page = 0.7 + 0.2 * rng.uniform(-1, 1) * u + 0.1 * rng.uniform(-1, 1) * v
        text = texts[i % len(texts)]
        if text:
            size = max(18, int(side * rng.uniform(0.3, 0.6) / len(text) ** 0.5))
            ink = printed_text.printed(text, printed_text.font(names[i % 3], min(size, 900)))
            ink = ink[: height - 4, : width - 4]
            top = rng.integers(0, height - ink.shape[0] + 1)
            left = rng.integers(0, width - ink.shape[1] + 1)
            page[top : top + ink.shape[0], left : left + ink.shape[1]] -= 0.5 * ink
        grey = (page if i % 2 else 1 - page).clip(0, 1)
        files.append(png(Image.fromarray(np.rint(255 * grey).astype(np.uint8))))
    own_pictures = (own_digits.path(picture.name) for picture in own_digits.PICTURES)
    return files + [png(Image.open(path).convert("L")) for path in own_pictures]


@pytest.mark.parametrize("n_pictures", [20, pytest.param(100, marks=pytest.mark.slow)])
def test_pictures_are_read_as_the_package_reads_them(open_page, chapters, n_pictures):
    page = open_page(f"{chapters}/hook.html")
    files = pictures(n_pictures)
    assert len(files) == n_pictures
    n_read, apart = 0, []
    for start in range(0, n_pictures, 10):
        some = files[start : start + 10]
        answers = page.evaluate(READ, [base64.b64encode(file).decode() for file in some])
        for file, answer in zip(some, answers, strict=True):
            expected = reader.read(file)
            assert answer["digit"] == expected.digit, Image.open(io.BytesIO(file)).size
            shares = np.append(
                np.multiply(expected.probabilities, 1 - expected.none), expected.none
            )
            if not expected.boxes:
                shares = [0] * 10 + [1]
            apart.append(np.abs(np.array(answer["answer"]) - shares).max())
            for ours, theirs in zip(answer["boxes"], map(vars, expected.boxes), strict=True):
                assert ours["digit"] == theirs["digit"]
                for side in ("row", "column"):  # the package may have shrunk a large picture
                    place = theirs[side] / theirs["size"]
                    assert ours[side] / ours["size"] == pytest.approx(place, rel=1e-3)
            n_read += expected.digit is not None
    assert max(apart) < 1e-3, np.sort(apart)[-5:]
    assert n_read >= n_pictures / 2


@pytest.mark.parametrize("served", [True, False], ids=["served", "from a folder"])
def test_the_pad_reads_in_a_worker_if_it_can_and_clear_leaves_nothing(
    open_page, chapters, site_folder, tmp_path, served
):
    ink = printed_text.printed("7", printed_text.font("DejaVuSans", 300))
    paper = Image.new("L", (900, 700), 230)
    paper.paste(20, (300, 150), Image.fromarray((255 * ink).astype("u1")))
    paper.save(tmp_path / "seven.png")
    page, workers = open_page("about:blank"), []
    page.on("worker", lambda worker: workers.append(worker.url.rsplit("/", 1)[1]))
    folder = chapters if served else (site_folder / "chapters").as_uri()
    page.goto(f"{folder}/hook.html")
    figure = live(page, "digit-pad")
    words = figure.locator(".live")
    figure.get_by_label("Upload a picture").set_input_files(tmp_path / "seven.png")
    expect(words).to_contain_text("Robust: a 7, ", timeout=20_000)
    assert workers == ["worker.mjs"] * served
    assert figure.locator(".places > div").count() == 1
    press(figure, "Clear")
    expect(words).to_have_text("Draw a digit, choose a sample or upload a picture.")
    assert figure.locator(".places > div").count() == 0
    assert figure.locator("meter").evaluate_all("all => all.every((one) => one.value === 0)")
    assert figure.get_attribute("data-ms") is None


def test_a_sample_is_the_picture_that_the_reader_reads(open_figure, chapters):
    figure = open_figure("digit-pad", f"{chapters}/hook.html")
    figure.get_by_label("Sample").select_option(label="dog")
    expected = reader.read(own_digits.path("dog"))
    assert expected.digit is None
    expect(figure.locator(".live")).to_contain_text("Robust: no digit", timeout=20_000)
    shares = figure.locator("table[data-network^=robust] td:last-child").all_inner_texts()
    assert len(shares) == 11
    values = [float(share.split()[0]) for share in shares]
    assert sum(values) == pytest.approx(100, abs=1)
    assert values[-1] == pytest.approx(100 * expected.none, abs=1)
    assert f"none: {shares[-1]}" in figure.locator(".live").inner_text()
