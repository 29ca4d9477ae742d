"""Workers on this machine: how they start, and how they end."""

import sys

import pytest

from dlcourse import distributed
from dlcourse.distributed import launcher


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
