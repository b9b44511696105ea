"""Numbers and addresses of people go, whichever way they are written; other numbers stay."""

from __future__ import annotations

import re

import pytest

from pipelines.text.corpus.masking import PATTERNS, Masker, Private

GONE = {
    Private.PHONE: (
        "010-1234-5678",
        "010 1234 5678",
        "010.1234.5678",
        "01012345678",
        "010 - 1234 - 5678",
        "(010)1234-5678",
        "011/123/4567",
        "+82 10-1234-5678",
        "+82-10-1234-5678",
        "+82 (0)10 1234 5678",
        "０１０－１２３４－５６７８",
        "010–1234–5678",
        "02-123-4567",
        "(02) 1234 5678",
        "031.123.4567",
        "070-1234-5678",
        "0507-1234-5678",
        "1588-1234",
        "공일공 일이삼사 오육칠팔",
        "공일공-일이삼사-오육칠팔",
    ),
    Private.RESIDENT: (
        "900101-1234567",
        "900101 1234567",
        "900101 - 1234567",
        "900101.1234567",
        "9001011234567",
        "900101-1******",
        "９００１０１－１２３４５６７",
        "000101-3999999",
        "900101-5123456",
    ),
    Private.EMAIL: (
        "dodu@example.com",
        "do.du+x@mail.example.co.kr",
        "dodu ＠ example．com",
        "dodu(at)naver.com",
        "dodu골뱅이naver.com",
    ),
    Private.CARD: (
        "1234-5678-9012-3456",
        "1234 5678 9012 3456",
        "1234.5678.9012.3456",
        "1234567890123456",
        "3712-345678-12345",
    ),
    Private.ACCOUNT: (
        "110-234-567890",
        "110 234 567890",
        "110.234.567890",
        "11023456789012",
        "3333-01-1234567",
        "123-45-67890",
    ),
    Private.LINK: ("https://open.kakao.com/o/abc", "www.example.com/가나"),
}
STAYS = (
    "2026년 11월 21일",
    "2023-01-15",
    "2023. 1. 15. 오후 3:24",
    "오후 3시 24분 12초",
    "1,234,567,890원",
    "3.1415926535",
    "우편번호 06236",
    "버스 143번, 472번, 3412번",
    "일이삼사오육칠팔구",
    "나는 골뱅이 무침을 먹었다",
    "12가 3456",
)


@pytest.mark.parametrize(
    ("kind", "text"), [(k, text) for k, texts in GONE.items() for text in texts]
)
def test_private_things_go_however_they_are_written(kind, text):
    masker = Masker()
    assert masker.mask(f"가나 {text} 다라") == f"가나 {kind.value} 다라"
    assert masker.found == {kind: 1}
    if kind is not Private.LINK:  # an address may go on in Hangul
        assert Masker().mask(f"번호는 {text}입니다") == f"번호는 {kind.value}입니다"


@pytest.mark.parametrize("text", STAYS)
def test_other_numbers_stay(text):
    masker = Masker()
    assert masker.mask(text) == text
    assert not masker.found


def test_what_is_not_masked_stays_as_it_was_written():
    assert Masker().mask("Ａ반 １번－２번, 010-1234-5678") == "Ａ반 １번－２번, [전화번호]"


def test_examples_show_the_surroundings_and_nothing_private():
    masker = Masker()
    masker.mask("엄마 010-1234-5678 아빠 010-8765-4321 메일 a@b.co 끝")
    masker.mask("나머지 010-1111-2222")
    assert masker.found == {Private.PHONE: 3, Private.EMAIL: 1}
    shown = " ".join(example for each in masker.examples.values() for example in each)
    assert "엄마 [전화번호] 아빠" in shown and "나머지 [전화번호]" in shown
    assert not any(map(str.isdigit, shown)) and "@" not in shown


def test_no_pattern_repeats_without_a_bound():
    for kind, pattern in PATTERNS:  # so that no line makes one go back and forth for ever
        bare = re.sub(r"\\.|\[[^]]*\]", "", pattern.pattern)
        assert not re.search(r"[*+]|\{\d*,\}", bare), kind


@pytest.mark.timeout(30)
def test_a_hostile_line_is_masked_to_its_end():
    for piece in ("1", "1-", "1 ", "0-", "공일", "a.", "a@", "(02)", "1234 "):
        line = (piece * 20_000)[:20_000]
        assert Masker().mask(f"{line} 끝 a@b.co").endswith(" 끝 [이메일]")
