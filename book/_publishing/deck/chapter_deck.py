"""A chapter's deck, ``slides/<topic>.html``: the page's own text, figures and outputs.

A deck is written with its page, from the same resolved tree. reveal.js shows it, from files
beside it: it works without a network, and from a folder. The page's headings get links to it.
"""

import json
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

from _publishing.connect_for_html_only import on_page
from _publishing.deck.render_slide import FOLDER, Renderer, render_slide, title_node, title_of
from _publishing.deck.slides_from_doctree import choose
from _publishing.deck.split_long_solutions import split
from _publishing.deck.write_deck_files import waiting_decks, write_html
from _publishing.directives.instructors_notes import NOTES, PARTS, read_notes
from _publishing.hosting import hosting_of
from _publishing.page import meta_tags
from _publishing.page.links_to_slides import with_links_to_slides
from _publishing.source import chapter_options
from _publishing.source.chapter_names import chapters, is_chapter, topic_of

LOGGER = getLogger(__name__)


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


def render_deck(app: Sphinx, docname: str, doctree: nodes.document) -> dict[str, Any]:
    """Return a chapter's deck, rendered, for the template; warn of each section without a slide."""
    choice, renderer = choose(doctree), Renderer(app, docname)
    for section in choice.bare:
        LOGGER.warning(
            "no slide for the section %r: choose one with"
            ' +++ {"slideshow": {"slide_type": "slide"}}',
            title_of(section),
            location=section,
        )
    topic, order = topic_of(docname), chapters(app)
    chapter = next(iter(doctree.findall(nodes.section)))
    slides = [
        render_slide(renderer, page)
        for slide in choice.slides
        for page in (split(slide) if slide.kind == "solution" else [slide])
    ]
    return {
        "topic": topic,
        "title": renderer.inline(title_node(chapter)),
        "number": order.index(docname) + 1,
        "count": len(order),
        "minutes": reading_minutes(app, docname),
        "page": renderer.to(renderer.page),
        "notes": renderer.html(choice.opening_notes) + beforehand(app, topic),
        "sections": [
            title_of(part) for part in chapter.children if isinstance(part, nodes.section)
        ],
        "slides": with_ids(topic, slides),
    }


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


def with_ids(topic: str, slides: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the slides with ids that stay when another section gets more slides.

    An id is made of the chapter and the section, and counts from the section's second slide on.
    Predictions count by themselves.
    """
    count: Counter[str] = Counter()
    result = []
    for slide in slides:
        name = f"{topic}-{slide['address'].partition('#')[2] or 'opening'}"
        name += "-guess" if slide["kind"] == "predict" else ""
        count[name] += 1
        result.append(slide | {"id": name + (f"-{count[name]}" if count[name] > 1 else "")})
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
    topic = deck["topic"]
    # Kept for `workshop_deck`, which joins the decks of the chapters when every page is written.
    waiting_decks(app).mkdir(parents=True, exist_ok=True)
    (waiting_decks(app) / f"{topic}.json").write_text(json.dumps(deck), "utf-8")
    shown = {
        "title": meta_tags.plain(deck["title"]),
        "decks": [deck],
        "back": deck["page"],
        "colab": hosting_of(app.config).notebook_in("Colab", topic),
    }
    write_html(app, f"{topic}.html", shown)
    first: dict[str, str] = {}  # each section's first slide, by the section's anchor
    for slide in deck["slides"]:
        # Without a slash after the mark: the theme looks the name up on the page, as a selector.
        address = f"../{FOLDER}/{topic}.html#{slide['id']}"
        first.setdefault(slide["address"].partition("#")[2], address)
    context["body"] = with_links_to_slides(context["body"], first)


def setup(app: Sphinx) -> None:
    """Write a deck whenever its page is written."""
    app.connect("env-updated", renew)
    on_page(app, write_deck, priority=700)
