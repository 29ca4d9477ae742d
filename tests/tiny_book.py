"""Tiny books, built as the real one is: same configuration, same extension, same package."""

import os
from dataclasses import dataclass
from pathlib import Path

import warm_sphinx
import yaml

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
CHAPTERS = sorted((BOOK / "chapters").glob("*.md"))
NOTEBOOK_HEADER = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""


@dataclass(frozen=True)
class Built:
    """A finished build: everything it said, and what it wrote."""

    log: str
    html: Path

    def read(self, name: str) -> str:
        return (self.html / name).read_text(encoding="utf-8")


def build(
    files: dict[str, str | bytes],
    folder: Path,
    *,
    fails: bool = False,
    environment: dict[str, str] | None = None,
    repository: dict[str, str] | None = None,
) -> Built:
    """Build a book of ``{path: content}`` in a folder; warnings make the build fail.

    The test fails unless the build succeeds, or ``fails`` as it should. What the folder has from
    an earlier build stays, but for the files that are another now.
    """
    source, html = folder / "book", folder / "book" / "_build" / "html"
    config = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["local_extensions"] = {"_publishing": str(BOOK)}
    if repository is not None:
        config["repository"] = repository
    chapters = sorted(n for n in files if n.startswith("chapters/") and n.endswith(".md"))
    toc = {"format": "jb-book", "root": "index"}
    toc["parts"] = [{"caption": "Part", "chapters": [{"file": n} for n in chapters]}]
    written = {
        "index.md": "# Welcome\n",
        "references.bib": "",
        "_config.yml": yaml.safe_dump(config),
        "_toc.yml": yaml.safe_dump(toc),
        "conf.py": (BOOK / "conf.py").read_text(encoding="utf-8"),
        **files,
    }
    for name, text in written.items():
        path, data = source / name, text if isinstance(text, bytes) else text.encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    for name in ("src", "requirements.lock"):  # what a chapter's outputs depend on
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    paths = os.pathsep.join([str(ROOT / "src"), str(BOOK)])
    done = warm_sphinx.build(
        ["-n", "-W", "--keep-going", source, html],
        environment=inherited | {"PYTHONPATH": paths} | (environment or {}),
    )
    built = Built(done.stdout + done.stderr, html)
    assert (done.returncode != 0) == fails, built.log
    return built
