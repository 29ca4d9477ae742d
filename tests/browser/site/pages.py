"""What the tests of pages share: which there are, and how to open one."""

import gzip
import html
import json
import re

import pytest
from tiny_book import BOOK, ROOT

SITE = BOOK / "_build" / "html"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
PACKED = (".png", ".jpg", ".webp", ".woff2", ".safetensors")
AXE_CORE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
AXE = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
})).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160))])"""
#: The pages that the table of contents names.
TOC = re.findall(r"\b(?:root|file): (\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))
CHAPTERS = [name for name in TOC if name.startswith("chapters/")]
TOPICS = [name.removeprefix("chapters/") for name in CHAPTERS]
DECKS = [*TOPICS, "workshop"]
BROWSERS = ["chromium", "firefox"]
PAGES = [*TOC, "search", "genindex"]
#: The chapters whose exercises a browser alone must do, and how a cell names its exercise.
NUMPY = ("machine-learning", "neurons", "networks", "backpropagation", "kernels")
CHECK = re.compile(r'check\("([a-z-]+-\d+)"')


def weekly(values, always):
    """Parameters of a test, texts or tuples, of which all but some are slow."""

    def slow(value):
        several = [value] if isinstance(value, str) else value
        return pytest.param(*several, marks=pytest.mark.slow)

    return [value if value in always else slow(value) for value in values]


def opened(page, site_url, name):
    """Open a page and let it come to rest."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}/{name}.html", wait_until="load")
    page.wait_for_function("document.readyState === 'complete'")
    return page


def cells_of(site, topic):
    """What the site says of the cells of a chapter, for running them in the page."""
    return json.loads((site / "run" / "pages" / f"{topic}.json").read_text("utf-8"))["cells"]


def squeezed(words):
    """Take out all spaces, and what keeps words together: a PDF has none of its own."""
    return re.sub(r"[\s\N{WORD JOINER}]+", "", words)


def plain(markup):
    """Return the words of some HTML."""
    markup = re.sub(r'<a class="headerlink[^"]*".*?</a>', "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def loaded(page, site_url):
    """The files of the site that an open page has loaded, each with its bytes as they are sent."""
    names = (url.split("?")[0].removeprefix(f"{site_url}/") for url in page.asked)
    return [(name, packed_size(SITE / name)) for name in names if ":" not in name]


def packed_size(path):
    """Bytes of a file as a server sends it."""
    data = path.read_bytes()
    return len(data if path.suffix in PACKED else gzip.compress(data, mtime=0))
