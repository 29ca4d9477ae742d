"""Every kind of picture that people have, and every bad day, on real files."""

import io
import os
import struct

import numpy as np
import pytest
from PIL import Image

from dlcourse.digits import load_picture
from dlcourse.digits.load_picture import load_grey
from dlcourse.errors import DataError


@pytest.fixture
def drawing():
    """Dark ink on light paper: the left top quarter, so that a turn shows."""
    pixels = np.full((60, 80), 230, np.uint8)
    pixels[10:30, 10:20] = 20
    return pixels


def saved(tmp_path, image, name, **options):
    path = tmp_path / name
    image.save(path, **options)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "a.tif", "a.bmp"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_formats(tmp_path, drawing, name, mode):
    grey = load_grey(saved(tmp_path, Image.fromarray(drawing).convert(mode), name))
    assert grey.shape == (60, 80)
    np.testing.assert_allclose(grey, drawing / 255, atol=0.12)


@pytest.mark.parametrize("mode", ["1", "P", "CMYK", "YCbCr", "LA", "RGBA"])
def test_modes(tmp_path, drawing, mode):
    name = "a.tif" if mode in {"CMYK", "YCbCr"} else "a.png"
    grey = load_grey(saved(tmp_path, Image.fromarray(drawing).convert(mode), name))
    assert grey[20, 15] < 0.3
    assert grey[50, 60] > 0.7


def test_premultiplied_grey(tmp_path, drawing):
    path = saved(tmp_path, Image.fromarray(drawing).convert("LA"), "a.tif")
    alone, multiplied = (struct.pack("<HHII", 338, 3, 1, meaning) for meaning in (2, 1))
    path.write_bytes(path.read_bytes().replace(alone, multiplied))  # the tag "ExtraSamples"
    with Image.open(path) as image:
        assert image.mode == "La"
    np.testing.assert_allclose(load_grey(tmp_path / "a.tif"), drawing / 255, atol=0.01)


def test_fractions_must_be_finite(tmp_path):
    pixels = np.full((60, 80), np.nan, np.float32)
    with pytest.raises(DataError, match="not finite"):
        load_grey(saved(tmp_path, Image.fromarray(pixels), "a.tif"))


UNDO = ["FLIP_LEFT_RIGHT", "ROTATE_180", "FLIP_TOP_BOTTOM", "TRANSPOSE", "ROTATE_90", "TRANSVERSE", "ROTATE_270"]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(("orientation", "undo"), list(enumerate(UNDO, start=2)))
def test_a_phone_turned_in_every_way(tmp_path, drawing, orientation, undo):
    image = Image.fromarray(drawing).transpose(Image.Transpose[undo])
    exif = Image.Exif()
    exif[0x0112] = orientation
    grey = load_grey(saved(tmp_path, image, "a.jpg", exif=exif, quality=95))
    np.testing.assert_allclose(grey, drawing / 255, atol=0.12)


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_an_exif_note_that_cannot_be_read_turns_nothing(tmp_path, drawing, name):
    grey = load_grey(saved(tmp_path, Image.fromarray(drawing), name, exif=b"Exif\0\0junkjunk"))
    assert grey.shape == (60, 80)


@pytest.mark.parametrize(("ink", "paper_is_lighter"), [(0, True), (255, False)])
def test_what_is_drawn_on_nothing_stands_out(tmp_path, drawing, ink, paper_is_lighter):
    rgba = np.zeros((60, 80, 4), np.uint8)
    rgba[..., :3] = ink
    rgba[..., 3] = (drawing < 100) * 255
    grey = load_grey(saved(tmp_path, Image.fromarray(rgba), "a.png"))
    assert (grey[50, 60] > grey[20, 15]) == paper_is_lighter
    assert abs(grey[50, 60] - grey[20, 15]) > 0.9


def test_colours_of_one_luminance_stay_apart(tmp_path, drawing):
    colours = np.where((drawing < 100)[..., np.newaxis], [230, 60, 60], [0, 178, 0])
    image = Image.fromarray(colours.astype(np.uint8))
    usual = np.asarray(image.convert("L"), dtype=float) / 255
    assert abs(usual[20, 15] - usual[50, 60]) < 0.05
    grey = load_grey(saved(tmp_path, image, "a.png"))
    assert abs(grey[20, 15] - grey[50, 60]) > 0.5


def test_a_large_photo_is_made_smaller(tmp_path):
    image = Image.new("RGB", (4000, 3000), (200, 100, 50))
    for name in ("a.jpg", "a.png"):
        grey = load_grey(saved(tmp_path, image, name))
        assert max(grey.shape) <= 2 * load_picture.MAX_SIDE
        assert grey.shape[0] / grey.shape[1] == pytest.approx(0.75, abs=0.01)


def bomb(width, height):
    """A GIF of a few bytes that claims to be enormous."""
    file = io.BytesIO()
    Image.new("L", (1, 1)).save(file, "GIF")
    return file.getvalue()[:6] + struct.pack("<HH", width, height) + file.getvalue()[10:]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((10_000, 10_000), "10,000 by 10,000 pixels"), ((12_000, 9_000), "12,000 by 9,000 pixels"),
        ((60_000, 60_000), "far too many pixels"),  # Pillow does not even say how many
    ],
)  # fmt: skip
def test_a_decompression_bomb_is_not_unpacked(tmp_path, size, words):
    path = tmp_path / "bomb.gif"
    path.write_bytes(bomb(*size))
    with pytest.raises(DataError, match=rf"bomb\.gif is too large: {words}, at most 80 million"):
        load_grey(path)


def test_bad_files_are_named(tmp_path, drawing):
    whole = saved(tmp_path, Image.fromarray(drawing), "whole.png").read_bytes()
    for name, data in [("text.png", b"hello" * 30), ("cut.png", whole[:80]), ("s.png", whole[:20])]:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DataError, match=name):
            load_grey(tmp_path / name)
    (tmp_path / "empty.png").touch()
    for path, words in [
        (tmp_path / "empty.png", "empty.png is empty"),
        (tmp_path / "missing.png", "No such file"),
        (tmp_path, "directory"),
        ("", "path is empty"),
        ("a\0b.png", "null"),
    ]:
        with pytest.raises(DataError, match=words):
            load_grey(path)


def test_a_broken_byte_anywhere_gives_a_picture_or_our_error(drawing):
    rng = np.random.default_rng(4)
    for format_ in ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"):
        file = io.BytesIO()
        Image.fromarray(drawing).save(file, format_)
        for _ in range(40):
            data = bytearray(file.getvalue())
            for at in rng.integers(0, len(data), 3):
                data[at] = rng.integers(256)
            try:
                grey = load_grey(bytes(data))
            except DataError:
                continue
            assert grey.ndim == 2
            assert 0 <= grey.min() <= grey.max() <= 1


@pytest.mark.parametrize(
    ("largest", "white"),
    [
        (np.uint16(255), 255), (np.uint16(65_535), 65_535), (np.int32(255), 255),
        (np.int32(256), 65_535), (np.int32(65_535), 65_535), (np.float32(1), 1),
        (np.float32(255), 255), (np.float32(256), 65_535),
    ],
)  # fmt: skip
def test_the_largest_number_tells_the_scale(tmp_path, largest, white):
    """Whole numbers beyond a byte have sixteen bits."""
    pixels = np.array([[0, largest / 4], [largest / 2, largest]], largest.dtype)
    name = "a.png" if largest.dtype == np.uint16 else "a.tif"
    grey = load_grey(saved(tmp_path, Image.fromarray(pixels), name))
    np.testing.assert_allclose(grey, pixels / white)


def test_a_device_or_a_pipe_is_no_picture(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("/dev/zero", "/dev/null", str(tmp_path / "pipe")):
        with pytest.raises(DataError, match=f"Cannot read {name}: it is a device or a pipe, not a"):
            load_grey(name)


def test_an_endless_file_is_not_read(tmp_path):
    """Not even begun: it would fill the memory."""
    path = tmp_path / "endless.png"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(DataError, match=r"endless\.png is too large: at most 640,000,000 bytes"):
        load_grey(path)
