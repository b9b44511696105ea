"""Ctrl+C at the served page: it ends, whatever is under way, or says what it waits for."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.web.http.server import STOPPED
from tests.playground.web.conftest import FORM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="signals are sent another way on Windows"),
]
ROOT = Path(__file__).parents[2]
LISTENERS = 20
WAIT_SECONDS = 60


class Served:
    """A served page that is drawing and learning, with listeners."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.port = int(re.findall(r"127\.0\.0\.1:(\d+)", url)[0])
        self.listening: list[socket.socket] = []

    def draw(self) -> int:
        """Ask for a picture that takes long; return its job."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        body = json.dumps({"data": list({**FORM, "steps": 150}.values())})
        asked.request("POST", "/gradio_api/run/draw", body, {"content-type": "application/json"})
        job = json.loads(asked.getresponse().read())["data"][0]["job"]
        asked.close()
        assert isinstance(job, int)
        return job

    def listen(self, path: str) -> None:
        """Open a stream and hear of it for the first time."""
        one = socket.create_connection(("127.0.0.1", self.port), WAIT_SECONDS)
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert one.recv(9).startswith(b"HTTP/1.1")
        self.listening.append(one)

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def end(self) -> str:
        """Wait for the end; return all that was said since it was ready."""
        said, _ = self.process.communicate(timeout=WAIT_SECONDS)
        return said


@contextlib.contextmanager
def served(manner: str, data: Path) -> Iterator[Served]:
    command = [sys.executable, "-m", "tests.playground.served", manner]
    environment = os.environ | {"LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8"}
    environment |= {"COMMANDLINE_ARGS": "", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*command, "--data-dir", str(data)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = ""
        while "http://" not in line:
            line = process.stdout.readline()
            assert line, "it ended before it was ready"
        page = Served(process, line)
        job = page.draw()
        for _ in range(LISTENERS):
            page.listen(f"/jobs/{job}/events")
            page.listen("/gradio_api/heartbeat/abc")
        yield page
    finally:
        for one in getattr(locals().get("page"), "listening", ()):
            one.close()
        process.kill()
        process.communicate()


def test_it_ends_in_good_order_whoever_listens_and_whatever_is_under_way(tmp_path):
    with served("polite", tmp_path) as page:
        page.interrupt()
        said = page.end()
        assert page.process.returncode == 0
        assert "Traceback" not in said and "ERROR" not in said
        for one in page.listening:
            with contextlib.suppress(ConnectionError):
                while one.recv(65_536):
                    pass


def test_what_was_drawn_is_offered_again_at_the_next_start(tmp_path):
    import sqlite3

    with served("polite", tmp_path) as page:
        page.interrupt()
        page.end()
    with contextlib.closing(sqlite3.connect(tmp_path / "playground.db")) as rows:
        assert [state for (state,) in rows.execute("select state from job")] == ["interrupted"]


def test_who_has_to_wait_is_told_what_for_and_a_second_one_ends_it(tmp_path):
    with served("stubborn", tmp_path) as page:
        page.interrupt()
        assert page.process.stdout is not None
        line = page.process.stdout.readline()
        assert "배우던 것" in line and "Ctrl+C를 한 번 더" in line
        page.interrupt()
        said = page.end()
        assert page.process.returncode == STOPPED
        assert "Traceback" not in said


def test_two_at_once_end_it_at_once(tmp_path):
    with served("stubborn", tmp_path) as page:
        page.interrupt()
        time.sleep(0.2)  # two signals that wait together are one
        page.interrupt()
        assert "Traceback" not in page.end()
        assert page.process.returncode == STOPPED


def test_a_service_that_is_told_to_end_does_so_in_good_order(tmp_path):
    with served("polite", tmp_path) as page:
        page.process.send_signal(signal.SIGTERM)
        assert "Traceback" not in page.end()
        assert page.process.returncode == 0
