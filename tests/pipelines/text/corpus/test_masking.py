"""Numbers and addresses of people go, whichever way they are written; other numbers stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.corpus.addresses import ADDRESSES
from pipelines.text.corpus.masking import Masker, Private, whole_up_to

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
LABELLED = Path(__file__).with_name("private_lines.tsv")
MEASURED = ("ACCOUNT", "PHONE", "RESIDENT", "EMAIL", "LINK")
MASK = re.compile(r"\[[가-힣]+\]")
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
    for kind, pattern in ADDRESSES:  # so that no line makes one go back and forth for ever
        bare = re.sub(r"\\.|\[[^]]*\]", "", pattern.pattern)
        assert not re.search(r"[*+]|\{\d*,\}", bare), kind


@pytest.mark.timeout(30)
def test_a_hostile_line_is_masked_to_its_end():
    for piece in ("1", "1-", "1 ", "0-", "공일", "a.", "a@", "(02)", "1234 "):
        line = (piece * 20_000)[:20_000]
        assert Masker().mask(f"{line} 끝 a@b.co").endswith(" 끝 [이메일]")


def _labelled() -> list[tuple[str, str]]:
    lines = LABELLED.read_text("utf-8").splitlines()[1:]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


def _is_gone(line: str) -> bool:
    masker = Masker()
    masked = masker.mask(line)
    return bool(masker.found) and not re.search(r"\d{2}", MASK.sub("", masked))


@pytest.mark.parametrize("kind", MEASURED)
def test_of_a_hundred_private_lines_one_may_slip_through(kind):
    lines = [line for label, line in _labelled() if label == kind]
    missed = [line for line in lines if not _is_gone(line)]
    assert len(lines) >= 35
    assert len(missed) <= len(lines) / 100, missed


def test_of_a_hundred_ordinary_lines_one_may_be_taken_for_private():
    lines = [line for label, line in _labelled() if label == "ORDINARY"]
    wrong = [line for line in lines if Masker().mask(line) != line]
    assert len(lines) >= 300
    assert len(wrong) <= len(lines) / 100, wrong


@given(
    st.sampled_from([(3, 3, 6), (4, 2, 7), (6, 2, 6), (3, 9), (6, 10), (3, 4, 4, 2), (3, 4, 4)]),
    st.sampled_from(["-", ".", "/", "_", "ㅡ", "·", " - ", "–", ""]),
    st.text("123456789", min_size=16, max_size=16),
    st.sampled_from(["", "보내 줘 ", "계좌 ", "번호는 "]),
    st.sampled_from(["", "이에요", " 로", "-1", "-12345678", ".5", "/3"]),
)
@settings(max_examples=300, deadline=None)
def test_a_run_of_digits_goes_whole_or_stays_whole(sizes, gap, digits, before, after):
    place, groups = 0, []
    for size in sizes:
        groups.append(digits[place : place + size])
        place += size
    run = gap.join(groups)
    masked = Masker().mask(f"{before}{run}{after}")
    assert run in masked or not re.search(r"\d{3}", MASK.sub("", masked).removesuffix("12345678"))


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("010-2345-0010이에요", "[전화번호]예요"),
        ("010-2345-0010은 제 번호", "[전화번호]는 제 번호"),
        ("010-2345-0010이랑 dudeoji@example.com와", "[전화번호]랑 [이메일]과"),
        ("a@example.com예요", "[이메일]이에요"),
    ],
)
def test_a_particle_agrees_with_the_mask_before_it(line, masked):
    assert Masker().mask(line) == masked


def test_a_line_that_is_cut_leaves_no_half_of_a_number():
    for most in range(5, 17):
        assert not re.search(r"\d", whole_up_to("연락은 010-2345-0010", most))
