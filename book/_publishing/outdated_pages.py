"""Keep no page outdated: read or write again those whose change Sphinx would miss by file times."""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.source.chapter_names import topic_of

#: What is made of a page.
MADE = (
    "{page}.html",
    "_sources/{page}.md",
    "slides/{topic}.html",
    "notebooks/{topic}.ipynb",
    "executed/{topic}.ipynb",
)


def reread(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name pages whose text has changed though their time has not, or goes back.

    Sphinx reads a page again when its file is younger than before; an old copy that is put
    back in its place is not. If a page is gone, what was made of it goes too, and any other may
    point to it: all are read.
    """
    known: dict[str, str] = vars(env).get("dlcourse_texts", {})
    now = {name: _text_of(env, name) for name in env.found_docs}
    vars(env)["dlcourse_texts"] = now
    there = known.keys() & now.keys() - added - changed
    for name in removed:
        for file in MADE:
            Path(app.outdir, file.format(page=name, topic=topic_of(name))).unlink(missing_ok=True)
    return sorted(name for name in there if removed or known[name] != now[name])


def _text_of(env: BuildEnvironment, docname: str) -> str:
    try:
        return hashlib.sha256(Path(env.doc2path(docname)).read_bytes()).hexdigest()
    except OSError:  # it is gone, or whoever wants to read it will say so
        return ""


def source_fingerprint(book: Path) -> str:
    """Return the extension's ``env_version``: when it changes, Sphinx reads all pages anew."""
    digest = hashlib.sha256()
    locks = [book.parent / name for name in ("requirements.lock", "package-lock.json")]
    sources = sorted(p for p in (book / "_publishing").rglob("*") if p.suffix in {".py", ".mjs"})
    for path in [*sources, *locks]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def write_one(app: Sphinx, _env: BuildEnvironment) -> list[str]:
    """Have a page written in each build: without one, Sphinx copies no file that lies beside."""
    return [str(app.config.root_doc)]


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("env-get-outdated", reread)
    app.connect("env-updated", write_one)
