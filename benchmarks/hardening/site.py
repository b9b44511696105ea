"""A page in a process of its own, and what can be seen of it from outside."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.start import ROOT, TIMEOUT_SECONDS, answers, free_port

LEVEL_SECONDS = 8
MEGA = 1_000_000
# Somebody elsewhere: a proxy says so, and their cookie is one that they made up.
GUEST = {"x-forwarded-for": "203.0.113.7", "cookie": f"amumal-visitor={'g' * 43}"}


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of a page while something was done to it."""

    waits: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


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
        """Send JSON as a guest; return the status."""
        return self.send(path, body)[0]

    def send(self, path: str, body: object, **more: str) -> tuple[int, bytes]:
        """Send JSON, or bytes as they are, as a guest; return the status and the answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"content-type": "application/json", **GUEST, **more}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310
                return int(answer.status), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, b""

    def hand_over(self, data: bytes, name: str) -> str:
        """Hand a file over as a guest; return its token, "" where it was refused."""
        status, said = self.send("/drops", data, **{"x-file-name": name})
        return str(json.loads(said)["token"]) if status == 200 else ""

    def functions(self) -> dict[str, int]:
        """Return what the page can call, by name: how many values each takes."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/config", timeout=60) as said:
            listed = json.loads(said.read())["dependencies"]
        return {
            str(one["api_name"]): len(one["inputs"])
            for one in listed
            if one["backend_fn"] and one["api_name"]
        }

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

    def wait_until_level(self) -> None:
        """Wait for the painter, which the page loads after it is there (270 MB)."""
        level = 0
        while level < LEVEL_SECONDS:
            before = self.megabytes()
            time.sleep(1)
            level = level + 1 if abs(self.megabytes() - before) < 1 else 0

    @contextlib.contextmanager
    def watched(self) -> Iterator[Watched]:
        """Look again and again how long others wait and how much memory there is, meanwhile."""
        found, is_over = Watched(), threading.Event()

        def look() -> None:
            while not is_over.is_set():
                found.waits.append(self.seconds())
                found.megabytes.append(self.megabytes())
                is_over.wait(0.005)

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield found
        finally:
            is_over.set()
            thread.join()


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
