"""Proof of being at the machine: a link from the console, good once, kept as a cookie.

Where the connection comes from proves nothing once a proxy or a tunnel runs on this machine: it
connects from loopback for everybody, and need not say so. So wherever one may be in play, only
who opened the link counts as the person at the machine. Both the code in the link and the cookie
are signed with a key in the data folder (owner_key.py): another process can make a link, and a
browser stays known when the server starts again. Knows no files and no sentences.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

PATH = "/owner"
LINK_SECONDS = 3600
COOKIE_SECONDS = 30 * 24 * 3600
KEY_BYTES = 32
MAX_TOKEN = 200  # characters of a code or cookie that are read; ours have about 90


class OwnerKey:
    """Signs codes and cookies, and tells its own from made-up ones.

    Args:
        key: the secret, KEY_BYTES long.
        clock: the time of day in seconds.
    """

    def __init__(self, key: bytes, *, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock

    def make(self, purpose: str) -> str:
        """Return a token: when it was made, something nobody can guess, and the signature."""
        body = f"{int(self._clock())}.{secrets.token_hex(16)}"
        return f"{body}.{self._signature(purpose, body)}"

    def age_seconds(self, purpose: str, token: str) -> float | None:
        """Return how old a token of ours is; None for anything else, and what is yet to come."""
        if len(token) > MAX_TOKEN or not token.isascii():
            return None
        body, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature, self._signature(purpose, body)):
            return None
        age = self._clock() - int(body.partition(".")[0])
        return age if age >= 0 else None

    def _signature(self, purpose: str, body: str) -> str:
        return hmac.new(self._key, f"{purpose}:{body}".encode(), hashlib.sha256).hexdigest()


class OwnerProof:
    """Who has shown that they are at the machine, for one server.

    Args:
        key: signs; another process with the same key can make links too.
        is_needed: whether being at the machine needs proof; `need` turns it on later.
        clock: the time of day in seconds.
    """

    def __init__(
        self, key: OwnerKey, *, is_needed: bool, clock: Callable[[], float] = time.time
    ) -> None:
        self._key = key
        self._is_needed = is_needed
        self._clock = clock
        self._started = int(clock())
        self._lock = threading.Lock()
        self._used: dict[str, float] = {}  # code -> when it may be forgotten
        self.on_needed: Callable[[], None] = lambda: None

    @property
    def is_needed(self) -> bool:
        """Whether the address alone does not make anybody the person at the machine."""
        return self._is_needed

    def need(self) -> None:
        """Ask for proof from now on, and call `on_needed` if that is new."""
        with self._lock:
            if self._is_needed:
                return
            self._is_needed = True
        self.on_needed()

    def link(self, page: str) -> str:
        """Return the address that makes the browser opening it first the owner's."""
        return owner_link(page, self._key)

    def exchange(self, code: str) -> str:
        """Return a cookie for a code that nobody has used yet, "" for any other.

        A code that is older than this server is none: what was used before it started is not
        known any more.
        """
        age = self._key.age_seconds("link", code)
        now = self._clock()
        if age is None or age > LINK_SECONDS or now - age < self._started:
            return ""
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until > now}
            if code in self._used:
                return ""
            self._used[code] = now + LINK_SECONDS
        return self._key.make("cookie")

    def is_proof(self, cookie: str) -> bool:
        """Return whether a cookie is one of ours and has not run out."""
        age = self._key.age_seconds("cookie", cookie) if cookie else None
        return age is not None and age <= COOKIE_SECONDS


def owner_link(page: str, key: OwnerKey) -> str:
    """Return a new link for the page at an address.

    >>> owner_link("http://127.0.0.1:7860", OwnerKey(b"k"))[:32]
    'http://127.0.0.1:7860/owner?code'
    """
    return f"{page.rstrip('/')}{PATH}?{urlencode({'code': key.make('link')})}"
