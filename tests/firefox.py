"""Drives a headless Firefox over Marionette, its own protocol: enough to press buttons and look."""

import base64
import json
import shutil
import socket
import subprocess
import time

START = 90
#: Widths and heights, in centimetres.
SHEETS = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}


def command():
    """Return the path of Firefox; None if there is none."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A page in a Firefox of its own."""

    def __init__(self, profile):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        (profile / "user.js").write_text(f'user_pref("marionette.port", {self._port});\n')
        self._process = subprocess.Popen(
            [command(), "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._number = 0
        self._socket = self._connect()
        self._stream = self._socket.makefile("rwb")
        self._receive()
        self._ask("WebDriver:NewSession", {})

    def _connect(self):
        """Wait until Firefox listens."""
        end = time.monotonic() + START
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                if time.monotonic() > end:
                    self._process.kill()
                    raise
                time.sleep(0.3)

    def _receive(self):
        """Receive a message: its length, a colon, JSON."""
        length = b"".join(iter(lambda: self._stream.read(1), b":"))
        return json.loads(self._stream.read(int(length)))

    def _ask(self, name, parameters):
        """Send a command, and return what it results in."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._stream.write(f"{len(message)}:".encode() + message)
        self._stream.flush()
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(error["message"])
        return result

    def goto(self, address):
        """Open a page."""
        self._ask("WebDriver:Navigate", {"url": address})

    def evaluate(self, text, argument=None):
        """Return the value of an expression, or what a function returns for an argument."""
        script = f"const v = ({text}); return typeof v === 'function' ? v(arguments[0]) : v;"
        # In a sandbox that stays: what observes the page for a script lives no longer than it.
        asked = {"script": script, "args": [argument], "sandbox": "tests", "newSandbox": False}
        return self._ask("WebDriver:ExecuteScript", asked)["value"]

    def pdf(self, **options):
        """Return the page as it is printed, on a sheet of the named format."""
        width, height = SHEETS[options["format"]]
        asked = {"page": {"width": width, "height": height}}
        return base64.b64decode(self._ask("WebDriver:Print", asked)["value"])

    def wait_for_timeout(self, milliseconds):
        """Wait."""
        time.sleep(milliseconds / 1000)

    def query_selector(self, selector):
        """Whether there is such an element."""
        return self.evaluate("(selector) => !!document.querySelector(selector)", selector)

    def close(self):
        """End the browser."""
        self._stream.close()
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)
