"""Sphinx's configuration, taken from Jupyter Book's `_config.yml`.

`jupyter-book build book` does the same; calling `sphinx-build` is faster and takes `-j`.
"""

from pathlib import Path

from jupyter_book.config import get_final_config

_here = Path(__file__).parent
_config, _ = get_final_config(
    user_yaml=_here / "_config.yml",
    sourcedir=_here,
    cli_config={"external_toc_path": "_toc.yml", "latex_individualpages": False},
)
globals().update(_config)
