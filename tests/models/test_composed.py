"""NFC in linear time: the same as `unicodedata`'s, whatever the text; safe where that is not."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import composed as module
from models.composed import _PLAIN, BLOCK, JOINER, MAX_SHRINK, MOST_MARKS, composed

MARKS = "\u0301\u0323\u0344\u3099\u05b0"
PARTS = st.sampled_from([*"aé가각ㄱ𝅘\u1112\u1161\u11ab\u09c7\u09be\u0cc6\u0cc2\u0cd5\n", *MARKS])
texts = st.text(PARTS | st.characters(exclude_categories=["Cs"]), max_size=200)


@given(texts)
def test_text_without_a_long_run_is_plain_nfc(text: str) -> None:
    text = "".join(" " + sign if place % 20 == 0 else sign for place, sign in enumerate(text))
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(texts, st.integers(0, 200), st.integers(1, 90))
def test_the_result_is_nfc_stays_so_and_loses_nothing(text: str, place: int, run: int) -> None:
    text = text[:place] + "".join(random.Random(run).choices(MARKS, k=run)) + text[place:]
    found = composed(text)
    assert unicodedata.is_normalized("NFC", found)
    assert composed(found) == found
    bare = unicodedata.normalize("NFD", found).replace(JOINER, "")
    assert sorted(bare) == sorted(unicodedata.normalize("NFD", text).replace(JOINER, ""))


@given(st.lists(PARTS, min_size=1, max_size=300), st.integers(1, 9))
def test_blocks_make_the_same_text(parts: list[str], block: int) -> None:
    text = "".join(sign + "x" * (place % 25 == 0) for place, sign in enumerate(parts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0323", "\u0344"])
def test_no_call_of_the_library_gets_a_long_run(
    monkeypatch: pytest.MonkeyPatch, marks: str
) -> None:
    longest = 0

    def watched(form: str, text: str) -> str:
        nonlocal longest
        run = 0
        for sign in text:
            run = run + 1 if unicodedata.combining(sign) else 0
            longest = max(longest, run)
        assert len(text) <= BLOCK + 2 * MOST_MARKS
        return unicodedata.normalize(form, text)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "normalize", watched)
    composed("a" + marks * 60_000)
    assert 0 < longest <= MOST_MARKS


def test_a_run_of_vowels_without_a_border_is_still_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def watched(form: str, text: str) -> str:
        sizes.append(len(text))
        return unicodedata.normalize(form, text)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "normalize", watched)
    composed("\u1161" * 4 * BLOCK)
    assert max(sizes) <= BLOCK + 8


def test_no_letter_is_made_of_more_than_max_shrink() -> None:
    most = max(
        len(unicodedata.normalize("NFD", chr(code)))
        for code in range(0x30000)
        if not 0xD800 <= code <= 0xDFFF and unicodedata.is_normalized("NFC", chr(code))
    )
    assert most <= MAX_SHRINK


def test_no_mark_is_taken_for_a_letter() -> None:
    """What the quick look relies on."""
    odd = [code for code in range(0x110000) if unicodedata.combining(chr(code))]
    assert odd
    assert not [code for code in odd if chr(code).isalnum()]


def test_what_is_taken_as_it_is_can_join_nothing() -> None:
    plain = [chr(code) for code in range(0xD800) if _PLAIN.fullmatch(chr(code))]
    assert len(plain) > 11_000
    assert not any(map(unicodedata.combining, plain))
    assert unicodedata.normalize("NFC", "".join(plain)) == "".join(plain)
    assert _PLAIN.fullmatch("가")
    assert not _PLAIN.fullmatch(unicodedata.normalize("NFD", "가"))
