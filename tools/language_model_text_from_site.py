"""Write the text on which the language model learns: the prose of the built site, frozen.

Run by hand, not by a build: a new text means another network, and another chapter to read.
Usage: python tools/language_model_text_from_site.py SITE src/dlcourse/data/course_text/text.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import ascii_letters, digits

from bs4 import BeautifulSoup

#: The chapters that come last are held out for the test, so what is unlike prose comes first.
PAGES = (
    "appendix/glossary", "appendix/set-up", "appendix/notation", "appendix/put-right",
    "instructors/guide", "instructors/self-study", "appendix/several-machines",
    "chapters/going-faster", "chapters/machine-learning", "chapters/neurons", "chapters/networks",
    "chapters/backpropagation", "chapters/libraries", "chapters/irises", "chapters/kernels",
    "chapters/convolutional-networks", "chapters/handwriting", "chapters/augmentation",
    "chapters/ethics", "chapters/where-next",
)  # fmt: skip
LETTERS = {*ascii_letters, *digits, *" .,:;!?'\"()-%=+*/<>_@"}
PLAIN = str.maketrans(
    "\u2019\u2018\u201c\u201d\u2013\u2212\u00d7\u00a0\u202f\u2192\u00e9", "''\"\"--x  >e"
)
LEFT_OUT = (
    "annotation, div.cell, pre, table, script, style, nav, div.math, mtable, mfrac, .headerlink"
)
BLOCKS = ["h1", "h2", "h3", "p", "dt", "dd", "li", "label"]


def paragraphs(page: Path) -> list[str]:
    """Return the paragraphs of a page that consist of plain letters."""
    article = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("article")
    if article is None:
        return []
    for part in article.select(LEFT_OUT):
        part.decompose()
    blocks = [b for b in article.find_all(BLOCKS) if not b.find(["p", "li", "ul", "ol", "dl"])]
    texts = [tidy(block.get_text()) for block in blocks]
    return [text for text in texts if len(text) > 2 and set(text) <= LETTERS]


def tidy(text: str) -> str:
    """Leave out marks of the quiz, references and needless space; use plain signs."""
    text = re.sub(r"\s+", " ", text).strip().translate(PLAIN).replace("…", "...")
    text = re.sub(r"^[A-D] [✗✓] (Not this one|Right)\. ", "", text)
    text = re.sub(r"\[[^\]]*\]", "", text)
    return re.sub(r"\s+([.,;:?!)])", r"\1", text)


if __name__ == "__main__":
    site, target = map(Path, sys.argv[1:])
    lines = [text for page in PAGES for text in paragraphs(site / f"{page}.html")]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size:,} characters in {len(lines):,} paragraphs")
