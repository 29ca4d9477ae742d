"""What a cell publishes is on the site, whatever was cached, changed or deleted since."""

import base64
import hashlib
import json
import re
import subprocess

import numpy as np
import pytest
from _publishing.assets.artifacts_from_outputs import SHIPPED
from bs4 import BeautifulSoup

from dlcourse.book.figure_data import MIME_TYPE, _json, as_output
from dlcourse.errors import InputError

MAKER = """# Maker

```{{code-cell}} ipython3
from dlcourse.book.figure_data import publish_json
publish_json("numbers.json", {{"x": [{value}, 2]}})
```
"""
USER = """# User

```{interactive} backpropagation
:name: fig-steps
:caption: Steps.
:numbers: numbers.json

What stands here without scripts.
```
"""


def address(book):
    """The artefact's address on the user's page, and the file that it names."""
    element = BeautifulSoup(book.page("user"), "html.parser").find(artifacts=True)
    (url,) = json.loads(element["artifacts"]).values()
    path, _, version = url.partition("?v=")
    return book.site / "chapters" / path, version


def agrees(book):
    file, version = address(book)
    data = file.read_bytes()
    script = (file.parent / f"{file.name}.js").read_text()
    inlined = base64.b64decode(re.search(r'= "([^"]*)"', script)[1])
    assert inlined == data
    return hashlib.sha256(data).hexdigest().startswith(version)


def test_page_and_artefact_stay_together_over_rebuilds(book):
    # The user's page is read before its maker: order must not matter.
    book.chapter("user", USER)
    book.chapter("zmaker", MAKER.format(value=1))
    assert "executed zmaker in" in book.build()
    file, first = address(book)
    assert agrees(book)
    assert json.loads(file.read_bytes()) == {"x": [1, 2]}
    # Nothing is to be seen where it was published.
    assert "cell_output docutils" not in book.page("zmaker")

    # Nothing has changed but the file is gone: it comes back with no new run.
    for lost in file.parent.iterdir():
        lost.unlink()
    output = book.build()
    assert "executed" not in output
    assert agrees(book)
    file.write_bytes(b"altered")
    book.build()
    assert agrees(book)

    # The doctrees and the site are gone and outputs come from the store.
    for folder in ("doctrees", "site"):
        subprocess.run(["rm", "-rf", str(book.folder / folder)], check=True)
    output = book.build()
    assert "executed" not in output
    assert agrees(book)
    assert address(book)[1] == first

    # Only the maker changes: the user's page is written again, with the new hash.
    book.chapter("zmaker", MAKER.format(value=7))
    book.build()
    assert agrees(book)
    assert address(book)[1] != first
    assert json.loads(file.read_bytes()) == {"x": [7, 2]}


def test_what_is_missing_or_published_twice_fails_the_build_by_name(book):
    book.chapter("user", USER.replace("numbers.json", "others.json"))
    book.chapter("one", MAKER.format(value=1))
    book.chapter("two", MAKER.format(value=2).replace("# Maker", "# Other"))
    output = book.build(fails=True)
    assert "needs the artefact 'others.json', which no chapter publishes" in output
    assert "'numbers.json' is published twice" in output


def test_what_is_published_no_more_is_removed(book):
    book.chapter("maker", MAKER.format(value=1))
    book.build()
    assert (book.site / "artifacts/numbers.json").is_file()
    book.chapter("maker", "# Maker\n\nNothing now.\n")
    book.build()
    left = {path.name.removesuffix(".js") for path in (book.site / "artifacts").iterdir()}
    assert left == set(SHIPPED)


def test_a_bundle_holds_the_bytes_and_a_quiet_line():
    data = as_output("plain.safetensors", b"\x00" * 12_345, media_type="application/octet-stream")
    assert data["text/plain"] == "plain.safetensors (12 kB) goes to the figures of the site."
    assert base64.b64decode(data[MIME_TYPE]["base64"]) == b"\x00" * 12_345
    assert data[MIME_TYPE]["sha256"] == hashlib.sha256(b"\x00" * 12_345).hexdigest()


@pytest.mark.parametrize("name", ["Plain.bin", "../x.bin", "plain", "", "a b.json", 3, None])
def test_a_bad_name_is_refused(name):
    with pytest.raises(InputError, match="`name` must be lower-case"):
        as_output(name, b"1", media_type="text/plain")


@pytest.mark.parametrize("data", [b"", "text", None, bytearray(b"1")])
def test_anything_but_bytes_is_refused(data):
    with pytest.raises(InputError, match="`data` must be bytes"):
        as_output("a.bin", data, media_type="text/plain")


def test_json_takes_arrays_and_is_the_same_every_time():
    assert _json({"b": np.float32(0.5), "a": np.arange(2)}) == b'{"a":[0,1],"b":0.5}'


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": {1, 2}}, object()])
def test_json_refuses_what_it_cannot_hold(value):
    with pytest.raises(InputError, match="`value` must be finite"):
        _json(value)
