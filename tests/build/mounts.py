"""Disks that are small."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def mount(*arguments: str | Path) -> bool:
    """Mount something; only root may, and not everywhere."""
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False)
    return done.returncode == 0


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """Mount a small disk of its own."""
    place.mkdir(parents=True)
    if os.geteuid() or not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", place):
        pytest.skip("NOT RUN: mounting a small disk needs root")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
