import io

import pytest
import sentencepiece
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.glossing.dictionary import builtin
from pipelines.text.translation import sentencepieces as pieces_module
from pipelines.text.translation.sentencepieces import (
    BPE,
    MAX_PIECE,
    UNIGRAM,
    parse_pieces,
    tokenizer,
)
from pipelines.training.nonsense import fit
from tests.tiny_translators import KOREAN, piece, sentencepieces

SENTENCES = ("learn.txt", "held_out.txt")


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
    assert made.encode("abc").tokens == ["▁ab", "c"]


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


def lines():
    """Return sentences of ours, Korean and English, and texts that are written oddly."""
    korean = [row.text for name in SENTENCES for row in fit.read_rows(fit.FOLDER / name)]
    words = builtin()
    tables = (words.nouns, words.stems, words.whole)
    said = sorted({gloss.en for table in tables for gloss in table.values() if gloss.en})
    english = [f"The {one} and a {other}." for one, other in zip(said, said[7:], strict=False)]
    return korean + english[:400]


@pytest.fixture(scope="module", params=["unigram", "bpe"])
def both(request):
    """Return SentencePiece's own processor of a small model, and our tokenizer of the same file."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines()[::2]),
        model_writer=written,
        vocab_size=1_200,
        model_type=request.param,
        character_coverage=0.98,  # some letters are unknown
        num_threads=1,
        minloglevel=2,
    )
    data = written.getvalue()
    theirs = sentencepiece.SentencePieceProcessor(model_proto=data)
    return theirs, tokenizer(parse_pieces(data))


def assert_same(both, text):
    theirs, ours = both
    numbers = theirs.encode(text)
    expected = ["<unk>" if theirs.is_unknown(n) else theirs.id_to_piece(n) for n in numbers]
    found = ours.encode(text)
    unknown = ours.token_to_id("<unk>")
    pieces = [
        "<unk>" if number == unknown else piece
        for number, piece in zip(found.ids, found.tokens, strict=True)
    ]
    assert pieces == expected, text


def test_sentences_are_cut_as_sentencepiece_cuts_them(both):
    for line in lines():
        assert_same(both, line)


def test_letters_are_changed_as_sentencepiece_changes_them(both):
    for start, end in ((0x20, 0x250), (0x2000, 0x2070), (0x3000, 0x3190), (0xFF00, 0xFFE0)):
        for code in range(start, end):
            assert_same(both, f"가{chr(code)}나 a{chr(code)}")


MIXED = st.text(
    st.one_of(
        st.sampled_from(" \t\n.,!?~～…'\"0123456789１２①\u200b\u200d\ufeff㎏ﬁ½"),
        st.characters(min_codepoint=0x41, max_codepoint=0x7A),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(min_codepoint=0x3131, max_codepoint=0x318E),
        st.characters(min_codepoint=0x1100, max_codepoint=0x1112),
        st.characters(min_codepoint=0x11A8, max_codepoint=0x11C2),
    ),
    max_size=40,
)


@given(MIXED)
@settings(max_examples=300, deadline=None)
def test_any_korean_and_english_is_cut_as_sentencepiece_cuts_it(both, text):
    assert_same(both, text)


@pytest.mark.parametrize("kind", [UNIGRAM, BPE])
def test_long_piece_is_refused_before_its_ways_are_counted(kind):
    longest = "가" * MAX_PIECE
    assert longest in parse_pieces(sentencepieces((longest, "가"), kind=kind)).scores
    with pytest.raises(ValueError, match="65 characters"):
        parse_pieces(sentencepieces((longest + "가", "가"), kind=kind))


@pytest.mark.parametrize("score", [float("nan"), float("inf"), float("-inf")])
def test_score_that_is_no_number_is_refused(score):
    with pytest.raises(ValueError, match="score"):
        parse_pieces(piece("가", score))


def test_merges_are_counted_while_they_are_made(monkeypatch):
    monkeypatch.setattr(pieces_module, "MAX_MERGES", 3)
    pieces = parse_pieces(sentencepieces(tuple("가" * n for n in range(1, 6)), kind=BPE))
    with pytest.raises(ValueError, match="merges"):
        tokenizer(pieces)


def test_pieces_are_counted_while_they_are_read(monkeypatch):
    monkeypatch.setattr(pieces_module, "MAX_PIECES", 3)
    with pytest.raises(ValueError, match="3 before"):
        parse_pieces(sentencepieces(KOREAN))
