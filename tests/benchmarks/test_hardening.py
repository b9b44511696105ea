"""Every section of the hardening benchmark is registered and measures what it says."""

from __future__ import annotations

import contextlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from typing import cast

from benchmarks import hardening
from benchmarks.hardening import connections, pictures, queued, requests, sessions
from benchmarks.hardening.site import ServedPage, Watched


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

    def wait_until_level(self) -> None:
        """Be level."""


def test_every_file_is_a_section():
    files = {module.name for module in pkgutil.iter_modules(hardening.__path__)}
    assert files - {"site"} == set(hardening.SECTIONS)


def test_the_page_is_asked_for_while_the_connections_are_held():
    site = CountingPage()
    figures = connections.measure(cast("ServedPage", site))
    assert [figure.ratio for figure in figures] == [1.0] * len(connections.HELD)
    assert max(site.seen) == 1_024 and site.held == 0
    assert site.seen.count(4) == connections.RUNS


class AnsweringPage(CountingPage):
    """Stands in for a served page that answers at once, and is slow while `slow` is called."""

    def __init__(self, slow: str = "") -> None:
        super().__init__()
        self.slow = slow
        self.called: Counter[str] = Counter()
        self.is_slow = False

    def functions(self) -> dict[str, int]:
        return {"say": 2, "draw": 10, "take": 1, "stop": 0}

    def post(self, path: str, body: object) -> int:
        name = path.rpartition("/")[2]
        self.is_slow = name == self.slow
        self.called[name] += 1
        return 200

    def hand_over(self, data: bytes, name: str) -> str:
        self.post("/drops", data)
        return "token"

    def seconds(self, path: str = "/") -> float:
        return 9.0 if self.is_slow else 0.1

    def megabytes(self) -> float:
        return 100.0 + 10.0 * self.called["take"]

    @contextlib.contextmanager
    def watched(self) -> Iterator[Watched]:
        seen = Watched()
        yield seen
        seen.waits.append(self.seconds())
        seen.megabytes.append(self.megabytes())


def test_the_worst_function_is_named_for_every_bad_text_and_file():
    site = AnsweringPage(slow="say")
    figures = requests.measure(cast("ServedPage", site))
    assert len(figures) == 1 + len(requests.BODIES) + len(requests.TEXTS) + len(requests.FILES)
    assert site.called["say"] == len(requests.TEXTS) + len(requests.FILES)
    assert site.called["stop"] == 0 and site.called["drops"] == 2 * len(requests.FILES)
    worst = [figure for figure in figures if figure.name.endswith("(worst: say)")]
    assert {figure.value for figure in worst} <= {9.0, 0.1}


def test_memory_is_looked_at_while_pictures_are_read(monkeypatch):
    monkeypatch.setattr(pictures, "_png", lambda *_size, rows=0: b"")
    monkeypatch.setattr(pictures, "_saved", lambda *_size: b"")
    site = AnsweringPage()
    alone, together, waits = pictures.measure(cast("ServedPage", site))
    assert (alone.value, together.value, waits.value) == (10.0, 60.0, 0.1)


def test_sessions_and_queued_calls_are_counted(monkeypatch):
    for module, name in ((sessions, "SESSIONS"), (queued, "REQUESTS"), (queued, "DRAWN_SECONDS")):
        monkeypatch.setattr(module, name, 3)
    monkeypatch.setattr(queued, "DRAWN_SECONDS", 0)
    site = AnsweringPage()
    assert [figure.unit for figure in sessions.measure(cast("ServedPage", site))] == ["MB"] * 2
    assert site.called["join"] == 3 + sessions.WARM
    figures = queued.measure(cast("ServedPage", site))
    assert [figure.unit for figure in figures] == ["s", "MB"] * 2
