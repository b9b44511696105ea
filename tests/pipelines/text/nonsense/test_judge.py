"""The index with Kiwi and without: scores, kinds, reasons, and what it refuses."""

import unicodedata

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import TextKind, index

needs_kiwi = pytest.mark.skipif(
    not kiwi.holder().is_installed, reason="Kiwi is not installed (requirements-korean.txt)"
)


class NoKiwi:
    is_installed = is_loaded = False

    def get(self):
        return None


@pytest.fixture
def without_kiwi(monkeypatch):
    monkeypatch.setattr(kiwi, "holder", NoKiwi)


@needs_kiwi
@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("나는 밥을 먹었다.", "나는 의자를 먹었다."),
        ("콧구멍에 먼지가 들어갔다.", "콧구멍이 국회를 접었다."),
        ("강아지가 뼈다귀를 물었다.", "사랑은 착한 뼈다귀"),
        ("심심한 사과의 말씀을 드립니다.", "심심한 장미를 콧구멍에"),
    ],
)
def test_nonsense_scores_higher_than_sense_with_the_same_words(lower, higher):
    one, other = index(lower), index(higher)
    assert one.kind is TextKind.NORMAL and other.kind is TextKind.NONSENSE
    assert 0 <= one.score < 50 <= other.score <= 100
    assert not one.is_estimate


@needs_kiwi
def test_the_worst_clause_speaks_for_the_text():
    nonsense = index("운명색 모자가 슬픔을 접었다.").score
    diluted = index(f"{'오늘은 학교에 갔다. ' * 6}운명색 모자가 슬픔을 접었다.")
    assert diluted.kind is TextKind.NONSENSE
    assert diluted.score >= nonsense - 15


@needs_kiwi
def test_the_clash_is_the_first_reason():
    reason = index("망각이 재채기했다.").reasons[0]
    assert reason.key == "index.clash.subject"
    assert reason.values == {"one": "망각", "other": "재채기했다", "cat": "추상", "of": "생물"}


@needs_kiwi
def test_what_the_lexicon_does_not_know_is_explained_by_the_unexpected_word():
    reasons = index("국세청이 삼각함수를 출산했다").reasons
    assert any(reason.key == "index.unexpected" for reason in reasons)


@needs_kiwi
@pytest.mark.parametrize(
    "text", ["비밀색 책상", "두억시니가 집에 왔다", "갓생러가 아침에 일어났다"]
)
def test_coined_words_are_read(text):
    assert index(text).score is not None


@needs_kiwi
def test_mashed_syllables_are_garbage():
    verdict = index("망리나얾니아럼니아")
    assert (verdict.kind, verdict.score) == (TextKind.GARBAGE, None)
    assert verdict.reasons[0].key == "index.garbage.unknown"


@needs_kiwi
@pytest.mark.parametrize("text", ["사랑!", "네", "뼈다귀"])
def test_one_word_is_too_short(text):
    assert index(text).kind is TextKind.SHORT


def test_without_kiwi_there_is_an_estimate_that_says_so(without_kiwi):
    normal, nonsense = index("나는 밥을 먹었다."), index("파란 냄새가 세 켤레의 침묵을 먹었다.")
    assert normal.is_estimate and nonsense.is_estimate
    assert normal.score < nonsense.score
    assert nonsense.kind is TextKind.NONSENSE
    assert nonsense.reasons[0].key.startswith("index.clash.")


def test_without_kiwi_the_gate_stands_and_one_word_is_too_short(without_kiwi):
    assert index("ㅁㄴㅇㄹ").kind is TextKind.GARBAGE
    assert index("사랑!").kind is TextKind.SHORT


def test_decomposed_hangul_means_the_same(without_kiwi):
    text = "파란 냄새가 침묵을 먹었다"
    assert index(unicodedata.normalize("NFD", text)) == index(text)


@pytest.mark.parametrize("text", ["", "  ", "가" * 3000, "\x00가", "가\ud800"])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(InvalidRequest):
        index(text)


def test_a_person_can_stop_it():
    with pytest.raises(Cancelled):
        index("사랑은 착한 뼈다귀", CancelToken(lambda: True))
