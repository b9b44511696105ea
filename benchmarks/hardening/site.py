"""A page in a process of its own, and what can be seen of it from outside."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.start import ROOT, TIMEOUT_SECONDS, answers, free_port

MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class ServedPage:
    """One served page.

    Attributes:
        port: where it listens on this machine.
        pid: its process.
    """

    port: int
    pid: int

    def seconds(self, path: str = "/jobs/1/none") -> float:
        """Return seconds until anything is answered at `path`, on a new connection."""
        started = time.perf_counter()
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60).close()
        return time.perf_counter() - started

    def post(self, path: str, body: object) -> int:
        """Send JSON; return the status."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def connect(self, said: bytes) -> socket.socket:
        """Open a connection and say something."""
        one = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        with contextlib.suppress(ConnectionError):
            one.sendall(said)
        return one

    def megabytes(self) -> float:
        """Return the memory that the process holds (Linux)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGA


@contextlib.contextmanager
def served() -> Iterator[ServedPage]:
    """Serve a page on a data folder of its own."""
    environment = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False", "COMMANDLINE_ARGS": ""}
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, str(ROOT / "webui.py"), "--port", str(port)]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            [*command, "--data-dir", folder], cwd=ROOT, env=environment, stdout=quiet, stderr=quiet
        )
        try:
            ends = time.monotonic() + TIMEOUT_SECONDS
            while not answers(port):
                if process.poll() is not None or time.monotonic() > ends:
                    raise RuntimeError("the page was not served")
                time.sleep(0.1)
            yield ServedPage(port, process.pid)
        finally:
            process.kill()
            process.wait()
