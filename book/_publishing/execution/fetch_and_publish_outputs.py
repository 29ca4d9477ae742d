"""Take chapters' outputs from a published site, and let our own site carry its outputs.

``executions/`` has a compressed file for each page, named by the page and its key, the fingerprint
of all that its outputs depend on; ``index.json`` lists them, with the seconds that the chapters
took. What cannot be reached in a few seconds, or is not whole in half a minute, is not used; the
chapter is executed instead.
"""

import gzip
import json
import os
import time
import zlib
from collections.abc import Mapping
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from _publishing.console import say
from _publishing.write_if_changed import write_folder

FOLDER = "executions"
#: Seconds to wait for an answer, and for the next bytes of a file.
PATIENCE = 4.0
#: Seconds that a whole file may take.
LONGEST = 30.0
#: Bytes that a file may have, packed and unpacked: some twenty times our largest.
LARGEST = 50_000_000
#: What a server, or what it sends, can do wrong.
FAILURES = (OSError, HTTPException, EOFError, zlib.error, ValueError, KeyError, TypeError)


def entries_address(site_url: str) -> str:
    """Return where entries are fetched from: ``$DLCOURSE_STORE``, or the site that we publish.

    An empty value means nowhere.
    """
    base = os.environ.get("DLCOURSE_STORE", site_url).strip()
    return f"{base.rstrip('/')}/{FOLDER}/" if base.startswith(("http://", "https://")) else ""


class PublishedStore:
    """The entries of a published site; an empty one where the site cannot be reached."""

    def __init__(self, url: str) -> None:
        self.url = url
        #: file -> seconds
        self.index: dict[str, float] | None = None if url else {}

    def fetch(self, docname: str, key: str, *, n_cells: int) -> dict[str, Any] | None:
        """Return an entry, or None if the site lacks it or does not hand it over whole.

        A site that cannot be reached, or is too slow, is not asked again in this build.
        """
        name = _file_name(docname, key)
        try:
            if self.index is None:
                self.index = {}
                self.index = json.loads(self._get("index.json"))
            if name not in self.index:
                return None
            with gzip.open(BytesIO(self._get(name))) as file:
                content = file.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise ValueError(f"{name} is too large")
            entry: dict[str, Any] = json.loads(content)
            if len(entry["cells"]) != n_cells or not isinstance(entry["language_info"], dict):
                raise ValueError("they are not those of this chapter's cells")
            return {**entry, "seconds": float(self.index[name])}
        except FAILURES as error:
            say(f"{docname}: no outputs from {self.url} ({error})")
            if isinstance(error, OSError) and not isinstance(error, HTTPError):
                self.index = {}
            return None

    def _get(self, name: str) -> bytes:
        start, data = time.monotonic(), b""
        with urlopen(self.url + quote(name), timeout=PATIENCE) as answer:  # noqa: S310  (http only)
            while piece := answer.read1():
                data += piece
                if time.monotonic() - start > LONGEST:
                    raise TimeoutError(f"{name} comes too slowly")
                if len(data) > LARGEST:
                    raise ValueError(f"{name} is too large")
        return data


def publish(folder: Path, entries: Mapping[tuple[str, str], dict[str, Any]]) -> None:
    """Write the entries of a site's pages, by page and key, and their index.

    The seconds that a chapter took differ from run to run, so only the index tells them: all
    other files are the same in every build.
    """
    index: dict[str, float] = {}
    files: dict[str, str | bytes] = {}
    for (docname, key), entry in sorted(entries.items()):
        body = {name: value for name, value in entry.items() if name != "seconds"}
        name = _file_name(docname, key)
        files[name] = gzip.compress(json.dumps(body, sort_keys=True).encode(), mtime=0)
        index[name] = entry["seconds"]
    write_folder(folder, files | {"index.json": json.dumps(index, indent=1)})


def _file_name(docname: str, key: str) -> str:
    return f"{docname.replace('/', '--')}-{key}.json.gz"
