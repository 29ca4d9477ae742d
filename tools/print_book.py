"""Print the whole book into book/_build/html/course.pdf, with the browser that is there.

`_publishing.pdf.one_long_page` joins the pages to one, which is printed twice: the first time shows
on which page each section begins, and the second time the table of contents has these numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import time
from html import escape

import make_site
import yaml
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from shared_paths import chromium

sys.path.insert(0, str(make_site.ROOT / "src"))
sys.path.insert(0, str(make_site.BOOK))

from _publishing import build_lock
from _publishing.pdf import offer_until_next_build, one_long_page

import dlcourse
from dlcourse.safe_files import write_whole

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def facts() -> dict[str, str]:
    """Return what stands on the title page and in the PDF's properties."""
    settings = yaml.safe_load((make_site.BOOK / "_config.yml").read_text(encoding="utf-8"))
    seconds = int(make_site.environment()["SOURCE_DATE_EPOCH"])
    day = dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    return {
        "title": settings["title"],
        "author": settings["author"],
        "edition": f"Edition {dlcourse.__version__} of {day.day} {day:%B %Y}",
        "stamp": f"D:{day:%Y%m%d%H%M%S}Z",
        "address": site_address(),
    }


def site_address() -> str:
    """Return the site's address as its pages have it; empty if they have none."""
    text = (make_site.OUT / "index.html").read_text(encoding="utf-8")
    _, canonical, rest = text.partition('<link rel="canonical" href="')
    return rest.partition('"')[0].removesuffix("index.html") if canonical else ""


def front(book: dict[str, str]) -> str:
    """Return the title page as HTML."""
    lines = [
        book["author"],
        book["edition"],
        "Text and figures: CC BY 4.0. Code: MIT.",
        "Every number and figure in this book was computed by the pages it was printed from.",
    ]
    if book["address"]:
        lines.append(f'<a href="{book["address"]}">{escape(book["address"])}</a>')
    title = f'<p class="title">{escape(book["title"])}</p>'
    return title + "".join(f"<p>{line}</p>" for line in lines)


def page_numbers(pdf: bytes) -> dict[str, int]:
    """Return the number of the page on which each named place stands."""
    reader = PdfReader(io.BytesIO(pdf))
    places = reader.named_destinations.items()
    indices = {name: reader.get_destination_page_number(place) for name, place in places}
    return {name.removeprefix("/"): i + 1 for name, i in indices.items() if i is not None}


def with_properties(pdf: bytes, book: dict[str, str]) -> bytes:
    """Return the PDF with the book's title, author and date in place of the browser's."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    names = {"/Title": book["title"], "/Author": book["author"], "/Creator": "dlcourse"}
    writer.add_metadata({**names, "/CreationDate": book["stamp"], "/ModDate": book["stamp"]})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def print_pages(book: dict[str, str]) -> bytes:
    """Return the book as a PDF."""
    source = make_site.OUT / offer_until_next_build.PART
    numbers: dict[str, int] = {}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            page = browser.new_page()
            page.emulate_media(media="print", color_scheme="light")
            for _ in range(2):
                words = {"front": front(book), "address": book["address"], "numbers": numbers}
                html = one_long_page.join(make_site.OUT, make_site.BOOK, **words)
                source.write_text(html, encoding="utf-8")
                page.goto(source.as_uri(), wait_until="load", timeout=120_000)
                pdf = page.pdf(
                    outline=True, tagged=True, prefer_css_page_size=True, print_background=True
                )
                numbers = page_numbers(pdf)
            browser.close()
    finally:
        source.unlink(missing_ok=True)
    return with_properties(pdf, book)


def main() -> int:
    """Print the book, unless there is a PDF, which the next build takes away."""
    site = make_site.OUT
    build_lock.take(site.parent)  # no build may begin before the PDF is there
    made_of = make_site.ingredients()
    untouched = make_site.unchanged(made_of)
    path = site / offer_until_next_build.NAME
    if path.is_file():
        print(f"The PDF is up to date: {path}")
        return 0
    if chromium() is None:
        print("make pdf: printing needs Chromium or Chrome: install one.", file=sys.stderr)
        return 1
    start = time.monotonic()
    pdf = print_pages(facts())
    offer_until_next_build.show_link(site, shown=True)
    write_whole(path, pdf)
    # The PDF lies in the site: unless this is noted, the next make site takes the site for altered.
    if untouched:
        make_site.remember(made_of)
    size = path.stat().st_size / 1e6
    pages = len(PdfReader(path).pages)
    print(
        f"The book is in {path} ({pages} pages, {size:.1f} MB, {time.monotonic() - start:.0f} s)."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
