"""A small book of our own, built as the site is, to try the figures on."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from pathlib import Path

import pytest
import warm_sphinx
from _publishing.build_cache import cache_folder
from file_server import served

sys.path.insert(0, str(Path(__file__).parent))  # for what the tests of this folder share

from figures import DESKTOP

ROOT = Path(__file__).resolve().parents[3]
HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""
#: The picture of an author who draws one.
STILL = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'


class Book:
    """Chapters in a folder, and the site made of them."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self.folder = folder
        self.cache = cache
        self.source = folder / "book"
        self.site = folder / "site"
        (self.source / "chapters").mkdir(parents=True)
        # What a chapter's outputs can depend on is looked for beside the book.
        for name in ("src", "requirements.lock"):
            (folder / name).symlink_to(ROOT / name)
        for name in ("_config.yml", "conf.py", "references.bib"):
            shutil.copy(ROOT / "book" / name, self.source)
        for name in ("_publishing", "widgets", "_static"):
            if (ROOT / "book" / name).exists():
                (self.source / name).symlink_to(ROOT / "book" / name)
        (self.source / "index.md").write_text("# Welcome\n\nA book.\n")
        (self.source / "chapters" / "still.svg").write_text(STILL)
        self.chapters: list[str] = []

    def chapter(self, name: str, text: str) -> None:
        """Write a chapter, or write it anew."""
        (self.source / "chapters" / f"{name}.md").write_text(HEAD + text)
        if name not in self.chapters:
            self.chapters.append(name)
        files = "".join(f"  - file: chapters/{chapter}\n" for chapter in self.chapters)
        (self.source / "_toc.yml").write_text(
            f"format: jb-book\nroot: index\noptions:\n  numbered: 1\nchapters:\n{files}"
        )

    def build(self, *, fails: bool = False, source: Path = ROOT / "src") -> str:
        """Build the site, check that it passed (or failed), and return what the build said."""
        arguments = ["-n", "-W", "--keep-going", self.source, self.site]
        environment = os.environ | {"PYTHONPATH": str(source)}
        if self.cache is not None:
            environment["DLCOURSE_CACHE"] = str(self.cache)
        run = warm_sphinx.build(
            [*arguments, "-d", self.folder / "doctrees"], environment=environment, timeout=900
        )
        assert (run.returncode != 0) is fails, run.stdout + run.stderr
        return run.stdout + run.stderr

    def page(self, name: str) -> str:
        """The HTML of a chapter."""
        return (self.site / "chapters" / f"{name}.html").read_text()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """An empty book; what an earlier run of the tests has executed is out of its reach."""
    cache, made = tmp_path / "cache", cache_folder() / "made"
    cache.mkdir()
    made.mkdir(parents=True, exist_ok=True)
    (cache / "made").symlink_to(made)  # fonts and style sheets are the same in every book
    return Book(tmp_path, cache=cache)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str):
    """Build a book of chapters once for a run of the tests, however parallel; give its site."""
    folder = tmp_path_factory.getbasetemp()

    def build(name: str, chapters: dict[str, str]) -> Path:
        shared = (folder if worker_id == "master" else folder.parent) / name
        with shared.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / "done").exists():
                book = Book(shared)
                for chapter, text in chapters.items():
                    book.chapter(chapter, text)
                book.build()
                (shared / "done").touch()
        return shared / "site"

    return build


def text_of(name: str) -> str:
    """The text of a sample chapter."""
    return (Path(__file__).parent / f"{name}.md").read_text()


@pytest.fixture(scope="session")
def site_folder(built_once) -> Path:
    """The sample book's site, with something to scroll past, as on a real page."""
    between = "Words between the figures.\n\n" * 12 + "```{interactive}"
    chapters = {
        name: text_of(name).replace("```{interactive}", between) for name in ("sample", "figures")
    }
    return built_once("figures", chapters | {"hook": text_of("hook")})


@pytest.fixture
def open_page(chromium, site):
    """Open the page of figures: `open_page(**context)`; `before` is a script that runs first."""
    contexts = []

    def start(url=site, before="", **options):
        context = chromium.new_context(**(options or DESKTOP))
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(before)
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def running_site(built_once) -> Path:
    """The folder of a site with two pages whose cells run in them; one needs NumPy alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUN_IN_PAGE", "1")
        return built_once("running", {name: text_of(name) for name in ("running", "plain")})


@pytest.fixture(scope="session")
def running(running_site: Path):
    """The address of the folder of these pages."""
    with served(running_site) as address:
        yield f"{address}/chapters"


@pytest.fixture(scope="session")
def site(site_folder: Path):
    """The address of the sample book's page of figures."""
    with served(site_folder) as address:
        yield f"{address}/chapters/figures.html"
