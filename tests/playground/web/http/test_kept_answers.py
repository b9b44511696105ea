"""The page is made once for all who ask for it at one address in one language."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from playground.web.http.kept_answers import KEPT, KeptAnswers


class Maker:
    """An application that counts what it makes."""

    def __init__(self) -> None:
        self.made = 0
        self.status = 200
        self.headers: list[tuple[bytes, bytes]] = []
        self.fails = False
        self.asked: list[dict[bytes, bytes]] = []

    async def __call__(self, scope, _receive, send):
        self.made += 1
        number = self.made
        await asyncio.sleep(0)
        if self.fails:
            raise RuntimeError("no page")
        self.asked.append(dict(scope["headers"]))
        await send({"type": "http.response.debug", "info": None})
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        body = f"{number} {scope['path']}".encode()
        await send({"type": "http.response.body", "body": body[:1], "more_body": True})
        await send({"type": "http.response.body", "body": body[1:]})


async def ask(kept, path="/", host=b"a", headers=(), **more):
    said = []

    async def send(message):
        said.append(message)

    sent = [(b"host", host), (b"accept-language", more.get("language", b"ko")), *headers]
    scope = {"type": "http", "method": more.get("method", "GET"), "path": path, "scheme": "http"}
    await kept({**scope, "headers": sent, "query_string": more.get("query", b"")}, None, send)
    return b"".join(message.get("body", b"") for message in said)


def run(*asked):
    """Ask one after the other; return the answers."""

    async def all_of_them():
        return [await one for one in asked]

    return asyncio.run(all_of_them())


def test_who_asks_is_no_matter_but_where_and_in_which_language_is():
    maker = Maker()
    kept = KeptAnswers(maker)
    forwarded = [(b"x-forwarded-host", b"c"), (b"x-forwarded-proto", b"https")]
    answers = run(
        ask(kept),
        ask(kept, headers=[(b"x-forwarded-for", b"9.9.9.9"), (b"cookie", b"a=b")]),
        ask(kept, language=b"en"),
        ask(kept, host=b"b"),
        ask(kept, headers=forwarded),
        ask(kept, headers=forwarded),
        ask(kept, path="/config"),
        ask(kept),
    )
    numbers = [answer.split()[0] for answer in answers]
    assert numbers == [b"1", b"1", b"2", b"3", b"4", b"4", b"5", b"1"]


@pytest.mark.parametrize(
    "asked",
    [
        {"query": b"a=b"},
        {"path": "/visit"},
        {"path": "/pictures"},
        {"method": "POST"},
        {"headers": [(b"x-forwarded-host", b"c" * 999)]},
    ],
)
def test_what_may_be_anything_is_made_every_time(asked):
    maker = Maker()
    kept = KeptAnswers(maker)
    run(ask(kept, **asked), ask(kept, **asked))
    assert maker.made == 2 and not len(kept._kept)


@pytest.mark.parametrize(("status", "headers"), [(500, []), (200, [(b"Set-Cookie", b"a=b")])])
def test_what_is_personal_or_went_wrong_is_not_kept(status, headers):
    maker = Maker()
    maker.status, maker.headers = status, headers
    kept = KeptAnswers(maker)
    run(ask(kept), ask(kept))
    assert maker.made == 2 and not len(kept._kept)


def test_what_is_kept_is_not_compressed():
    maker = Maker()
    run(ask(KeptAnswers(maker), headers=[(b"accept-encoding", b"br"), (b"dnt", b"1")]))
    assert b"dnt" in maker.asked[0] and b"accept-encoding" not in maker.asked[0]


def test_two_hundred_at_once_make_it_once():
    maker = Maker()
    kept = KeptAnswers(maker)

    async def at_once():
        return await asyncio.gather(*(ask(kept) for _ in range(200)))

    assert Counter(asyncio.run(at_once())) == {b"1 /": 200}
    assert maker.made == 1 and not kept._making


def test_one_that_fails_keeps_nobody_waiting():
    maker = Maker()
    maker.fails = True
    kept = KeptAnswers(maker)

    async def at_once():
        return await asyncio.gather(*(ask(kept) for _ in range(5)), return_exceptions=True)

    assert all(isinstance(error, RuntimeError) for error in asyncio.run(at_once()))
    assert maker.made == 5 and not kept._making


def test_a_few_are_kept():
    kept = KeptAnswers(Maker())
    run(*(ask(kept, host=f"{number}".encode()) for number in range(3 * KEPT)))
    assert len(kept._kept) == KEPT
