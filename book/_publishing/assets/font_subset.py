"""Cut a font down to the characters that are in use."""

import logging
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it would name every table


def subset_font(path: Path, characters: Iterable[int], features: Iterable[str] = ()) -> bytes:
    """Return as woff2 what a font has of these code points, with their other forms and sizes.

    `features` are the OpenType features to keep. The result is empty if the font has none of the
    code points.
    """
    from fontTools import subset  # noqa: PLC0415  (slow to import, and seldom needed)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path, recalcTimestamp=False)
    present = sorted(set(characters) & set(font.getBestCmap()))
    if not present:
        return b""
    options = subset.Options(layout_features=list(features), hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=present)
    cutter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()
