"""Tiny books, built as the site is, to try the figures on."""

from pathlib import Path

import pytest
import tiny_book
from _publishing.figure_registry import FIGURES
from figures import DESKTOP, live
from file_server import served
from tiny_book import BOOK, NOTEBOOK_HEADER

#: What the figures load of that which the chapters of the built site publish.
ARTIFACTS = (
    "backpropagation.json", "flowers.json", "inverted.safetensors", "irises.safetensors",
    "language.safetensors", "originals.json", "petals.json", "photo.png", "plain.safetensors",
)  # fmt: skip
#: The picture of an author who draws one.
STILL = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'
OWN = "![A still {0}, drawn by the author of the page and not by the build](still.svg)\n"
FIGURE = """{between}```{{interactive}} {name}
{start}:caption: A figure.

A still {name}.

{still}```

"""


def text_of(name):
    """The text of a sample chapter."""
    return NOTEBOOK_HEADER + (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")


def all_figures():
    """The text of a page with every figure, and something to scroll past, as on a real page."""
    between = "Words between the figures.\n\n" * 12
    starts = {"cnn": ":start: a 3\n"}
    return "# Figures\n\n" + "".join(
        FIGURE.format(
            between=between,
            name=name,
            start=starts.get(name, ""),
            still="" if figure.still else OWN.format(name),
        )
        for name, figure in FIGURES.items()
    )


@pytest.fixture(scope="session")
def built_once(once):
    """Build a book of chapters once for a run of the tests, as the site looks; give its site."""
    static = {f"_static/{path.name}": path.read_bytes() for path in (BOOK / "_static").iterdir()}

    def build(name, chapters, **options):
        files = static | {f"chapters/{chapter}.md": text for chapter, text in chapters.items()}
        files["chapters/still.svg"] = STILL
        folder = once(name, lambda folder: tiny_book.build(files, folder, **options))
        return folder / "book" / "_build" / "html"

    return build


@pytest.fixture(scope="session")
def site_folder(built_once, site):
    """The site of a book with all figures on a page, and one that begins with the pad."""
    files = [str(site / "artifacts" / name) for name in ARTIFACTS]
    sample = text_of("sample").replace("ARTIFACTS", repr(files))
    chapters = {"sample": sample, "figures": all_figures(), "hook": text_of("hook")}
    return built_once("figures", chapters)


@pytest.fixture
def open_page(new_page, chapters):
    """Open the page of figures: `open_page(**context)`; `before` is a script that runs first."""

    def start(address=f"{chapters}/figures.html", before="", **options):
        page = new_page(**(options or DESKTOP))
        page.add_init_script(before)
        page.goto(address)
        return page

    return start


@pytest.fixture
def open_figure(open_page):
    """Open a page, and bring a figure on it to life: `open_figure(widget, …)`."""
    return lambda widget, *where, **options: live(open_page(*where, **options), widget)


@pytest.fixture(scope="session")
def running_site(built_once):
    """The folder of a site with two pages whose cells run in them; one needs NumPy alone."""
    chapters = {name: text_of(name) for name in ("running", "plain")}
    return built_once("running", chapters, environment={"RUN_IN_PAGE": "1"})


@pytest.fixture(scope="session")
def running(running_site):
    """The address of the folder of these pages."""
    with served(running_site) as address:
        yield f"{address}/chapters"


@pytest.fixture(scope="session")
def chapters(site_folder):
    """The address of the folder of these pages."""
    with served(site_folder) as address:
        yield f"{address}/chapters"
