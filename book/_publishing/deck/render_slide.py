"""One slide as HTML, written by the page's own translator, so that deck and page agree."""

import posixpath
import re
from collections.abc import Iterable
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from _publishing.deck.render_questions import predict_slide, prediction, quiz_slide
from _publishing.deck.slide_data import Slide
from _publishing.deck.slide_layout import arrangement, is_picture
from _publishing.directives.predict import predict
from _publishing.directives.slide_only_and_speaker_notes import slide_only
from _publishing.html_tree import ADDRESSES, content, parse
from _publishing.page.nodes_as_html import nodes_as_html

FOLDER = "slides"
#: An address that does not depend on the page's folder.
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")
#: The addresses of a live figure's files.
IN_JSON = re.compile(r'(?<=":")[^"]+')
MINUTES = re.compile(r"minutes-(\d+)")
#: Notes begin with the minutes that a slide takes.
TAKES = re.compile(r"(\d+) minutes?\b")


class Renderer:
    """Writes a page's nodes as a deck's HTML, with the page's own translator."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self.builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
        self.docname = docname
        self.page = self.builder.get_target_uri(docname)

    def html(self, written: Iterable[nodes.Node]) -> str:
        """Return nodes as HTML that ends what it begins, for the folder of the decks."""
        tree = parse(nodes_as_html(self.builder, written))
        self._fit(tree)
        return content(tree).strip()

    def inline(self, node: nodes.Element) -> str:
        """Return the content of a title or another line as HTML."""
        paragraph = nodes.paragraph("", "", *[child.deepcopy() for child in node.children])
        return re.sub(r"^<p[^>]*>|</p>$", "", self.html([paragraph]))

    def anchor(self, section: nodes.section) -> str:
        """Return the address of a section of the page."""
        chapter = isinstance(section.parent, nodes.document)
        return self.to(self.page if chapter else f"{self.page}#{section['ids'][0]}")

    def number(self, node: nodes.Element) -> str:
        """Return the number that the page shows for an exercise."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get("exercise", {})
        names: list[str] = node.get("ids", [])
        number: tuple[int, ...] = next((numbers[name] for name in names if name in numbers), ())
        return ".".join(map(str, number))

    def to(self, address: str) -> str:
        """Return an address of the site relative to the folder of the decks."""
        return posixpath.relpath(address, FOLDER)

    def _fit(self, tree: BeautifulSoup) -> None:
        """Make HTML of the page what a deck needs.

        Addresses start from the deck's folder; links open in a new tab. Ids go.
        """
        for tag in tree.select("*"):
            tag.attrs.pop("id", None)
            for name in ADDRESSES & tag.attrs.keys():
                tag[name] = self._rebased(str(tag[name]))
            if tag.name == "a":
                tag["target"] = "_blank"
            if files := tag.get("artifacts"):  # JSON: name -> address
                tag["artifacts"] = IN_JSON.sub(lambda match: self._rebased(match[0]), str(files))

    def _rebased(self, address: str) -> str:
        """Return an address that starts from the page as one that starts from the deck."""
        if ABSOLUTE.match(address):
            return address
        if address.startswith("#"):
            return self.to(self.page + address)
        return self.to(posixpath.join(posixpath.dirname(self.page), address))


def render_slide(renderer: Renderer, slide: Slide) -> dict[str, Any]:
    """Return one slide as HTML, ready for any deck that it is part of.

    Its minutes are 0 if its notes do not say how long it takes, as are an exercise's, without
    which it has no countdown. `section` is for the line that says where we are, `address` its place
    on the page, relative to the folder of the decks. Of a quiz the workshop's deck keeps only the
    question that is the `hinge`, and of all slides none that is `optional`.
    `chapter_deck.with_ids` adds its `id`.
    """
    kinds = {"exercise": _exercise, "quiz": quiz_slide, "predict": predict_slide}
    takes = TAKES.match(" ".join(note.astext() for note in slide.notes))
    return {
        "section": title_of(slide.chapter_section),
        "address": renderer.anchor(slide.section),
        "kind": slide.kind,
        "badge": _badge(renderer, slide),
        "notes": renderer.html(slide.notes),
        "minutes": int(takes[1]) if takes else 0,
        "exercise_minutes": _exercise_minutes(slide),
        "optional": slide.optional,
        "hinge": slide.hinge,
        "layout": "text",
        "pictures": "",
        **kinds.get(slide.kind, _plain)(renderer, slide),
    }


def _plain(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Return a slide headed by its section's title, its pictures apart from the text."""
    heading = escape(slide.title) or renderer.inline(title_node(slide.section))
    text: list[str] = []
    pictures: list[str] = []
    for node, fragment in slide.content:
        html = prediction(renderer, node) if isinstance(node, predict) else renderer.html([node])
        html = f'<div class="fragment">{html}</div>' if fragment else html
        (pictures if is_picture(node) else text).append(html)
    return {
        "heading": heading,
        "layout": arrangement([node for node, _ in slide.content]),
        "text": "\n".join(text),
        "pictures": "\n".join(pictures),
    }


def _exercise(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Return an exercise, headed by its own title, in its words for the slide if it has any."""
    node = slide.content[0].node
    title = next(iter(node.findall(nodes.title)), None)
    name = renderer.inline(title).strip() if title else ""
    name = re.sub(r"^\((.*)\)$", r"\1", name)  # sphinx-exercise brackets a title of its own
    # Without the section that holds what an exercise says.
    parts = [
        child.children if isinstance(child, nodes.section) else [child]
        for child in node.children
        if child is not title
    ]
    if shown_instead := next(iter(node.findall(slide_only)), None):
        # While a page is written, `slide_only_and_speaker_notes` keeps the content in "taken".
        parts = [shown_instead.get("taken", shown_instead.children)]
    text = renderer.html(node for part in parts for node in part)
    return {"heading": name or "Exercise", "text": text}


def _badge(renderer: Renderer, slide: Slide) -> str:
    """Return the words above a heading: quiz, predict, or exercise with its number and minutes."""
    if slide.kind in {"quiz", "solution", "predict"}:
        return slide.kind.capitalize()
    if slide.kind != "exercise":
        return ""
    name = f"Exercise {renderer.number(slide.content[0].node)}".strip()
    minutes = _exercise_minutes(slide)
    return f"{name} · {minutes} minutes" if minutes else name


def _exercise_minutes(slide: Slide) -> int:
    """Return the minutes that an exercise's class gives, as in ``minutes-5``; 0 without one."""
    if slide.kind != "exercise":
        return 0
    given = MINUTES.search(" ".join(slide.content[0].node.get("classes", [])))
    return int(given[1]) if given else 0


def title_of(section: nodes.section) -> str:
    """Return the text of a section's title."""
    return title_node(section).astext()


def title_node(section: nodes.section) -> nodes.title:
    """Return a section's title, which comes before any title inside it."""
    return next(iter(section.findall(nodes.title)))
