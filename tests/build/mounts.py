"""Disks that are small, and folders that are read-only."""

import contextlib
import os
import subprocess

import pytest


def mount(*arguments):
    """Mount something; only root may, and not everywhere."""
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False)
    return done.returncode == 0


@contextlib.contextmanager
def small_disk(place, size):
    """Mount a small disk of its own; give a function that changes its size."""
    place.mkdir(parents=True)
    if os.geteuid() or not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", place):
        pytest.skip("NOT RUN: mounting a small disk needs root")
    try:
        yield lambda size: mount("-o", f"remount,size={size}", place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextlib.contextmanager
def read_only(place):
    """Let nobody write below a folder, and give the reason that a writer is told.

    Permissions do not bind root, so for root the folder is mounted over itself.
    """
    if os.geteuid():
        folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        try:
            yield "Permission denied"
        finally:
            for folder in folders:
                folder.chmod(0o755)
        return
    if not mount("--bind", place, place):
        pytest.skip("NOT RUN: this root may not mount, and permissions do not bind root")
    try:
        assert mount("-o", "remount,bind,ro", place)
        yield "Read-only file system"
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
