"""What the Markov engine says: new, seeded, stitched from lines that it can name."""

import random
import sys
from itertools import islice
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, CorpusError, InvalidRequest
from pipelines.contract.phrase import WordKind
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import ENGINES, say
from pipelines.text.korean.blocklist import letters
from pipelines.text.markov.engine import TOKENS_RANGE, MarkovSettings, train
from pipelines.text.markov.stitches import SourceTokens, bare
from pipelines.text.markov.tokens import Unit
from playground.messages import Language, text

WHO = "문어가 냉장고가 할머니가 우산이 달팽이가 양말이 구름이 요리사가".split()
WHAT = "창문을 노래를 세금을 서랍을 약속을 감자를 회의를 파도를".split()
HOW = "몰래 천천히 다시 조용히 매일 함께".split()
DID = "접었다. 불렀다. 냈다. 잊었다. 볶았다. 기다렸다. 훔쳤다! 닦았다.".split()


def story(sentences, seed=0):
    dice = random.Random(seed)
    return "\n".join(" ".join(map(dice.choice, (WHO, WHAT, HOW, DID))) for _ in range(sentences))


@pytest.fixture(scope="module")
def model():
    return train(story(300))


def spoken(model, count=100, temperature=0.8, **wishes):
    return list(islice(model.phrases(TextRequest(seed=5, **wishes), temperature), count))


@pytest.mark.parametrize("order", [1, 2, 3])
def test_sentences_are_new_different_and_of_a_decent_length(order):
    source = story(300)
    phrases = spoken(train(source, MarkovSettings(order=order)))
    assert len({phrase.ko for phrase in phrases}) == 100
    bared = [[bare(token) for token in line.split()] for line in source.splitlines()]
    for phrase in phrases:
        tokens = [bare(token) for token in phrase.ko.split()]
        assert TOKENS_RANGE[0] <= len(tokens) <= TOKENS_RANGE[1]
        assert not any(
            line[place : place + len(tokens)] == tokens
            for line in bared
            for place in range(len(line))
        ), phrase.ko


def test_the_same_request_says_the_same_again(model):
    assert spoken(model) == spoken(model)
    assert spoken(model) == spoken(train(story(300)))
    assert spoken(model) != list(islice(model.phrases(TextRequest(seed=6)), 100))


def test_words_are_glossed_from_the_lexicon(model):
    phrase = next(phrase for phrase in spoken(model) if "문어가" in phrase.ko)
    octopus = next(word for word in phrase.words if word.ko == "문어")
    assert (octopus.en, octopus.kind, octopus.is_drawable) == ("octopus", WordKind.NOUN, True)
    assert "octopus" in phrase.en
    assert (phrase.engine, phrase.seed) == ("markov", 5)


def test_a_sentence_shows_the_lines_it_was_stitched_from(model):
    lines = story(300).splitlines()
    for phrase in spoken(model, 50):
        pieces = model.stitches(phrase)
        assert len(pieces) > 1
        assert " ".join(piece for piece, _ in pieces) == phrase.ko
        for piece, line in pieces:
            assert bare(piece) in lines[line - 1].lower()


def test_a_word_of_nowhere_has_no_line(model):
    phrase = spoken(model, 1)[0]
    other = type(phrase)("문어가 뷁 세금을", "", (), "markov")
    assert [line for piece, line in model.stitches(other) if piece == "뷁"] == [0]


def test_a_higher_order_copies_longer_runs():
    halves = zip(story(400).splitlines(), story(400, seed=1).splitlines(), strict=True)
    source = "\n".join(f"{one[:-1]} {other}" for one, other in halves)

    def run(order):
        learned = train(source, MarkovSettings(order=order))
        pieces = [piece for phrase in spoken(learned, 200) for piece, _ in learned.stitches(phrase)]
        return sum(len(piece.split()) for piece in pieces) / len(pieces)

    assert run(1) < run(2) < run(3)


def test_temperature_flattens_the_choice():
    source = "\n".join(["문어가 노래를 매일 불렀다."] * 60) + "\n" + story(60)
    learned = train(source, MarkovSettings(order=1))

    def share(temperature):
        return sum("매일 불렀다" in phrase.ko for phrase in spoken(learned, 30, temperature))

    assert share(0.3) > share(2.0)


@pytest.mark.parametrize("temperature", [0.0, 0.29, 2.1, float("nan"), float("inf")])
def test_a_temperature_out_of_range_is_refused(model, temperature):
    with pytest.raises(InvalidRequest) as caught:
        next(model.phrases(TextRequest(seed=1), temperature))
    assert caught.value.values["field"] == "temperature"


@pytest.mark.parametrize("order", [0, 4])
def test_an_order_out_of_range_is_refused(order):
    with pytest.raises(InvalidRequest):
        MarkovSettings(order=order)


def test_length_and_topics_are_kept(model):
    assert all("문어" in phrase.ko for phrase in spoken(model, 20, topics=("문어",)))
    for phrase in spoken(model, 20, syllables=(10, 11)):
        assert 10 <= len(letters(phrase.ko)) <= 11


def test_a_text_that_is_used_up_says_so():
    small = train("가 나 다.\n나 다 라.\n다 라 마.\n라 마 바.\n마 바 사.")
    said = []
    with pytest.raises(CorpusError) as caught:
        said.extend(small.phrases(TextRequest(seed=1)))
    assert caught.value.key == "markov.exhausted"


def test_a_model_is_an_engine_among_others(model):
    engines = {**ENGINES, "markov": model.phrases}
    phrases = say(TextRequest(count=5, seed=2, engine="markov"), engines)
    assert [phrase.engine for phrase in phrases] == ["markov"] * 5


def test_slurs_are_not_stitched_together():
    source = "나는 다시 왔다.\n발로 세게 찼다.\n다시 발로 왔다.\n" + "\n".join(
        f"나는 시 발로 {word} 왔다." for word in WHAT
    )
    learned = train(source, MarkovSettings(order=1))
    said = []
    with pytest.raises(CorpusError):
        said.extend(learned.phrases(TextRequest(seed=1)))
    assert not any("시발" in letters(phrase.ko) for phrase in said)


def test_training_stops_when_the_person_says_stop():
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        train(story(50), cancel=CancelToken(lambda: next(answers)))


@given(st.lists(st.text(max_size=40), max_size=30), st.sampled_from([1, 2, 3]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_learned_from_or_refused(lines, order):
    try:
        learned = train("\n".join(lines), MarkovSettings(order=order))
        phrase = next(learned.phrases(TextRequest(seed=1), 2.0))
    except CorpusError:
        return
    assert phrase.ko.strip()
    assert learned.stitches(phrase)


def test_everyday_forms_are_not_glossed_as_things():
    learned = train(story(100).replace("매일", "해 게"), MarkovSettings(order=1))
    assert not {"해", "게"} & {word.ko for phrase in spoken(learned, 50) for word in phrase.words}


def test_few_sentences_masked_things_and_a_missing_kiwi_are_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)  # as if it were not installed
    source = story(20) + "\n전화는 010-1234-5678 이다 정말로."
    learned = train(source, MarkovSettings(unit=Unit.MORPHEME))
    assert {notice.key for notice in learned.notices} == {
        "markov.few",
        "markov.no_kiwi",
        "markov.masked",
    }
    for notice in learned.notices:
        for language in Language:
            assert text(notice.key, language, **notice.values)
    assert not any("1234" in phrase.ko for phrase in spoken(learned, 10))


def test_enough_text_needs_no_notice(model):
    assert model.notices == ()


class FakeKiwi:
    """Takes the last syllable of each eojeol for an ending, as a stand-in for the real one."""

    def tokenize(self, sentence):
        for word in sentence.split():
            yield SimpleNamespace(form=word[:-1] or word, tag="N")
            if word[:-1]:
                yield SimpleNamespace(form=word[-1], tag="E")

    def join(self, pairs):
        return "".join((" " if tag == "N" else "") + form for form, tag in pairs).strip()


def test_morphemes_are_used_when_kiwi_is_there(monkeypatch):
    module: Any = ModuleType("kiwipiepy")
    module.Kiwi = FakeKiwi
    monkeypatch.setitem(sys.modules, "kiwipiepy", module)
    learned = train(story(200), MarkovSettings(unit=Unit.MORPHEME))
    phrases = spoken(learned, 50)
    assert len({phrase.ko for phrase in phrases}) == 50
    assert not any("/" in phrase.ko for phrase in phrases)
    assert learned.notices == ()
    assert all(line for piece, line in learned.stitches(phrases[0]))


def test_a_copy_without_its_full_stop_is_still_a_copy():
    source = SourceTokens([(1, "문어가 세금을 냈다.".split()), (2, "양말이 운다.".split())])
    assert source.holds(["세금을", "냈다"])
    assert source.holds(["문어가"])
    assert not source.holds(["냈다", "양말이"])
    assert not source.holds(["뷁"])
