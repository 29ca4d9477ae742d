"""Serves a folder on localhost, without a word."""

import contextlib
import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Quiet(SimpleHTTPRequestHandler):
    """Answers, and says nothing of it."""

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of a browser that leaves before its answer is whole, either."""

    def handle_error(self, *_):
        pass


@contextlib.contextmanager
def served(folder, handler=Quiet):
    """Serve a folder; give its address, without a slash at the end."""
    handler = functools.partial(handler, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
