"""A book that uses what Jupyter Book's users use, built once for a run of the tests."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
CONF = """\
from pathlib import Path
from jupyter_book.config import get_final_config
here = Path(__file__).parent
config, _ = get_final_config(
    user_yaml=here / "_config.yml",
    sourcedir=here,
    cli_config={"external_toc_path": "_toc.yml", "latex_individualpages": False},
)
config["extensions"] += [
    "_publishing.page.leave_out_thebe",
    "_publishing.hosting",
    "_publishing.source.mark_markdown_cells",
    "_publishing.notebook.chapter_notebook",
]
globals().update(config)
"""


@pytest.fixture(scope="session")
def site(build_book):
    """Build the corpus; a warning fails it."""
    paths = [path for path in CORPUS.rglob("*") if path.is_file()]
    files = {path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in paths}
    return build_book({**files, "conf.py": CONF}).html
