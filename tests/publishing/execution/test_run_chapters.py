"""The order in which chapters are executed."""

import nbformat
import pytest
from _publishing.execution.job_spec import Job, chapter_of
from _publishing.execution.output_store import Store
from _publishing.execution.run_chapters import expected_seconds


def job(tmp_path, docname, code, **options):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)], metadata={"dlcourse": options}
    )
    return Job(docname, notebook, chapter_of(notebook, tmp_path / "a.md"), {}, timeout=1)


@pytest.fixture
def jobs(tmp_path):
    return [
        job(tmp_path, "counts", "import numpy"),
        job(tmp_path, "flowers", "import math\nimport keras"),
        job(tmp_path, "digits", "import keras", trains_on_images=True),
    ]


def order(jobs, store):
    return [job.docname for job in sorted(jobs, key=lambda job: -expected_seconds(job, store))]


def test_what_never_ran_is_guessed_to_be_long_where_it_trains(tmp_path, jobs):
    assert order(jobs, Store(tmp_path)) == ["digits", "flowers", "counts"]


def test_what_ran_before_is_expected_to_take_as_long(tmp_path, jobs):
    store = Store(tmp_path)
    store.write("counts", "k", {"seconds": 300, "cells": []})
    assert order(jobs, store) == ["counts", "digits", "flowers"]
