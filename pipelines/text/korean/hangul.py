"""Syllables as arithmetic: take a Hangul syllable apart and put it together again.

Knows the Unicode block of precomposed syllables. Does not know words, endings or particles.
"""

from __future__ import annotations

FIRST = 0xAC00  # 가
LAST = 0xD7A3  # 힣
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"  # " " stands for no batchim
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def is_syllable(character: str) -> bool:
    """Say whether the character is a whole Hangul syllable."""
    return FIRST <= ord(character) <= LAST


def split(syllable: str) -> tuple[str, str, str]:
    """Return initial, vowel and batchim ("" when there is none).

    >>> split("닭"), split("코")
    (('ㄷ', 'ㅏ', 'ㄺ'), ('ㅋ', 'ㅗ', ''))
    """
    code = ord(syllable) - FIRST
    if not 0 <= code <= LAST - FIRST:
        raise ValueError(f"not a Hangul syllable: {syllable!r}")
    initial, rest = divmod(code, 588)
    vowel, final = divmod(rest, 28)
    return INITIALS[initial], VOWELS[vowel], FINALS[final].strip()


def join(initial: str, vowel: str, final: str = "") -> str:
    """Return the syllable of the three parts.

    >>> join("ㄷ", "ㅏ", "ㄺ")
    '닭'
    """
    return chr(
        FIRST
        + INITIALS.index(initial) * 588
        + VOWELS.index(vowel) * 28
        + FINALS.index(final or " ")
    )


def vowel_of(text: str) -> str:
    """Return the vowel of the last syllable."""
    return split(text[-1])[1]


def batchim_of(text: str) -> str:
    """Return the batchim of the last syllable, "" when it is open.

    >>> batchim_of("사랑"), batchim_of("모자")
    ('ㅇ', '')
    """
    return split(text[-1])[2]


def with_vowel(text: str, vowel: str) -> str:
    """Return the text with the vowel of its last syllable replaced."""
    initial, _, final = split(text[-1])
    return text[:-1] + join(initial, vowel, final)


def with_batchim(text: str, final: str) -> str:
    """Return the text with the batchim of its last syllable replaced; "" takes it away.

    >>> with_batchim("가", "ㄴ"), with_batchim("살", "")
    ('간', '사')
    """
    initial, vowel, _ = split(text[-1])
    return text[:-1] + join(initial, vowel, final)
