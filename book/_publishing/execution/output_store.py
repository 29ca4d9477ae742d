"""The store of chapters' outputs, in the user's cache (ours, not jupyter-cache).

An entry is kept by the page and by the fingerprint of all that its outputs depend on, so it is
never out of date: every checkout of a user shares one store, and a published site can hand its
entries on (`fetch_and_publish_outputs`). It holds the outputs of each code cell (`cells`), the
kernel's `language_info`, and the `seconds` that the chapter took.
"""

import gzip
import json
from typing import Any

from _publishing.build_cache import keep, recall


def read(docname: str, key: str) -> dict[str, Any] | None:
    """Return an entry; None if there is none, or one that is not as it was written."""
    packed = recall(_recipe(docname, key))
    return json.loads(gzip.decompress(packed)) if packed else None


def write(docname: str, key: str, entry: dict[str, Any]) -> None:
    """Store an entry, and how long the page takes."""
    keep(_recipe(docname, key), gzip.compress(json.dumps(entry).encode()))
    keep(_recipe(docname, "seconds"), str(entry["seconds"]).encode())


def last_seconds(docname: str) -> float | None:
    """Return how long a page took when it was executed last; None if it never was."""
    seconds = recall(_recipe(docname, "seconds"))
    return float(seconds) if seconds else None


def _recipe(docname: str, key: str) -> bytes:
    return f"outputs of {docname}: {key}".encode()
