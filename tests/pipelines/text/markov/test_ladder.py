"""A newcomer's first paste: ten sentences give as much as is asked for, and no copy."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from pipelines.contract.errors import CorpusError
from pipelines.contract.requests import TextRequest
from pipelines.text import lexicon
from pipelines.text.korean.kiwi import holder
from pipelines.text.markov import engine
from pipelines.text.markov.endings import EojeolRole, role_of
from pipelines.text.markov.engine import MarkovSettings, train
from pipelines.text.markov.ladder import Rung, borrowing, joining

DIARY = (
    "오늘은 비가 왔다. 우산을 학교에 두고 왔다. 엄마가 화를 냈다. 저녁에 찌개를 먹었다. "
    "동생이 게임을 했다. 나는 숙제를 하다가 잠들었다. 꿈에서 고래를 만났다. "
    "내일은 소풍을 간다. 도시락을 싸야 한다."
)
CAFE = "커피가 맛있었다. 자리가 좀 좁았다. 사장님이 친절했다. 디저트는 평범했다. 주차가 힘들었다."
CHAT = "야 뭐 해. 나 지금 집에 가는 중이야. 배고파 죽겠다. 좋아 너희 집으로 갈게. 콜라도 사 와."
POEM = (
    "바람이 창문을 두드린다. 나는 오래된 편지를 읽는다. 별이 지붕 위에 내려앉는다. "
    "아무도 나를 부르지 않는다. 강물은 말없이 흐른다."
)
WORK = (
    "회의는 세 시에 시작합니다. 보고서를 내일까지 제출해 주세요. 부장님이 자료를 찾고 계십니다. "
    "팀원들이 모두 바쁩니다. 퇴근은 여섯 시입니다. 야근은 없습니다."
)
PASTES = (DIARY, CAFE, CHAT, POEM, WORK)


def made(text, count=5, **recipe):
    model = train(text, MarkovSettings(**recipe))
    return model, list(islice(model.phrases(TextRequest(seed=3)), count))


def rungs(phrases):
    return [dict(phrase.settings).get("rung", Rung.ASKED) for phrase in phrases]


@pytest.fixture
def without_kiwi(monkeypatch):
    monkeypatch.setattr(type(holder()), "get", lambda self: None)


@pytest.mark.parametrize("text", PASTES)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_first_paste_gives_five_and_no_copy(without_kiwi, text, order):
    model, phrases = made(text, order=order)
    own = {sentence.text for sentence in model.corpus.sentences}
    assert len({phrase.ko for phrase in phrases}) == 5
    assert not any(phrase.ko in sentence for phrase in phrases for sentence in own)
    assert [*map(Rung, rungs(phrases))] == sorted(rungs(phrases), key=list(Rung).index)


def test_morphemes_come_before_halves_where_kiwi_is_there():
    if not holder().is_installed:
        pytest.skip("kiwipiepy is not installed")
    _, phrases = made(DIARY)
    assert rungs(phrases) == [Rung.MORPHEMES] * 5


def test_a_text_with_places_to_go_on_needs_no_rung(without_kiwi):
    whole = [
        f"{who} {where} {what}"
        for who in ("문어가", "기린이", "이모가")
        for where in ("부엌에서", "달에서", "상자에서", "지붕에서")
        for what in ("노래를 불렀다.", "국수를 먹었다.", "우산을 샀다.")
    ]
    some = [sentence for number, sentence in enumerate(whole) if number % 5]
    _, phrases = made("\n".join(some), 5, order=1)
    assert rungs(phrases) == [Rung.ASKED] * 5


def test_equal_requests_give_equal_sentences(without_kiwi):
    assert [one.ko for one in made(CAFE)[1]] == [one.ko for one in made(CAFE)[1]]


def test_joined_sentences_share_a_mark():
    sentences = [tuple(one.strip().split()) for one in DIARY.split(".") if one.strip()]
    make = joining(sentences, random.Random(1))
    for _ in range(50):
        said = make()
        assert said is not None
        heads = [
            place for place in range(1, len(said))
            if any(said[:place] == sentence[:place] for sentence in sentences)
            and any(
                said[place:] == sentence[-(len(said) - place) :]
                and role_of(sentence[-(len(said) - place) - 1]) == role_of(said[place - 1])
                for sentence in sentences
                if len(sentence) > len(said) - place
            )
        ]  # fmt: skip
        assert heads, said


def test_sentences_without_a_shared_mark_cannot_be_joined():
    assert joining([("하나",), ("둘", "셋")], random.Random(1))() is None


def test_a_borrowed_noun_takes_the_right_particle():
    make = borrowing([("커피가", "맛있다"), ("우산을", "샀다")], random.Random(1))
    nouns = {noun.ko for noun in lexicon.builtin().nouns}
    for _ in range(200):
        first, _second = make()
        assert first[:-1] in nouns
        has_end = (ord(first[-2]) - 0xAC00) % 28 > 0
        assert (first[-1] in "이을") == has_end, first


def test_a_verb_before_a_noun_is_no_place_for_a_noun():
    assert borrowing(
        [
            ("내가", "먹는", "밥"),
        ],
        random.Random(1),
    )()[1:] == ("먹는", "밥")
    assert borrowing([("많이", "먹었다")], random.Random(1))() is None


@pytest.mark.parametrize(
    ("eojeol", "role"),
    [
        ("고양이가", EojeolRole.SUBJECT),
        ("밥을", EojeolRole.OBJECT),
        ("집에서", EojeolRole.PLACE),
        ("먹고", EojeolRole.LINK),
        ("갔다", None),
        ("있는", None),
        ("가", None),
    ],
)
def test_roles(eojeol, role):
    assert role_of(eojeol) is role


def test_a_text_that_no_rung_helps_says_so(without_kiwi, monkeypatch):
    monkeypatch.setattr(engine, "MAX_TRIES", 50)
    small = train("가 나 다.\n나 다 라.\n다 라 마.\n라 마 바.\n마 바 사.")
    with pytest.raises(CorpusError) as caught:
        list(small.phrases(TextRequest(seed=1)))
    assert caught.value.key == "markov.exhausted"


def test_the_ladder_ends_where_it_is_told_to(without_kiwi):
    model = train(CAFE)
    with pytest.raises(CorpusError):
        list(model.phrases(TextRequest(seed=1), lowest=Rung.ASKED))
    joined = []
    with pytest.raises(CorpusError):
        joined.extend(model.phrases(TextRequest(seed=1), lowest=Rung.JOINED))
    assert Rung.BORROWED not in rungs(joined)
