"""Write a deck into the site, and name the folder where chapters' decks are kept as JSON."""

from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _publishing.deck.render_slide import FOLDER
from _publishing.hosting import hosting_of
from _publishing.page import meta_tags
from _publishing.source.chapter_names import CHAPTERS


def waiting_decks(app: Sphinx) -> Path:
    """Return the folder where each chapter's deck is kept, rendered, as JSON.

    `workshop_deck` joins parts of them into the one deck of the half-day workshop.
    """
    return Path(app.doctreedir) / "decks"


def write_html(app: Sphinx, name: str, context: dict[str, Any]) -> None:
    """Fill the template and write a deck."""
    builder: Any = app.builder
    topic = Path(name).stem
    # Shared as a link, a deck shows the card of its chapter's page; the workshop's, which has none,
    # that of the welcome page.
    title, page = context["title"], f"{CHAPTERS}{topic}"
    tags = meta_tags.tags(app, f"{FOLDER}/{topic}", title, f"Slides for: {title}", page=page)
    shared = {
        "course": app.config.html_title,
        "esc": escape,
        "canonical": hosting_of(app.config).page(f"{FOLDER}/{topic}"),
        "sharing": "\n".join(tags),
    }
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    html = builder.templates.render("deck.html", {**shared, **context})
    (folder / name).write_text(html, encoding="utf-8")
