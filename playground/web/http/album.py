"""The album: past pictures, a page at a time. Knows the shelf; draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.messages import Language
from playground.web.kit.picture_card import PictureCard, card

if TYPE_CHECKING:
    from playground.studio.pictures.shelf import PictureShelf

PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class AlbumPage:
    """Some pictures, newest first, and where the next page begins.

    Attributes:
        before: ask for pictures older than this one next; None when there are no more.
    """

    pictures: tuple[PictureCard, ...]
    before: int | None


def page_of(
    shelf: PictureShelf, sees: str | None, language: Language, before: int | None = None
) -> AlbumPage:
    """Return the pictures that `sees` may see, from `before` on."""
    found = shelf.latest(sees, PAGE_SIZE + 1, before_id=before)
    shown = found[:PAGE_SIZE]
    more = shown[-1].id if len(found) > PAGE_SIZE else None
    return AlbumPage(tuple(card(picture, language) for picture in shown), more)
