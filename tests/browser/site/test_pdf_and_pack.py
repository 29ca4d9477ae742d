"""What leaves the network behind: the book as a PDF, and the pack for a class without one."""

import hashlib
import html
import re
import subprocess
import sys
import zipfile
from functools import partial

import pytest
import yaml
from _publishing.pdf import offer_until_next_build, one_long_page
from pages import ROOT, plain, squeezed
from pypdf import PdfReader

BOOK = ROOT / "book"
TITLE = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))["title"]
PAGES = [page for pages in one_long_page.parts(BOOK).values() for page in pages]
CHAPTERS = [page for page in PAGES if page.startswith("chapters/")]
#: The whole book takes minutes to print; `test_printed_chapters.py` prints two of its chapters.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run_once(once):
    """Run one of the tools, which must succeed, once for all workers of this run of pytest."""

    def run(_folder, name):
        command = [sys.executable, ROOT / "tools" / f"{name}.py"]
        done = subprocess.run(command, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return lambda name: once(name, partial(run, name=name))


@pytest.fixture(scope="module")
def pdf(site, run_once):
    """The printed book."""
    run_once("print_book")
    return PdfReader(site / offer_until_next_build.NAME)


@pytest.fixture(scope="module")
def text(pdf):
    """All words of the printed book, set in one line."""
    return squeezed(" ".join(page.extract_text() for page in pdf.pages))


def words_of(markup):
    """Return the words of some HTML but for formulas, set in one line."""
    return squeezed(plain(re.sub(r"<math\b.*?</math>", "", markup, flags=re.DOTALL)))


def outline(pdf):
    """Every bookmark, with its level and its page."""

    def follow(items, level=0):
        for item in items:
            if isinstance(item, list):
                yield from follow(item, level + 1)
            else:
                yield squeezed(item.title), level, pdf.get_destination_page_number(item)

    return list(follow(pdf.outline))


def test_the_pdf_says_what_it_is(pdf):
    assert pdf.metadata.title == TITLE
    assert pdf.metadata.author
    assert len(pdf.pages) > 5 * len(CHAPTERS)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")


def test_every_heading_and_every_figure_is_printed_and_pages_are_bookmarked(site, pdf, text):
    """And numbered: the contents say where each chapter begins."""
    assert pdf.pages[9].extract_text().split()[0] == "10"
    contents = squeezed(" ".join(page.extract_text() for page in pdf.pages[1:8]))
    marks, last, captions = outline(pdf), -1, []
    for page in PAGES:
        article = one_long_page.article(site, page)
        headings = re.findall(r"<h[12]\b[^>]*>(.*?)</h[12]>", article, re.DOTALL)
        headings = [words_of(heading) for heading in headings]
        assert headings, page
        assert [heading for heading in headings if heading not in text] == [], page
        same = [mark for mark in marks if mark[0].startswith(headings[0])]
        _, _, first = min(same, key=lambda mark: mark[1])  # a page, not a section of that name
        assert first > last, page  # in the order of the book, each on a new page
        assert page not in CHAPTERS or f"{headings[0]}{first + 1}" in contents
        last = first
        captions += re.findall(r'<span class="caption-number">(.*?)</span>', article)
    assert len(captions) > len(CHAPTERS)
    assert [one for one in captions if squeezed(html.unescape(one)) not in text] == []


def test_pictures_have_their_words(site, pdf):
    wanted = sum(len(re.findall(r"<img\b", one_long_page.article(site, page))) for page in PAGES)
    parts = map(pdf.get_object, range(1, pdf.trailer["/Size"]))
    figures = [one for one in parts if isinstance(one, dict) and one.get("/S") == "/Figure"]
    assert wanted > len(CHAPTERS)
    assert len([figure for figure in figures if figure.get("/Alt")]) >= wanted


def test_the_welcome_page_offers_the_pdf(pdf, page, site_url, trouble):
    page.goto(f"{site_url}/index.html")
    link = page.locator(".take-away:not(.the-pack) a")
    assert link.is_visible()
    answer = page.request.get(f"{site_url}/{link.get_attribute('href')}")
    assert answer.body().startswith(b"%PDF")
    assert trouble == []


@pytest.fixture(scope="module")
def pack(pdf, run_once, tmp_path_factory):
    """The pack, unpacked in a folder with an unusual name."""
    run_once("pack_offline")
    (archive,) = (ROOT / "dist").glob("*-offline.zip")
    digest, name = archive.with_name(f"{archive.name}.sha256").read_text(encoding="utf-8").split()
    assert name == archive.name
    assert digest == hashlib.sha256(archive.read_bytes()).hexdigest()
    folder = tmp_path_factory.mktemp("Ohne Netz – 授業")
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_the_pack_holds_everything_with_checksums(pack):
    listed = {}
    for line in (pack / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    result = {p.relative_to(pack).as_posix() for p in pack.rglob("*") if p.is_file()}
    assert result - {"SHA256SUMS"} == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((pack / name).read_bytes()).hexdigest() == digest, name
    for topic in (chapter.removeprefix("chapters/") for chapter in CHAPTERS):
        assert {f"site/slides/{topic}.html", f"site/notebooks/{topic}.ipynb"} <= result
    assert {"site/course.pdf", "source/Makefile", "source/requirements.lock"} <= result
    assert any(name.startswith("site/dist/") and name.endswith(".whl") for name in result)
    assert "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db" in (
        pack / "DATA.txt"
    ).read_text(encoding="utf-8")


def test_the_site_offers_the_pack_with_size_and_checksum(pack, site):
    folder = site / "pack"
    (archive,) = folder.glob("*.zip")
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() in page
    assert f"{archive.stat().st_size / 1e6:.1f} MB" in page
    assert f'href="{archive.name}"' in page
    for name in ("index.html", "instructors/guide.html"):
        assert '<p class="take-away the-pack">' in (site / name).read_text(encoding="utf-8")
        assert '<p class="take-away the-pack">' not in (pack / "site" / name).read_text("utf-8")
    assert not (pack / "site" / "pack").exists()


def test_the_pack_opens_without_a_server(pack, page, trouble):
    page.goto((pack / "site" / "index.html").as_uri())
    assert page.locator(".take-away:not(.the-pack) a").is_visible()
    page.locator(f"article a[href^='{CHAPTERS[1]}.html']").first.click()
    page.wait_for_url("**/chapters/*.html*")
    assert page.evaluate("getComputedStyle(document.querySelector('.bd-main')).display") == "flex"
    page.evaluate("document.querySelectorAll('article img').forEach((i) => (i.loading = 'eager'))")
    page.wait_for_function(
        "[...document.querySelectorAll('article img')].every((i) => i.naturalWidth > 0)"
    )
    page.goto((pack / "site" / "slides" / "workshop.html").as_uri())
    page.wait_for_function("Reveal.isReady()")
    assert trouble == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
