"""The Content-Security-Policy of each page and deck: only the site's own files may be loaded."""

import base64
import hashlib
from functools import cache

from bs4 import BeautifulSoup

from _publishing.assets import nodejs
from _publishing.html_tree import parse
from _publishing.page import markup_repairs


def set_policy(page: BeautifulSoup, more: tuple[str, ...] = (), *, frames: bool = False) -> None:
    """Allow a page the site's own files, and the scripts that stand in it by their hashes.

    `more` are hashes of further scripts, as `speaker_view` returns them.
    Only a deck may hold frames: its speaker view shows this slide and the next in two.
    `postprocess` calls this last: a script that changed later would not match its hash.
    """
    hashes = "".join(f" {one}" for one in dict.fromkeys([*_hashes(page), *more]))
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
    charset = markup_repairs.first(page, "meta[charset]")
    meta = page.new_tag("meta", attrs={"http-equiv": "Content-Security-Policy", "content": policy})
    charset.insert_after("\n", meta)


def _hashes(page: BeautifulSoup) -> list[str]:
    """Return the names by which a policy allows the scripts that stand in a page."""
    scripts = [script.string or "" for script in page.find_all("script", src=False)]
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


@cache
def speaker_view() -> tuple[str, ...]:
    """Allow the scripts in reveal.js's speaker view, a window that a deck writes itself."""
    path = nodejs.package("reveal.js") / "plugin" / "notes" / "speaker-view.html"
    return tuple(_hashes(parse(path.read_text(encoding="utf-8"))))
