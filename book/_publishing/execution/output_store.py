"""The store of chapters' outputs, in the user's cache folder (ours, not jupyter-cache).

An entry is named by the page and by the fingerprint of all that its outputs depend on, so it is
never out of date: every checkout of a user shares one store, and a published site can hand its
entries on (`fetch_and_publish_outputs`). It holds the outputs of each code cell (`cells`), the
kernel's `language_info`, and the `seconds` that the chapter took.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from _publishing.build_cache import cache_folder
from _publishing.console import say
from _publishing.execution.short_hashes import fingerprint
from dlcourse.safe_files import write_whole

#: How many bytes the store holds; what was used longest ago goes first.
LARGEST = 1_000_000_000


def entry_name(docname: str) -> str:
    """Return the name of the folder that keeps a page's outputs."""
    return docname.replace("/", "--")


class Store:
    """Outputs by page and key: one file each, written whole or not at all."""

    def __init__(self, folder: Path, *, also: Path | None = None) -> None:
        self.folder = folder
        #: A store that is read where this one has no entry, and never written.
        self.also = Store(also) if also else None

    def path(self, docname: str, key: str) -> Path:
        """Return the file of an entry."""
        return self.folder / entry_name(docname) / f"{key}.json"

    def read(self, docname: str, key: str) -> dict[str, Any] | None:
        """Return an entry; None if there is none, or a damaged one, which is set aside."""
        path = self.path(docname, key)
        try:
            entry = parse(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return self.also.read(docname, key) if self.also else None
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
        entries = statuses(self.folder, f"{entry_name(docname)}/*.json")
        for path in sorted(entries, key=lambda path: -entries[path].st_mtime):
            with contextlib.suppress(OSError, ValueError, KeyError):
                return float(parse(path.read_text(encoding="utf-8"))["seconds"])
        return None

    def write(self, docname: str, key: str, entry: dict[str, Any]) -> None:
        """Store an entry, and remove what was used longest ago if the store is full."""
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False)
        write_whole(self.path(docname, key), f"{fingerprint(text)}\n{text}")
        self._shrink()

    def _shrink(self) -> None:
        """Remove the entries that were used longest ago."""
        sizes = statuses(self.folder, "*/*")
        total = sum(status.st_size for status in sizes.values())
        for path in sorted(sizes, key=lambda path: sizes[path].st_mtime):
            if total <= LARGEST:
                return
            total -= sizes[path].st_size
            path.unlink(missing_ok=True)


def statuses(folder: Path, pattern: str) -> dict[Path, os.stat_result]:
    """Return sizes and times of a folder's files but for those that another build removes."""
    found = {}
    for path in folder.glob(pattern):
        with contextlib.suppress(FileNotFoundError):
            found[path] = path.stat()
    return found


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


def parse(text: str) -> dict[str, Any]:
    """Return the entry that a file holds; `ValueError` if it is not whole."""
    checksum, _, body = text.partition("\n")
    if checksum != fingerprint(body):
        raise ValueError("its checksum is wrong")
    entry: dict[str, Any] = json.loads(body)
    return entry
