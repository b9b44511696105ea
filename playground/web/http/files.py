"""Files over HTTP: the page's own look, and pictures for whoever may see them.

A picture is asked for by number, never by path. Knows no jobs and no widgets.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import mimetypes
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse

from playground.gate import visitor
from playground.messages import Language, text
from playground.web.http.album import page_of
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    from playground.studio.pictures.shelf import KeptPicture
    from playground.studio.studio import Studio

# a Windows registry may say text/plain for a script; older Pythons do not know the others
KINDS = {".js": "text/javascript", ".woff2": "font/woff2", ".webp": "image/webp"}
MOST = 2**63 - 1  # what SQLite can look up
PIECE_BYTES = 65_536  # what a connection buffers
Number = Annotated[int, PathPart(ge=1, le=MOST)]
PRIVATE = "private, max-age=31536000, immutable"  # a picture never changes
ASKED = "private, no-cache"  # may be deleted, or another visitor's tomorrow: asked for every time


def look_routes(files: Mapping[str, Path]) -> APIRouter:
    """Return /ui/...: the files of the page, by name, and no others."""
    router = APIRouter()

    @router.get("/ui/{name:path}")
    async def look(name: str, request: Request) -> Response:
        path = files.get(name)
        if path is None:
            return Response(status_code=404)
        data, tag = _read(path)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        headers["Content-Length"] = str(len(data))
        return StreamingResponse(_pieces(data), media_type=kind, headers=headers)

    return router


@lru_cache(maxsize=256)
def _read(path: Path) -> tuple[bytes, str]:
    """Return a file of the page and its tag; they are 3 MB together, and asked for all the time."""
    data = path.read_bytes()
    return data, f'"{hashlib.sha256(data).hexdigest()[:16]}"'


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    """Yield a file bit by bit, so that others are answered meanwhile, whoever takes it or not."""
    for begin in range(0, len(data), PIECE_BYTES):
        yield data[begin : begin + PIECE_BYTES]
        await asyncio.sleep(0)


def picture_routes(studio: Studio) -> APIRouter:
    """Return /pictures...: everybody sees their own, the person at the machine sees all."""
    router = APIRouter()

    @router.get("/pictures")
    def album(
        request: Request, before: Annotated[int | None, Query(ge=1, le=MOST)] = None
    ) -> JSONResponse:
        """List pictures, newest first."""
        shown = page_of(
            studio.pictures, visitor(request.scope).sees, language_of(request.scope), before
        )
        headers = {"Cache-Control": "no-store"}
        return JSONResponse(dataclasses.asdict(shown), headers=headers)

    @router.get("/pictures/{picture_id}.png")
    def picture(picture_id: Number, request: Request, save: bool = False) -> Response:
        """Send the picture itself, metadata inside; `save` makes the browser keep it."""
        kept = studio.pictures.get(picture_id, visitor(request.scope).sees)
        headers = {"Content-Disposition": _disposition(kept, save=save)}
        return _file(kept.path, "image/png", headers, request)

    @router.get("/pictures/{picture_id}/thumbnail")
    def thumbnail(picture_id: Number, request: Request) -> Response:
        """Send the small picture."""
        kept = studio.pictures.get(picture_id, visitor(request.scope).sees)
        path = kept.thumbnail if kept.thumbnail.is_file() else kept.path
        kind = mimetypes.guess_type(path.name)[0] or "image/png"
        return _file(path, kind, {}, request)

    @router.get("/inputs/{sha256}.png")
    def start_picture(sha256: str, request: Request) -> Response:
        """Send a picture to start from, to whoever brought it."""
        path = studio.inputs.path_of(sha256, visitor(request.scope).sees)
        kept = {"Cache-Control": ASKED}
        return _file(path, "image/png", kept, request) if path else Response(status_code=404)

    return router


def _file(path: Path, kind: str, headers: dict[str, str], request: Request) -> Response:
    try:
        found = path.stat()
    except OSError:
        return Response(status_code=404)
    # The names of the owner's folders are nobody's business: the tag is made of times and sizes.
    tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    headers = {"Cache-Control": PRIVATE, **headers, "ETag": tag, "Vary": "Cookie"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers)


def _disposition(kept: KeptPicture, *, save: bool) -> str:
    how: Any = "attachment" if save else "inline"
    name = quote(f"{text('album.file', Language.KO)}-{kept.id}.png")
    return f"{how}; filename=\"amumal-{kept.id}.png\"; filename*=UTF-8''{name}"
