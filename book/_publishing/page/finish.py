"""The last touches on a page's HTML: what no template or setting of the theme reaches.

Every page and deck leaves through `finish`, which is the place for what must hold of all
of them: a policy that allows nothing but the site's own files, links that leave are
marked, icons are silent, pictures below the first load when they come near.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import FileSystemBytecodeCache

from _publishing import lifecycle
from _publishing.assets import npm
from _publishing.page.identity import identity

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_VIEWPORT = re.compile(r'\s*<meta name="(?:viewport|docsearch:\w+)"[^>]*>')
_ICON = re.compile(
    r'<(i|span) class="((?:[^"]* )?fa[srb]? [^"]*|fa-[^"]*|[^"]* fa-[^"]*)"(?![^>]*aria-hidden)'
)
_LINK = re.compile(r'<a\b([^>]*?)\shref="(https?://[^"]+)"([^>]*)>')
_IMAGE = re.compile(r"<img\b(?![^>]*\bloading=)")
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_INTO_SITE = re.compile(r'(?<![\w-])(href|src|action|data-content_root)="(?![a-z]+:|#|/)([^"]*)"')
_ROOT = re.compile(r'\bdata-content_root="([^"]*)"')
#: A number and its per cent, and the two numbers of a size; first what is shown as it stands.
_TOGETHER = re.compile(
    r"(<(head|script|pre|code|math)\b.*?</\2>)|(?<=[\d>]) (?:(?=%)|× (?=[\d<]))", re.DOTALL
)
#: A formula in a line, with what stands against it: a bracket, a comma, the rest of a word.
_FORMULA = re.compile(
    r'([(\[“\u2018]*)(<math\b(?![^>]*\bdisplay="block")[^>]*>.*?</math>)([^\s<]*)', re.DOTALL
)
#: The extension for exercises puts the space into the link.
_SOLUTION = re.compile(r"(Solution to)(<a\b[^>]*>) ")
#: Scripts that would run before the bundle that they build upon.
_EAGER = re.compile(r"<script(?=[^>]* src=)(?![^>]*(?: defer|deck-theme))([^>]*>)")
#: Settings for computing services elsewhere, which the book does not use.
_THEBE = re.compile(
    r'\s*<script type="text/x-thebe-config">.*?</script>\s*<script>kernelName = [^<]*</script>',
    re.DOTALL,
)
#: A task of a list: its box says nothing of what it is for, and cannot be ticked.
_TASK = re.compile(
    r'(<input class="task-list-item-checkbox") disabled="disabled" ([^>]*>)(.*?)(?=</p>|</li>)',
    re.DOTALL,
)
#: What axe objects to: names that differ from labels, roles that are no longer used or have
#: no children of their kind, and a sidebar that is no landmark.
REPAIRS = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    '<summary><span class="toctree-toggle"': (
        '<summary aria-label="Pages of this part"><span class="toctree-toggle"'
    ),
    ' role="doc-biblioentry"': "",
    '<div role="list" class="citation-list">': '<div class="citation-list">',
    '<div id="pst-primary-sidebar"': (
        '<div id="pst-primary-sidebar" role="complementary" aria-label="Book"'
    ),
}
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


def finish(app: Sphinx, name: str, text: str) -> str:
    """Finish one page."""
    deck = name == "deck.html"
    text = text.replace('data-theme="auto"', 'data-theme="light" data-mode="auto"', 1)
    text = _ICON.sub(r'<\1 aria-hidden="true" class="\2"', text)
    home, found = identity(app.config).site_url, _ROOT.search(text)
    text = _LINK.sub(lambda link: _mark(link, home, found[1] if found else "../"), text)
    text = _SOLUTION.sub(r"\1 \2", keep_together(text))
    text = _THEBE.sub("", lazy(text))
    text = _TASK.sub(r"<label>\1 \2\3</label>", text)
    for old, new in REPAIRS.items():
        text = text.replace(old, new)
    if not deck:
        head, end, body = text.partition("</head>")
        head = _VIEWPORT.sub("", head)
        head = _EAGER.sub(r"<script defer\1", head)
        head = head.replace("<head>", f"<head>\n    {VIEWPORT}", 1)
        text = head + end + body
    if name == "404.html":
        root = urlsplit(identity(app.config).site_url).path or "/"
        text = _INTO_SITE.sub(lambda m: f'{m[1]}="{root}{m[2].removeprefix("./")}"', text)
    return with_policy(text, speaker_view() if deck else (), frames=deck)


def _mark(match: re.Match[str], home: str, root: str) -> str:
    """Mark a link that leaves the site; the page that it opens learns nothing of ours.

    A link to the site's own address stays where the reader is: on a copy, or in a folder.
    """
    before, address, after = match.groups()
    if home and address.startswith(home):
        before, after = (part.replace(" external", " internal") for part in (before, after))
        return f'<a{before} href="{root}{address.removeprefix(home) or "index.html"}"{after}>'
    attributes = before + after
    rel = "" if "rel=" in attributes else ' rel="noopener"'
    if 'class="' in attributes:
        before, after = (
            re.sub(r'class="(?![^"]*\bexternal\b)', 'class="external ', part)
            for part in (before, after)
        )
        kind = ""
    else:
        kind = ' class="external"'
    return f'<a{before}{kind} href="{address}"{after}{rel}>'


def keep_together(text: str) -> str:
    r"""Keep a line from ending within a number and its unit, or between a formula and its comma.

    >>> keep_together("<p><b>98</b> % of 28 × 28</p><pre>98 %</pre>").replace("\xa0", "_")
    '<p><b>98</b>_% of 28_×_28</p><pre>98 %</pre>'
    """
    text = _TOGETHER.sub(lambda found: found[1] or found[0].replace(" ", "\xa0"), text)
    return _FORMULA.sub(_with_neighbours, text)


def _with_neighbours(match: re.Match[str]) -> str:
    """Hold a formula and what stands against it on one line."""
    before, formula, after = match.groups()
    return f'<span class="together">{match[0]}</span>' if before or after else formula


def lazy(text: str) -> str:
    """Load pictures when they come near, all but the first, which may be in view at once."""
    first = _IMAGE.search(text)
    if first is None:
        return text
    cut = first.end()
    return text[:cut] + _IMAGE.sub('<img loading="lazy"', text[cut:])


def with_policy(text: str, more: tuple[str, ...] = (), *, frames: bool = False) -> str:
    """Allow a page the site's own files, and the scripts that stand in it by their hashes.

    Only a deck may hold frames: its speaker view shows this slide and the next in two.
    """
    inline = [
        hash_of(body)
        for attributes, body in _SCRIPT.findall(text)
        if "application/" not in attributes and "text/x" not in attributes
    ]
    hashes = "".join(f" {one}" for one in dict.fromkeys([*inline, *more]))
    rules = {
        "default-src": "'none'",
        "script-src": f"'self'{hashes}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "media-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        **({"frame-src": "'self'"} if frames else {}),
    }
    policy = "; ".join(f"{rule} {allowed}" for rule, allowed in rules.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return re.sub(r'(<meta charset="[^"]*"\s*/?>)', lambda m: f"{m[1]}\n{meta}", text, count=1)


def hash_of(script: str) -> str:
    """Give the name by which a policy allows one inline script."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def speaker_view() -> tuple[str, ...]:
    """Allow the scripts in reveal.js's speaker view, a window that a deck writes itself."""
    path = npm.package("reveal.js") / "plugin" / "notes" / "speaker-view.html"
    view = path.read_text(encoding="utf-8")
    return tuple(hash_of(body) for _, body in _SCRIPT.findall(view))


def wrap(app: Sphinx) -> None:
    """Let every page that the builder renders pass through `finish`; compile templates once."""
    if app.builder.name != "html":
        return
    templates: Any = app.builder.templates
    folder = lifecycle.templates(app)
    folder.mkdir(parents=True, exist_ok=True)
    templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
    render = templates.render

    def finished(name: str, context: dict[str, Any]) -> str:
        text = render(name, context)
        if not name.endswith(".html"):
            return str(text)
        return finish(app, "404.html" if context.get("pagename") == "404" else name, text)

    templates.render = finished


def configure(_app: Sphinx, config: Config) -> None:
    """Settle what the theme leaves open, and leave out what the book has no use for."""
    config.html_context.setdefault("default_mode", "auto")
    options = config.html_theme_options
    options.setdefault("primary_sidebar_end", [])
    options.setdefault("footer_content_items", ["copyright.html", "extra-footer.html"])
    options.setdefault("pygments_light_style", "a11y-high-contrast-light")
    options.setdefault("pygments_dark_style", "a11y-high-contrast-dark")


def setup(app: Sphinx) -> None:
    """Wrap the builder's templates as soon as there are any."""
    app.connect("config-inited", configure, priority=900)
    app.connect("builder-inited", wrap, priority=900)
