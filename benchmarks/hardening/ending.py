"""Seconds from Ctrl+C to the end, with listeners and a drawing under way."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from benchmarks.figure import Figure, compare
from benchmarks.hardening.queued import FORM
from benchmarks.hardening.site import ServedPage

LISTENERS = 50
GOAL = 1.0  # seconds
HEAD = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def measure(site: ServedPage) -> list[Figure]:
    """Return the seconds, beside the goal."""
    site.wait_until_level()
    site.post("/gradio_api/run/draw", {"data": FORM})
    with contextlib.ExitStack() as held:
        for _ in range(LISTENERS):
            for path in ("/jobs/1/events", "/gradio_api/heartbeat/abc"):
                held.enter_context(site.connect(HEAD.format(path=path).encode()))
        time.sleep(1)
        started = time.perf_counter()
        os.kill(site.pid, signal.SIGINT)
        while _is_running(site.pid):
            time.sleep(0.005)
        seconds = time.perf_counter() - started
    return [compare(f"Ctrl+C, {2 * LISTENERS} listeners, a drawing", [seconds], "goal", [GOAL])]


def _is_running(pid: int) -> bool:
    """Return whether it has not ended; until it is waited for it is there, as a zombie (Linux)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
