"""Every chapter on paper: its words, all its code, whole figures, the addresses of its links.

A picture and its caption are made links before the page is printed, because a link is what a PDF
keeps as a box on a sheet: in two browsers, of a drawing as of a photo.
"""

import html
import re
from collections import Counter, defaultdict
from io import BytesIO

import pytest
from _publishing.pdf import one_long_page
from pages import BROWSERS, CHAPTERS, plain, squeezed, weekly
from pypdf import PdfReader
from waiting import becomes

#: In Chromium, these guard a change; the others take their turn once a week.
SAMPLE = ("chapters/kernels", "chapters/when-it-does-not-learn")
APPENDIX = ("appendix/glossary", "appendix/notation", "appendix/sheet")
MARK = "https://figure.test/"
MARK_FIGURES = """(mark) => {
  const marked = (node, what, i) => {
    const link = document.createElement("a");
    link.href = `${mark}${what}/${i}`;
    link.style = "display: block; color: inherit; text-decoration: none";
    node.before(link);
    link.append(node);
  };
  for (const [i, img] of [...document.querySelectorAll("article img")].entries()) {
    const caption = img.closest("figure")?.querySelector("figcaption .caption-text");
    img.loading = "eager";
    marked(img, "picture", i);
    if (caption && !caption.closest("a")) marked(caption, "caption", i);
  }
}"""
WAKE = """() => document.querySelectorAll("[data-widget]:not([data-open])")
  .forEach((figure) => figure.dispatchEvent(new Event("wake")))"""
LOADED = """() => [...document.querySelectorAll("article img")].every((img) => img.complete)
  && !document.querySelector("[data-widget]:not([data-open], [data-state])")"""
#: What cannot be used on paper, also in a figure that is alive, and what sticks out.
CONTROLS = "button, summary, textarea, [contenteditable], input:not([type=radio]), select"
SEEN = """(controls) => [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)]
  .flatMap((root) => [...(root?.querySelectorAll(controls) ?? [])])
  .filter((e) => e.checkVisibility()).map((e) => e.outerHTML)"""
WIDE = """() => [...document.querySelectorAll("article :is(img, pre, table, math, figure)")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)"""


def missing_code(markup, text):
    """Return the lines of code, and of what it puts out, that paper has less often than the page.

    What stands in a frame of its own comes earlier or later in a PDF than on its sheet.
    """
    blocks = map(plain, re.findall(r"<pre\b[^>]*>(.*?)</pre>", markup, re.DOTALL))
    lines = Counter(squeezed(line) for block in blocks for line in block.split("\n"))
    return [line for line, count in lines.items() if line and text.count(line) < count]


def boxes(pdf):
    """Return where each marked picture and caption is: number of the sheet, and its box in it."""
    result = defaultdict(list)
    for number, sheet in enumerate(pdf.pages):
        for link in (one.get_object() for one in sheet.get("/Annots") or []):
            address = link.get("/A", {}).get("/URI", "")
            if address.startswith(MARK):
                box = [float(side) for side in link["/Rect"]]
                result[address.removeprefix(MARK)].append((number, box))
    return result


@pytest.mark.parametrize("browser", weekly(BROWSERS, ["chromium"]))
@pytest.mark.parametrize("name", weekly([*CHAPTERS, *APPENDIX], SAMPLE))
def test_a_page_is_whole_on_paper(browser_page, site, site_url, browser, name):
    page = browser_page
    page.goto(f"{site_url}/{name}.html")
    page.evaluate(MARK_FIGURES, MARK)
    page.evaluate(WAKE)  # the figures are alive when the page is printed
    becomes(page, lambda: page.evaluate(LOADED), seconds=30)
    markup = one_long_page.article(site, name)
    pdf = PdfReader(BytesIO(page.pdf(format="A4")))
    text = squeezed("".join(sheet.extract_text() for sheet in pdf.pages))

    headings = re.findall(r"<h[1-4]\b[^>]*>(.*?)</h[1-4]>", markup, re.DOTALL)
    headings = [squeezed(plain(one)) for one in headings if "<math" not in one]
    assert [words for words in headings if words not in text] == []
    assert missing_code(markup, text) == []
    links = re.findall(r'<a class="[^"]*\bexternal\b[^"]*" href="([^"]*)"', markup)
    links = [squeezed(html.unescape(one)) for one in links]
    assert [link for link in links if f"({link})" not in text] == []
    for words in ("Click to", "Skip to", "Back to top", "Show code", "Hide code"):
        assert squeezed(words) not in text

    places = boxes(pdf)
    assert {f"picture/{i}" for i in range(len(re.findall(r"<img\b", markup)))} <= set(places)
    for label, parts in places.items():
        what, number = label.split("/")
        sheets = {sheet for sheet, _ in parts}
        assert len(sheets) == 1, f"{label} is split"
        if what == "caption":
            assert sheets == {sheet for sheet, _ in places[f"picture/{number}"]}, label
        left, low, right, high = map(float, pdf.pages[sheets.pop()].mediabox)
        for _, (x1, y1, x2, y2) in parts:
            assert left < x1 < x2 < right, label
            assert low < y1 < y2 < high, label

    if browser == "chromium":
        for number, sheet in enumerate(pdf.pages, 1):
            assert f"{number} / {len(pdf.pages)}" in sheet.extract_text()
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 673, "height": 1000})  # 178 mm, without a sheet's margins
        assert page.evaluate(SEEN, CONTROLS) == []
        assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("format_name", ["A4", "Letter"])
@pytest.mark.parametrize("browser", weekly(BROWSERS, ["chromium"]))
def test_the_course_on_one_sheet_is_one_sheet(browser_page, site_url, format_name):
    browser_page.goto(f"{site_url}/appendix/sheet.html")
    assert len(PdfReader(BytesIO(browser_page.pdf(format=format_name))).pages) == 1
