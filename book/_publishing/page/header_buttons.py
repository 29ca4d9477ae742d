"""The buttons above a page: Colab, slides, where to run it, what to download, how to contribute.

The theme's own point Colab at the Markdown source, which Colab cannot open, and
carry their labels in tooltips only. Ours replace them: a chapter has a notebook
and a deck, every other page only what makes sense for it.
"""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from _publishing.connect_for_html_only import on_page
from _publishing.hosting import hosting_of
from _publishing.in_page.plan_and_mark_cells import FIRST_THAT_RUNS, runs_here
from _publishing.source.chapter_names import is_chapter, topic_of

INSTRUCTORS = "instructors/"
#: The page that says how to run a chapter.
SET_UP = "appendix/set-up"
#: The deck of all chapters.
WORKSHOP = "workshop"
TEMPLATES = Path(__file__).parents[1] / "templates"


def write_buttons(
    app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put our buttons where the theme has put its own."""
    context["header_buttons"] = [
        *(_links(app, pagename, context) if doctree else []),
        *_menu(app, pagename, context, doctree),
        {"text": "Full screen", "icon": "fas fa-expand", "action": "fullscreen"},
    ]


def _links(app: Sphinx, pagename: str, context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return Colab and Slides, the two that readers look for first.

    The first page and those for instructors lead to the deck of the whole workshop.
    """
    chapter = is_chapter(pagename)
    if not chapter and pagename != app.config.root_doc and not pagename.startswith(INSTRUCTORS):
        return []
    topic = topic_of(pagename) if chapter else WORKSHOP
    slides = context["pathto"](f"slides/{topic}.html", 1)
    links = [_link("Slides", slides, "fas fa-chalkboard", plain=True)]
    colab = hosting_of(app.config).colab(topic) if chapter else ""
    if colab:
        links.insert(0, _link("Colab", colab, "fas fa-rocket", plain=True))
    return links


def _menu(
    app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None
) -> list[dict[str, Any]]:
    """Gather downloads, and the ways to answer back, each in a menu of its own."""
    places = _places(app, pagename, context) if doctree and is_chapter(pagename) else []
    downloads = _downloads(pagename, context) if doctree else []
    replies = _replies(app, pagename, source=doctree is not None)
    menus = {
        "Run": (places, "fas fa-play"),
        "Download": (downloads, "fas fa-download"),
        "Contribute": (replies, "fas fa-pen"),
    }
    return [
        {"text": text, "icon": icon, "buttons": items}
        for text, (items, icon) in menus.items()
        if items
    ]


def _places(app: Sphinx, pagename: str, context: dict[str, Any]) -> list[dict[str, Any]]:
    """List where a chapter can be run besides Colab, which has a button of its own."""
    hosting, topic = hosting_of(app.config), topic_of(pagename)
    items = []
    if runs_here(app.env, pagename):
        items.append(_link("Run here", f"#{FIRST_THAT_RUNS}", "fas fa-arrow-down"))
    if kaggle := hosting.kaggle(topic):
        items.append(_link("Kaggle", kaggle, "fas fa-external-link-alt"))
        items.append(_link("Binder", hosting.binder(topic), "fas fa-external-link-alt"))
    if SET_UP in app.env.found_docs:
        help_ = context["pathto"](SET_UP)
        items.append(_link("Help with running", help_, "fas fa-question-circle"))
    return items


def _downloads(pagename: str, context: dict[str, Any]) -> list[dict[str, Any]]:
    """List what can be taken away from a page."""
    pathto = context["pathto"]
    items: list[dict[str, Any]] = []
    if is_chapter(pagename):
        notebook = pathto(f"notebooks/{topic_of(pagename)}.ipynb", 1)
        items.append(_link("Notebook (.ipynb)", notebook, "fas fa-book", download=True))
        executed = pathto(f"executed/{topic_of(pagename)}.ipynb", 1)
        items.append(_link("Notebook with outputs", executed, "fas fa-book-open", download=True))
    if context.get("sourcename"):
        source = pathto(f"_sources/{context['sourcename']}", 1)
        items.append(_link("Source (.md)", source, "fas fa-file", download=True))
    items.append({"text": "Print or PDF", "icon": "fas fa-file-pdf", "action": "print"})
    return items


def _replies(app: Sphinx, pagename: str, *, source: bool) -> list[dict[str, Any]]:
    """Return where a reader can answer: nowhere, if nobody publishes."""
    hosting = hosting_of(app.config)
    if not hosting.repository_url:
        return []
    folder = str(app.config.html_theme_options.get("path_to_docs") or "").strip("/")
    items = [_link("Repository", hosting.repository_url, "fab fa-github")]
    if source:
        path = Path(folder) / Path(app.env.doc2path(pagename)).relative_to(app.srcdir)
        items.append(_link("Suggest an edit", hosting.edit(path.as_posix()), "fas fa-pencil-alt"))
    issue = hosting.issue(quote(f"On the page {pagename}"))
    items.append(_link("Report a problem", issue, "fas fa-lightbulb"))
    return items


def _link(
    text: str, url: str, icon: str, *, plain: bool = False, download: bool = False
) -> dict[str, Any]:
    """Return a link; a plain one shows its text beside its icon where there is room."""
    return {"text": text, "url": url, "icon": icon, "plain": plain, "download": download}


def configure(_app: Sphinx, config: Config) -> None:
    """Use our template, and keep the theme from making its own launch buttons."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.html_theme_options["launch_buttons"] = {}


def setup(app: Sphinx) -> None:
    """Rewrite the buttons after the theme has made its own (priority 501)."""
    app.connect("config-inited", configure)
    on_page(app, write_buttons, priority=600)
