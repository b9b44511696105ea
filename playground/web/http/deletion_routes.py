"""What deletes: a picture, with an undo; what one brought; a text; everything of a visitor's.

Everybody deletes what is their own; the person at the machine may delete any picture, as they may
see any. Knows HTTP and who asks; what is deleted, and when, is the studio's.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from playground.gate import visitor
from playground.messages import text
from playground.studio.erasing import erase, erase_text
from playground.studio.pictures.bin import UNDO_SECONDS
from playground.web.http.files import Number
from playground.web.kit.picture_card import card
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    from playground.studio.studio import Studio


def deletion_routes(studio: Studio) -> APIRouter:
    """Return the routes that delete: pictures, pictures to start from, texts, and /mine."""
    router = APIRouter()

    @router.delete("/pictures/{picture_id}.png")
    def throw_away(picture_id: Number, request: Request) -> JSONResponse:
        """Put a picture into the bin; it can be had back for a few seconds."""
        studio.bin.put(picture_id, visitor(request.scope).sees)
        said = text("delete.binned", language_of(request.scope), seconds=UNDO_SECONDS)
        return _answer({"said": said, "seconds": UNDO_SECONDS})

    @router.post("/pictures/{picture_id}/back")
    def back(picture_id: Number, request: Request) -> JSONResponse:
        """Take a picture out of the bin."""
        language = language_of(request.scope)
        kept = studio.bin.take_back(picture_id, visitor(request.scope).sees)
        said = text("delete.back", language)
        return _answer({"said": said, "picture": dataclasses.asdict(card(kept, language))})

    @router.delete("/inputs/{sha256}.png")
    def forget(sha256: str, request: Request) -> JSONResponse:
        """Delete a picture to start from; nothing happens when it is gone or somebody else's."""
        studio.inputs.forget(sha256, visitor(request.scope).owner)
        return _answer({"said": text("delete.input.done", language_of(request.scope))})

    @router.delete("/mine/text")
    def forget_text(request: Request) -> JSONResponse:
        """Delete what was learned of this visitor's text, and the phrases made of it."""
        phrases = erase_text(studio, visitor(request.scope).owner)
        said = text("delete.text.done", language_of(request.scope), phrases=phrases)
        return _answer({"said": said})

    @router.delete("/mine")
    def everything(request: Request) -> JSONResponse:
        """Delete everything that is kept of this visitor, at once."""
        erased = erase(studio, visitor(request.scope).owner)
        values = dataclasses.asdict(erased)
        return _answer({"said": text("delete.all.done", language_of(request.scope), **values)})

    return router


def _answer(content: dict[str, Any]) -> JSONResponse:
    return JSONResponse(content, headers={"Cache-Control": "no-store"})
