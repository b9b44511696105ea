"""Passwords: a wall around every route, a small login page, and patience with guessers.

A browser gets a form and a session cookie, gradio_client posts the same form, a program sends HTTP
Basic. Knows no page and no jobs. Passwords may be Korean: they are compared as NFC, in UTF-8.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from models.composed import composed
from models.lru import Lru
from playground.gate.cookies import read_cookie, set_cookie
from playground.gate.hosts import header
from playground.gate.login_page import login_page
from playground.gate.owner_door import has_proof
from playground.gate.sources import source_of
from playground.gate.subpath import route_path
from playground.messages import Language, preferred, text

COOKIE = "amumal-session"
SESSION_SECONDS = 30 * 24 * 3600
MAX_SESSIONS = 10_000
MAX_SESSIONS_PER_SOURCE = 1_000  # who logs in again and again logs nobody else out
MAX_FORM_BYTES = 10_000
MAX_FAILURES = 8  # in FAILURE_WINDOW_SECONDS, per address; then everybody there waits
FAILURE_WINDOW_SECONDS = 60.0


class Sessions:
    """Knows the passwords, the sessions, and who guessed wrong lately."""

    def __init__(
        self, credentials: tuple[tuple[str, str], ...], *, clock: Callable[[], float] = time.time
    ) -> None:
        self._credentials = tuple((_bytes(user), _bytes(word)) for user, word in credentials)
        self._clock = clock
        self._lock = threading.Lock()
        # token -> when it ends, whose it is, where it was opened; a look is no use, so that the
        # oldest goes first
        self._sessions: Lru[str, tuple[float, str, str]] = Lru(MAX_SESSIONS)
        self._failures: dict[str, deque[float]] = {}

    @property
    def is_on_duty(self) -> bool:
        """Return whether there is a password at all."""
        return bool(self._credentials)

    def is_right(self, user: str, password: str) -> bool:
        """Compare with every pair, in the same time whichever differs."""
        given_user, given_password = _bytes(user), _bytes(password)
        right = False
        for known_user, known_password in self._credentials:
            same_user = hmac.compare_digest(given_user, known_user)
            same_password = hmac.compare_digest(given_password, known_password)
            right |= same_user and same_password
        return right

    def seconds_to_wait(self, address: str) -> float:
        """Return how long `address` must wait before its next guess is looked at; 0 is not."""
        with self._lock:
            recent = self._failures.get(address)
            if recent is None:
                return 0.0
            while recent and recent[0] <= self._clock() - FAILURE_WINDOW_SECONDS:
                recent.popleft()
            if len(recent) < MAX_FAILURES:
                return 0.0
            return recent[0] + FAILURE_WINDOW_SECONDS - self._clock()

    def note_failure(self, address: str) -> None:
        """Remember a wrong guess."""
        with self._lock:
            if len(self._failures) > MAX_SESSIONS:
                self._failures.clear()
            self._failures.setdefault(address, deque(maxlen=MAX_FAILURES)).append(self._clock())

    @property
    def are_personal(self) -> bool:
        """Return whether there are several names, so that a name tells who somebody is."""
        return len({user for user, _ in self._credentials}) > 1

    def open_session(self, user: str = "", source: str = "") -> str:
        """Return the token of a new session; `source` is where it is opened from."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            same = [one for one in self._sessions if self._is_of(one, source)]
            for oldest in same[: max(0, len(same) + 1 - MAX_SESSIONS_PER_SOURCE)]:
                self._sessions.pop(oldest)
            self._sessions.put(token, (self._clock() + SESSION_SECONDS, user, source))
        return token

    def _is_of(self, token: str, source: str) -> bool:
        kept = self._sessions.peek(token)
        return kept is not None and kept[2] == source

    def knows_session(self, token: str) -> bool:
        """Return whether the token is one of ours and has not run out."""
        return self.user_of(token) is not None

    def user_of(self, token: str) -> str | None:
        """Return whose session it is; None when there is none of that token."""
        with self._lock:
            ends, user, _source = self._sessions.peek(token) or (0.0, "", "")
            return user if ends > self._clock() else None


def login_of(scope: Any) -> str:
    """Return who has logged in, for limits; "" where everybody shares one login."""
    return str(scope.get("amumal.login", ""))


class LoginWall:
    """Let nothing through, to any route, without a session or a password."""

    def __init__(self, app: Any, *, doorkeeper: Sessions) -> None:
        self._app = app
        self._doorkeeper = doorkeeper

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket") or not self._doorkeeper.is_on_duty:
            await self._app(scope, receive, send)
            return
        if route_path(scope).rstrip("/") == "/login" and scope.get("method") == "POST":
            response = await self._log_in(scope, receive)
        elif has_proof(scope):
            await self._app(scope, receive, send)
            return
        elif (user := self._doorkeeper.user_of(read_cookie(scope, COOKIE))) is not None:
            await self._enter(scope, receive, send, user)
            return
        elif header(scope, b"authorization").lower().startswith("basic "):
            user, password = _basic(scope)
            refused = self._check(scope, user, password)
            if refused is None:
                await self._enter(scope, receive, send, user)
                return
            response = refused
        else:
            response = _ask(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await response(scope, receive, send)

    async def _enter(self, scope: Any, receive: Any, send: Any, user: str) -> None:
        if self._doorkeeper.are_personal:
            scope["amumal.login"] = f"login {composed(user)}"
        await self._app(scope, receive, send)

    async def _log_in(self, scope: Any, receive: Any) -> Response:
        form = await _read_form(receive)
        user = form.get("username", "").strip()
        refused = self._check(scope, user, form.get("password", ""))
        if refused is not None:
            return refused
        response: Response = (
            RedirectResponse("./", 303)
            if _wants_page(scope)
            else JSONResponse({"success": True})  # what gradio_client waits for
        )
        token = self._doorkeeper.open_session(user, source_of(scope, trusts_proxy=False))
        # Lax, not Strict: a friend who follows the link a second time is still logged in.
        cookie = set_cookie(scope, COOKIE, token, SESSION_SECONDS, "Lax")
        response.raw_headers.append((b"set-cookie", cookie))
        return response

    def _check(self, scope: Any, user: str, password: str) -> Response | None:
        """Return None when the pair is right, otherwise the refusal."""
        # Everybody behind a tunnel shares one address: what a header claims can be made up.
        address = source_of(scope, trusts_proxy=False)
        wait = self._doorkeeper.seconds_to_wait(address)
        if wait > 0:
            refusal = _ask(scope, "gate.login.wait", 429, seconds=int(wait) + 1)
            refusal.headers["Retry-After"] = str(int(wait) + 1)
            return refusal
        if self._doorkeeper.is_right(user, password):
            return None
        self._doorkeeper.note_failure(address)
        return _ask(scope, "gate.login.wrong", 401)


def _basic(scope: Any) -> tuple[str, str]:
    """Return name and password of HTTP Basic, two "" when they cannot be read."""
    try:
        encoded = header(scope, b"authorization").split(" ", 1)[1].strip()
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password


def _bytes(text_: str) -> bytes:
    return composed(text_).encode("utf-8", "surrogatepass")


def _wants_page(scope: Any) -> bool:
    return "text/html" in header(scope, b"accept")


def _ask(scope: Any, key: str = "", status: int = 401, **values: int) -> Response:
    language: Language = preferred(header(scope, b"accept-language"))
    if _wants_page(scope):
        note = text(key, language, **values) if key else ""
        response: Response = HTMLResponse(login_page(language, note), status)
    else:
        detail = text(key or "gate.login.needed", language, **values)
        # gradio_client and Gradio's page look for "detail".
        response = Response(
            json.dumps({"detail": detail, "auth_required": True}, ensure_ascii=False),
            status,
            media_type="application/json",
        )
        if not header(scope, b"sec-fetch-mode"):  # a browser would open its own grey box
            response.headers["WWW-Authenticate"] = 'Basic realm="amumal", charset="UTF-8"'
    response.headers["Cache-Control"] = "no-store"
    return response


async def _read_form(receive: Any) -> dict[str, str]:
    body = b""
    while len(body) <= MAX_FORM_BYTES:
        message = await receive()
        if message["type"] != "http.request":
            return {}
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    else:
        return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}
