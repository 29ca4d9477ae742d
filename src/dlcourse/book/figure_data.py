"""Publish data from a cell for the site's figures: trained weights, numbers, a picture as PNG.

The bytes are part of the *output* of the cell that made them. The book's build stores outputs, so
an artefact is never lost, and never older than the run that the page shows. In a notebook one
quiet line says that it was published.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.errors import InputError

#: The type of the output that carries an artefact to the build.
MIME_TYPE = "application/vnd.dlcourse.artifact+json"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z0-9]+")


def as_output(name: str, data: bytes, *, media_type: str) -> dict[str, Any]:
    """Pack an artefact as the data of a Jupyter output.

    The `name` on the site is lower-case letters, digits and hyphens, then an extension. The output
    has ``text/plain`` (the quiet line) and `MIME_TYPE` (name, media type, SHA-256, base64).

    >>> as_output("numbers.json", b"{}", media_type="application/json")["text/plain"]
    'numbers.json (2 bytes) goes to the figures of the site.'
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InputError(
            "`name` must be lower-case letters, digits and hyphens with an extension, "
            f'such as "plain.safetensors": got {name!r}.'
        )
    if not isinstance(data, bytes) or not data:
        raise InputError(
            f"`data` must be bytes, at least one: got {type(data).__name__} {data!r:.40}."
        )
    size = f"{len(data) / 1000:,.0f} kB" if len(data) >= 1000 else f"{len(data)} bytes"
    return {
        "text/plain": f"{name} ({size}) goes to the figures of the site.",
        MIME_TYPE: {
            "name": name,
            "media_type": media_type,
            "sha256": hashlib.sha256(data).hexdigest(),
            "base64": base64.b64encode(data).decode("ascii"),
        },
    }


def publish(name: str, data: bytes, *, media_type: str = "application/octet-stream") -> None:
    """Hand bytes to the site's interactive figures, as an output of the cell that calls this.

    Arguments and errors are those of `as_output`. Outside a notebook (no IPython) there is no
    output and so no effect.
    """
    output = as_output(name, data, media_type=media_type)
    try:
        from IPython import get_ipython  # noqa: PLC0415  (not a dependency of the package)
        from IPython.display import display  # noqa: PLC0415
    except ImportError:
        return
    if get_ipython() is not None:
        display(output, raw=True)


def publish_json(name: str, value: object) -> None:
    """Publish numbers, lists and mappings as JSON, the same bytes for the same value.

    NumPy's arrays and numbers are written as plain ones. Raises `InputError` for what JSON cannot
    hold, NaN and infinity among it.
    """
    publish(name, _json(value), media_type="application/json")


def _json(value: object) -> bytes:
    """Write `value` as compact JSON with sorted keys."""

    def plain(item: Any) -> Any:
        if hasattr(item, "tolist"):
            return item.tolist()
        raise TypeError(f"{type(item).__name__} has no form in JSON")

    try:
        text = json.dumps(
            value, default=plain, sort_keys=True, allow_nan=False, separators=(",", ":")
        )
    except (TypeError, ValueError) as error:
        raise InputError(
            f"`value` must be finite numbers, strings, lists, mappings or arrays: {error}."
        ) from error
    return text.encode()


def grey_png(picture: ArrayLike, *, width: int | None = None, shades: int = 256) -> bytes:
    """Return a grey picture as a PNG file, for a live figure to load.

    `picture` is brightness from 0 (black) to 1 (white), shape (n_rows, n_columns); what lies
    outside is cut off. The file has `width` columns, by default as many as the picture. It keeps
    `shades` of grey, from 2 to 256: fewer make a smaller file.

    >>> grey_png([[0, 0.5], [0.5, 1]])[1:4]
    b'PNG'
    """
    from PIL import Image  # noqa: PLC0415  (cells that publish no picture need no Pillow)

    grid = argument_checks.array(picture, "picture", "n m")
    image = Image.fromarray(np.uint8(np.clip(grid, 0, 1) * 255 + 0.5))
    if width is not None:
        width = argument_checks.count(width, "width", at_most=10_000)
        height = max(1, round(image.height * width / image.width))
        if height > 10_000:
            rows = f"{width}, {height:,} rows"
            raise InputError(f"`width` must leave at most 10,000 rows: got {rows}.")
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    step = 255 / (argument_checks.count(shades, "shades", at_least=2, at_most=256) - 1)
    image = image.point([round(round(v / step) * step) for v in range(256)])
    file = io.BytesIO()
    image.save(file, format="PNG", optimize=True)
    return file.getvalue()
