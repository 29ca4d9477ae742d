"""A book that uses what Jupyter Book's users use, built once for a run of the tests."""

import os
import shutil
from pathlib import Path

import pytest
import warm_sphinx

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CORPUS = HERE / "corpus"
CONF = """\
from pathlib import Path
from jupyter_book.config import get_final_config
here = Path(__file__).parent
config, _ = get_final_config(
    user_yaml=here / "_config.yml",
    sourcedir=here,
    cli_config={"external_toc_path": "_toc.yml", "latex_individualpages": False},
)
config["extensions"] += ["_publishing.hosting", "_publishing.notebook.chapter_notebook"]
globals().update(config)
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the corpus; a warning fails it, so every node is known to the writer."""
    source = tmp_path_factory.mktemp("corpus") / "book"
    shutil.copytree(CORPUS, source)
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "book")])
    out = source.parent / "html"
    done = warm_sphinx.build(["-n", "-W", "--keep-going", source, out], environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return out
