"""Seconds until others are answered while connections are held that ask for nothing."""

from __future__ import annotations

import contextlib

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

RUNS = 5
HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
LONG = b"GET /ui/fonts/PretendardVariable.woff2 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PAGE = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CONFIG = b"GET /config HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
STUCK = (
    b"POST /drops HTTP/1.1\r\nHost: 127.0.0.1\r\nx-file-name: a\r\nContent-Length: 900\r\n\r\nabc"
)
HELD = (
    ("1,024 half requests", 1_024, HALF),
    ("200 readers who do not read", 200, LONG),
    ("200 who ask for the page and do not read", 200, PAGE),
    ("200 who ask for the settings and do not read", 200, CONFIG),
    ("4 stuck uploads", 4, STUCK),
    ("100 stuck uploads", 100, STUCK),
)


def measure(site: ServedPage) -> list[Figure]:
    """Return the page's time under each kind of connection, beside its time alone.

    The first time is that while the connections come: it is usually the longest.
    """
    site.wait_until_level()
    figures = []
    for name, count, said in HELD:
        alone = [site.seconds("/") for _ in range(RUNS)]
        with contextlib.ExitStack() as held:
            for _ in range(count):
                held.enter_context(site.connect(said))
            under = [site.seconds("/") for _ in range(RUNS)]
        figures.append(compare(f"page under {name}", under, "page alone", alone))
    return figures
