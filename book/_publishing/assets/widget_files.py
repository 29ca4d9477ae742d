"""Copy the modules of the interactive figures to the site's ``widgets/``, and weigh their code."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from _publishing.assets.classic_scripts import bundle, modules
from _publishing.connect_for_html_only import after_build
from _publishing.figure_registry import FIGURES
from _publishing.write_if_changed import write_folder

SOURCE = Path(__file__).parents[2] / "widgets"
#: What an ordinary figure may weigh, code and data, compressed: `directives.interactive` warns
#: above it, and a warning fails the build. What opens on a click says its weight.
BUDGET = 30_000
#: What browsers get. An editor's lock, a link to nowhere, has such a name as well.
SENT = {".mjs", ".js", ".css"}
#: Lines of a module that are comments alone, or blocks of such: readers' browsers need none.
COMMENTS = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)


def entry(widget: str) -> Path:
    """Return the module with which a figure begins."""
    return SOURCE / widget / f"{widget}.mjs"


def code_size(widget: str) -> int:
    """Count the bytes of a figure's modules, as they are copied and a host compresses them."""
    sent = (as_sent(path).encode() for path in modules(entry(widget), SOURCE))
    return sum(len(gzip.compress(text)) for text in sent)


def as_sent(path: Path) -> str:
    """Return a file's text, of a module without its lines of comments."""
    text = path.read_text(encoding="utf-8")
    return COMMENTS.sub("", text) if path.suffix == ".mjs" else text


def copy_files(target: Path, widgets: Iterable[str]) -> None:
    """Copy all modules, and write each figure also as one classic script, for ``file:``."""
    sources = [path for path in SOURCE.rglob("*") if path.suffix in SENT and path.is_file()]
    files = {path.relative_to(SOURCE).as_posix(): as_sent(path) for path in sources}
    files |= {f"{name}/{name}.bundle.js": bundle(entry(name), SOURCE) for name in widgets}
    write_folder(target, files)


def setup(app: Sphinx) -> None:
    """Copy the files at the end of a build."""
    after_build(app, lambda app: copy_files(Path(app.outdir) / "widgets", FIGURES))
