"""Tiny books, built as the real one is: same configuration, same extension."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import warm_sphinx
import yaml
from _publishing.build_cache import remove_unused

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
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


@pytest.fixture(scope="session")
def build_book(tmp_path_factory):
    """Build a book from ``{path: content}``; warnings make the build fail, as in ``make site``.

    The test fails unless the build succeeds, or ``fails`` as it should. With ``before``, the same
    book is built again where it is.
    """

    def build(
        files: dict[str, str | bytes],
        *,
        fails: bool = False,
        environment: dict[str, str] | None = None,
        repository: dict[str, str] | None = None,
        before: Built | None = None,
    ) -> Built:
        source = before.html.parents[1] if before else tmp_path_factory.mktemp("book")
        html = source / "_build" / "html"
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
            data = text if isinstance(text, bytes) else text.encode()
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            if not before or (source / name).read_bytes() != data:
                (source / name).write_bytes(data)
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
        paths = os.pathsep.join([str(ROOT / "src"), str(BOOK)])
        done = warm_sphinx.build(
            ["-n", "-W", "--keep-going", source, html],
            environment=inherited | {"PYTHONPATH": paths} | (environment or {}),
        )
        built = Built(done.stdout + done.stderr, html)
        assert (done.returncode != 0) == fails, built.log
        return built

    return build


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Where an empty cache keeps what the build makes."""
    monkeypatch.setenv("DLCOURSE_CACHE", str(tmp_path))
    remove_unused.cache_clear()
    return tmp_path / "made"


@pytest.fixture(scope="session")
def notebook_header():
    return NOTEBOOK_HEADER
