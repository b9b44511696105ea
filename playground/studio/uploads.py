"""Files that people hand over: kept in memory for an hour at most, never written to the disk raw.

Knows owners, names and bytes; does not know what a file is for. Whoever learns from one reads it
here, masks what is private, and keeps only that.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from models.composed import composed
from playground.studio.errors import StudioError
from playground.studio.fair_share import Held, who_goes
from playground.studio.jobs.guest import Guest

MAX_BYTES = 50_000_000
KEPT_PER_OWNER = 3
MAX_KEPT_BYTES = 300_000_000  # of all owners together; who holds most gives way
COMING_PER_OWNER = 2  # files that may be on their way at once
COMING_PER_SOURCE = 8  # a household or a class shares one address
MAX_COMING_BYTES = 200_000_000  # of what has come of all files that are on their way
MAX_COMING_BYTES_PER_SOURCE = 100_000_000
KEPT_SECONDS = 3_600.0
MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Drop:
    """One file as it came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    drop: Drop
    owner: str
    since: float
    source: str | None  # of a guest; None is the person at the machine


@dataclass(slots=True, eq=False)
class _Coming:
    """A file on its way; `came` is guarded by the lock of its Uploads."""

    person: str
    source: str | None
    came: int = 0


class Uploads:
    """The files of all visitors; each sees their own. May be called from any thread.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()  # taken alone
        self._kept: dict[str, _Kept] = {}  # by token, oldest first
        self._coming: list[_Coming] = []

    @contextmanager
    def receiving(self, owner: str, guest: Guest | None = None) -> Iterator[Callable[[int], None]]:
        """Count a file while it is on its way; give what is called with the size of each piece.

        What counts among visitors are the bytes that have come, so who sends nothing takes nobody's
        place.

        Args:
            guest: how its owner is counted; None is the person at the machine.

        Raises StudioError for too many files of one owner or source, and (a piece) for too much of
        a source or of everybody.
        """
        person, source = (guest.person, guest.source) if guest else (owner, None)
        coming = _Coming(person, source)
        with self._lock:
            if sum(one.person == person for one in self._coming) >= COMING_PER_OWNER:
                raise StudioError("drop.busy.own", most=COMING_PER_OWNER)
            if guest and len(self._coming_of(source)) >= COMING_PER_SOURCE:
                raise StudioError("drop.busy.source", most=COMING_PER_SOURCE)
            self._coming.append(coming)

        def count(size_bytes: int) -> None:
            with self._lock:
                same = sum(one.came for one in self._coming_of(source))
                if guest and same + size_bytes > MAX_COMING_BYTES_PER_SOURCE:
                    raise StudioError("drop.busy.source", most=COMING_PER_SOURCE)
                if sum(one.came for one in self._coming) + size_bytes > MAX_COMING_BYTES:
                    raise StudioError("drop.busy")
                coming.came += size_bytes

        try:
            yield count
        finally:
            with self._lock:
                self._coming.remove(coming)

    def _coming_of(self, source: str | None) -> list[_Coming]:
        return [one for one in self._coming if one.source == source]

    def put(self, owner: str, name: str, data: bytes, guest: Guest | None = None) -> str:
        """Keep a file; return the token that gets it back.

        Args:
            guest: how its owner is counted; None is the person at the machine.

        >>> drops = Uploads()
        >>> drops.get("me", drops.put("me", "../말.txt", b"...")).name
        '말.txt'
        """
        refuse_size(len(data))
        if not data:
            raise StudioError("drop.empty", name=clean_name(name))
        token = secrets.token_urlsafe(16)
        with self._lock:
            drop = Drop(clean_name(name), data)
            source = guest.source if guest else None
            self._kept[token] = _Kept(drop, owner, self._clock(), source)
            self._let_go(owner)
        return token

    def get(self, owner: str, token: str) -> Drop:
        """Return the file; raise StudioError when it is gone or somebody else's."""
        with self._lock:
            self._let_go(owner)
            kept = self._kept.get(token)
        if kept is None or kept.owner != owner:
            raise StudioError("drop.gone")
        return kept.drop

    def forget(self, owner: str, token: str) -> None:
        """Let a file go; nothing happens when it is gone or somebody else's."""
        with self._lock:
            if token in self._kept and self._kept[token].owner == owner:
                del self._kept[token]

    def forget_all(self, owner: str) -> None:
        """Let all files of an owner go."""
        with self._lock:
            for token in [token for token, kept in self._kept.items() if kept.owner == owner]:
                del self._kept[token]

    def tidy(self) -> None:
        """Drop what is too old, also while nobody asks for anything."""
        with self._lock:
            self._let_go("")

    def _let_go(self, owner: str) -> None:
        """Drop what is too old, too many or too much; the caller holds the lock."""
        long_ago = self._clock() - KEPT_SECONDS
        old = [token for token, kept in self._kept.items() if kept.since < long_ago]
        own = [token for token, kept in self._kept.items() if kept.owner == owner]
        for token in {*old, *own[:-KEPT_PER_OWNER]}:
            del self._kept[token]
        held = [Held(token, kept.source, len(kept.drop.data)) for token, kept in self._kept.items()]
        for token in who_goes(held, MAX_KEPT_BYTES):
            del self._kept[token]


def refuse_size(size_bytes: int) -> None:
    """Raise StudioError for a file that is too large; checked while it still arrives."""
    if size_bytes > MAX_BYTES:
        raise StudioError(
            "drop.large", size=f"{size_bytes / 1e6:.0f} MB", limit=f"{MAX_BYTES / 1e6:.0f} MB"
        )


def clean_name(name: str) -> str:
    """Return the last part of a file name, composed (NFC), nothing invisible in it.

    >>> clean_name("C:\\\\집\\\\대화.csv"), clean_name("///"), clean_name("a\\x00b")
    ('대화.csv', '?', 'a b')
    """
    whole = name.encode("utf-8", "replace").decode()
    last = PurePosixPath(composed(whole).replace("\\", "/")).name
    visible = "".join(char if char.isprintable() else " " for char in last)
    return " ".join(visible.split())[:MAX_NAME] or "?"
