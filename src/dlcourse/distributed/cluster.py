"""Who works together: the workers' addresses, and their meeting before the work begins.

TensorFlow takes the addresses from the environment variable ``TF_CONFIG``; under Slurm we write
it from Slurm's own variables. TensorFlow would wait an hour for a worker that never comes and
abort on a port in use. So the workers meet first, for a moment and over the same ports: each
says which versions it has and what it was asked to do, and each ends with one clear line if
something is wrong.
"""

from __future__ import annotations

import json
import os
import re
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import metadata
from itertools import islice, product, repeat
from platform import python_version
from typing import TYPE_CHECKING, Any

from dlcourse import __version__
from dlcourse import validation as check
from dlcourse.errors import ClusterError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The first word of every message, so that a stranger's is not taken for a worker's.
GREETING = "dlcourse-meeting/1"
#: No message is longer, in bytes.
LONGEST = 65_536
#: More tasks than anybody has are a slip, and would fill the memory.
MOST_TASKS = 100_000
#: Nobody waits longer, in seconds.
LONGEST_WAIT = 1e6
EXAMPLE = (
    '{"cluster": {"worker": ["host-a:5000", "host-b:5000"]}, '
    '"task": {"type": "worker", "index": 0}}'
)


@dataclass(frozen=True)
class Cluster:
    """The workers that train together, and which of them this process is.

    Attributes
    ----------
    addresses
        ``host:port`` of each worker; the first one is the chief, which reports and saves.
    index
        The place of this process among them.

    Examples
    --------
    >>> Cluster(("a:5000", "b:5000"), 1).is_chief
    False
    """

    addresses: tuple[str, ...]
    index: int

    @property
    def is_chief(self) -> bool:
        """Whether this process reports and saves."""
        return self.index == 0

    @property
    def tf_config(self) -> str:
        """What TensorFlow wants to find in ``TF_CONFIG``.

        Examples
        --------
        >>> Cluster(("a:5000",), 0).tf_config
        '{"cluster": {"worker": ["a:5000"]}, "task": {"type": "worker", "index": 0}}'
        """
        task = {"type": "worker", "index": self.index}
        return json.dumps({"cluster": {"worker": list(self.addresses)}, "task": task})

    def name(self, index: int) -> str:
        """Name a worker for a message."""
        return f"worker {index} ({self.addresses[index]})"


def from_environment(environ: Mapping[str, str] | None = None) -> Cluster | None:
    """Find out from ``TF_CONFIG``, or from Slurm's variables, who works together.

    Parameters
    ----------
    environ
        Default: the environment of this process.

    Returns
    -------
    Cluster or None
        None where this process works alone.

    Raises
    ------
    InputError
        If the variables are there and cannot be understood.

    Examples
    --------
    >>> from_environment({}) is None
    True
    >>> from_environment({"TF_CONFIG": EXAMPLE}).addresses
    ('host-a:5000', 'host-b:5000')
    >>> slurm = {"SLURM_PROCID": "2", "SLURM_STEP_NUM_TASKS": "3", "SLURM_JOB_ID": "7",
    ...          "SLURM_STEP_NODELIST": "n[09-10]", "SLURM_STEP_TASKS_PER_NODE": "2,1"}
    >>> from_environment(slurm)
    Cluster(addresses=('n09:20007', 'n09:20008', 'n10:20007'), index=2)
    """
    environ = check.mapping(os.environ if environ is None else environ, "environ", of="variables")
    for name in environ:
        if name == "TF_CONFIG" or name.startswith("SLURM_"):
            check.text(environ[name], name)
    if environ.get("TF_CONFIG"):
        return _from_tf_config(environ["TF_CONFIG"])
    if "SLURM_PROCID" in environ and environ.get("SLURM_STEP_NUM_TASKS", "1") != "1":
        return _from_slurm(environ)
    return None


def _from_tf_config(text: str) -> Cluster:
    wrong = InputError(f"`TF_CONFIG` must be JSON like {EXAMPLE}: got {text[:200]}")
    try:
        found = json.loads(text)
        jobs = found["cluster"]
        kind, index = str(found["task"]["type"]), int(found["task"]["index"])
        # A chief, where there is one, comes before the workers; TensorFlow counts the same way.
        addresses = tuple(map(str, [*jobs.get("chief", ()), *jobs.get("worker", ())]))
        fits = 0 <= index < len(jobs.get(kind, ())) and kind in {"chief", "worker"}
        index += len(jobs.get("chief", ())) if kind == "worker" else 0
        for address in addresses:
            _split(address)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise wrong from None
    if not fits or len(set(addresses)) < len(addresses):
        raise wrong
    return Cluster(addresses, index)


def _from_slurm(environ: Mapping[str, str]) -> Cluster:
    """Count the tasks node by node, in Slurm's order.

    TensorFlow's ``SlurmClusterResolver`` sorts the nodes by name, so that n10 would come before
    n9 and the ranks no longer fit; and it divides by the number of graphics cards, also by none.
    """
    try:
        nodes = list(islice(expand_hosts(environ["SLURM_STEP_NODELIST"]), MOST_TASKS + 1))
        tasks = list(islice(_tasks(environ["SLURM_STEP_TASKS_PER_NODE"]), MOST_TASKS + 1))
        index, n_tasks = int(environ["SLURM_PROCID"]), int(environ["SLURM_STEP_NUM_TASKS"])
        # Jobs that share a node must not share a port.
        first = 20_000 + int(environ.get("SLURM_JOB_ID", "0")) % 20_000
    except (KeyError, ValueError, OverflowError) as error:
        raise InputError(
            f"Slurm's variables must name nodes and tasks: {str(error)[:200]} is amiss."
        ) from None
    if max(n_tasks, len(nodes), sum(tasks)) > MOST_TASKS:
        raise InputError(f"Slurm's variables must name at most {MOST_TASKS:,} tasks: got more.")
    addresses = tuple(
        f"{node}:{first + k}" for node, n in zip(nodes, tasks, strict=False) for k in range(n)
    )
    if len(addresses) != n_tasks or not 0 <= index < n_tasks:
        raise InputError(
            f"Slurm's variables must agree: {len(addresses)} tasks on {len(nodes)} nodes, "
            f"and {n_tasks} in all, this one being {index}."
        )
    return Cluster(addresses, index)


def _tasks(counts: str) -> Iterator[int]:
    """Write out how many tasks each node has, where Slurm writes ``2(x3),1``."""
    for n, times in re.findall(r"(\d+)(?:\(x(\d+)\))?", counts):
        yield from repeat(int(n), int(times or 1))


def expand_hosts(nodelist: str) -> Iterator[str]:
    """Write out the nodes that Slurm abbreviates.

    Raises
    ------
    InputError
        If the brackets do not fit, or hold no numbers, or far too many.

    Examples
    --------
    >>> list(expand_hosts("login,n[09-11,20],r[1-2]c[1-2]"))
    ['login', 'n09', 'n10', 'n11', 'n20', 'r1c1', 'r1c2', 'r2c1', 'r2c2']
    """
    nodelist = check.text(nodelist, "nodelist")
    wrong = InputError(f"`nodelist` must be like 'n[1-3,7]': got {check.describe(nodelist)}.")
    if nodelist.count("[") != nodelist.count("]"):
        raise wrong
    for name in re.findall(r"(?:\[[^\]]*\]|[^,\[])+", nodelist):
        try:
            pieces = [
                list(_numbers(piece[1:-1])) if piece.startswith("[") else [piece]
                for piece in re.findall(r"\[[^\]]*\]|[^\[]+", name)
            ]
        except ValueError:
            raise wrong from None
        yield from map("".join, product(*pieces))


def _numbers(ranges: str) -> Iterator[str]:
    for span in ranges.split(","):
        low, _, high = span.partition("-")
        if int(high or low) - int(low) > MOST_TASKS:
            raise ValueError(ranges)
        for n in range(int(low), int(high or low) + 1):
            yield f"{n:0{len(low)}}"


def versions() -> dict[str, str]:
    """Tell which versions this process works with; nothing is imported for it."""
    found = {"Python": ".".join(python_version().split(".")[:2]), "dlcourse": __version__}
    for package in ("tensorflow", "keras", "numpy"):
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "none"
    return found


def meet(cluster: Cluster, run: Mapping[str, Any], *, wait: float = 300.0) -> None:
    """Wait until all workers are there, and see that they agree.

    Parameters
    ----------
    cluster
        Who should come.
    run
        What this worker was asked to do; it must be the same for all. Written as JSON.
    wait
        Seconds.

    Raises
    ------
    ClusterError
        If a worker does not come in time, a port is in use, or versions or `run` differ. All
        who came are told.
    InputError
        If `run` cannot be written as JSON, or `wait` is no such time.
    """
    cluster = check.instance(cluster, "cluster", Cluster)
    run = check.mapping(run, "run", of="settings")
    wait = check.number(wait, "wait", at_least=0, below=LONGEST_WAIT)
    own = {"hello": GREETING, "index": cluster.index, "versions": versions(), "run": dict(run)}
    own = as_json(own, "run")  # as the others will read it
    deadline = time.monotonic() + wait
    with _listen(cluster) as server:
        if cluster.is_chief:
            _receive_all(cluster, server, own, deadline, wait)
    if not cluster.is_chief:
        _report_to_chief(cluster, own, deadline, wait)


def as_json(value: dict[str, Any], name: str) -> dict[str, Any]:
    """Give what another process would read if `value` were written as JSON."""
    try:
        return dict(json.loads(json.dumps(value)))
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(
            f"`{name}` must be texts and numbers, as JSON has them: {error}."
        ) from None


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    host.encode("idna")  # as the socket will, which has no use for an empty or endless name
    if not host or not 0 < int(port) < 2**16:
        raise ValueError(address)
    return host, int(port)


def _listen(cluster: Cluster) -> socket.socket:
    """Open this worker's own port."""
    host, port = _split(cluster.addresses[cluster.index])
    local = host in {"localhost", "127.0.0.1"}
    try:
        return socket.create_server(("127.0.0.1" if local else "", port))
    except OSError as error:
        raise ClusterError(
            f"{cluster.name(cluster.index)} cannot open port {port} ({error.strerror}). "
            "End what uses it, perhaps an earlier run, or choose another port."
        ) from None


def _receive_all(
    cluster: Cluster, server: socket.socket, own: dict[str, Any], deadline: float, wait: float
) -> None:
    """As the chief, collect every worker's greeting, compare, and tell all the verdict."""
    waiting = set(range(1, len(cluster.addresses)))
    verdict = ""
    with ExitStack() as guests:
        come: list[socket.socket] = []
        while waiting and not verdict:
            server.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                guest, _ = server.accept()
            except TimeoutError:
                missing = ", ".join(cluster.name(i) for i in sorted(waiting))
                verdict = (
                    f"{missing} did not come within {wait:.0f} s. Start every worker, and see "
                    "that the machines reach each other (names, firewalls)."
                )
                break
            guests.enter_context(guest)
            message = _read(guest, 10.0)
            if not _is_greeting(message, len(cluster.addresses)):
                continue  # a stranger, or a worker that died at once
            come.append(guest)
            if message["index"] in waiting:
                waiting.remove(message["index"])
                verdict = _difference(cluster, own, message)
            else:
                verdict = f"Two processes came as {cluster.name(message['index'])}. Number them."
        for guest in come:
            _write(guest, {"hello": GREETING, "verdict": verdict})
    if verdict:
        raise ClusterError(_sentence(verdict))


def _report_to_chief(cluster: Cluster, own: dict[str, Any], deadline: float, wait: float) -> None:
    """As another worker, greet the chief, and wait for the verdict."""
    address = _split(cluster.addresses[0])
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise ClusterError(
                f"{_sentence(cluster.name(0))}, which leads, could not be reached within "
                f"{wait:.0f} s. Start it, and see that this machine reaches it (names, firewalls)."
            )
        try:
            chief = socket.create_connection(address, timeout=min(left, 10.0))
        except OSError:
            time.sleep(min(0.2, left))
            continue
        with chief:
            _write(chief, own)
            answer = _read(chief, left + 15.0)
        if answer.get("hello") == GREETING and isinstance(answer.get("verdict"), str):
            break
        time.sleep(0.2)  # the chief has died, or something else listens there yet
    if answer["verdict"]:
        raise ClusterError(_sentence(answer["verdict"]))


def _is_greeting(message: dict[str, Any], n_workers: int) -> bool:
    """Whether a message is what a worker says first."""
    return (
        message.get("hello") == GREETING
        and type(message.get("index")) is int
        and 0 <= message["index"] < n_workers
        and all(isinstance(message.get(kind), dict) for kind in ("versions", "run"))
    )


def _difference(cluster: Cluster, own: dict[str, Any], other: dict[str, Any]) -> str:
    """Say in what another worker differs from the chief; nothing if in nothing."""
    for kind, what, remedy in (
        ("versions", "has", "Install the same versions on all machines."),
        ("run", "was started with", "Start all with the same command."),
    ):
        mine, theirs = own[kind], other.get(kind, {})
        for key in sorted(mine.keys() | theirs.keys()):
            if mine.get(key) != theirs.get(key):
                return (
                    f"{cluster.name(other['index'])} {what} {key} {theirs.get(key)}, "
                    f"{cluster.name(0)} {mine.get(key)}. {remedy}"
                )
    return ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _write(to: socket.socket, message: dict[str, Any]) -> None:
    try:
        to.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return  # whoever has gone needs no answer


def _read(guest: socket.socket, seconds: float) -> dict[str, Any]:
    """Read one line of JSON; an empty message for anything else."""
    text = b""
    deadline = time.monotonic() + seconds
    try:
        while not text.endswith(b"\n") and len(text) < LONGEST:
            guest.settimeout(max(0.01, deadline - time.monotonic()))
            piece = guest.recv(4096)
            if not piece:
                break
            text += piece
        message = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
