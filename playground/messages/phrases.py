"""Sentences about phrases, text engines and the lexicon."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "request.engine": Text(
        "‘{value}’라는 글 엔진이 없어서 아무말을 만들 수 없어요. 이 중에서 골라 주세요: {known}",
        "There is no text engine called “{value}”, so nobody can make the phrases. "
        "Choose one of: {known}",
    ),
}
