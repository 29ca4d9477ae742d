"""What is kept of a chapter's outputs, and where.

An entry is named by the page and by the fingerprint of all that its outputs depend on, so it is
never out of date: every checkout of a user shares one store, and a published site can hand its
entries on (`remote`).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from typing import TYPE_CHECKING, Any

from _publishing.execution.fingerprints import fingerprint
from _publishing.messages import say
from _publishing.user_cache import cache_folder
from dlcourse.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

#: How many bytes the store holds; what was used longest ago goes first.
LARGEST = 1_000_000_000
#: What TensorFlow's C++ part writes to the error stream while it is imported.
START_UP_NOTICE = re.compile(
    r"WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR"
    r"|[IW]\d{4} [\d:.]+ +\d+ (?:cudart_stub|port|cpu_feature_guard|cuda_platform|cuda_executor)"
    r"\.cc:\d+\]"
    r"|To enable the following instructions: "
)


def entry_name(docname: str) -> str:
    """Return the name of the folder that keeps a page's outputs."""
    return docname.replace("/", "--")


def short(docname: str) -> str:
    """Return a page's name as messages call it, without its folder."""
    return docname.rpartition("/")[2]


def open_store(fallback: Path) -> Store:
    """Return the user's store; one that cannot be written is read, and `fallback` written."""
    folder = cache_folder() / "executions"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Store(folder)
    except OSError as error:
        say(f"{folder} cannot be written ({error.strerror}): keeping outputs in {fallback}")
        return Store(fallback, also=folder)


class Store:
    """Outputs by page and key: one file each, written whole or not at all."""

    def __init__(self, folder: Path, *, also: Path | None = None) -> None:
        self.folder = folder
        #: A store that is read where this one has no entry, and never written.
        self.also = None if also is None else Store(also)

    def path(self, docname: str, key: str) -> Path:
        """Return the file of an entry."""
        return self.folder / entry_name(docname) / f"{key}.json"

    def read(self, docname: str, key: str) -> dict[str, Any] | None:
        """Return an entry; None if there is none, or a damaged one, which is set aside."""
        path = self.path(docname, key)
        try:
            entry = parse(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None if self.also is None else self.also.read(docname, key)
        except (OSError, ValueError) as error:
            say(f"{path} is damaged ({error}): the chapter runs again")
            with contextlib.suppress(OSError):  # in a read-only store it stays where it is
                path.replace(path.with_suffix(".damaged"))
            return None
        with contextlib.suppress(OSError):  # a read-only store serves as well
            os.utime(path)
        return entry

    def last_seconds(self, docname: str) -> float | None:
        """Return how long a page took when it was executed last; None if it never was."""
        entries = list((self.folder / entry_name(docname)).glob("*.json"))
        for path in sorted(entries, key=lambda path: path.stat().st_mtime, reverse=True):
            with contextlib.suppress(OSError, ValueError, KeyError):
                return float(parse(path.read_text(encoding="utf-8"))["seconds"])
        return None

    def write(self, docname: str, key: str, entry: dict[str, Any]) -> None:
        """Store an entry, and remove what was used longest ago if the store is full."""
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False)
        write_whole(self.path(docname, key), f"{fingerprint(text)}\n{text}")
        self._shrink()

    def _shrink(self) -> None:
        """Remove the entries that were used longest ago; another build may do the same."""
        sizes = {}
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                sizes[path] = path.stat()
        total = sum(status.st_size for status in sizes.values())
        for path in sorted(sizes, key=lambda path: sizes[path].st_mtime):
            if total <= LARGEST:
                return
            total -= sizes[path].st_size
            path.unlink(missing_ok=True)


def parse(text: str) -> dict[str, Any]:
    """Return the entry that a file holds; `ValueError` if it is not whole."""
    checksum, _, body = text.partition("\n")
    if checksum != fingerprint(body):
        raise ValueError("its checksum is wrong")
    entry: dict[str, Any] = json.loads(body)
    return entry


def is_start_up_notice(output: NotebookNode) -> bool:
    """Whether an output is only what TensorFlow says to itself when it is imported.

    Its C++ part writes these lines before it heeds ``TF_CPP_MIN_LOG_LEVEL``. Anything else
    on the error stream is kept, and fails the build.
    """
    if output.output_type != "stream" or output.name != "stderr":
        return False
    lines = [line for line in output.text.splitlines() if line.strip()]
    return bool(lines) and all(START_UP_NOTICE.match(line) for line in lines)


def steady(output: NotebookNode) -> NotebookNode:
    """Take from an output what differs from run to run: addresses of objects in memory."""
    output.pop("execution_count", None)
    if output.output_type == "stream":
        output.text = without_addresses(output.text)
    for mime, value in output.get("data", {}).items():
        if mime.startswith("text/") and isinstance(value, str):
            output.data[mime] = without_addresses(value)
    return output


def without_addresses(text: str) -> str:
    """Remove ``at 0x7f…`` from the way Python shows an object.

    Examples
    --------
    >>> without_addresses("<function f at 0x7fdd8c0b>")
    '<function f>'
    """
    return re.sub(r" at 0x[0-9a-f]{6,16}\b", "", text)
