"""The line that names what a picture was made with, on the stage and in the album."""

from __future__ import annotations

from pipelines.contract.painter import UsedFile
from tests.playground.web.conftest import draw_to_the_end


def test_an_embedding_is_named_beside_the_picture_and_in_the_album(visit, painter):
    page = visit()
    painter.used = (UsedFile("embedding", "scribble", "0" * 64, "0" * 12),)
    used = draw_to_the_end(page, model="english")["picture"]["used"]
    assert used == "모델 english · 임베딩 scribble"
    assert page.get("/pictures").json()["pictures"][0]["used"] == used


def test_where_nothing_took_part_the_model_stands_alone(visit):
    page = visit()
    assert draw_to_the_end(page)["picture"]["used"] == "모델 crayon"
