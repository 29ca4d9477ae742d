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


def test_a_page_whose_front_matter_asks_for_no_execution_is_not_executed(tmp_path, notebook_header):
    settings = 'mystnb: {execution_mode: "off"}\n---\n'
    header = notebook_header.removesuffix("---\n\n") + settings
    page = f"{header}\n# A page\n\n```{{code-cell}}\nprint(6 * 7)\n```\n"
    built = tiny_book.build({"chapters/a.md": page}, tmp_path)
    html = built.read("chapters/a.html")
    assert "print" in html
    assert "42" not in html
    assert "outputs from" not in built.log
