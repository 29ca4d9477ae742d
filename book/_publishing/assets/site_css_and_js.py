"""One style sheet and one script for all pages: what the book uses of the theme's, and no more.

The theme and a dozen extensions load thirty files on every page, most of which no page needs: an
icon font with its script of 1.5 MB, Bootstrap's whole style sheet. Here they become `site.css` and
`site.js`: joined in the order in which Sphinx would load them, without the rules that match nothing
on any page, and with a font that holds the icons in use. `templates/layout.html` puts them on every
page.
"""

import base64
import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _publishing.assets import nodejs
from _publishing.assets.font_subset import subset_font
from _publishing.assets.own_static_folder import STATIC
from _publishing.connect_for_html_only import after_build, on_page
from _publishing.write_if_changed import write_if_changed

PURGE = Path(__file__).parents[1] / "node" / "purge-css.mjs"
STYLE, SCRIPT = "site.css", "site.js"
#: The theme's own, which its templates name and Sphinx does not know.
THEME_STYLES = ("basic.css", "styles/pydata-sphinx-theme.css")
THEME_SCRIPTS = ("scripts/bootstrap.js", "scripts/pydata-sphinx-theme.js")
ICON_FONTS = {
    ("Font Awesome 6 Free", 900): "fa-solid-900.woff2",
    ("Font Awesome 6 Brands", 400): "fa-brands-400.woff2",
}
#: PurgeCSS leaves alone what stands between these.
IGNORED = ("/* purgecss start ignore */", "/* purgecss end ignore */")
_WORDS = re.compile(
    r'<([a-zA-Z][\w-]*)|\b(?:class|id)="([^"]*)"'
    r'|\s(data-[\w-]+|aria-[\w-]+|open|type|href|title|role)(?:="([^"\s]*)"|(?=[\s>]))'
)
_SCRIPT_WORDS = re.compile(r"[A-Za-z_][\w-]+")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*Font Awesome[^}]*\}")
_URL = re.compile(r"""url\(\s*(['"]?)(?!data:|https?:|#|/)([^'")]+)\1\s*\)""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_IMPORT = re.compile(r"""@import\s+[^;]+;""")
_ICON = re.compile(r"""["']\\([ef][0-9a-f]{3})["']""")
#: Set by the browser or by scripts that build a name from parts.
KEPT = (
    "html", "body", "dark", "light", "scrolled",
    "fade", "show", "showing", "hiding", "collapsing",
)  # fmt: skip


def styles(app: Sphinx) -> list[str]:
    """Return the style sheets that `site.css` holds, in order."""
    return [*THEME_STYLES, *_local(app.builder._orig_css_files)]  # type: ignore[attr-defined]  # noqa: SLF001


def scripts(app: Sphinx) -> list[str]:
    """Return the scripts that `site.js` holds, in order."""
    return [*_local(app.builder._orig_js_files), *THEME_SCRIPTS]  # type: ignore[attr-defined]  # noqa: SLF001


def _local(assets: Iterable[Any]) -> list[str]:
    """Return the files of our own among Sphinx's assets, by priority."""
    names = map(_name, sorted(assets, key=lambda asset: asset.priority))
    return [name for name in dict.fromkeys(names) if name]


def _name(asset: Any) -> str:
    """Return an asset's name below `_static`; empty for a script without a file, or elsewhere."""
    name = str(getattr(asset, "filename", asset) or "").removeprefix("_static/").split("?")[0]
    return "" if "://" in name else name


def lighten(
    app: Sphinx, _pagename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Leave to a page only the scripts that are not in the bundle: a quiz's, say."""
    bundled = {*scripts(app), ""}
    not_bundled = [asset for asset in context["script_files"] if _name(asset) not in bundled]
    context["script_files"] = not_bundled


def write(app: Sphinx) -> None:
    """Write both bundles when every page is written."""
    static = Path(app.outdir) / "_static"
    script = join_scripts(app, static)
    write_if_changed(static / SCRIPT, script)
    # In a sheet of the book's own, every rule has its use.
    our_sheets = {
        path.name for folder in (Path(app.srcdir) / "_static", STATIC) for path in folder.glob("*")
    }
    css = "\n".join(_sheet(static, name, ours=name in our_sheets) for name in styles(app))
    purged = purge(css, words_of(Path(app.outdir), script))
    write_if_changed(static / STYLE, icon_fonts(purged, static) + purged)


def join_scripts(app: Sphinx, static: Path) -> str:
    """Join all scripts, those without a file (settings of extensions) too."""
    ordered = sorted(app.builder._orig_js_files, key=lambda asset: asset.priority)  # type: ignore[attr-defined]  # noqa: SLF001
    # Settings come first: a script that loads late finds the page there and starts at once.
    bodies = (asset.attributes.get("body") for asset in ordered if not asset.filename)
    parts = [body for body in bodies if body]
    texts = ((static / name).read_text(encoding="utf-8") for name in scripts(app))
    parts += [_SOURCE_MAP.sub("", text).strip() for text in texts]
    return "\n;\n".join(dict.fromkeys(parts)) + "\n"


def _sheet(static: Path, name: str, *, ours: bool) -> str:
    """Read a style sheet; its addresses become relative to `_static`."""
    text = _COMMENT.sub("", (static / name).read_text(encoding="utf-8"))
    text = _IMPORT.sub("", _FONT_FACE.sub("", text))
    folder = posixpath.dirname(name)

    def moved(match: re.Match[str]) -> str:
        return f'url("{posixpath.normpath(posixpath.join(folder, match[2]))}")'

    text = _URL.sub(moved, text)
    return f"{IGNORED[0]}\n{text}\n{IGNORED[1]}" if ours else text


def words_of(site: Path, script: str) -> set[str]:
    """Return every name by which a rule could find something: on a page or in a script."""
    words = set(_SCRIPT_WORDS.findall(script))
    for path in (site / "widgets").rglob("*.mjs"):
        words.update(_SCRIPT_WORDS.findall(path.read_text(encoding="utf-8")))
    for path in site.rglob("*.html"):
        if not {"slides", "_static"} & set(path.relative_to(site).parts):
            for groups in _WORDS.findall(path.read_text(encoding="utf-8")):
                words.update(" ".join(groups).split())
    return words


def purge(css: str, words: set[str]) -> str:
    """Drop the rules that match none of these words."""
    given = json.dumps({"css": css, "words": sorted(words), "kept": KEPT})
    purged = nodejs.run_node(PURGE, nodejs.package("purgecss/lib/purgecss.esm.js"), given=given)
    return re.sub(r"\n\s*\n+", "\n", purged)


def icon_fonts(css: str, static: Path) -> str:
    """Return the icon fonts, with those icons alone that a style sheet names."""
    codes = {int(code, 16) for code in _ICON.findall(css)}
    codes |= {ord(character) for character in css if "\ue000" <= character <= "\uf8ff"}
    faces = []
    for (family, weight), name in ICON_FONTS.items():
        if font := subset_font(static / "vendor" / "fontawesome" / "webfonts" / name, codes):
            data = base64.b64encode(font).decode()
            faces.append(
                f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;'
                f'src:url("data:font/woff2;base64,{data}") format("woff2")}}\n'
            )
    return "".join(faces)


def setup(app: Sphinx) -> None:
    """Load the sheet for paper, take files off the pages last of all, and write the bundles."""
    app.add_css_file("print.css", priority=900)  # it changes what the others say, on paper
    on_page(app, lighten, priority=950)
    after_build(app, write, priority=800)
