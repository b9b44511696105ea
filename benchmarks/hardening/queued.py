"""The page for others, and memory, while one visitor asks for 10,000 drawings and 10,000 calls."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

REQUESTS = 10_000
AT_ONCE = 8
DRAWN_SECONDS = 20
GOAL_MEGABYTES = 50.0
FORM = [None, "파란 고양이", "DDIM", 150, 2.5, "512", "512", "7", "", "crayon"]


def measure(site: ServedPage) -> list[Figure]:
    """Return the worst and the usual wait and the growth, for drawings and for queued calls."""
    site.wait_until_level()
    site.post("/gradio_api/run/draw", {"data": FORM})  # what the first drawing takes is kept
    time.sleep(DRAWN_SECONDS)
    number = list(site.functions()).index("draw")
    drawn = _asked(site, "drawings", "/gradio_api/run/draw", {"data": FORM})
    joined = {"data": FORM, "fn_index": number, "session_hash": "one"}
    return drawn + _asked(site, "queued calls", "/gradio_api/queue/join", joined)


def _asked(site: ServedPage, name: str, path: str, body: dict[str, object]) -> list[Figure]:
    before = site.megabytes()
    with site.watched() as seen, ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(REQUESTS):
            pool.submit(site.post, path, body)
    usual = statistics.median(seen.waits)
    grown = max(seen.megabytes) - before
    return [
        compare(f"others wait: {REQUESTS:,} {name}", [max(seen.waits)], "usually", [usual]),
        compare(f"{REQUESTS:,} {name} of one", [grown], "goal", [GOAL_MEGABYTES], "MB"),
    ]
