"""A small application behind a whole gate, and a client that can pretend to be anybody."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from playground.gate import Gate, GateSettings, visitor

LOCAL = ("127.0.0.1", 50000)
GUEST = ("192.168.0.7", 50000)


async def who(request: Request) -> JSONResponse:
    """Say who the gate thinks is asking."""
    asking = visitor(request.scope)
    told = {"owner": asking.owner, "local": asking.is_local, "sees": asking.sees}
    return JSONResponse({**told, "person": asking.person, "source": asking.source})


def build_door(settings: GateSettings | None = None) -> tuple[Gate, Starlette]:
    """Return a gate and an application that answers every path with who is asking."""
    gate = Gate(settings or GateSettings())
    routes = [Route("/{path:path}", who, methods=["GET", "POST", "DELETE", "OPTIONS"])]
    return gate, Starlette(routes=routes, middleware=gate.middleware())


def client(app: Any, address: tuple[str, int] = LOCAL, host: str = "127.0.0.1:7860") -> TestClient:
    """Return a client that connects from `address` and sends `host`."""
    return TestClient(app, base_url=f"http://{host}", client=address, follow_redirects=False)
