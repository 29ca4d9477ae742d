"""The order in which chapters are executed."""

import nbformat
from _publishing.execution.chapter_job import Job, chapter_of
from _publishing.execution.output_store import Store
from _publishing.execution.run_chapters import expected_seconds


def job(tmp_path, docname, code, **options):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)], metadata={"dlcourse": options}
    )
    return Job(docname, notebook, chapter_of(notebook, tmp_path / "a.md"), {}, 1, now=dict)


def test_what_took_long_or_trains_is_expected_to_take_long(tmp_path):
    jobs = [
        job(tmp_path, "counts", "import numpy"),
        job(tmp_path, "flowers", "import math\nimport keras"),
        job(tmp_path, "digits", "import keras", trains_on_images=True),
    ]
    store = Store(tmp_path)

    def order():
        return [job.docname for job in sorted(jobs, key=lambda job: -expected_seconds(job, store))]

    assert order() == ["digits", "flowers", "counts"]
    store.write("counts", "k", {"seconds": 300, "cells": []})
    assert order() == ["counts", "digits", "flowers"]
