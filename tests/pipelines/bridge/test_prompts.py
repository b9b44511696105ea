"""Korean inside of a prompt: what is said becomes English, what is syntax stays where it is."""

from __future__ import annotations

import pytest

from pipelines.bridge import word
from pipelines.bridge.english import HANGUL
from pipelines.image.families import PromptLanguage
from pipelines.image.prompt.networks import take_networks

ENGLISH = PromptLanguage.ENGLISH


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("(파란 고양이:1.3), masterpiece", "(a blue cat:1.3), masterpiece"),
        ("[장미:뼈다귀:0.5] AND 달 :0.7", "[a rose:a bone:0.5] AND the moon :0.7"),
        ("[고양이|강아지]", "[a cat|a puppy]"),
        ("고양이 BREAK 빨간 모자", "a cat BREAK a red hat"),
        (r"\(고양이\)", r"\(a cat\)"),
        ("a cat, 12:30, #ff0000", "a cat, 12:30, #ff0000"),
        ("", ""),
    ],
)
def test_syntax_stays(typed, said):
    assert word(typed, ENGLISH).prompt == said


def test_culture_words_say_what_they_look_like():
    assert word("한복 입은 고양이", ENGLISH).prompt == (
        "a cat wearing hanbok, Korean traditional dress"
    )


def test_names_of_files_stay_in_whatever_letters():
    typed = "낙서 고양이 <lora:먹물:0.8>, embedding:크레파스"
    said = word(typed, ENGLISH, ["낙서", "other"]).prompt
    assert said.startswith("낙서 a cat ")
    assert said.endswith("embedding:크레파스")
    assert take_networks(said)[1] == take_networks(typed)[1]


@pytest.mark.parametrize("language", [PromptLanguage.CAPTION, PromptLanguage.KOREAN])
def test_models_that_read_korean_get_korean(language):
    assert word("(파란 고양이:1.3)", language).prompt == "(파란 고양이:1.3)"


def test_what_nobody_can_read_is_kept_and_told():
    said = word("뷁뷁, cat", ENGLISH)
    assert said.prompt == "뷁뷁, cat"
    assert said.unread == ("뷁뷁",)


def test_a_long_prompt_is_worded_piece_by_piece():
    said = word(", ".join(["파란 고양이"] * 200), ENGLISH).prompt
    assert said == ", ".join(["a blue cat"] * 200)
    assert not HANGUL.search(said)
