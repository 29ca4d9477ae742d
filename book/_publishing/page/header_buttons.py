"""The buttons above a page: Colab, slides, where to run it, what to download, how to contribute.

The theme's own point Colab at the Markdown source, which Colab cannot open, and
carry their labels in tooltips only. Those of `templates/article-header-buttons.html` replace them:
a chapter has a notebook and a deck, every other page only what makes sense for it.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from _publishing.connect_for_html_only import on_page
from _publishing.hosting import hosting_of
from _publishing.in_page.plan_and_mark_cells import FIRST_THAT_RUNS, marks
from _publishing.source.chapter_names import is_chapter, topic_of
from _publishing.source.schedule import SCHEDULE, read_schedule

INSTRUCTORS = "instructors/"
#: The page that says how to run a chapter.
SET_UP = "appendix/set-up"
#: The deck of the half day.
WORKSHOP = "workshop"
TEMPLATES = Path(__file__).parents[1] / "templates"


def write_buttons(
    app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell the template where the page's buttons lead.

    The first page and those for instructors lead to the deck of the half day, if one is planned.
    """
    topic, deck, source = "", "", ""
    if doctree:
        topic = topic_of(pagename) if is_chapter(pagename) else ""
        is_for_all = pagename == app.config.root_doc or pagename.startswith(INSTRUCTORS)
        is_planned = is_for_all and read_schedule(Path(app.srcdir) / SCHEDULE)
        deck = topic or (WORKSHOP if is_planned else "")
        folder = Path(app.config.html_theme_options.get("path_to_docs") or "")
        path = folder / Path(app.env.doc2path(pagename)).relative_to(app.srcdir)
        source = path.as_posix()
    context |= {
        "hosting": hosting_of(app.config),
        "topic": topic,
        "deck": deck,
        "source": source,
        "first_cell": FIRST_THAT_RUNS if marks(app.env, pagename) else "",
        "set_up": SET_UP if SET_UP in app.env.found_docs else "",
    }


def configure(_app: Sphinx, config: Config) -> None:
    """Use our templates."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]


def setup(app: Sphinx) -> None:
    """Come before the theme, which renders each part of a page to see whether it is empty."""
    app.connect("config-inited", configure)
    on_page(app, write_buttons, priority=400)
