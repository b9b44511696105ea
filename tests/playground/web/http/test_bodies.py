"""Bodies end: by their size, said or not, and by the time they take."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from playground.web.http.bodies import MAX_BODY, BoundedBodies

PIECE = bytes(1_000_000)
FOR_EVER = 600.0


class Sender:
    """Hands over pieces, then no more and no end, or the end."""

    def __init__(self, *pieces: bytes, ends: bool = True) -> None:
        self.pieces, self.ends = pieces, ends
        self.taken = 0

    async def __call__(self) -> dict[str, Any]:
        if self.taken == len(self.pieces):
            await asyncio.Event().wait()
        self.taken += 1
        more = not self.ends or self.taken < len(self.pieces)
        return {"type": "http.request", "body": self.pieces[self.taken - 1], "more_body": more}


def ask(
    sender: Sender, path: str = "/gradio_api/run/x", said: str = "", **how: Any
) -> tuple[int, bytes]:
    """Return the status, and the body that the application read, b"" where it read no whole one."""
    read: list[bytes] = []
    answers: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        read.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        answers.append(message)

    headers = [(b"content-length", said.encode())] if said else []
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    asyncio.run(BoundedBodies(app, **how)(scope, sender, send))
    return answers[0]["status"], b"".join(read)


def test_a_body_comes_as_it_is() -> None:
    assert ask(Sender(b"a", b"", b"bc")) == (200, b"abc")


@pytest.mark.parametrize("said", [str(MAX_BODY + 1), "9" * 5_000])
def test_what_says_that_it_is_too_long_is_not_read(said: str) -> None:
    sender = Sender(b"a")
    assert ask(sender, said=said) == (413, b"")
    assert sender.taken == 0


@pytest.mark.parametrize("said", ["", "7", "-1", "x"])
def test_what_turns_out_too_long_is_read_no_further(said: str) -> None:
    sender = Sender(*[PIECE] * 90)
    assert ask(sender, said=said) == (413, b"")
    assert sender.taken == MAX_BODY // len(PIECE) + 1


@pytest.mark.parametrize("how", [{"idle": 0.05}, {"total": 0.05}])
def test_what_does_not_come_is_answered(how: dict[str, float]) -> None:
    patience: dict[str, Any] = {"idle": FOR_EVER, "total": FOR_EVER, **how}
    assert ask(Sender(b"abc", ends=False), **patience) == (408, b"")


@pytest.mark.parametrize("path", ["/drops", "/fun/drops"])
def test_an_upload_is_counted_by_its_own_route(path: str) -> None:
    status, read = ask(Sender(*[PIECE] * 9), path=path, subpath="/fun")
    assert (status, len(read)) == (200, 9_000_000)


@pytest.mark.parametrize("path", ["/gradio_api/run/drops", "/x/drops", "/drops/", "/fun/drops"])
def test_no_other_path_that_ends_like_it_is(path: str) -> None:
    assert ask(Sender(*[PIECE] * 9), path=path) == (413, b"")
