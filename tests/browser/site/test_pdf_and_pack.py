"""What leaves the network behind: the book as a PDF, and the pack for a class without one."""

import hashlib
import html
import re
import subprocess
import sys
import zipfile

import pytest
import yaml
from _publishing import build_lock
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
def run_once(tmp_path_factory, worker_id):
    """Run one of the tools, which must succeed, once for all workers of this run of pytest."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent

    def run(name):
        build_lock.take(shared)
        try:
            if not (shared / name).exists():
                command = [sys.executable, ROOT / "tools" / name]
                done = subprocess.run(command, text=True, capture_output=True, check=False)
                assert done.returncode == 0, done.stdout + done.stderr
                (shared / name).touch()
        finally:
            build_lock.let_go(shared)

    return run


@pytest.fixture(scope="module")
def pdf(site, run_once):
    """The printed book."""
    run_once("print_book.py")
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
    result = []

    def follow(items, level):
        for item in items:
            if isinstance(item, list):
                follow(item, level + 1)
            else:
                result.append((squeezed(item.title), level, pdf.get_destination_page_number(item)))

    follow(pdf.outline, 0)
    return result


def test_the_pdf_says_what_it_is(pdf):
    assert pdf.metadata.title == TITLE
    assert pdf.metadata.author
    assert len(pdf.pages) > 5 * len(CHAPTERS)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")


def test_every_heading_is_printed_and_bookmarked(site, pdf, text):
    marks = outline(pdf)
    names = [name for name, _, _ in marks]
    last = -1
    for page in PAGES:
        result = re.findall(
            r"<h[12]\b[^>]*>(.*?)</h[12]>", one_long_page.article(site, page), re.DOTALL
        )
        assert result, page
        for heading in map(words_of, result):
            assert heading in text, (page, heading)
        same = [i for i, name in enumerate(names) if name.startswith(words_of(result[0]))]
        first = min(same, key=lambda i: marks[i][1])  # a page, not a section of the same name
        assert marks[first][2] > last, page  # in the order of the book, each on a new page
        last = marks[first][2]


def test_every_figure_is_printed_with_its_number(site, text):
    count = 0
    for page in CHAPTERS:
        captions = re.findall(
            r'<span class="caption-number">(.*?)</span>', one_long_page.article(site, page)
        )
        count += len(captions)
        assert [c for c in captions if squeezed(html.unescape(c)) not in text] == [], page
    assert count > len(CHAPTERS)


def test_pictures_have_their_words(site, pdf):
    wanted = sum(len(re.findall(r"<img\b", one_long_page.article(site, page))) for page in PAGES)
    seen, result, waiting = set(), 0, [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict) and id(node) not in seen:
            seen.add(id(node))
            result += node.get("/S") == "/Figure" and bool(node.get("/Alt"))
            if "/K" in node:
                waiting.append(node["/K"])
    assert wanted > len(CHAPTERS)
    assert result >= wanted


def test_pages_are_numbered_and_the_contents_say_so(site, pdf):
    assert pdf.pages[9].extract_text().split()[0] == "10"
    places = {name: page for name, level, page in reversed(outline(pdf)) if level <= 1}
    contents = " ".join(page.extract_text() for page in pdf.pages[1:8])
    for page in CHAPTERS:
        heading = re.search(r"<h1\b[^>]*>(.*?)</h1>", one_long_page.article(site, page), re.DOTALL)
        name = words_of(heading[1])
        number = next(number for title, number in places.items() if title.startswith(name)) + 1
        assert f"{name}{number}" in squeezed(contents)


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
    run_once("pack_offline.py")
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
    asked = []
    page.on("request", lambda request: asked.append(request.url))
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
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
