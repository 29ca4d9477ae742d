"""Workers on this machine: how they start, and how they end."""

import re
import sys

import pytest

from dlcourse import distributed
from dlcourse.distributed import launcher
from dlcourse.errors import InputError


@pytest.mark.parametrize("command", [["no such program"], [""], ["true", 3], ["true", "a\0b"]])
def test_a_command_that_cannot_be_run(command):
    with pytest.raises(InputError, match="`command` must be"):
        distributed.launch(command, 1)


@pytest.mark.parametrize(
    ("code", "cause"),
    [(-9, r"was killed \(SIGKILL\)"), (-35, r"was killed \(signal 35\)"), (4, "without a message")],
)
def test_the_cause_of_an_end_is_named(tmp_path, code, cause):
    """Also by a signal of real time, which has no name."""
    log = tmp_path / "log"
    log.touch()
    assert re.search(cause, launcher._cause(1, code, log))


def test_workers_that_were_started_end_when_a_later_one_cannot_be(monkeypatch):
    begun = []
    start = launcher._start

    def fail_at_the_second(*args, **options):
        if begun:
            raise OSError(11, "Resource temporarily unavailable")
        begun.append(start(*args, **options))
        return begun[0]

    monkeypatch.setattr(launcher, "_start", fail_at_the_second)
    with pytest.raises(OSError, match="temporarily"):
        distributed.launch([sys.executable, "-c", "import time; time.sleep(60)"], 2)
    assert begun[0].poll() is not None
