"""The order in which chapters are executed."""

import nbformat
import pytest
from _publishing.execution import output_store
from _publishing.execution.chapter_job import Job, chapter_of
from _publishing.execution.run_chapters import expected_seconds


def job(tmp_path, docname, **options):
    notebook = nbformat.v4.new_notebook(metadata={"dlcourse": options})
    chapter = chapter_of(notebook, tmp_path / "a.md")
    return Job(docname, notebook, chapter, {}, now=dict, timeout=1, source=tmp_path)


@pytest.mark.usefixtures("cache")
def test_what_took_long_or_trains_is_expected_to_take_long(tmp_path):
    jobs = [job(tmp_path, "counts"), job(tmp_path, "digits", trains_on_images=True)]
    assert [expected_seconds(job) for job in jobs] == [10, 100]
    output_store.write("counts", "k", {"seconds": 300, "cells": []})
    assert [expected_seconds(job) for job in jobs] == [300, 100]
