"""What reaches Gradio: calls of functions that exist, with values that name no file, in turns.

Gradio opens addresses and paths that a value names, before any handler is called, and answers odd
calls with a traceback. So the body is looked at first, and whatever still fails inside of Gradio
is answered with a sentence; the log gets the kind of the error, never what a visitor typed. How
many calls of a guest run, wait or have a session stands in turns.py and page_sessions.py.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from playground.gate import route_path, visitor
from playground.gate.answers import refuse
from playground.studio.jobs.guest import Guest
from playground.web.http.bodies import BodyRefused
from playground.web.http.guest_places import GuestPlaces, guest_of
from playground.web.http.held_bodies import HeldBodies
from playground.web.http.turns import Turns
from playground.web.kit.page_sessions import PageSessions

log = logging.getLogger(__name__)

PREFIX = "/gradio_api/"
NAMED = re.compile(r"/gradio_api/(?:run|api|call)/([A-Za-z0-9_]+)/?")
MAX_OPENINGS = 5_000  # brackets and braces: each becomes an object
MAX_DEPTH = 32
MAX_VALUES = 20_000  # the page has 40 controls; a long conversation has some hundred parts
QUEUED = GuestPlaces(of_person=10, of_source=24, of_all=60)  # calls in Gradio's own queue
JOINING = re.compile(r"/gradio_api/(?:queue/join|call/)")
SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
# an address beside one of these is what Gradio takes for a file
FILE_MARKS = frozenset({"meta", "_type", "orig_name", "is_stream", "mime_type"})
ADDRESSES = frozenset({"path", "url"})


class GradioValues:
    """Let only calls through that the page could have made.

    Args:
        functions: Gradio's functions by number, as `Blocks.fns`.
        sessions: whose sessions are known.
        queued: returns the scopes of the requests that Gradio's own queue holds.
    """

    def __init__(
        self,
        app: Any,
        *,
        functions: Mapping[int, Any],
        sessions: PageSessions,
        queued: Callable[[], list[Any]],
    ) -> None:
        self._app = app
        self._functions = functions
        self._sessions, self._queued = sessions, queued
        self._bodies, self._turns = HeldBodies(), Turns()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        is_call = scope["type"] == "http" and route_path(scope).startswith(PREFIX)
        if not is_call:
            await self._app(scope, receive, send)
            return
        guarded = _Answer(send)
        try:
            if scope["method"] == "POST":
                await self._call(scope, receive, guarded)
            else:
                await self._app(scope, receive, guarded)
        except BodyRefused as refusal:
            if not guarded.has_begun:
                await refuse(scope, receive, send, refusal.status, refusal.key)
            return
        except Exception as error:  # the border to Gradio, whose messages quote the values
            log.warning("a call of the page failed inside of Gradio: %s", type(error).__name__)
            guarded.has_failed = guarded.has_failed or not guarded.has_begun
        if guarded.has_failed:
            await refuse(scope, receive, send, 400, "body.odd")

    async def _call(self, scope: Any, receive: Any, send: Any) -> None:
        found, path = visitor(scope), route_path(scope)
        guest = guest_of(found)
        with self._bodies.held(guest) as count:
            body = await _read(receive, count)
            session = check_call(path, parse(body), self._functions)
            if guest is not None and JOINING.match(path):
                self._check_queue(guest)
            if session:
                self._sessions.use(session, found.owner, guest)
            async with self._turns.turn(guest):
                await self._app(scope, _again(body, receive), send)

    def _check_queue(self, guest: Guest) -> None:
        waiting = [guest_of(visitor(scope)) for scope in self._queued()]
        if not QUEUED.has_room([one for one in waiting if one is not None], guest):
            raise BodyRefused(429, "body.turns")


def parse(body: bytes) -> Any:
    """Return what a body says; raise BodyRefused for one that is no plain JSON."""
    if body.count(b"{") + body.count(b"[") > MAX_OPENINGS:
        raise BodyRefused(413, "body.nested")
    try:
        return json.loads(body or b"null")
    except RecursionError:
        raise BodyRefused(413, "body.nested") from None
    except ValueError:
        raise BodyRefused(400, "body.odd") from None


def check_call(path: str, said: Any, functions: Mapping[int, Any]) -> str:
    """Return the session of a call; raise BodyRefused for one that the page cannot have made."""
    if not isinstance(said, dict):
        raise BodyRefused(400, "body.odd")
    _look_through(said)
    named = NAMED.fullmatch(path)
    number, session = said.get("fn_index"), said.get("session_hash")
    if session is not None and not (isinstance(session, str) and SESSION.fullmatch(session)):
        raise BodyRefused(400, "body.odd")
    if number is None and named is None:
        if path.rstrip("/").endswith("/queue/join"):
            raise BodyRefused(400, "body.odd")
        return session or ""
    if number is None:
        names = {function.api_name for function in functions.values()}
        is_known = named is not None and named[1] in names
    else:
        is_known = type(number) is int and number in functions
    if not is_known:
        raise BodyRefused(404, "body.odd")
    return session or ""


def _look_through(said: Any) -> None:
    """Raise BodyRefused for values that are nested too deeply, too many, or name a file."""
    waiting, seen = [(said, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        if not isinstance(value, dict | list):
            continue
        if depth > MAX_DEPTH:
            raise BodyRefused(413, "body.nested")
        if isinstance(value, dict) and ADDRESSES & value.keys() and FILE_MARKS & value.keys():
            raise BodyRefused(400, "body.file")
        parts = value.values() if isinstance(value, dict) else value
        seen += len(parts)
        if seen > MAX_VALUES:
            raise BodyRefused(413, "body.nested")
        waiting += [(part, depth + 1) for part in parts]


class _Answer:
    """Hands an answer on, unless it is one of Gradio's own failures."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self.has_begun = False
        self.has_failed = False

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] >= 500:
            self.has_failed = True
        if self.has_failed:
            return
        self.has_begun = True
        await self._send(message)


async def _read(receive: Any, count: Callable[[int], None]) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        piece = message.get("body", b"")
        count(len(piece))
        body += piece
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Any) -> Any:
    """Return a `receive` that tells the body once more."""
    is_told = False

    async def again() -> Any:
        nonlocal is_told
        if is_told:
            return await receive()
        is_told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
