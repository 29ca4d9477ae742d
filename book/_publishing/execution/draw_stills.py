"""Draw the still pictures of interactive figures for which an author has drawn none.

`{interactive}` calls `still`, and `dlcourse.figures.stills` draws, in the build's own process. The
user's cache keeps the pictures, under a key of all that they depend on, so each is drawn once, and
again when the code, numbers or weights that it shows have changed.
"""

import base64
import io
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.build_cache import remembered
from _publishing.execution.build_state import dependencies_of
from _publishing.execution.output_dependencies import Chapter
from _publishing.execution.short_hashes import fingerprint, key_of
from _publishing.write_if_changed import write_if_changed

_PIXELS = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
#: The stills of a page, among its metadata: the code that draws one -> its key.
DRAWN = "dlcourse_stills"
_LARGE = 6_000  # bytes of a picture in a picture, from which on JPEG is worth it


def code(name: str, options: Mapping[str, str]) -> str:
    """Return the code that draws a still, from a figure's own options."""
    values = {key: _value(text) for key, text in sorted(options.items())}
    return f"from dlcourse.figures import stills\naxes = stills.{name}(**{values!r})"


def _value(text: str) -> Any:
    """Read an option as the figure does: a number, several, or a word."""
    try:
        numbers = [float(part) for part in re.split(r"[ ,]+", text.strip())]
    except ValueError:
        return text
    return numbers if len(numbers) > 1 else numbers[0]


def key(app: Sphinx, source: str) -> str:
    """Return the fingerprint of all that the code depends on."""
    chapter = Chapter(folder=Path(app.srcdir), kernel="", cells=(source,))
    parts = dependencies_of(app).parts(chapter)
    return key_of(parts | {"as": fingerprint(Path(__file__).read_text())})


def still(env: BuildEnvironment, name: str, options: Mapping[str, str]) -> nodes.image:
    """Return a still as an image of the page that is being read, drawn if need be."""
    source = code(name, options)
    now = key(env.app, source)
    path = Path(env.app.outdir).parent / "stills" / f"{name}-{now}.svg"
    write_if_changed(path, remembered(now.encode(), lambda: draw(source).encode()))
    env.metadata[env.docname].setdefault(DRAWN, {})[source] = now
    folder = Path(env.doc2path(env.docname)).parent
    return nodes.image(uri=Path(os.path.relpath(path, folder)).as_posix())


def draw(source: str) -> str:
    """Draw a still: SVG that follows the page's theme and carries its alt text."""
    import matplotlib as mpl  # noqa: PLC0415 - slow, and seldom needed
    import matplotlib.pyplot as plt  # noqa: PLC0415

    from dlcourse.figures.rendering import svg  # noqa: PLC0415

    mpl.rcdefaults()  # the user's own settings are not in the key
    plt.switch_backend("agg")
    scope: dict[str, Any] = {}
    exec(source, scope)  # noqa: S102 - the two lines of `code`
    try:
        return _PIXELS.sub(_lighter, svg(scope["axes"].figure))
    finally:
        plt.close("all")


def _lighter(match: re.Match[str]) -> str:
    """Return a photo inside a drawing as JPEG, if it is large."""
    data = base64.b64decode(match[1])
    if len(data) < _LARGE:
        return match[0]
    file = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGB").save(file, "jpeg", quality=82, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages whose stills would look different now."""
    return [
        docname
        for docname, page in env.metadata.items()
        if docname not in added | changed | removed
        and any(key(app, source) != before for source, before in page.get(DRAWN, {}).items())
    ]


def setup(app: Sphinx) -> None:
    """Connect to Sphinx, after `provide_outputs`, which looks at the dependencies."""
    app.connect("env-get-outdated", outdated, priority=900)
