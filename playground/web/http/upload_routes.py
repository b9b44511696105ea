"""Files come in: POST /drops with the bytes as the body. Kept in memory, never written raw.

Knows HTTP and who asks; what a file is for is the tabs' affair. See upload_field.py for the field.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from playground.gate import visitor
from playground.messages import explain
from playground.studio.errors import StudioError
from playground.studio.uploads import MAX_BYTES, clean_name, refuse_size
from playground.web.kit.border import Visit

if TYPE_CHECKING:
    from playground.studio.uploads import Uploads

NAME_HEADER = "x-file-name"  # percent-encoded; also what keeps other sites' forms out
FRESH = {"Cache-Control": "no-store"}
# A connection that sends nothing for a while is ended by bounded_protocol.py; one that sends a byte
# now and then would hold what has come of its file for days.
PATIENCE_SECONDS = 30.0
SLOWEST = 50_000  # bytes a second, on the whole
_STATUS = {"drop.large": 413, "drop.slow": 408}


def drop_routes(drops: Uploads) -> APIRouter:
    """Return POST /drops and DELETE /drops/{token}."""
    router = APIRouter()

    @router.post("/drops")
    async def put(request: Request) -> JSONResponse:
        """Keep the body for this visitor; answer with its token."""
        visit = Visit.of(request.scope)
        name = clean_name(unquote(request.headers.get(NAME_HEADER, "")[:2000]))
        try:
            with drops.receiving(visit.owner, visit.guest) as count:
                data = await _body(request, count)
                token = drops.put(visit.owner, name, data, visit.guest)
        except StudioError as error:
            status = _STATUS.get(error.key, 409)
            alert = explain(error, visit.language)
            return JSONResponse({"alert": alert}, status, headers=FRESH)
        return JSONResponse({"token": token, "name": name, "size": len(data)}, headers=FRESH)

    @router.delete("/drops/{token}")
    def forget(token: str, request: Request) -> dict[str, bool]:
        """Let the file go."""
        drops.forget(visitor(request.scope).owner, token)
        return {"forgotten": True}

    return router


async def _body(request: Request, count: Callable[[int], None]) -> bytes:
    """Read the body; stop reading as soon as it is too large, or takes too long."""
    said = request.headers.get("content-length", "")
    if said.isdecimal():
        refuse_size(int(said[:18]))
    data = bytearray()
    since = monotonic()
    async for part in request.stream():
        data += part
        if len(data) > MAX_BYTES:
            refuse_size(len(data))
        count(len(part))
        if monotonic() - since > PATIENCE_SECONDS + len(data) / SLOWEST:
            raise StudioError("drop.slow")
    return bytes(data)
