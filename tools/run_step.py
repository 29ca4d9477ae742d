"""Run a step of ``make ready``: announced, timed, one at a time; a failure shows its log.

Like `make_ready`, it uses the standard library alone and no syntax newer than Python 3.6.
"""

import contextlib
import os
import ssl
import subprocess
import sys
import tempfile
import time

from shared_paths import ROOT, SCRIPTS

try:
    import fcntl
except ImportError:  # Windows, which `make_ready` refuses
    fcntl = None

AGAIN = "Running the same command again continues from here."


class StepError(Exception):
    """A step failed; the text is the line to show."""


@contextlib.contextmanager
def one_at_a_time(lock):
    """Hold a lock: of two runs at once, the second waits for the first."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another run is getting things ready: waiting for it", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def step(what):
    """Print what is being done and, at the end, how long it took."""
    print("- %s ..." % what, flush=True)
    start = time.monotonic()
    yield
    print("  done in %.0f s" % (time.monotonic() - start), flush=True)


def run(command, failure, *, quietly=False):
    """Run a command with the virtual environment's scripts first on the path.

    What it prints ``quietly`` is shown only if it fails.
    """
    environment = dict(os.environ)
    environment["PATH"] = str(SCRIPTS) + os.pathsep + environment.get("PATH", "")
    environment["PYTHONPATH"] = str(ROOT / "src")
    environment["PYTHONUTF8"] = "1"
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
    trusted = ssl.get_default_verify_paths().cafile
    if trusted:  # node trusts what this machine trusts, not only what it was built with
        environment.setdefault("NODE_EXTRA_CA_CERTS", trusted)
    command = [str(part) for part in command]
    with tempfile.TemporaryFile() as log:
        output = {"stdout": log, "stderr": subprocess.STDOUT} if quietly else {}
        if subprocess.call(command, env=environment, cwd=str(ROOT), **output):
            log.seek(0)
            print(log.read().decode("utf-8", "replace"), end="", file=sys.stderr)
            raise StepError(failure + " " + AGAIN)
