"""The longest time in which nobody gets an answer, while one request of a guest is worked on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

GOAL = 0.25  # seconds
BODIES = {
    "4 MB of digits": b'{"data":["' + b"7" * 3_900_000 + b'"]}',
    "4,900 empty objects": b'{"data":[' + b"{}," * 4_900 + b"{}]}",
    "4 MB of objects": b'{"data":[' + b"{}," * 1_300_000 + b"{}]}",
    "100,000 brackets": b"[" * 100_000,
    "60,000 combining marks": b'{"data":["a' + "\u0301\u0323".encode() * 30_000 + b'"]}',
}


def measure(site: ServedPage) -> list[Figure]:
    """Return the worst wait of another visitor for each body, beside the goal."""
    figures = []
    for name, body in BODIES.items():
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(site.post, "/gradio_api/run/draw", body)
            waits = [site.seconds()]
            while not sent.done():
                waits.append(site.seconds())
        figures.append(compare(f"others wait: {name}", [max(waits)], "goal", [GOAL]))
    return figures
