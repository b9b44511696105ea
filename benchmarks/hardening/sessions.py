"""Memory that 10,000 sessions leave which requests have made up."""

from __future__ import annotations

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

SESSIONS = 10_000
WARM = 100  # what Gradio builds once is not the sessions'
GOAL = 50.0  # megabytes


def measure(site: ServedPage) -> list[Figure]:
    """Return the growth, beside the goal: by calls that are answered, and by calls that queue."""
    site.wait_until_level()
    functions = list(site.functions())
    return [
        _grown(site, "made-up sessions", "/gradio_api/run/draw", {"data": ["x"] * 40}),
        _grown(
            site,
            "made-up sessions that queue",
            "/gradio_api/queue/join",
            {"data": [], "fn_index": functions.index("draw")},
        ),
    ]


def _grown(site: ServedPage, name: str, path: str, body: dict[str, object]) -> Figure:
    for number in range(WARM):
        site.post(path, {**body, "session_hash": f"warm{number}"})
    before = site.megabytes()
    for number in range(SESSIONS):
        site.post(path, {**body, "session_hash": f"made{number}"})
    return compare(f"{SESSIONS:,} {name}", [site.megabytes() - before], "goal", [GOAL], "MB")
