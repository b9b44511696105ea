"""Memory that 10,000 sessions leave which requests have made up."""

from __future__ import annotations

import time

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

SESSIONS = 10_000
WARM = 100  # what Gradio builds once is not the sessions'
LEVEL_SECONDS = 8
GOAL = 50.0  # megabytes


def measure(site: ServedPage) -> list[Figure]:
    """Return the growth, beside the goal."""
    for number in range(WARM):
        _call(site, f"warm{number}")
    _wait_until_level(site)
    before = site.megabytes()
    for number in range(SESSIONS):
        _call(site, f"made{number}")
    grown = site.megabytes() - before
    return [compare(f"{SESSIONS:,} made-up sessions", [grown], "goal", [GOAL], "MB")]


def _wait_until_level(site: ServedPage) -> None:
    """Wait for the painter, which the page loads after it is there (270 MB)."""
    level = 0
    while level < LEVEL_SECONDS:
        before = site.megabytes()
        time.sleep(1)
        level = level + 1 if abs(site.megabytes() - before) < 1 else 0


def _call(site: ServedPage, session: str) -> None:
    site.post("/gradio_api/run/draw", {"data": ["x"] * 40, "session_hash": session})
