"""What a cell publishes is on the site, whatever was cached, changed or deleted since."""

import base64
import hashlib
import json
import re
import subprocess

from _publishing.assets.artifacts_from_outputs import SHIPPED
from bs4 import BeautifulSoup

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
