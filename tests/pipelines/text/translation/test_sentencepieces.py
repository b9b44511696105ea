import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.translation.sentencepieces import BPE, UNIGRAM, parse_pieces, tokenizer
from tests.tiny_translators import KOREAN, piece, sentencepieces


def test_pieces_are_read_in_order_without_marks():
    found = parse_pieces(sentencepieces(KOREAN))
    assert tuple(found.scores) == KOREAN
    assert (found.kind, found.has_blank) == (UNIGRAM, True)


def test_unigram_takes_the_likeliest_way():
    made = tokenizer(parse_pieces(sentencepieces(KOREAN)))
    assert made.encode("고양이가 사랑").tokens == ["▁고양이", "가", "▁사랑"]


def test_bpe_joins_the_best_pair_first():
    pieces = ("▁", "a", "b", "c", "ab", "bc", "▁ab")
    made = tokenizer(parse_pieces(sentencepieces(pieces, kind=BPE)))
    assert made.encode("abc").tokens in (["▁ab", "c"], ["▁", "a", "bc"])
    assert "".join(made.encode("abc").tokens) == "▁abc"


def test_a_blank_is_put_first_only_where_the_file_says_so():
    found = parse_pieces(sentencepieces(("a", "▁a", "▁"), has_blank=False))
    assert tokenizer(found).encode("a").tokens == ["a"]


@pytest.mark.parametrize(
    "data", [b"", piece("a", 0, 3), b"\x08", b"\x0a\xff\x01", b"\x0b", b"\x80" * 12]
)
def test_what_is_no_model_is_refused(data):
    with pytest.raises(ValueError):
        parse_pieces(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        found = parse_pieces(data)
    except ValueError:
        return
    assert found.scores
