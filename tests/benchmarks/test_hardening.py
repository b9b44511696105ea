"""Every section of the hardening benchmark is registered and measures what it says."""

from __future__ import annotations

import pkgutil
from typing import cast

from benchmarks import hardening
from benchmarks.hardening import connections
from benchmarks.hardening.site import ServedPage


class CountingPage:
    """Stands in for a served page: counts what is held when the page is asked for."""

    def __init__(self) -> None:
        self.held = 0
        self.seen: list[int] = []

    def connect(self, said: bytes) -> CountingPage:
        return self

    def __enter__(self) -> None:
        self.held += 1

    def __exit__(self, *_: object) -> None:
        self.held -= 1

    def seconds(self, path: str) -> float:
        self.seen.append(self.held)
        return 1.0


def test_every_file_is_a_section():
    files = {module.name for module in pkgutil.iter_modules(hardening.__path__)}
    assert files - {"site"} == set(hardening.SECTIONS)


def test_the_page_is_asked_for_while_the_connections_are_held():
    site = CountingPage()
    figures = connections.measure(cast("ServedPage", site))
    assert [figure.ratio for figure in figures] == [1.0, 1.0, 1.0]
    assert max(site.seen) == 1_024 and site.held == 0
    assert site.seen.count(4) == connections.RUNS
