"""Write files only if their content has changed; else they keep their time of change."""

from collections.abc import Mapping
from pathlib import Path

from dlcourse.safe_files import write_whole


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Write a file, whole or not at all, unless it already says the same."""
    data = content.encode() if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write all files of a folder, and remove every other that an earlier build has left there."""
    for name, content in files.items():
        write_if_changed(folder / name, content)
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
