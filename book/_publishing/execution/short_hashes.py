"""Short hashes of texts, of files, and of all the parts that outputs depend on.

A part is a name and the fingerprint of one such thing (`output_dependencies`).
"""

import hashlib
import json
from pathlib import Path


def fingerprint(*texts: str) -> str:
    """Return a short hash of some texts."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def file_fingerprint(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def key_of(parts: dict[str, str]) -> str:
    """Return the key of outputs: the one fingerprint of all their parts."""
    return fingerprint(json.dumps(parts, sort_keys=True))


def changed(before: dict[str, str], now: dict[str, str]) -> str:
    """Name up to three of the parts that differ; an empty text if none does."""
    names = sorted(k for k in now.keys() | before.keys() if now.get(k) != before.get(k))
    return ", ".join(names[:3])
