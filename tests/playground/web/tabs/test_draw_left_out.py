"""What an English model does not hear, said to who wrote it."""

from __future__ import annotations

from pipelines.bridge import EnglishPrompt
from playground.messages import Language
from playground.web.tabs.draw.left_out import left_out

KO, EN = Language.KO, Language.EN


def test_nothing_is_said_when_everything_was_said():
    assert left_out(EnglishPrompt("a cat"), KO) == ""


def test_words_and_parts_are_named():
    told = EnglishPrompt("a cat", unread=("뷁", "햏"), cut=("a dog",))
    assert "뷁, 햏" in left_out(told, KO) and "a dog" in left_out(told, EN)


def test_korean_that_stays_korean_is_told():
    assert "우리말 그대로" in left_out(EnglishPrompt("뷁", ("뷁",), is_korean=True), KO)


def test_a_page_of_words_is_not_listed_whole():
    said = left_out(EnglishPrompt("a cat", unread=tuple("뷁" * 30 for _ in range(40))), KO)
    assert len(said) < 200 and said.endswith("…")
