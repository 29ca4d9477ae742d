"""What is quoted of a page in the search's results."""

from types import SimpleNamespace

import pytest
from _publishing.page.search_results import quote_words
from sphinx.errors import ExtensionError


def test_a_search_of_sphinx_that_cannot_be_changed_fails_the_build(tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "searchtools.js").write_text('["script"]', encoding="utf-8")
    with pytest.raises(ExtensionError, match=r"searchtools\.js no longer says"):
        quote_words(SimpleNamespace(outdir=tmp_path))
