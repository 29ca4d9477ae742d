"""Write a file of the site only if its content has changed; else it keeps its time of change."""

from pathlib import Path

from dlcourse.safe_files import write_whole


def write_if_changed(path: Path, content: str | bytes) -> Path:
    """Write a file, whole or not at all, unless it already says the same; return its path."""
    data = content.encode() if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    return path
