"""What a cell publishes is on the site, whatever was cached, changed or deleted since."""

import base64
import hashlib
import json
import re
import shutil
import time

from _publishing.execution.artifacts_from_outputs import SHIPPED
from bs4 import BeautifulSoup
from tiny_book import NOTEBOOK_HEADER

MAKER = f"""{NOTEBOOK_HEADER}# Maker

```{{code-cell}} ipython3
from dlcourse.book.figure_data import publish_json
publish_json("numbers.json", {{"x": [VALUE, 2]}})
```

```{{code-cell}} ipython3
:tags: [remove-input]
publish_json("hidden.json", 1)
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
#: A number that no earlier run of the tests has published: its cell is in no store.
NEW = time.time_ns()


def book(value):
    """A page that uses what another one makes, and is read first: order must not matter."""
    return {"chapters/user.md": USER, "chapters/zmaker.md": MAKER.replace("VALUE", str(value))}


def published(built, value):
    """The artefact and the version in its address, once file, script and version agree."""
    element = BeautifulSoup(built.read("chapters/user.html"), "html.parser").find(artifacts=True)
    (url,) = json.loads(element["artifacts"]).values()
    path, _, version = url.partition("?v=")
    file = built.html / "chapters" / path
    data = file.read_bytes()
    assert json.loads(data) == {"x": [value, 2]}
    script = (file.parent / f"{file.name}.js").read_text()
    assert base64.b64decode(re.search(r'= "([^"]*)"', script)[1]) == data
    assert hashlib.sha256(data).hexdigest().startswith(version)
    return file, version


def test_page_and_artefact_stay_together_over_rebuilds(build_book):
    built = build_book(book(NEW))
    assert "executed zmaker in" in built.log
    file, first = published(built, NEW)
    # Nothing is to be seen where it was published.
    page = built.read("chapters/zmaker.html")
    assert "cell_output docutils" not in page
    assert "remove-input" not in page

    # Nothing has changed but the file is gone, or another: it comes back with no new run.
    for lost in file.parent.iterdir():
        lost.unlink()
    built = build_book(book(NEW), before=built)
    assert "executed" not in built.log
    assert published(built, NEW)[1] == first
    file.write_bytes(b"altered")
    published(build_book(book(NEW), before=built), NEW)

    # The doctrees and the site are gone and outputs come from the store.
    shutil.rmtree(built.html)
    built = build_book(book(NEW), before=built)
    assert "executed" not in built.log
    assert published(built, NEW)[1] == first

    # Only the maker changes: the user's page is written again, with the new hash.
    built = build_book(book(NEW + 1), before=built)
    assert published(built, NEW + 1)[1] != first

    # What is published no more is removed.
    nobody = {"chapters/zmaker.md": NOTEBOOK_HEADER + "# Maker\n\nNothing now.\n"}
    build_book(nobody, before=built)
    left = {path.name.removesuffix(".js") for path in file.parent.iterdir()}
    assert left == set(SHIPPED)
