"""A whole application on a studio with a fake painter."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from playground.gate import GateSettings
from playground.studio.studio import Studio
from tests.fakes import FakePainter
from tests.playground.gate.door import LOCAL

GUEST_HOST = "192.168.0.5:7860"


@pytest.fixture(scope="session")
def shared_painter() -> FakePainter:
    return FakePainter()


@pytest.fixture(scope="session")
def studio(
    tmp_path_factory: pytest.TempPathFactory, shared_painter: FakePainter
) -> Iterator[Studio]:
    """One studio for all tests of the page: every test is a visitor of its own."""
    data = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(data / "tmp"))
        with Studio.open(data, shared_painter) as opened:
            yield opened


@pytest.fixture
def painter(shared_painter: FakePainter) -> Iterator[FakePainter]:
    """The painter of the studio; back to normal after the test."""
    while shared_painter._begun.acquire(blocking=False):
        pass
    yield shared_painter
    shared_painter.raises = shared_painter.refuses = None
    shared_painter.used = ()
    for told in (shared_painter.aliases, shared_painter.variants, shared_painter.reads):
        told.clear()
    shared_painter.release()


@pytest.fixture(scope="session")
def app(studio: Studio) -> Any:
    app = build(studio, GateSettings())
    app.state.gate.hosts.add(GUEST_HOST)  # without the proof that --server-name would ask for
    return app


def build(studio: Studio, gate: GateSettings) -> Any:
    """Build the application inside a running loop.

    Outside of one Gradio makes event loops that nobody closes (gradio.utils.safe_get_lock).
    """
    from playground.web.application import build_app

    async def inside() -> Any:
        return build_app(studio, gate=gate)

    return asyncio.run(inside())


Visit = Callable[..., TestClient]


@pytest.fixture
def visit(app: Any) -> Iterator[Visit]:
    """Return a function that opens the page from an address and hands back its client."""
    opened: list[TestClient] = []

    def open_page(address: tuple[str, int] = LOCAL, language: str = "ko-KR") -> TestClient:
        host = "127.0.0.1:7860" if address == LOCAL else GUEST_HOST
        client = TestClient(app, base_url=f"http://{host}", client=address, follow_redirects=False)
        client.headers["accept-language"] = language
        client.__enter__()
        opened.append(client)
        client.get("/")
        return client

    yield open_page
    for client in opened:
        client.__exit__(None, None, None)


FORM: dict[str, Any] = {
    "card": None,
    "own_text": "파란 고양이",
    "sampler": "DDIM",
    "steps": 3,
    "guidance": 2.5,
    "width": "64",
    "height": "64",
    "seed": "7",
    "negative_prompt": "",
    "model": "crayon",
}


def draw(
    client: TestClient, headers: dict[str, str] | None = None, **changes: Any
) -> dict[str, Any]:
    """Press the draw button with FORM and `changes`; return the ticket."""
    # json.dumps, because the client itself cannot send half a character or an infinity
    body = json.dumps({"data": list({**FORM, **changes}.values())})
    sent = {"content-type": "application/json", **(headers or {})}
    answer = client.post("/gradio_api/run/draw", content=body, headers=sent)
    assert answer.status_code == 200, answer.text
    ticket: dict[str, Any] = answer.json()["data"][0]
    return ticket


def frames(client: TestClient, job: int) -> list[dict[str, Any]]:
    """Follow a job to its end; return every frame the page would show."""
    answer = client.get(f"/jobs/{job}/events?replay=true")
    assert answer.status_code == 200, answer.text
    lines = [line for line in answer.text.split("\n\n") if line.startswith("data: ")]
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def draw_to_the_end(client: TestClient, **changes: Any) -> dict[str, Any]:
    """Draw and wait; return the last frame."""
    return frames(client, draw(client, **changes)["job"])[-1]
