"""The Sphinx extension that makes page, deck and notebook from one source.

One small module per idea; each has its own ``setup(app)``, called from here.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _publishing.outdated_pages import source_fingerprint

#: The modules of this extension, in the order in which they are set up.
MODULES: tuple[str, ...] = (
    "unfinished_builds",
    "faster_builds",
    "checks.unreadable_page_sources",
    "outdated_pages",
    "execution.provide_outputs",
    "source.mark_markdown_cells",
    "checks.lost_markup",
    "checks.references_sphinx_misses",
    "page.leave_out_thebe",
    "page.alt_text_and_size",
    "page.code_below_output",
    "page.mathematics",
    "page.minus_signs",
    "hosting",
    "page.header_buttons",
    "assets.own_static_folder",
    "directives.answer_choices",
    "directives.quiz",
    "directives.predict",
    "quiz_export",
    "directives.slide_only_and_speaker_notes",
    "deck.chapter_deck",
    "assets.reveal_files",
    "deck.workshop_deck",
    "directives.instructors_notes",
    "directives.schedule_table",
    "directives.execution_times",
    "directives.api",
    "execution.artifacts_from_outputs",
    "execution.draw_stills",
    "directives.interactive",
    "assets.widget_files",
    "notebook.chapter_notebook",
    "in_page.plan_and_mark_cells",
    "assets.wheel",
    "page.search_results",
    "page.social_cards",
    "checks.pages_sharing_a_name",
    "page.meta_tags",
    "page.not_found_page",
    "page.sitemap",
    "page.postprocess",
    "assets.site_css_and_js",
    "pdf.offer_until_next_build",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up each module in turn."""
    for name in MODULES:
        import_module(f"_publishing.{name}").setup(app)
    return {
        "version": "1",
        "env_version": source_fingerprint(Path(__file__).parent.parent),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
