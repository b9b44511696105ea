"""A person's text is decoded, masked and split, or a sentence says why it cannot be."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, CorpusError
from pipelines.text.corpus import corpus as corpora
from pipelines.text.corpus.corpus import MAX_BYTES, MAX_CHARACTERS, parse_corpus, read_text
from pipelines.text.corpus.masking import Masker, Private
from playground.messages import Language, explain

LINES = (
    "오늘은 문어가 창문을 닦았다.",
    "냉장고 안에서 누가 노래를 부른다.",
    "할머니는 구름을 접어 서랍에 넣었다.",
    "양말 한 짝이 회의에 늦었다.",
    "우산은 비가 오면 운다.",
    "달팽이가 세금을 냈다.",
)
TEXT = "\n".join(LINES)

WINDOWS = """철수 님과 카카오톡 대화
저장한 날짜 : 2023-01-02 10:00:00

--------------- 2023년 1월 1일 일요일 ---------------
[김철수] [오후 3:24] 오늘은 문어가 창문을 닦았다.
[영희] [오후 3:25] 냉장고 안에서 누가 노래를 부른다.
그것도 화음으로.
[김철수] [오후 3:25] 사진
영희님이 나갔습니다.
[김철수] [오후 3:26] 할머니는 구름을 접어 서랍에 넣었다.
[김철수] [오후 3:27] 양말 한 짝이 회의에 늦었다.
[영희] [오전 11:28] 우산은 비가 오면 운다.
"""
PHONE = """김철수 님과 카카오톡 대화
저장한 날짜 : 2023년 1월 2일 오전 10:00


2023년 1월 1일 오후 3:24
2023년 1월 1일 오후 3:24, 김철수 : 오늘은 문어가 창문을 닦았다.
2023년 1월 1일 오후 3:25, 영희 : 냉장고 안에서 누가 노래를 부른다.
그것도 화음으로.
2023년 1월 1일 오후 3:25, 김철수 : 이모티콘
2023년 1월 1일 오후 3:26, 김철수 : 할머니는 구름을 접어 서랍에 넣었다.
2023. 1. 1. 오후 3:27, 김철수 : 양말 한 짝이 회의에 늦었다.
2023. 1. 1. 오후 3:28, 영희 : 우산은 비가 오면 운다.
"""
MAC = """Date,User,Message
2023-01-01 15:24:00,"김철수","오늘은 문어가 창문을 닦았다."
2023-01-01 15:25:00,"영희","냉장고 안에서 누가 노래를 부른다.
그것도 화음으로."
2023-01-01 15:25:00,"김철수","사진"
2023-01-01 15:26:00,"김철수","할머니는 구름을 접어 서랍에 넣었다."
2023-01-01 15:27:00,"김철수","양말 한 짝이 회의에 늦었다."
2023-01-01 15:28:00,"영희","우산은 비가 오면 운다."
"""


@pytest.mark.parametrize("export", [WINDOWS, PHONE, MAC])
def test_a_chat_export_gives_what_was_said_and_nothing_else(export):
    corpus = parse_corpus(export)
    assert corpus.is_chat
    said = [sentence.text for sentence in corpus.sentences]
    assert said == [*LINES[:2], "그것도 화음으로.", *LINES[2:5]]
    text = " ".join(said)
    assert "철수" not in text
    assert "영희" not in text


def test_a_line_of_the_source_is_remembered():
    corpus = parse_corpus("\n\n" + TEXT.replace("\n", "\n\n"))
    assert [sentence.line for sentence in corpus.sentences] == [3, 5, 7, 9, 11, 13]
    assert not corpus.is_chat


def test_several_sentences_of_one_line_are_split():
    corpus = parse_corpus(TEXT.replace("\n", " "))
    assert [sentence.text for sentence in corpus.sentences] == list(LINES)
    assert {sentence.line for sentence in corpus.sentences} == {1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_usual_encodings_are_read(encoding):
    assert parse_corpus(read_text(TEXT.encode(encoding))) == parse_corpus(TEXT)


def test_decomposed_text_is_composed():
    assert parse_corpus(unicodedata.normalize("NFD", TEXT)) == parse_corpus(TEXT)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "corpus.binary"),
        (b"\xff\xfe\x00", "corpus.binary"),
        (bytes(range(128, 256)) * 4, "corpus.binary"),
        (b"a" * (MAX_BYTES + 1), "corpus.large"),
    ],
)
def test_what_is_no_text_is_refused(data, key):
    with pytest.raises(CorpusError) as caught:
        read_text(data)
    assert caught.value.key == key
    for language in Language:
        assert explain(caught.value, language)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "corpus.empty"),
        (" \n\ufeff\n\u200b\t", "corpus.empty"),
        ("한 줄뿐인 글", "corpus.short"),
        ("같은 말이다.\n" * 500, "corpus.short"),
        ("가" * (MAX_CHARACTERS + 1), "corpus.long"),
    ],
)
def test_too_little_or_too_much_is_refused_at_once(text, key):
    started = time.process_time()
    with pytest.raises(CorpusError) as caught:
        parse_corpus(text)
    assert time.process_time() - started < 1
    assert caught.value.key == key
    for language in Language:
        assert explain(caught.value, language)


def test_reading_stops_when_the_person_says_stop():
    with pytest.raises(Cancelled):
        parse_corpus(TEXT, cancel=CancelToken(lambda: True))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("010-1234-5678로 전화해", "[전화번호]로 전화해"),
        ("01012345678", "[전화번호]"),
        ("+82 10-1234-5678", "[전화번호]"),
        ("02-123-4567, 031)123-4567", "[전화번호], [전화번호]"),
        ("1588-1234", "[전화번호]"),
        ("900101-1234567 주민", "[주민번호] 주민"),
        ("9001012234567", "[주민번호]"),
        ("900101-1******", "[주민번호]"),
        ("나는 du.eok+1@sub.example.co.kr야", "나는 [이메일]이야"),
        ("국민 123456-04-123456", "국민 [계좌번호]"),
        ("1234 5678 9012 3456", "[카드번호]"),
        ("https://example.com/?a=1 봐", "[링크] 봐"),
    ],
)
def test_private_things_are_masked(text, masked):
    assert Masker().mask(text) == masked


@pytest.mark.parametrize(
    "text", ["2023-01-01 15:24", "1,000,000원", "3.14159", "12345678", "오전 10:30", "2024년 12월"]
)
def test_ordinary_numbers_stay(text):
    assert Masker().mask(text) == text


def test_what_was_masked_is_counted_and_gone():
    private = TEXT + "\n내 번호는 010-1111-2222, 메일은 a@b.com 그리고 c@d.org"
    corpus = parse_corpus(private)
    assert dict(corpus.masked) == {Private.PHONE: 1, Private.EMAIL: 2}
    assert "1111" not in repr(corpus)
    assert "b.com" not in repr(corpus)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        corpus = parse_corpus(text)
    except CorpusError:
        return
    for sentence in corpus.sentences:
        sentence.text.encode("utf-8")
        assert sentence.text == " ".join(sentence.text.split())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        assert isinstance(read_text(data), str)
    except CorpusError:
        pass


@pytest.mark.parametrize(
    "line",
    [
        "1-" * 40_000,
        "a@" * 40_000,
        "a." * 40_000,
        "[가] " * 20_000,
        "." * 90_000,
        "2023년 1월 1일 오후 3:24, " * 4_000,
        "https://" * 10_000,
    ],
    ids=range(7),
)
def test_no_line_takes_long(line):
    started = time.process_time()
    parse_corpus(f"{TEXT}\n{line}")
    assert time.process_time() - started < 2


def test_limits_leave_room_for_what_is_promised():
    assert MAX_BYTES >= 3 * MAX_CHARACTERS  # three bytes a syllable
    assert corpora.MIN_SENTENCES >= 2
