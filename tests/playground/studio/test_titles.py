"""What a picture is called: the phrase while the prompt is about it, else the prompt."""

from __future__ import annotations

import pytest

from pipelines.contract.prompt_language import PromptLanguage
from pipelines.text.reading.typed import typed
from playground.studio.titles import is_about

CAPTION, ENGLISH, KOREAN = PromptLanguage.CAPTION, PromptLanguage.ENGLISH, PromptLanguage.KOREAN


@pytest.mark.parametrize(
    ("phrase", "prompt", "reads", "told"),
    [
        ("파란 고양이", "파란 고양이", CAPTION, True),
        ("파란 고양이", "파란 고양이와 장미", CAPTION, True),
        ("파란 고양이", "빨간 고양이", CAPTION, False),
        ("우산 쓴 고래가 국수를 먹는다", "고양이와 장미", CAPTION, False),
        ("파란 고양이", "a blue cat, 4k, masterpiece", ENGLISH, True),
        ("파란 고양이", "파란 고양이, 4k", ENGLISH, True),
        ("우산 쓴 고래", "a cat and a rose", ENGLISH, False),
        ("뷁", "뷁을 그려 줘", KOREAN, True),
        ("뷁", "a cat", ENGLISH, False),
    ],
)
def test_a_prompt_is_about_a_phrase_or_not(
    phrase: str, prompt: str, reads: PromptLanguage, told: bool
) -> None:
    assert is_about(prompt, typed(phrase), reads) is told
