"""Before pages are written, give each image the alt text and the size that its file holds.

The figures of ``dlcourse`` carry their alt text in the file; it becomes the
image's ``alt``. A picture without words, made by code or not, fails the build.
"""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
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


class DescribeImages(SphinxPostTransform):
    """Set each image's alt text and size before its page is written."""

    default_priority = 50  # after glued outputs, also of other pages, have become images

    def run(self, **_kwargs: Any) -> None:
        """Describe each image of the document."""
        for image in self.document.findall(nodes.image):
            describe(image, self.env, self.env.docname)


def describe(image: nodes.image, env: BuildEnvironment, docname: str) -> None:
    """Set an image's alt text, width and height; warn if it has no words.

    A warning fails the build, which treats warnings as errors.
    """
    path, alt, size = _file_of(image, env, docname), "", None
    try:
        if path is not None:
            alt, size = read_picture(path)
    except (OSError, ValueError, ET.ParseError) as error:
        logger.warning(
            "cannot read the picture %s: %s", image["uri"], error,
            location=image, type="dlcourse", subtype="picture",
        )  # fmt: skip
    if not image.get("alt", "").strip() or image["alt"] == image["uri"]:
        image["alt"] = alt
    if not image["alt"]:
        made_by_code = path is not None and _MADE_BY_CODE in path.parts
        logger.warning(_NO_WORDS[made_by_code], location=image, type="dlcourse", subtype="alt")
    if size and not {"width", "height", "scale"} & set(image.attributes):
        image["natural_size"] = size
    image["classes"] += ["dlcourse-figure", "dark-light"]  # the theme leaves dark-light alone


def _file_of(image: nodes.image, env: BuildEnvironment, docname: str) -> Path | None:
    uri = image["uri"]
    if "://" in uri or uri.startswith("data:"):
        return None
    path = Path(env.srcdir) / uri  # as the image collector leaves it
    if not path.is_file():
        path = Path(env.relfn2path(uri, docname)[1])
    return path.resolve() if path.is_file() else None


def read_picture(path: Path) -> tuple[str, tuple[int, int] | None]:
    """Return the words that a picture's file carries, and its size in CSS pixels.

    Of files other than SVG and PNG nothing is known. What is no such picture raises `OSError`,
    `ValueError` or `xml.etree.ElementTree.ParseError`.
    """
    if path.suffix == ".svg":
        return _read_svg(path.read_bytes())
    if path.suffix == ".png":
        return _read_png(path)
    return "", None


def _read_svg(text: bytes) -> tuple[str, tuple[int, int] | None]:
    root = ET.fromstring(text)  # noqa: S314 - a file of the book, not a stranger's
    alt = (root.findtext(f"{_SVG}desc") or root.findtext(f"{_SVG}title") or "").strip()
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    return alt, (width, height) if width and height else None


def _pixels(length: str) -> int:
    match = re.fullmatch(r"([\d.]+)(px|pt|in|cm|mm|)", length.strip())
    return round(float(match[1]) * _PIXELS[match[2]]) if match else 0


def _read_png(path: Path) -> tuple[str, tuple[int, int] | None]:
    with Image.open(path) as picture:
        width, height = picture.size
        dots = picture.info.get("dpi", (96, 96))[0] or 96
        scale = 2 if dots > 150 else 1  # a file made for sharp screens
        alt = str(picture.info.get("Description", ""))
    return alt, (round(width / scale), round(height / scale))


def visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """Write an ``img`` whose size is known before the file comes, without inline styles."""
    if "natural_size" not in node:
        type(self).visit_image(self, node)
        return
    uri = node["uri"]
    name = self.builder.images.get(uri)
    width, height = node["natural_size"]
    attributes = {
        "src": f"{self.builder.imgpath}/{quote(name)}" if name else uri,
        "alt": node["alt"],
        "width": str(width),
        "height": str(height),
        "decoding": "async",
    }
    if "align" in node:
        node["classes"].append(f"align-{node['align']}")
    end = "" if isinstance(node.parent, nodes.TextElement) else "\n"
    self.body.append(self.emptytag(node, "img", end, **attributes))


def depart_image(self: HTML5Translator, node: nodes.image) -> None:
    """Close what `visit_image` opened: nothing, unless Sphinx wrote it."""
    if "natural_size" not in node:
        type(self).depart_image(self, node)


def setup(app: Sphinx) -> None:
    """Register the transforms and the writer."""
    app.add_post_transform(DescribeImages)
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
