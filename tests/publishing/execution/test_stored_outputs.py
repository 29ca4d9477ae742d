"""Outputs that a published site hands on: taken if they are whole, else the chapter runs."""

import time
from pathlib import Path

import pytest
from _publishing.execution import fetch_and_publish_outputs, output_store
from _publishing.execution.fetch_and_publish_outputs import PublishedStore, publish
from file_server import Quiet, served

ENTRY = {
    "cells": [[{"output_type": "stream", "name": "stdout", "text": "6\n"}]],
    "language_info": {"name": "python"},
    "seconds": 2.5,
}
KEY = "0123abcd"


@pytest.fixture
def site(tmp_path):
    """A published store, served by this machine; `faults` says what goes wrong with a file."""
    publish(tmp_path / "executions", {("chapters/kernels", KEY): ENTRY})
    faults = {}

    class Faulty(Quiet):
        def copyfile(self, source, outputfile):
            fault, data = faults.get(Path(self.path).suffix), source.read()
            for byte in data if fault == "dripping" else b"":
                outputfile.write(bytes([byte]))
                time.sleep(0.02)
            if fault == "slow":
                time.sleep(1)
            whole = {"truncated": len(data) // 2, "dripping": 0}.get(fault, len(data))
            outputfile.write(data[:whole])

    with served(tmp_path, Faulty) as address:
        yield f"{address}/executions/", tmp_path / "executions", faults


def fetched(url, docname="chapters/kernels", key=KEY):
    return PublishedStore(url).fetch(docname, key, n_cells=1)


@pytest.mark.parametrize("wanted", [{"key": "other"}, {"docname": "chapters/other"}], ids=str)
def test_what_the_site_lacks_is_not_there(site, wanted):
    assert fetched(site[0], **wanted) is None


@pytest.mark.parametrize(
    ("suffix", "fault"),
    [(".gz", "truncated"), (".json", "truncated"), (".json", "slow"), (".gz", "dripping")],
)
def test_a_bad_server_is_given_up(site, monkeypatch, fault, suffix):
    url, _, faults = site
    faults[suffix] = fault
    monkeypatch.setattr(fetch_and_publish_outputs, "PATIENCE", 0.2)
    monkeypatch.setattr(fetch_and_publish_outputs, "LONGEST", 0.5)
    assert fetched(url) is None


def test_a_file_that_is_too_large_when_unpacked_is_not_taken(site, monkeypatch, capsys):
    url, folder, _ = site
    output = {**ENTRY["cells"][0][0], "text": "6\n" * 200}
    publish(folder, {("chapters/kernels", KEY): ENTRY | {"cells": [[output]]}})
    assert fetched(url)
    monkeypatch.setattr(fetch_and_publish_outputs, "LARGEST", 200)
    assert fetched(url) is None
    assert "is too large" in "".join(capsys.readouterr())


def test_an_index_that_is_too_large_is_not_read(site, monkeypatch):
    url, folder, _ = site
    publish(folder, {("chapters/kernels", KEY): ENTRY})
    index = folder / "index.json"
    index.write_text(index.read_text() + 1000 * " ")
    monkeypatch.setattr(fetch_and_publish_outputs, "LARGEST", 900)
    assert fetched(url) is None


@pytest.mark.parametrize("other", [{"cells": []}, {"cells": None}, {"language_info": "python"}])
def test_what_are_not_the_outputs_of_the_chapters_cells_is_not_taken(site, other):
    url, folder, _ = site
    publish(folder, {("chapters/kernels", KEY): ENTRY | other})
    assert fetched(url) is None


@pytest.mark.parametrize("index", ["", "[]", "1", "{}"])
def test_an_index_that_is_none_is_as_good_as_no_store(site, index):
    url, folder, _ = site
    (folder / "index.json").write_text(index)
    assert fetched(url) is None


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9/executions/"])
def test_without_an_address_or_an_answer_there_is_nothing(url):
    assert fetched(url) is None


@pytest.mark.parametrize(
    ("named", "url"),
    [
        (None, "https://a.github.io/b/executions/"),
        ("", ""),
        ("http://localhost:1/x/", "http://localhost:1/x/executions/"),
        ("file:///etc", ""),
    ],
)
def test_the_address_is_the_sites_own_unless_told(monkeypatch, named, url):
    monkeypatch.delenv("DLCOURSE_STORE", raising=False)
    if named is not None:
        monkeypatch.setenv("DLCOURSE_STORE", named)
    assert fetch_and_publish_outputs.entries_address("https://a.github.io/b/") == url


def test_two_publications_are_the_same_but_for_the_index(tmp_path):
    for name, seconds in (("one", 1.0), ("two", 2.0)):
        publish(tmp_path / name, {("chapters/kernels", KEY): ENTRY | {"seconds": seconds}})
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert one.pop("index.json") != two.pop("index.json")
    assert one == two


def test_what_no_page_shows_any_more_leaves_the_site(tmp_path):
    publish(tmp_path, {("chapters/kernels", "old"): ENTRY})
    publish(tmp_path, {("chapters/kernels", KEY): ENTRY})
    assert [path.name for path in tmp_path.glob("*.gz")] == [f"chapters--kernels-{KEY}.json.gz"]


@pytest.mark.usefixtures("cache")
def test_an_entry_is_kept_with_the_seconds_of_its_page():
    assert output_store.read("page", "a") is None
    assert output_store.last_seconds("page") is None
    output_store.write("page", "a", ENTRY)
    output_store.write("page", "b", ENTRY | {"seconds": 3})
    assert output_store.read("page", "a") == ENTRY
    assert output_store.last_seconds("page") == 3


def test_a_site_that_is_too_slow_is_asked_once(site, monkeypatch):
    url, _, faults = site
    store = PublishedStore(url)
    assert store.fetch("chapters/kernels", KEY, n_cells=1) == ENTRY
    faults[".gz"] = "slow"
    monkeypatch.setattr(fetch_and_publish_outputs, "PATIENCE", 0.2)
    assert store.fetch("chapters/kernels", KEY, n_cells=1) is None
    faults.clear()
    assert store.fetch("chapters/kernels", KEY, n_cells=1) is None


def test_a_site_that_lacks_one_file_is_asked_for_others(site):
    url, folder, _ = site
    names = ["chapters/a page", "chapters/1.1"]
    publish(folder, {(name, KEY): ENTRY for name in ["gone", *names]})
    (folder / f"gone-{KEY}.json.gz").unlink()
    store = PublishedStore(url)
    entries = [store.fetch(name, KEY, n_cells=1) for name in ["gone", *names]]
    assert entries == [None, ENTRY, ENTRY]
