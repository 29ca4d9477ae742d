"""Take chapters' outputs from a published site, and let our own site carry its outputs.

``executions/index.json`` lists them: for each page and key (the fingerprint of all that its outputs
depend on) a compressed file, its SHA-256 and the seconds that the chapter took. What cannot be
reached in a few seconds, or is not what the index says, is not used; the chapter is executed
instead.
"""

import gzip
import hashlib
import json
import os
import re
import time
import zlib
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin
from urllib.request import urlopen

from _publishing.console import say
from _publishing.execution.output_store import entry_name
from _publishing.write_if_changed import write_if_changed
from dlcourse.safe_files import write_whole

FOLDER = "executions"
#: Seconds to wait for an answer, and for the next bytes of a file.
PATIENCE = 4.0
#: Seconds that a file may take in all.
LONGEST = 30.0
#: An index or an entry larger than this is not ours.
LARGEST = 50_000_000
#: What a server, or what it sends, can do wrong.
FAILURES = (OSError, HTTPException, ValueError, KeyError, TypeError)


def entries_address(site_url: str) -> str:
    """Return where entries are fetched from: ``$DLCOURSE_STORE``, or the site that we publish.

    An empty value means nowhere.
    """
    named = os.environ.get("DLCOURSE_STORE")
    base = site_url if named is None else named.strip()
    return f"{base.rstrip('/')}/{FOLDER}/" if base.startswith(("http://", "https://")) else ""


class PublishedStore:
    """The entries of a published site; an empty one where the site cannot be reached."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.index: dict[str, dict[str, Any]] | None = None if url else {}

    def fetch(self, docname: str, key: str, *, n_cells: int) -> dict[str, Any] | None:
        """Return an entry, or None if the site lacks it or does not hand it over whole.

        A site that cannot be reached, or is too slow, is not asked again in this build.
        """
        if self.index is None:
            self.index = self._read_index()
        record = self.index.get(f"{entry_name(docname)}/{key}")
        if not isinstance(record, dict):
            return None
        try:
            name = str(record["file"])
            if not re.fullmatch(r"[\w. -]+\.json\.gz", name):
                raise ValueError(f"{name[:80]!r} is not the name of an entry")
            packed = self._get(name)
            if hashlib.sha256(packed).hexdigest() != record["sha256"]:
                raise ValueError("their SHA-256 is not the one in the index")
            entry: dict[str, Any] = json.loads(gzip.decompress(packed))
            if len(entry["cells"]) != n_cells or not isinstance(entry["language_info"], dict):
                raise ValueError("they are not those of this chapter's cells")
            return {**entry, "seconds": float(record["seconds"])}
        except (*FAILURES, EOFError, zlib.error) as error:
            say(f"{docname}: the outputs at {self.url} are not used: {_reason(error)}")
            if isinstance(error, OSError) and not isinstance(error, HTTPError):
                self.index = {}
            return None

    def _read_index(self) -> dict[str, dict[str, Any]]:
        try:
            index = json.loads(self._get("index.json"))
            entries: dict[str, dict[str, Any]] = index["entries"]
            return dict(entries)
        except FAILURES as error:
            if os.environ.get("DLCOURSE_STORE"):  # asked for, so its absence is worth a line
                say(f"no stored outputs at {self.url}: {_reason(error)}")
            return {}

    def _get(self, name: str) -> bytes:
        """Download one file; a server that hands it over too slowly is given up."""
        start, data = time.monotonic(), b""
        with urlopen(urljoin(self.url, quote(name)), timeout=PATIENCE) as answer:  # noqa: S310  (http only)
            while piece := answer.read1(2**16):
                data += piece
                if len(data) > LARGEST or time.monotonic() - start > LONGEST:
                    raise TimeoutError(f"{name} is too long, or comes too slowly")
            if answer.length:  # the connection ended before the file did
                raise ValueError(f"{name} is cut short")
        return data


def _reason(error: Exception) -> str:
    return str(error.reason) if isinstance(error, URLError) else str(error)


def publish(folder: Path, entries: Mapping[tuple[str, str], dict[str, Any]]) -> None:
    """Write the entries of a site's pages, by page and key, and their index.

    The seconds that a chapter took differ from run to run, so only the index tells them: all
    other files are the same in every build.
    """
    index: dict[str, dict[str, Any]] = {}
    for (docname, key), entry in sorted(entries.items()):
        body = {name: value for name, value in entry.items() if name != "seconds"}
        packed = gzip.compress(json.dumps(body, sort_keys=True).encode(), mtime=0)
        name = f"{entry_name(docname)}-{key}.json.gz"
        write_if_changed(folder / name, packed)
        index[f"{entry_name(docname)}/{key}"] = {
            "file": name,
            "sha256": hashlib.sha256(packed).hexdigest(),
            "seconds": entry["seconds"],
        }
    write_whole(folder / "index.json", json.dumps({"entries": index}, indent=1, sort_keys=True))
    for path in folder.glob("*.json.gz"):
        if path.name not in {record["file"] for record in index.values()}:
            path.unlink()
