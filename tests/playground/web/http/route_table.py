"""Which route answers whom, found by asking: `python -m tests.playground.web.http.route_table`.

Writes the table of docs/security.md anew. Every route of the application is asked by a stranger
(no password), a guest (a password) and the owner (the link from the console), with things in it
that are somebody else's. Routes of Gradio are asked for at the gate alone, as some never end.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from playground.gate import Gate, GateSettings
from playground.gate.visitors import COOKIE, _visitor
from playground.studio.studio import Studio
from playground.studio.wanted import WantedPicture
from tests.fakes import FakePainter
from tests.playground.gate.door import LOCAL
from tests.playground.web.conftest import build, draw, draw_to_the_end, frames

DOCS = Path(__file__).resolve().parents[4] / "docs" / "security.md"
BEGIN, END = "<!-- routes: begin -->\n", "<!-- routes: end -->"
LOGIN = ("kim", "secret")
SETTINGS = GateSettings(credentials=(LOGIN,))
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# Answered by the gate itself, so no application has them.
OF_THE_GATE = (("/owner", "GET"),)
ALBUM = "/pictures"  # lists what one may see
OF_ONESELF = ("/visit", "/mine")  # name nothing, and are about whoever asks
WAYS_IN = ("/login", "/owner")


class May(StrEnum):
    """What somebody may do with a route."""

    YES = "yes"
    OWN = "own"  # with what is theirs; what is somebody else's does not exist for them
    ENTER = "enter"  # try a password or a link
    NO = "-"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    path: str
    method: str
    stranger: May
    guest: May
    owner: May

    def __str__(self) -> str:
        return f"| `{self.path}` | {self.method} | {self.stranger} | {self.guest} | {self.owner} |"


def routes_of(app: Any) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return (path, method) of the routes of ours, and of those of Gradio."""
    ours: set[tuple[str, str]] = set()
    waiting, mounted = list(app.routes), []
    while waiting:
        route = waiting.pop()
        if getattr(route, "methods", None):
            ours |= {(route.path, method) for method in route.methods}
        elif hasattr(route, "original_router"):  # fastapi's _IncludedRouter
            waiting += route.original_router.routes
        elif getattr(route, "app", None) is not None and not mounted:
            mounted.append(route.app)
        else:
            raise AssertionError(f"a route of a kind that this table does not know: {route!r}")
    gradio: set[tuple[str, str]] = set()
    waiting = list(mounted[0].routes)
    while waiting:
        route = waiting.pop()
        if hasattr(route, "original_router"):
            waiting += route.original_router.routes
        elif getattr(route, "methods", None):
            gradio |= {(route.path.rstrip("/") or "/", method) for method in route.methods}
        else:
            raise AssertionError(f"a route of a kind that this table does not know: {route!r}")
    return ours, gradio


class Asking:
    """The three who ask, and somebody else whose things they ask for."""

    def __init__(self, app: Any, gate: Gate) -> None:
        self._stack = ExitStack()
        self._app = app
        self.stranger = self.client()
        self.guest = self.client()
        self.owner = self.client()
        for known in (self.guest, self.owner):
            known.post("/login", data=dict(zip(("username", "password"), LOGIN, strict=True)))
        link = urlsplit(gate.owner.link("http://127.0.0.1:7860"))
        assert self.owner.get(f"{link.path}?{link.query}").status_code == 303

    def client(self) -> TestClient:
        """Return a browser that nobody knows."""
        made = TestClient(
            self._app, base_url="http://127.0.0.1:7860", client=LOCAL, follow_redirects=False
        )
        return self._stack.enter_context(made)

    def close(self) -> None:
        """Close the browsers."""
        self._stack.close()

    def each(self) -> tuple[TestClient, TestClient, TestClient]:
        """Return stranger, guest and owner."""
        return self.stranger, self.guest, self.owner


class Things:
    """What somebody else has: a picture, a job, a file that came, a picture to start from."""

    def __init__(self, studio: Studio, somebody: TestClient) -> None:
        self._studio, self._somebody = studio, somebody
        somebody.get("/visit")
        self._owner = _visitor(somebody.cookies[COOKIE], local=False).owner
        self._made = 0

    def fill(self, path: str) -> str:
        """Put new things where a path has names in braces."""
        makers: dict[str, Callable[[], str]] = {
            "picture_id": lambda: str(self.picture()),
            "job_id": lambda: str(self._job()),
            "token": self._token,
            "sha256": self._start_picture,
            "name:path": lambda: "page.js",
        }
        return re.sub(r"\{([a-z_0-9:]+)\}", lambda found: makers[found[1]](), path)

    def is_there(self, path: str) -> bool:
        """Return whether an upload that a path names is still somebody's."""
        token = path.rpartition("/")[2]
        return bool(self._studio.drops.get(self._owner, token).data)

    def is_shown(self, path: str) -> bool:
        """Return whether somebody still gets what is theirs."""
        return bool(self._somebody.get(path).status_code == 200)

    def picture(self) -> int:
        """Return the number of a new picture."""
        return int(draw_to_the_end(self._somebody)["picture"]["id"])

    def _job(self) -> int:
        job = int(draw(self._somebody)["job"])
        frames(self._somebody, job)  # to its end, so that whoever may follow it comes to one
        return job

    def _token(self) -> str:
        headers = {"x-file-name": "a.txt"}
        return str(self._somebody.post("/drops", content=b"text", headers=headers).json()["token"])

    def _start_picture(self) -> str:
        self._made += 1
        file = io.BytesIO()
        Image.new("RGB", (64, 64), (self._made, 0, 0)).save(file, "PNG")
        wanted = WantedPicture(phrase="파란 고양이", image=file.getvalue())
        (request,) = self._studio.orders.requests(wanted, self._owner)
        assert request.source is not None
        return request.source.image


def may(client: TestClient, path: str, method: str, things: Things) -> May:
    """Ask once, for something new; return what came of it."""
    asked = things.fill(path)
    picture = things.picture() if path == ALBUM else 0
    answer = client.request(method, asked)
    if answer.status_code == 401:
        return May.NO
    if path == ALBUM:
        is_own = picture not in [card["id"] for card in answer.json()["pictures"]]
    elif path.endswith("{token}"):
        is_own = things.is_there(asked)
    elif method == "DELETE" and answer.status_code < 400 and "{" in path:
        is_own = things.is_shown(asked)  # it may answer the same whether it did anything
    else:
        is_own = path in OF_ONESELF or ("{" in path and answer.status_code in (404, 409))
    return May.OWN if is_own else May.YES


def our_rows(asking: Asking, studio: Studio, routes: set[tuple[str, str]]) -> Iterator[Row]:
    """Yield the rows of our own routes."""
    somebody = asking.client()
    somebody.post("/login", data=dict(zip(("username", "password"), LOGIN, strict=True)))
    things = Things(studio, somebody)
    for path, method in sorted(routes):
        yield Row(path, method, *(may(one, path, method, things) for one in asking.each()))


def gate_rows(routes: set[tuple[str, str]]) -> Iterator[Row]:
    """Yield the rows of Gradio's routes and of the gate's: who gets past it."""

    async def inside(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("let through")

    gate = Gate(SETTINGS)
    layers = gate.middleware()
    stub = Starlette(
        routes=[Route("/{path:path}", inside, methods=EVERY_METHOD)], middleware=layers
    )
    asking = Asking(stub, gate)

    def past(client: TestClient, path: str, method: str) -> May:
        if path in WAYS_IN:
            return May.ENTER
        asked = re.sub(r"\{[a-z_]+:path\}", "x/y", path)
        status = client.request(method, re.sub(r"\{[^}]*\}", "abc1", asked)).status_code
        assert status in (200, 401, 404), (status, path)
        return May.YES if status == 200 else May.NO

    for path, method in sorted({*routes, *OF_THE_GATE}):
        yield Row(path, method, *(past(one, path, method) for one in asking.each()))
    asking.close()


def rows_of(app: Any, studio: Studio) -> list[Row]:
    """Return the whole table of an application that was built with SETTINGS."""
    ours, gradio = routes_of(app)
    asking = Asking(app, app.state.gate)
    try:
        return [*our_rows(asking, studio, ours), *gate_rows(gradio)]
    finally:
        asking.close()


def markdown(rows: list[Row]) -> str:
    """Return the table."""
    head = ["| route | method | stranger | guest | owner |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *map(str, rows), ""])


def in_docs() -> str:
    """Return the table that stands in the document."""
    return DOCS.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]


def table(folder: Path) -> str:
    """Build an application on an empty folder and return its table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "tmp"))
        with Studio.open(folder / "data", FakePainter()) as studio:
            return markdown(rows_of(build(studio, SETTINGS), studio))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made_in:
        fresh = table(Path(made_in))
    before, _, rest = DOCS.read_text("utf-8").partition(BEGIN)
    DOCS.write_text(before + BEGIN + fresh + END + rest.partition(END)[2], "utf-8")
