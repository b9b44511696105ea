"""Memory that 10,000 sessions leave which requests have made up."""

from __future__ import annotations

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import Site

SESSIONS = 10_000
WARM = 100  # what Gradio builds once is not the sessions'
GOAL = 50.0  # megabytes


def measure(site: Site) -> list[Figure]:
    """Return the growth, beside the goal."""
    for number in range(WARM):
        _call(site, f"warm{number}")
    before = site.megabytes()
    for number in range(SESSIONS):
        _call(site, f"made{number}")
    grown = site.megabytes() - before
    return [compare(f"{SESSIONS:,} made-up sessions", [grown], "goal", [GOAL], "MB")]


def _call(site: Site, session: str) -> None:
    site.post("/gradio_api/run/draw", {"data": ["x"] * 40, "session_hash": session})
