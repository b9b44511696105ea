"""What an English model is told of a phrase: in English, escaped, and short enough."""

from __future__ import annotations

import json

import pytest

from pipelines.bridge import noise_seed_for, prompt_for, tell
from pipelines.bridge.budget import CHUNK, count
from pipelines.bridge.english import HANGUL
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import SentenceFamily
from pipelines.image.families import PromptLanguage
from pipelines.image.prompt.attention import parse_attention
from pipelines.text.engines import say
from pipelines.text.markov import engine as markov
from pipelines.text.reading.typed import typed

ENGLISH, KOREAN, CAPTION = PromptLanguage.ENGLISH, PromptLanguage.KOREAN, PromptLanguage.CAPTION


@pytest.fixture(scope="module")
def phrases():
    """1,000 phrases of every family."""
    each = -(-1000 // (len(SentenceFamily) * 50))
    return [
        phrase
        for family in SentenceFamily
        for seed in range(each)
        for phrase in say(TextRequest(count=50, seed=seed, families=(family,)))
    ]


def test_a_thousand_phrases_fit_and_hold_no_hangul(phrases):
    assert len(phrases) >= 1000
    for phrase in phrases:
        told = tell(phrase)
        assert count(told.prompt) <= CHUNK, told.prompt
        assert not HANGUL.search(told.prompt) and not told.cut and not told.is_korean
        assert phrase.en.split(". ")[0].rstrip(".!?") in told.prompt.replace("\\", "")


def test_phrases_of_other_engines_are_glossed():
    lines = [phrase.ko for phrase in say(TextRequest(count=50, seed=3))]
    model = markov.train("\n".join(lines))
    said = say(TextRequest(count=10, seed=1, engine="markov"), {"markov": model.phrases})
    for phrase in said:
        told = tell(phrase)
        assert told.prompt and not HANGUL.search(told.prompt) and count(told.prompt) <= CHUNK


def test_engine_phrases_say_what_words_of_culture_look_like():
    phrase = next(
        p for s in range(40) for p in say(TextRequest(count=50, seed=s)) if "한복" in p.ko
    )
    assert tell(phrase).prompt.endswith("Korean traditional dress")


def test_two_thousand_letters_are_cut_after_a_word_and_told():
    text = "고양이가 우산을 훔쳤다. 착한 문어가 바다에서 춤춘다! " * 80
    told = tell(typed(text[:2000].strip()))
    assert told.prompt.startswith("a cat stealing an umbrella, a kind octopus dancing in the sea")
    assert count(told.prompt) <= CHUNK
    run_on = "빨간 " * 650 + "고양이"
    told = tell(typed(run_on))
    assert count(told.prompt) <= CHUNK and told.cut


def test_unread_words_are_told():
    assert tell(typed("뷁쀍뛟을 먹는 고양이")).unread == ("뷁쀍뛟",)


def test_korean_stays_only_where_nothing_is_known():
    told = tell(typed("뷁쀍뛟"))
    assert (told.prompt, told.is_korean) == ("뷁쀍뛟", True)


@pytest.mark.parametrize("language", list(PromptLanguage))
@pytest.mark.parametrize(
    "text",
    [
        "(고양이) [개|소] {문어}",
        "고양이 <lora:x:1> 사과",
        "고양이 (사과:1.5)",
        "고양이 AND 사과 :2",
        "고양이 BREAK 사과",
        "고양이 # 사과",
        "__동물__ 고양이",
        "고양이 \\( 사과",
    ],
)
def test_no_text_becomes_syntax(text, language):
    prompt = prompt_for(typed(text), language)
    parts = parse_attention(prompt)
    assert {part.weight for part in parts} == {1.0}
    assert "AND " not in prompt.replace("A\\ND", "") or "A\\ND" in prompt
    assert "<lora" not in prompt.replace("\\<", "")


def test_an_encoder_that_reads_korean_gets_the_sentence():
    phrase = typed("착한 (문어)")
    assert prompt_for(phrase, KOREAN) == "착한 \\(문어\\)"
    assert noise_seed_for(phrase, KOREAN, 7) == 7


class Fluent:
    name = "fluent"

    def __init__(self, said):
        self.said = said

    def translate(self, text):
        return self.said


def test_a_translator_says_what_was_typed_but_not_what_an_engine_said(phrases):
    translator = Fluent("A kind (octopus) smiles.")
    assert prompt_for(typed("착한 문어"), ENGLISH, translator) == "A kind \\(octopus\\) smiles."
    assert prompt_for(phrases[0], ENGLISH, translator) == prompt_for(phrases[0], ENGLISH)


@pytest.mark.parametrize("said", ["", "착한 문어"])
def test_a_translator_that_says_nothing_is_not_listened_to(said):
    assert tell(typed("착한 문어"), Fluent(said)).prompt == "a kind octopus"


def test_a_stored_phrase_says_the_same_again(phrases):
    for phrase in phrases[:50]:
        stored = Phrase.from_json(json.loads(json.dumps(phrase.to_json())))
        assert tell(stored) == tell(phrase)
