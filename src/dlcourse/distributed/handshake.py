"""The handshake of the workers: before the work begins they meet, and compare what they are to do.

TensorFlow would wait an hour for a worker that never comes, and abort on a port in use. So the
workers first meet for a moment, over the same ports. Each sends the chief its versions and what
it was asked to do. If something is wrong, each ends with one clear line.
"""

import json
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack
from importlib import metadata
from platform import python_version
from typing import Any

from dlcourse import __version__, argument_checks
from dlcourse.distributed.cluster import Cluster, host_and_port
from dlcourse.errors import ClusterError

#: No message is longer, in bytes.
LONGEST = 65_536
#: A `wait`, in seconds, is less: `choose_strategy` and the command line see to that.
LONGEST_WAIT = 1e6


def versions() -> dict[str, str]:
    """Return the versions that this process works with, without importing anything."""
    result = {"Python": ".".join(python_version().split(".")[:2]), "dlcourse": __version__}
    for package in ("tensorflow", "keras", "numpy"):
        try:
            result[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            result[package] = "none"
    return result


def shake_hands(cluster: Cluster, agreed: Mapping[str, Any], *, wait: float) -> None:
    """Wait at most `wait` seconds until all workers are there, and check that they agree.

    The settings `agreed`, by name, must be the same for all. If a worker does not come in time, or
    versions or `agreed` differ, all workers that came raise the same `ClusterError`; one whose port
    is in use raises its own.
    """
    greeting = {"index": cluster.index, "versions": versions(), "agreed": dict(agreed)}
    greeting = argument_checks.as_read_from_json(greeting, "agreed")
    with _listen(cluster) as server:
        if cluster.is_chief:
            _receive_all(cluster, server, greeting, wait)
    if not cluster.is_chief:
        _report_to_chief(cluster, greeting, wait)


def _listen(cluster: Cluster) -> socket.socket:
    """Open this worker's port: to this machine if it is local, else to all, as TensorFlow will."""
    host, port = host_and_port(cluster.addresses[cluster.index])
    local = host in {"localhost", "127.0.0.1"}
    try:
        return socket.create_server(("127.0.0.1" if local else "", port))
    except OSError as error:
        raise ClusterError(
            f"{cluster.name(cluster.index)} cannot open port {port} ({error.strerror}). "
            "End what uses it, perhaps an earlier run, or choose another port."
        ) from None


def _receive_all(
    cluster: Cluster, server: socket.socket, greeting: dict[str, Any], wait: float
) -> None:
    """As the chief, compare every worker's greeting with ours, and send all the verdict."""
    deadline = time.monotonic() + wait
    n_workers = len(cluster.addresses)
    waiting = set(range(1, n_workers))
    verdict = ""
    with ExitStack() as guests:
        workers: list[socket.socket] = []
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
            if _types(message) != _types(greeting) or message["index"] not in range(n_workers):
                continue  # a stranger, or a worker that died at once
            workers.append(guest)
            if message["index"] in waiting:
                waiting.remove(message["index"])
                verdict = _difference(cluster, greeting, message)
            else:
                verdict = f"Two processes came as {cluster.name(message['index'])}. Number them."
        for guest in workers:
            _write(guest, {"verdict": verdict})
    if verdict:
        raise ClusterError(_sentence(verdict))


def _report_to_chief(cluster: Cluster, greeting: dict[str, Any], wait: float) -> None:
    """As another worker, send the chief our greeting, and wait for its verdict."""
    deadline = time.monotonic() + wait
    address = host_and_port(cluster.addresses[0])
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
            _write(chief, greeting)
            answer = _read(chief, wait + 15.0)  # the chief may have come only now
        if "verdict" in answer:
            break
        time.sleep(0.2)  # the chief has died, or something else listens there yet
    if answer["verdict"]:
        raise ClusterError(_sentence(answer["verdict"]))


def _difference(cluster: Cluster, greeting: dict[str, Any], other: dict[str, Any]) -> str:
    """Return how another worker differs from the chief; empty if it does not."""
    for part, verb, remedy in (
        ("versions", "has", "Install the same versions on all machines."),
        ("agreed", "was started with", "Start all with the same command."),
    ):
        ours, theirs = greeting[part], other[part]
        for key in sorted(ours.keys() | theirs.keys()):
            if ours.get(key) != theirs.get(key):
                return (
                    f"{cluster.name(other['index'])} {verb} {key} {theirs.get(key)}, "
                    f"{cluster.name(0)} {ours.get(key)}. {remedy}"
                )
    return ""


def _types(message: dict[str, Any]) -> dict[str, type]:
    return {name: type(value) for name, value in message.items()}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _write(to: socket.socket, message: dict[str, Any]) -> None:
    try:
        to.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return  # a worker that has gone needs no answer


def _read(guest: socket.socket, seconds: float) -> dict[str, Any]:
    """Read one line of JSON; an empty message for anything else, and for one that takes longer."""
    deadline, data = time.monotonic() + seconds, b""
    try:
        while b"\n" not in data and len(data) < LONGEST:
            guest.settimeout(deadline - time.monotonic())  # a ValueError when time is up
            piece = guest.recv(LONGEST)
            if not piece:
                break
            data += piece
        return dict(json.loads(data.partition(b"\n")[0]))
    except (OSError, ValueError, TypeError, RecursionError):
        return {}
