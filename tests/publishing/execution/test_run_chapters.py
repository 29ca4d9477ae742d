"""The order in which chapters are executed, and the place where one fails."""

import nbformat
import pytest
import tiny_book
from _publishing.execution import output_store
from _publishing.execution.chapter_job import ChapterError, Job, chapter_of
from _publishing.execution.run_chapters import expected_seconds


def job(tmp_path, docname, **options):
    cells = [nbformat.v4.new_code_cell("1 / 0")]
    notebook = nbformat.v4.new_notebook(metadata={"dlcourse": options}, cells=cells)
    chapter = chapter_of(notebook, tmp_path / "a.md")
    return Job(docname, notebook, chapter, {}, now=dict, timeout=60, source=tmp_path)


@pytest.mark.usefixtures("cache")
def test_what_took_long_or_trains_is_expected_to_take_long(tmp_path):
    jobs = [job(tmp_path, "counts"), job(tmp_path, "digits", trains_on_images=True)]
    assert [expected_seconds(job) for job in jobs] == [10, 100]
    output_store.write("counts", "k", {"seconds": 300, "cells": []})
    assert [expected_seconds(job) for job in jobs] == [300, 100]


def test_a_cell_that_fails_is_named_also_where_its_line_is_not_known(tmp_path):
    """Jupyter's own format has no lines of a chapter's file."""
    with pytest.raises(ChapterError, match=r"counts, code cell 1 \(`1 / 0`\): ZeroDivisionError"):
        job(tmp_path, "counts").run()


@pytest.mark.parametrize(
    ("settings", "ending"),
    [
        ('{execution_mode: "off"}', None),
        ("{execution_mode: off}", "got False"),
        ("{execution_mode: force}", "got 'force'"),
        ("", "got None"),
        ("[a]", r"got ['a']"),
    ],
)
def test_a_page_may_ask_for_no_execution(settings, ending, tmp_path, notebook_header):
    header = notebook_header.removesuffix("---\n\n") + f"mystnb: {settings}\n---\n"
    page = f'{header}\n# A page\n\n```{{code-cell}}\nprint("ab" * 3)\n```\n'
    built = tiny_book.build({"chapters/a.md": page}, tmp_path, fails=ending is not None)
    if ending:
        assert 'chapters/a: `execution_mode`, below `mystnb`, must be "off"' in built.log
        assert ending in built.log
        return
    html = built.read("chapters/a.html")
    assert "print" in html
    assert "ababab" not in html
    assert "outputs from" not in built.log
