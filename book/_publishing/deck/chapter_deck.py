"""A chapter's deck, ``slides/<topic>.html``: the page's own text, figures and outputs.

A deck is written with its page, from the same resolved tree. reveal.js shows it, from files
beside it: it works without a network, and from a folder. The page's headings get links to it.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

from _publishing.connect_for_html_only import on_page
from _publishing.deck.render_slide import (
    FOLDER,
    RenderedSlide,
    Renderer,
    render_slide,
    title_node,
    title_of,
)
from _publishing.deck.slides_from_doctree import choose
from _publishing.deck.split_overfull_slides import split
from _publishing.deck.write_deck_files import waiting_decks, write_html
from _publishing.directives.instructors_notes import NOTES, PARTS, read_notes
from _publishing.hosting import hosting_of
from _publishing.page import meta_tags
from _publishing.page.links_to_slides import with_links_to_slides
from _publishing.source import chapter_options
from _publishing.source.chapter_names import chapters, is_chapter, topic_of

LOGGER = getLogger(__name__)


@dataclass(frozen=True)
class Deck:
    """A whole chapter, rendered."""

    topic: str
    title: str
    number: int
    count: int
    minutes: dict[str, int]
    page: str  #: its address from the decks' folder
    colab: str
    notes: str
    sections: list[str]
    slides: list[RenderedSlide]


def reading_minutes(app: Sphinx, docname: str) -> dict[str, int]:
    """Return the minutes to read and to do that the page's front matter gives, if any."""
    value = app.env.metadata[docname].get("dlcourse")
    try:
        return chapter_options.read_minutes(value)
    except ValueError as error:
        LOGGER.warning(
            "front matter, `dlcourse: {minutes: {read: 10, do: 15}}`: %s; got %r",
            error,
            value,
            location=docname,
        )
        return {}


def render_deck(app: Sphinx, docname: str, doctree: nodes.document) -> Deck:
    """Return a chapter's deck; warn of each section without a slide."""
    choice, renderer = choose(doctree), Renderer(app, docname, doctree)
    for section in choice.bare:
        LOGGER.warning(
            "no slide for the section %r: choose one with"
            ' +++ {"slideshow": {"slide_type": "slide"}}',
            title_of(section),
            location=section,
        )
    minutes, order = reading_minutes(app, docname), chapters(app)
    chapter = next(iter(doctree.findall(nodes.section)))
    inner = [child for child in chapter.children if isinstance(child, nodes.section)]
    return Deck(
        topic=topic_of(docname),
        title=renderer.inline(title_node(chapter)),
        number=order.index(docname) + 1 if docname in order else 0,
        count=len(order),
        minutes=minutes,
        page=renderer.to(renderer.page),
        colab=hosting_of(app.config).colab(topic_of(docname)),
        notes=renderer.html(choice.opening_notes) + beforehand(app, topic_of(docname)),
        sections=[title_of(section) for section in inner],
        slides=with_ids(
            topic_of(docname),
            [
                render_slide(renderer, page, minutes)
                for slide in choice.slides
                for page in (split(slide) if slide.kind in {"text", "solution"} else [slide])
            ],
        ),
    )


def beforehand(app: Sphinx, topic: str) -> str:
    """Return what the speaker should know before the chapter's first slide."""
    notes = read_notes(Path(app.srcdir)).get(topic, {})
    return "".join(
        f"<p><strong>{name}.</strong> {escape(notes[part])}</p>"
        for part, name in PARTS.items()
        if part in notes
    )


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have decks written anew when what `beforehand` reads has changed."""
    known, now = vars(env).get(NOTES), read_notes(Path(app.srcdir))
    vars(env)[NOTES] = now
    return [] if known == now else chapters(app)


def with_ids(topic: str, slides: list[RenderedSlide]) -> list[RenderedSlide]:
    """Return the slides with ids that stay when another section gets more slides.

    An id is made of the chapter and the section, and counts from the section's second slide on.
    Predictions count by themselves.
    """
    count: Counter[str] = Counter()
    result = []
    for slide in slides:
        section = slide.address.partition("#")[2]
        name = f"{topic}-{section}" if section else f"{topic}-opening"
        name += "-guess" if slide.kind == "predict" else ""
        count[name] += 1
        result.append(replace(slide, id=name + (f"-{count[name]}" if count[name] > 1 else "")))
    return result


def write_deck(
    app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write a chapter's deck beside its page."""
    if doctree is None or not is_chapter(pagename):
        return
    if next(iter(doctree.findall(nodes.section)), None) is None:
        LOGGER.warning("a chapter needs a title: begin it with a heading", location=pagename)
        return
    deck = render_deck(app, pagename, doctree)
    # Kept for `workshop_deck`, which joins the decks of the chapters when every page is written.
    waiting_decks(app).mkdir(parents=True, exist_ok=True)
    (waiting_decks(app) / f"{deck.topic}.json").write_text(json.dumps(asdict(deck)), "utf-8")
    write_html(app, f"{deck.topic}.html", template_context(deck))
    if "body" in context:
        context["body"] = with_links_to_slides(context["body"], first_slides(deck))


def first_slides(deck: Deck) -> dict[str, str]:
    """Return the address of each section's first slide, by the section's anchor."""
    first: dict[str, str] = {}
    for slide in deck.slides:
        # Without a slash after the mark: the theme looks the name up on the page, as a selector.
        address = f"../{FOLDER}/{deck.topic}.html#{slide.id}"
        first.setdefault(slide.address.partition("#")[2], address)
    return first


def template_context(deck: Deck) -> dict[str, Any]:
    """Return what the template needs to show one chapter."""
    return {
        "title": meta_tags.plain(deck.title),
        "decks": [deck],
        "back": deck.page,
        "colab": deck.colab,
        "whole": False,
    }


def setup(app: Sphinx) -> None:
    """Write a deck whenever its page is written."""
    app.connect("env-updated", renew)
    on_page(app, write_deck, priority=700)
