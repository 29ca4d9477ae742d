"""Before pages are written, give each image the alt text and the size that its file holds.

The figures of ``dlcourse`` carry their alt text in the file; it becomes the
image's ``alt``. A picture without words, made by code or not, fails the build.
"""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

_SVG = "{http://www.w3.org/2000/svg}"
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_MADE_BY_CODE = "jupyter_execute"
_NO_WORDS = {
    True: "figure has no alt text: call set_alt",
    False: "picture has no alt text: write it in the brackets, ![like this](…), or as :alt:",
}


def describe_images(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Set the alt text and size of each image, also of one glued in from another page."""
    for image in doctree.findall(nodes.image):
        describe(image, Path(app.srcdir) / image["uri"])


def describe(image: nodes.image, path: Path) -> None:
    """Set an image's alt text, width and height by its file; warn if it has no words.

    A warning fails the build, which treats warnings as errors.
    """
    alt, size = "", None
    try:
        if path.suffix == ".svg" and path.is_file():
            alt, size = read_svg(path)
        elif path.suffix == ".png" and path.is_file():
            alt = read_png(path)
    except (OSError, ValueError, ET.ParseError) as error:
        logger.warning(
            "cannot read the picture %s: %s", image["uri"], error,
            location=image, type="dlcourse", subtype="picture",
        )  # fmt: skip
    if not image.get("alt", "").strip() or image["alt"] == image["uri"]:
        image["alt"] = alt
    if not image["alt"]:
        words = _NO_WORDS[_MADE_BY_CODE in path.parts]
        logger.warning(words, location=image, type="dlcourse", subtype="alt")
    if size and not {"width", "height", "scale"} & set(image.attributes):
        image["natural_size"] = size
    image["classes"] += ["dlcourse-figure", "dark-light"]  # the theme leaves dark-light alone


def read_svg(path: Path) -> tuple[str, tuple[int, int] | None]:
    """Return the words that an SVG carries, and its size in CSS pixels."""
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - a file of the book, not a stranger's
    alt = (root.findtext(f"{_SVG}desc") or root.findtext(f"{_SVG}title") or "").strip()
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    return alt, (width, height) if width and height else None


def _pixels(length: str) -> int:
    match = re.fullmatch(r"([\d.]+)(px|pt|in|cm|mm|)", length)
    return round(float(match[1]) * _PIXELS[match[2]]) if match else 0


def read_png(path: Path) -> str:
    """Return the words that a PNG carries."""
    with Image.open(path) as picture:
        return str(picture.info.get("Description", ""))


def visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """Write an ``img`` whose size is known before the file comes, without inline styles."""
    image = node.copy()  # Sphinx changes the address of what it writes
    image.parent = node.parent
    type(self).visit_image(self, image)
    if "natural_size" in node:
        width, height = node["natural_size"]
        known = rf' decoding="async" height="{height}"\g<0> width="{width}"'
        self.body.append(re.sub(r' src="[^"]*"', known, self.body.pop()))


def setup(app: Sphinx) -> None:
    """Describe images before a page is written, and register how one is written."""
    app.connect("doctree-resolved", describe_images)
    app.add_node(nodes.image, override=True, html=(visit_image, HTML5Translator.depart_image))
