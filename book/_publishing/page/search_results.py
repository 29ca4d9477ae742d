"""Make search results useful: the chapter that explains a word first, quoted without its buttons.

Sphinx ranks by where a word stands, and cannot tell the chapter that is about dropout from
one that mentions it. Of a word in the glossary, or in a chapter's title, the chapter that
says it most often is the one that explains it; it comes first.
"""

import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.index_entries import split_index_msg

from _publishing.connect_for_html_only import after_build
from _publishing.source.chapter_names import chapters
from _publishing.write_if_changed import write_if_changed

#: The script with `Scorer`, by which Sphinx's search ranks its results; `templates/layout.html`
#: loads it before searchtools.js.
NAME = "search-terms.js"
#: A word in a heading says more about a chapter than so many in passing.
HEADING = 10
_WORD = re.compile(r"\w+")
_HEADINGS = re.compile(r"^#+ .*", re.MULTILINE)
#: What Sphinx leaves out of what a result quotes, and what we leave out.
_REMOVED = '[".headerlink", "script", "style"]'
_NOT_QUOTED = '[".headerlink", "script", "style", ".bd-header-article", ".prev-next-footer"]'
_SCORER = """\
// Where the book explains a word, or several such things: that chapter comes first.
var Scorer = {
  terms: %s,
  asked: (new URLSearchParams(location.search).get("q") ?? "").trim().toLowerCase(),
  home: (asked) => Scorer.terms[asked] ?? Scorer.terms[asked.replace(/s$/, "")],
  score: ([docname, , , , score]) => score + (Scorer.home(Scorer.asked) === docname ? 100 : 0),
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
"""


def words_of(text: str) -> str:
    """Return the words of a text, each between spaces; those of its headings count for more."""
    return _spaced(" ".join([text, *_HEADINGS.findall(text) * HEADING]))


def _spaced(text: str) -> str:
    return "".join(f" {word} " for word in _WORD.findall(text.lower()))


def home(term: str, texts: dict[str, str]) -> str:
    r"""Name the text that is most about a word: the first of those that say it most often.

    >>> home("loss", {"one": words_of("Loss."), "two": words_of("# Loss\nThe loss falls.")})
    'two'
    """
    counts = {name: text.count(_spaced(term)) for name, text in texts.items()}
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] > 1 else ""


def write(app: Sphinx) -> None:
    """Write the script by which the search page ranks its results."""
    texts = {
        name: words_of(Path(app.env.doc2path(name)).read_text(encoding="utf-8"))
        for name in chapters(app)
    }
    titles = " ".join(app.env.titles[name].astext() for name in texts)
    words = {
        name
        for name, _, object_type, *_ in app.env.get_domain("std").get_objects()
        if object_type == "term"
    }
    terms = {word.lower(): home(word, texts) for word in words | set(re.findall(r"\w{4,}", titles))}
    table = {term: docname for term, docname in sorted(terms.items()) if docname}
    text = _SCORER % json.dumps(table, indent=0, ensure_ascii=False)
    write_if_changed(Path(app.outdir) / "_static" / NAME, text)


def quote_words(app: Sphinx) -> None:
    """Let a result quote what a page says, and not the words of the buttons above it."""
    path = Path(app.outdir) / "_static" / "searchtools.js"
    script = path.read_text(encoding="utf-8")
    if not any(words in script for words in (_REMOVED, _NOT_QUOTED)):
        raise ExtensionError(
            f"{path.name} no longer says {_REMOVED}: see _publishing/page/search_results.py."
        )
    write_if_changed(path, script.replace(_REMOVED, _NOT_QUOTED))


def index_terms(app: Sphinx) -> list[Any]:
    """Hand the search index the terms of every page; it adds no page.

    Sphinx hands over those of the pages that it writes, and forgets the others' from one build
    to the next.
    """
    env = app.env
    index = vars(env)["_search_index_index_entries"]
    index.clear()
    for docname, entries in sorted(env.get_domain("index").data.get("entries", {}).items()):
        terms: set[tuple[str, str, str]] = set()
        for entry_type, value, target, main, _ in entries:
            parts = split_index_msg(entry_type, value)
            terms.update((part, target or "", main) for part in parts)
        index[docname] = sorted(terms)
    return []


def setup(app: Sphinx) -> None:
    """Write at the end, when every chapter is known."""
    app.connect("html-collect-pages", index_terms)
    after_build(app, write)
    after_build(app, quote_words)
