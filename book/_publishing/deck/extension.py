"""A chapter's deck, ``slides/<topic>.html``: the page's own text, figures and outputs.

A deck is written with its page, from the same resolved tree and by the page's
own translator, so that the two cannot differ. reveal.js shows it, from files
beside it: it works without a network, and from a folder.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import asdict, dataclass, replace
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.locale import admonitionlabels
from sphinx.util.logging import getLogger

from _publishing.deck.layout import arrangement, pages, ratio_of
from _publishing.deck.select import Slide, choose
from _publishing.directives.quiz import quiz_choice, quiz_prompt, quiz_reason, verdict
from _publishing.page import sharing
from _publishing.page.identity import identity
from _publishing.source import front_matter
from _publishing.source.html_tags import Tag, balanced, is_address, with_attributes, with_tags
from _publishing.source.toc import CHAPTERS, chapters, is_chapter, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

LOGGER = getLogger(__name__)
FOLDER = "slides"
#: An address that leads away from the page whatever folder it stands in.
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")
PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
MINUTES = re.compile(r"minutes-(\d+)")
#: Notes begin with the minutes that a slide takes.
TAKES = re.compile(r"(\d+) minutes?\b")


@dataclass(frozen=True)
class RenderedSlide:
    """One slide as HTML, ready for any deck that it is part of."""

    heading: str
    section: str
    """The section of the chapter, for the line that says where we are."""
    address: str
    """Its place on the page, relative to the folder of the decks."""
    kind: str
    badge: str
    layout: str
    text: str
    pictures: str
    notes: str
    minutes: int
    """How long the slide takes, as its notes say; 0 if they do not."""


@dataclass(frozen=True)
class Deck:
    """A whole chapter, rendered."""

    topic: str
    title: str
    number: int
    count: int
    minutes: dict[str, int]
    page: str
    colab: str
    notes: str
    sections: list[str]
    slides: list[RenderedSlide]


class Renderer:
    """Turn a page's nodes into a deck's HTML with the page's own translator."""

    def __init__(self, app: Sphinx, docname: str, doctree: nodes.document) -> None:
        """Remember the page."""
        self.builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
        self.docname, self.doctree = docname, doctree
        self.page = self.builder.get_target_uri(docname)

    def html(self, content: Iterable[nodes.Node]) -> str:
        """Render nodes; addresses are relative to the folder of the decks."""
        return balanced(self.piece(content))[0]

    def piece(self, content: Iterable[nodes.Node]) -> str:
        """Render nodes whose own HTML may begin what other nodes end."""
        document = new_document("deck", self.doctree.settings)
        document.extend([_unwritten(node.deepcopy()) for node in content])
        translator: Any = self.builder.create_translator(document, self.builder)
        for node in document.children:
            node.walkabout(translator)
        return self._fitted(PERMALINK.sub("", "".join(translator.body))).strip()

    def inline(self, node: nodes.Element) -> str:
        """Render what a title or another line of text holds."""
        paragraph = nodes.paragraph("", "", *[child.deepcopy() for child in node.children])
        return re.sub(r"^<p[^>]*>|</p>$", "", self.html([paragraph]))

    def anchor(self, section: nodes.section) -> str:
        """Give the address of a section of the page."""
        chapter = isinstance(section.parent, nodes.document)
        return self.to(self.page if chapter else f"{self.page}#{section['ids'][0]}")

    def number(self, node: nodes.Element) -> str:
        """Give the number that the page shows for an exercise."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get("exercise", {})
        names: list[str] = node.get("ids", [])
        found: tuple[int, ...] = next((numbers[name] for name in names if name in numbers), ())
        return ".".join(map(str, found))

    def to(self, address: str) -> str:
        """Make an address of the site relative to the folder of the decks."""
        return posixpath.relpath(address, FOLDER)

    def _fitted(self, body: str) -> str:
        """Make HTML of the page fit for a deck.

        Addresses lead from the deck's folder; an id is the page's alone, but for those in
        a drawing, which refers to its own parts by them; and a section (a proof, somebody's
        own HTML) would be a slide within the slide for reveal.js.
        """
        depth = 0

        def write(tag: Tag, text: str) -> str:
            nonlocal depth
            if tag.name == "svg" and not text.endswith("/>"):
                depth += -1 if tag.is_end else 1
            if tag.name == "section":
                text = re.sub("section", "div", text, count=1, flags=re.IGNORECASE)
            drawn = depth > 0 or tag.name == "svg"

            def attribute(name: str, value: str) -> str | None:
                if name == "id" and not drawn:
                    return None
                own = drawn and tag.name != "a" and value.startswith("#")
                return value if own or not is_address(tag, name) else self._rebased(value)

            return text if tag.is_end else with_attributes(text, attribute)

        return with_tags(body, write)

    def _rebased(self, address: str) -> str:
        """Make an address that is relative to the page relative to the deck."""
        if ABSOLUTE.match(address):
            return address
        if address.startswith("#"):
            return self.to(self.page + address)
        return self.to(posixpath.join(posixpath.dirname(self.page), address))


def _unwritten(node: nodes.Node) -> nodes.Node:
    """Take out the titles that a page's writing has put into notes and warnings."""
    for title in list(node.findall(nodes.title)):
        if type(title.parent).__name__ in admonitionlabels:
            title.parent.remove(title)
    return node


def render_slide(renderer: Renderer, slide: Slide, minutes: dict[str, int]) -> RenderedSlide:
    """Render one slide."""
    parts = {"exercise": _exercise, "quiz": _quiz}.get(slide.kind, _plain)(renderer, slide)
    takes = TAKES.match("" if slide.continued else _words(slide.notes))
    return RenderedSlide(
        section=_title(slide.chapter_section),
        address=renderer.anchor(slide.section),
        kind=slide.kind,
        badge=_badge(renderer, slide, minutes),
        notes=renderer.html(slide.notes),
        minutes=int(takes[1]) if takes else 0,
        **parts,
    )


def ended(slides: Iterable[tuple[Slide, RenderedSlide]]) -> list[RenderedSlide]:
    """End on each slide what its HTML begins, and begin it again on those that it goes on to."""
    done, begun, around = [], list[str](), None
    for slide, rendered in slides:
        if around and around not in _path_to(slide.section):
            begun = []
        text, still = balanced(rendered.text, begun if slide.kind == "text" else ())
        if slide.kind == "text":
            around = (around if begun else slide.section) if still else None
            begun = still
        done.append(replace(rendered, text=text))
    return done


def _path_to(section: nodes.Element | None) -> list[nodes.Element]:
    """List a section and what it stands in."""
    path = []
    while section is not None:
        path.append(section)
        section = section.parent
    return path


def _words(content: list[nodes.Node]) -> str:
    """Give the plain text of notes."""
    return " ".join(node.astext() for node in content)


def _plain(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Head a slide with its section's title; pictures stand beside or below the text."""
    heading = renderer.inline(title_node(slide.section))
    text: list[str] = []
    pictures: list[str] = []
    for node, fragment in slide.content:
        html = renderer.piece([node])
        html = f'<div class="fragment">{html}</div>' if fragment else html
        (pictures if ratio_of(node) else text).append(html)
    return {
        "heading": heading,
        "layout": arrangement([node for node, _ in slide.content]),
        "text": "\n".join(text),
        "pictures": balanced("\n".join(pictures))[0],
    }


def _exercise(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Head an exercise with its own title."""
    node = slide.content[0][0]
    title = next(iter(node.findall(nodes.title)), None)
    name = renderer.inline(title).strip() if title else ""
    name = re.sub(r"^\((.*)\)$", r"\1", name)  # sphinx-exercise brackets a title of its own
    content = [child for child in node.children if child is not title]
    inner = [n for child in content for n in _unwrap(child)]
    return {
        "heading": name or "Exercise",
        "layout": "text",
        "text": renderer.html(inner),
        "pictures": "",
    }


def _unwrap(node: nodes.Node) -> list[nodes.Node]:
    """Take an exercise's content out of the section that holds it."""
    return list(node.children) if isinstance(node, nodes.section) else [node]


def _quiz(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Ask on the slide; a key brings the answers, all at once."""
    question = slide.content[0][0]
    reasons = {reason["letter"]: reason for reason in question.findall(quiz_reason)}
    rows = []
    for choice in question.findall(quiz_choice):
        reason = reasons[choice["letter"]]
        kind = "right" if choice["right"] else "wrong"
        rows.append(
            f'<li class="quiz-option"><b>{choice["letter"]}</b> {renderer.inline(choice)}'
            f'<p class="fragment quiz-{kind}" data-fragment-index="0">'
            f"<strong>{verdict(reason)}</strong> {renderer.inline(reason)}</p></li>"
        )
    prompt = next(iter(question.findall(quiz_prompt)))
    return {
        "heading": renderer.inline(prompt),
        "layout": "text",
        "text": f'<ul class="quiz-options">{"".join(rows)}</ul>',
        "pictures": "",
    }


def _badge(renderer: Renderer, slide: Slide, minutes: dict[str, int]) -> str:
    """Say what kind of slide this is, and how long an exercise takes."""
    if slide.kind == "quiz":
        return "Quiz"
    if slide.kind != "exercise":
        return ""
    name = f"Exercise {renderer.number(slide.content[0][0])}".strip()
    own = MINUTES.search(" ".join(slide.content[0][0].get("classes", [])))
    if own:
        return f"{name} · {own[1]} minutes"
    together = minutes.get("do")
    return f"{name} · {together} minutes for all exercises here" if together else name


def _title(section: nodes.section) -> str:
    """Text of a section's title."""
    return title_node(section).astext()


def title_node(section: nodes.section) -> nodes.title:
    """Give a section's own title, which comes before any other."""
    return next(iter(section.findall(nodes.title)))


def minutes_of(app: Sphinx, docname: str) -> dict[str, int]:
    """Minutes to read and to do, from the page's front matter; empty if it gives none."""
    value = app.env.metadata[docname].get("dlcourse")
    try:
        return front_matter.minutes(value)
    except ValueError as error:
        LOGGER.warning(
            "front matter, `dlcourse: {minutes: {read: 10, do: 15}}`: %s; got %r",
            error,
            value,
            location=docname,
        )
        return {}


def render_deck(app: Sphinx, docname: str, doctree: nodes.document) -> Deck:
    """Render a chapter's deck; a section without a slide is a fault."""
    choice, renderer = choose(doctree), Renderer(app, docname, doctree)
    for section in choice.bare:
        LOGGER.warning(
            "no slide for the section %r: choose one with"
            ' +++ {"slideshow": {"slide_type": "slide"}}',
            _title(section),
            location=section,
        )
    minutes, order = minutes_of(app, docname), chapters(app)
    chapter = next(iter(doctree.findall(nodes.section)))
    inner = [child for child in chapter.children if isinstance(child, nodes.section)]
    return Deck(
        topic=topic_of(docname),
        title=renderer.inline(title_node(chapter)),
        number=order.index(docname) + 1 if docname in order else 0,
        count=len(order),
        minutes=minutes,
        page=renderer.to(renderer.page),
        colab=identity(app.config).colab(topic_of(docname)),
        notes=renderer.html(choice.opening_notes),
        sections=[_title(section) for section in inner],
        slides=ended(
            (page, render_slide(renderer, page, minutes))
            for slide in choice.slides
            for page in (pages(slide) if slide.kind == "text" else [slide])
        ),
    )


def store(app: Sphinx) -> Path:
    """Where rendered decks wait for the one that joins them."""
    return Path(app.doctreedir) / "decks"


def write_deck(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write a chapter's deck beside its page."""
    if doctree is None or not is_chapter(pagename) or app.builder.name != "html":
        return
    if next(iter(doctree.findall(nodes.section)), None) is None:
        LOGGER.warning("a chapter needs a title: begin it with a heading", location=pagename)
        return
    deck = render_deck(app, pagename, doctree)
    store(app).mkdir(parents=True, exist_ok=True)
    (store(app) / f"{deck.topic}.json").write_text(json.dumps(asdict(deck)), "utf-8")
    write_html(app, f"{deck.topic}.html", deck_page(deck))
    context["deck"] = f"{FOLDER}/{deck.topic}.html"


def deck_page(deck: Deck) -> dict[str, Any]:
    """Gather what the template needs to show one chapter."""
    return {
        "title": re.sub(r"<[^>]+>", "", deck.title),
        "decks": [deck],
        "back": deck.page,
        "colab": deck.colab,
        "whole": False,
    }


def write_html(app: Sphinx, name: str, context: dict[str, Any]) -> None:
    """Fill the template and write a deck."""
    builder: Any = app.builder
    topic = Path(name).stem
    title, about = unescape(context["title"]), f"Slides for: {unescape(context['title'])}"
    tags = sharing.tags(app, f"{FOLDER}/{topic}", title, about, page=f"{CHAPTERS}{topic}")
    shared = {
        "course": app.config.html_title or app.config.project,
        "lang": "en",
        "esc": escape,
        "canonical": sharing.address(app, f"{FOLDER}/{topic}"),
        "sharing": "\n".join(tags),
    }
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    html = builder.templates.render("deck.html", {**shared, **context})
    (folder / name).write_text(html, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write a deck whenever its page is written."""
    app.connect("html-page-context", write_deck, priority=700)
