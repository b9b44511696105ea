"""From process start to a served page, beside a bare Gradio "hello world", in turn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure, compare

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
TIMEOUT_SECONDS = 60
HELLO = """
import sys
import gradio
with gradio.Blocks() as page:
    name = gradio.Textbox()
    name.submit(lambda text: f"hello {text}", name, gradio.Textbox())
page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
"""


def measure() -> list[Figure]:
    """Return seconds until `GET /` answers 200: our page against the bare one."""
    ours, bare = [], []
    for number in range(RUNS + 1):  # the first pair warms the disk cache and is not counted
        pair = _our_seconds(), _hello_seconds()
        if number:
            ours.append(pair[0])
            bare.append(pair[1])
    return [compare("process start to page served", ours, "bare gradio hello world", bare)]


def _our_seconds() -> float:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, str(ROOT / "webui.py"), "--port", str(port)]
        return _seconds_until_served([*command, "--data-dir", folder], port)


def _hello_seconds() -> float:
    port = free_port()
    return _seconds_until_served([sys.executable, "-c", HELLO, str(port)], port)


def _seconds_until_served(command: Sequence[str], port: int) -> float:
    environment = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False", "COMMANDLINE_ARGS": ""}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - started < TIMEOUT_SECONDS:
            if process.poll() is not None:
                raise RuntimeError(f"{command[1]} ended with exit code {process.returncode}")
            if answers(port):
                return time.perf_counter() - started
            time.sleep(0.005)
        raise RuntimeError(f"{command[1]} did not serve a page in {TIMEOUT_SECONDS} s")
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    """Return whether a page is served at a port of this machine."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port() -> int:
    """Return a port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
