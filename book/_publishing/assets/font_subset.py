"""Cut a font down to the characters that are in use."""

import json
import logging
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import fontTools

from _publishing.build_cache import remembered

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it would name every table


def subset_font(path: Path, characters: Iterable[int], features: Iterable[str] = ()) -> bytes:
    """Return as woff2 what a font has of these code points, with their other forms and sizes.

    `features` are the OpenType features to keep. The result is empty if the font has none of the
    code points. It is cached (`build_cache`).
    """
    wanted, kept = sorted(set(characters)), list(features)
    recipe = json.dumps([fontTools.version, wanted, kept]).encode()
    recipe += Path(__file__).read_bytes() + path.read_bytes()
    return remembered(recipe, lambda: _cut(path, wanted, kept))


def _cut(path: Path, characters: list[int], features: list[str]) -> bytes:
    from fontTools import subset  # noqa: PLC0415  (slow to import, and seldom needed)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path, recalcTimestamp=False)
    present = sorted(set(characters) & set(font.getBestCmap()))
    if not present:
        return b""
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=present)
    cutter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()
