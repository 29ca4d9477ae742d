"""Workers meet before they work; who does not come, or was started otherwise, is named."""

import contextlib
import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dlcourse import distributed
from dlcourse.distributed import handshake, launcher
from dlcourse.errors import ClusterError, InputError


def addresses_of(n):
    return tuple(f"127.0.0.1:{port}" for port in launcher._free_ports(n))


def reached(address):
    """Connect to a worker, which may begin to listen a little later."""
    host, _, port = address.partition(":")
    for _ in range(200):
        try:
            return socket.create_connection((host, int(port)))
        except OSError:
            time.sleep(0.02)
    return pytest.fail(f"nobody listens at {address}")


def greeting(**change):
    words = {"index": 1, "versions": handshake.versions(), "agreed": {}}
    return json.dumps(words | change).encode() + b"\n"


def met(n, *, wait=10.0, agreed=lambda i: {"seed": 0}, missing=()):
    """Let workers meet in threads; give what each of them ended with."""
    addresses = addresses_of(n)

    def come(i):
        try:
            handshake.shake_hands(distributed.Cluster(addresses, i), agreed(i), wait=wait)
        except ClusterError as error:
            return str(error)
        return "met"

    with ThreadPoolExecutor(n) as pool:
        return addresses, list(pool.map(come, [i for i in range(n) if i not in missing]))


def test_workers_that_agree_meet():
    assert met(3)[1] == ["met"] * 3


def test_a_worker_that_never_comes_is_named_to_all():
    addresses, ends = met(3, wait=1.0, missing=[2])
    assert ends[0] == ends[1]
    assert ends[0].startswith(f"Worker 2 ({addresses[2]}) did not come within 1 s.")


def test_a_chief_that_never_comes():
    addresses, ends = met(2, wait=1.0, missing=[0])
    assert ends[0].startswith(f"Worker 0 ({addresses[0]}), which leads, could not be reached")


def test_a_worker_that_was_started_otherwise():
    _, ends = met(2, agreed=lambda i: {"seed": 0, "batch_size": 128 >> i})
    assert "was started with batch_size 64, worker 0" in ends[0]
    assert ends[1] == ends[0]


def test_other_versions_on_a_worker(monkeypatch):
    versions = iter([{"tensorflow": "2.1"}, {"tensorflow": "2.2"}])
    monkeypatch.setattr(handshake, "versions", lambda: next(versions))
    _, ends = met(2)
    assert re.search(r"has tensorflow 2\.\d, worker 0 .* 2\.\d\. Install the same", ends[0])
    assert ends[1] == ends[0]


def test_a_stranger_at_the_port_is_ignored():
    addresses = addresses_of(2)
    others = [greeting(hello="another protocol"), greeting(index=2), greeting(versions=1, agreed=1)]
    with ThreadPoolExecutor() as pool:
        first, second = (distributed.Cluster(addresses, i) for i in range(2))
        meeting = pool.submit(handshake.shake_hands, first, {}, wait=10)
        nested = b"[" * 60_000 + b"\n"
        words = [b"GET / HTTP/1.1\r\n\r\n", b'["hello"]\n', b'{"index": 1}\n', b"", nested]
        for message in (*words, *others):
            with reached(addresses[0]) as stranger, contextlib.suppress(OSError):
                stranger.sendall(message)
        handshake.shake_hands(second, {}, wait=10)
        meeting.result()


def test_a_greeting_that_drips_is_not_waited_for():
    reader, writer = socket.socketpair()
    over = threading.Event()

    def drip():
        for _ in range(200):
            if not over.wait(0.05):
                writer.sendall(b" ")

    with reader, writer, ThreadPoolExecutor() as pool:
        pool.submit(drip)
        start = time.monotonic()
        assert handshake._read(reader, 0.3) == {}
        over.set()
    assert time.monotonic() - start < 5


def test_a_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        here = distributed.Cluster((f"127.0.0.1:{port}", "127.0.0.1:1"), 0)
        with pytest.raises(ClusterError, match=rf"cannot open port {port} .*already in use"):
            handshake.shake_hands(here, {}, wait=1)


def test_whatever_else_listens_at_the_port_of_the_chief_is_no_chief():
    """The worker waits for the chief, and says so."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        replies = [{"hello": "another protocol"}, {}]

        def answer():
            for words in replies:
                guest, _ = server.accept()
                with guest:
                    guest.makefile().readline()
                    guest.sendall(json.dumps(words).encode() + b"\n")
            server.close()

        here, port = server.getsockname()[1], launcher._free_ports(1)[0]
        pair = distributed.Cluster((f"127.0.0.1:{here}", f"127.0.0.1:{port}"), 1)
        with ThreadPoolExecutor() as pool:
            pool.submit(answer)
            with pytest.raises(ClusterError, match="which leads, could not be reached within 1 s"):
                handshake.shake_hands(pair, {}, wait=1)


@pytest.mark.parametrize("agreed", [{"a": object()}, {"a": {1, 2}}])
def test_what_cannot_be_told_to_the_others_is_refused(agreed):
    with pytest.raises(InputError, match="`agreed` must be texts and numbers"):
        handshake.shake_hands(distributed.Cluster(("127.0.0.1:1",), 0), agreed, wait=1.0)
