"""`make serve` shows what is saved, also what is saved while the first build runs."""

import os
import subprocess

import pytest


def save(server, line):
    """Save the page with another line."""
    server.path.write_bytes(server.text(line))


def test_what_is_saved_while_the_first_build_runs_is_shown(server):
    """It is saved when Sphinx has read the page already, so only another build can show it.

    Then what an editor leaves about disturbs nothing: Emacs puts a link to nowhere beside the file
    that it edits.
    """
    read = server.root / "book" / "_build" / ".doctrees" / "chapters" / "one.doctree"
    server.wait_for(read.exists)
    save(server, "A xylophone.")
    server.wait_for(lambda: "xylophone" in server.page())
    server.wait_for(lambda: "one.md: shown" in server.said())
    assert "first build: shown" in server.said()
    save(server, "A glockenspiel.")
    server.wait_for(lambda: "glockenspiel" in server.page())
    assert "xylophone" not in server.page()
    server.path.with_name(".#one.md").symlink_to("user@host.1:2")
    save(server, "A marimba.")
    server.wait_for(lambda: "marimba" in server.page())
    assert "FAILED" not in server.said()


def test_a_mistake_is_told_and_its_repair_is_shown(server):
    """Twice: what a failed build leaves behind must not fail the next."""
    server.wait_for(lambda: "first build: shown" in server.said())
    for number in (1, 2):
        save(server, "{ref}`nowhere`")
        server.wait_for(lambda n=number: server.said().count("one.md: FAILED") == n)
        assert "nowhere" in server.said()
        server.wait_for(lambda: "nowhere" in server.news()["error"])
        save(server, f"Repair number {number}.")
        server.wait_for(lambda n=number: f"Repair number {n}" in server.page())
        server.wait_for(lambda n=number: server.news() == {"version": 1 + n, "error": ""})
    assert "/__reload.js" in server.page()


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_named(checkout, port):
    done = subprocess.run(
        checkout.command, cwd=checkout.root, env={**os.environ, "PORT": port},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"make serve: PORT must be a number from 1 to 65535: got {port!r}.\n"
