"""The kernel over a photo: its mathematics against the package's, and itself in a real browser."""

import numpy as np
import pytest
from cores import array, each, picture
from figures import result
from PIL import Image
from playwright.sync_api import expect

from dlcourse import image_kernels
from dlcourse.convolution import correlate2d

CORE = "kernel/kernel-core.mjs"


@pytest.mark.parametrize("edges", ["zero", "mirror", "valid"])
def test_kernels_do_what_the_package_does(edges):
    photo = np.random.default_rng(3).integers(0, 256, size=(9, 12)).astype(float)
    row, column = (4, 5) if edges == "valid" else (0, 5)
    kernels = [image_kernels.kernel(name) for name in image_kernels.KERNELS]
    place, shown = {"row": row, "column": column, "edges": edges}, picture(photo)
    turned = each(CORE, "turned", *([values] for values in kernels))
    laid = each(CORE, "apply", *((shown, values, edges) for values in kernels))
    pixels = each(CORE, "at", *((shown, values, place) for values in kernels))
    for values, flipped, whole, pixel in zip(kernels, turned, laid, pixels, strict=True):
        assert flipped == values[::-1, ::-1].tolist()
        expected = correlate2d(photo, values, padding=edges)
        np.testing.assert_allclose(array(whole), expected, atol=1e-3)
        margin = (len(values) - 1) // 2 if edges == "valid" else 0
        assert pixel["sum"] == pytest.approx(expected[row - margin, column - margin], abs=1e-9)
        np.testing.assert_allclose(np.multiply(pixel["patch"], values), pixel["products"])


def test_the_offered_kernels_are_the_packages():
    (offered,) = each(CORE, "KERNELS", [])
    assert len(offered) >= 8
    for name, values in offered.items():
        np.testing.assert_allclose(values, image_kernels.kernel(name), err_msg=name)


def test_valid_has_no_pixel_at_the_edge_and_a_small_kernel_grows():
    place = {"row": 0, "column": 2, "edges": "valid"}
    assert each(CORE, "at", (picture(np.ones((5, 5))), np.ones((3, 3)), place)) == [None]
    laid = np.arange(25).reshape(5, 5)
    big, small = each(CORE, "resized", ([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 5), (laid, 3))
    assert big == np.pad(np.arange(1, 10).reshape(3, 3), 1).tolist()
    assert small == laid[1:4, 1:4].tolist()


def test_the_kernel_is_edited_and_walked_over_the_photo(open_figure, tmp_path, site_folder):
    figure = open_figure("kernel")
    photo = np.array(Image.open(site_folder / "artifacts/photo.png")).astype(int)
    near = photo[79:82, 119:122]
    sharp = 5 * near[1, 1] - near[0, 1] - near[2, 1] - near[1, 0] - near[1, 2]
    sharp = str(sharp).replace("-", "−")
    result(figure, rf"^Row 80, column 120: brightness {near[1, 1]} becomes {sharp}\.$")
    figure.get_by_role("application").press("ArrowDown")
    figure.get_by_role("application").press("Shift+ArrowRight")
    result(figure, rf"^Row 81, column 130: brightness {photo[81, 130]} ")
    for y, line in enumerate(("000", "001", "000"), 1):
        for x, weight in enumerate(line, 1):
            figure.get_by_label(f"Kernel, row {y}, column {x}").fill(weight)
    # Now the kernel takes the neighbour on the right …
    result(figure, rf"becomes {photo[81, 131]}\.$")
    assert figure.get_by_role("combobox", name="Kernel", exact=True).input_value() == "own"
    # … and as a convolution, the one on the left.
    figure.get_by_label("Operation").select_option("yes")
    result(figure, rf"becomes {photo[81, 129]}\.$")
    figure.get_by_label("Edges").select_option("valid")
    expect(figure.get_by_text("Result: 158 × 238 pixels from 160 × 240.")).to_be_visible()
    figure.get_by_label("Size").select_option("5")
    expect(figure.get_by_text("Result: 156 × 236 pixels")).to_be_visible()
    figure.get_by_label("Edges").select_option("zero")
    figure.locator("canvas").first.hover(position={"x": 5, "y": 5})
    result(figure, r"^Row [0-9], column [0-9]: ")

    Image.new("RGB", (100, 50), (255, 0, 0)).save(tmp_path / "own.png")
    figure.get_by_label("Your own photo").set_input_files(tmp_path / "own.png")
    expect(figure.get_by_text("from 50 × 100")).to_be_visible()
    result(figure, r"brightness 76 ")  # pure red in grey: 0.299 of 255
    (tmp_path / "broken.png").write_bytes(b"no picture")
    figure.get_by_label("Your own photo").set_input_files(tmp_path / "broken.png")
    result(figure, "broken.png is not a picture that this browser can read")
