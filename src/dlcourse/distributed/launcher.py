"""Several workers on this machine: start them, watch them, and end them together.

If one fails, the others would wait for it in vain. So they are ended too, and one line says
which one failed first, and why.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import BinaryIO

from dlcourse import argument_checks
from dlcourse.distributed.cluster import Cluster
from dlcourse.errors import ClusterError, InputError

#: Set for a worker that `launch` started, so that it ends when its parent does.
WATCHED = "DLCOURSE_WATCHED_WORKER"
#: The exit status of a worker that has lost another one (`dlcourse.cli.train`), or its parent.
LOST = 3
#: How the message about a worker that did not end by itself ends.
ENDED = "the others were ended. The same command goes on after the last epoch that was kept."
#: How many seconds the others have to end by themselves.
GRACE = 2.0
#: How a worker ends after another one has failed: the higher, the less likely it is the cause.
CONSEQUENCES = {-signal.SIGABRT: 2, -signal.SIGTERM: 2, LOST: 1}


def launch(command: Sequence[str], n_workers: int) -> None:
    """Run a command as `n_workers` processes on this machine, until all are done.

    Each worker gets its ``TF_CONFIG`` and its share of the processor's cores; it must call
    `dlcourse.distributed.choose_strategy`. The output of the first one is shown. Graphics cards are
    not used: one process can use all of a machine. If a worker fails, the others are ended, and a
    `ClusterError` says why.
    """
    words = argument_checks.sequence(command, "command", of="words")
    line = " ".join(argument_checks.text(word, "command") for word in words)
    if "\0" in line or not shutil.which(command[0]):
        raise InputError(
            "`command` must begin with a program of this machine, such as `sys.executable`: "
            f"got {argument_checks.describe(line)}."
        )
    n_workers = argument_checks.count(n_workers, "n_workers", at_most=64)
    addresses = tuple(f"127.0.0.1:{port}" for port in _free_ports(n_workers))
    n_threads = str(max(1, (os.cpu_count() or 1) // n_workers))
    processes: list[subprocess.Popen[bytes]] = []
    with ExitStack() as stack:
        logs = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(n_workers)]
        try:
            for i, log in enumerate(logs):
                tf_config = Cluster(addresses, i).tf_config
                processes.append(_start(command, tf_config, n_threads, log, shown=i == 0))
            first = _watch(processes)
        finally:
            _end(processes)
        if first is not None:
            raise ClusterError(_cause(first, processes[first].returncode, logs[first]))


def _start(
    command: Sequence[str], tf_config: str, n_threads: str, log: BinaryIO, *, shown: bool
) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "TF_CONFIG": tf_config,
        "CUDA_VISIBLE_DEVICES": "",  # one card cannot serve several; see `MirroredStrategy`
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_NUM_INTRAOP_THREADS": n_threads,
        "OMP_NUM_THREADS": n_threads,
        WATCHED: "1",
    }
    return subprocess.Popen(  # noqa: S603  (the caller's own command)
        command,
        env=environment,
        stdin=subprocess.PIPE,  # open as long as this process lives
        stdout=None if shown else subprocess.DEVNULL,
        stderr=log,
    )


def _watch(processes: Sequence[subprocess.Popen[bytes]]) -> int | None:
    """Wait until all are done, or one has failed; return the one that failed first."""
    while True:
        codes = [process.poll() for process in processes]
        if any(codes):
            failed = [i for i, code in enumerate(codes) if code]
            return min(failed, key=lambda i: CONSEQUENCES.get(codes[i] or 0, 0))
        if all(code == 0 for code in codes):
            return None
        time.sleep(0.02)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all that still run to end, then kill them."""
    for process in processes:
        if process.stdin is not None:
            process.stdin.close()
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _cause(index: int, code: int, log: BinaryIO) -> str:
    """Return in one line why a worker failed."""
    log.seek(0)
    lines = log.read().decode(errors="replace").splitlines()
    # `dlcourse.cli` begins its errors so.
    errors = [line for line in lines if line.startswith("dlcourse: ")]
    if errors:
        return errors[-1].removeprefix("dlcourse: ")
    if code < 0:
        names = (number.name for number in signal.Signals if number == -code)
        name = next(names, f"signal {-code}")  # most real-time signals have no name
        return f"worker {index} was killed ({name}); {ENDED}"
    last = next((line.strip() for line in reversed(lines) if line.strip()), "without a message")
    return f"worker {index} failed ({last[:300]}); {ENDED}"


def _free_ports(n: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(n)]
        return [server.getsockname()[1] for server in sockets]


def end_with_parent() -> None:
    """End this process with its parent, if `launch` started it: what a worker calls first."""
    if os.environ.get(WATCHED) != "1":
        return

    def wait() -> None:
        os.read(0, 1)  # returns when the other end is closed
        os._exit(LOST)

    threading.Thread(target=wait, daemon=True).start()
