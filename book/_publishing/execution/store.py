"""What is kept of a chapter's outputs, and where.

Entries stay in the store for a while, so going back to an earlier text is instant.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from _publishing.execution.fingerprints import fingerprint

if TYPE_CHECKING:
    from nbformat import NotebookNode

logger = logging.getLogger(__name__)

#: How many executions of one chapter the store keeps.
KEPT = 12
#: What TensorFlow's C++ part writes to the error stream while it is imported.
START_UP_NOTICE = re.compile(
    r"WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR"
    r"|[IW]\d{4} [\d:.]+ +\d+ (?:cudart_stub|port|cpu_feature_guard|cuda_platform|cuda_executor)"
    r"\.cc:\d+\]"
    r"|To enable the following instructions: "
)


def entry_name(docname: str) -> str:
    """Name the folder that keeps a page's outputs."""
    return docname.replace("/", "--")


class Store:
    """Outputs by chapter and key: one file each, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, docname: str, key: str) -> Path:
        """Give the file of an entry."""
        return self.folder / entry_name(docname) / f"{key}.json"

    def read(self, docname: str, key: str) -> dict[str, Any] | None:
        """Give an entry; a damaged one is set aside, and the chapter runs again."""
        path = self.path(docname, key)
        try:
            checksum, _, text = path.read_text(encoding="utf-8").partition("\n")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            self._set_aside(path, error)
            return None
        if checksum != fingerprint(text):
            self._set_aside(path, "its checksum is wrong")
            return None
        entry: dict[str, Any] = json.loads(text)
        return entry

    def _set_aside(self, path: Path, why: object) -> None:
        logger.info("%s is damaged (%s): set aside, the chapter runs again", path, why)
        path.replace(path.with_suffix(".damaged"))

    def write(self, docname: str, key: str, entry: dict[str, Any]) -> None:
        """Store an entry, and forget the oldest ones of the same chapter."""
        path = self.path(docname, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False)
        write_whole(path, f"{fingerprint(text)}\n{text}")
        entries = sorted(path.parent.glob("*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in entries[KEPT:]:
            old.unlink(missing_ok=True)

    def touch(self, docname: str, key: str) -> None:
        """Note that an entry was used."""
        try:
            os.utime(self.path(docname, key))
        except OSError:  # a read-only store serves as well
            logger.debug("cannot touch the entry of %s", docname)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader, or a run after a crash, sees all of it or none."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
