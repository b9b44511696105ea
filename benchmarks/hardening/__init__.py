"""What hostile requests cost everybody else: one section a file, each against a fresh page.

A section is a function from a served page to figures; add it to SECTIONS.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.figure import Figure
from benchmarks.hardening import connections, ending, pictures, queued, requests, sessions
from benchmarks.hardening.site import ServedPage, served

SECTIONS: dict[str, Callable[[ServedPage], list[Figure]]] = {
    "connections": connections.measure,
    "ending": ending.measure,
    "pictures": pictures.measure,
    "queued": queued.measure,
    "requests": requests.measure,
    "sessions": sessions.measure,
}


def measure() -> list[Figure]:
    """Return the figures of every section."""
    figures = []
    for section in SECTIONS.values():
        with served() as site:
            figures += section(site)
    return figures
