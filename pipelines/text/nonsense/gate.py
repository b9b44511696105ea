"""The gate before the index: what is no Korean at all, judged by its letters alone.

Standard library only, so it stands with and without Kiwi. Knows jamo, keyboard rows and which
syllables Korean words are made of (those of the lexicon and its forms, about a thousand). Does not
know words; unknown words are unknown.py's, and coined ones must pass.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.text.korean import hangul
from pipelines.text.nonsense.verdict import Reason
from pipelines.text.reading import recognise

FOREIGN_SHARE = 0.5  # of the letters: Latin, digits that count nothing, loose jamo
BROKEN_SHARE = 0.12  # of the letters: loose jamo inside words; a slip of the finger is below it
ODD_SHARE = 0.5  # of the syllables: those that no word of the lexicon has
ODD_LEAST = 2  # syllables
ROW_SHARE = 0.7  # of the letters: a run along a keyboard or an alphabet
ROW_LEAST = 5
REPEAT_LEAST = 5  # letters
REPEAT_SHARE = 0.75  # of the letters: the commonest two
CHAT = re.compile(r"(?<![가-힣])[ㄱ-ㅎ]{2,4}(?![가-힣ㅏ-ㅣ])|[ㅋㅎㅠㅜㅇㄷ]+")  # ㅋㅋㅋ, ㅠㅠ, ㄴㄴ
COUNTED = re.compile(r"\d[\d.,:]*(?=\s?[가-힣%℃])")  # 3월, 100도: digits that mean something
LATIN = re.compile(r"[A-Za-z]")
DIGIT = re.compile(r"\d")
JAMO = re.compile(r"[ㄱ-ㅣ]")
LETTER = re.compile(r"[가-힣ㄱ-ㅣA-Za-z0-9]")
ROWS = (
    *("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz"),
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz"),
    *(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
        "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
        "ㅋㅌㅊㅍㅠㅜㅡ",
        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    ),
)
ALPHABET = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"


def garbage(text: str) -> Reason | None:
    """Return why a text is garbage, None when its letters look like Korean.

    >>> garbage("ㅁㄴㅇㄹㅁㄴㅇㄹ").key, garbage("사랑은 착한 뼈다귀")
    ('index.garbage.row', None)
    """
    letters = LETTER.findall(text)
    if not letters:
        return Reason("index.garbage.letters", {"value": shown(text)})
    for is_so, key in (
        (_row(letters) >= ROW_SHARE, "row"),
        (_repeats(letters), "repeat"),
        (_foreign(text, len(letters)) >= FOREIGN_SHARE, "foreign"),
        (_broken(text) / len(letters) >= BROKEN_SHARE, "jamo"),
        (_odd(letters) >= ODD_SHARE, "odd"),
    ):
        if is_so:
            return Reason(f"index.garbage.{key}", {"value": shown(text)})
    return None


def shown(text: str) -> str:
    """Return the beginning of a text, short enough for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:19]}…"


def _foreign(text: str, letters: int) -> float:
    plain = CHAT.sub("", COUNTED.sub("", text)) if re.search("[가-힣]{2}", text) else text
    return sum(len(kind.findall(plain)) for kind in (LATIN, DIGIT, JAMO)) / letters


def _broken(text: str) -> int:
    """Return how many loose jamo there are beside the ones that people chat with."""
    return len(JAMO.findall(CHAT.sub("", text)))


def _odd(letters: list[str]) -> float:
    syllables = [letter for letter in letters if hangul.is_syllable(letter)]
    odd = sum(syllable not in _syllables() for syllable in syllables)
    return odd / len(syllables) if odd >= ODD_LEAST else 0.0


@cache
def _syllables() -> frozenset[str]:
    """Return every syllable of the lexicon's words, their forms, and particles."""
    known = recognise.builtin()
    texts = (known.nouns, known.exact, known.counters, known.numbers, known.tails)
    return frozenset(letter for group in texts for text in group for letter in text)


def _repeats(letters: list[str]) -> bool:
    counts = sorted((letters.count(letter) for letter in set(letters)), reverse=True)
    if len(letters) < REPEAT_LEAST:
        return False
    return counts[0] / len(letters) >= REPEAT_SHARE or (
        len(letters) > REPEAT_LEAST and sum(counts[:2]) == len(letters)
    )


def _row(letters: list[str]) -> float:
    """Return the share of the letters that lie in runs along a row."""
    text = "".join(letters).lower()
    inside = 0
    place = 0
    while place < len(text):
        length = max(_along(text[place:]), _syllables_along(text[place:]))
        inside += length if length >= ROW_LEAST - 1 else 0
        place += max(1, length)
    return inside / len(text) if len(text) >= ROW_LEAST - 1 else 0.0


def _along(text: str) -> int:
    """Return how many letters from the first on follow a keyboard's or an alphabet's row."""
    longest = 0
    for row in ROWS:
        start = row.find(text[0])
        length = 0
        while start >= 0 and row[start + length : start + length + 1] == text[length : length + 1]:
            length += 1
            if length == len(text) or start + length == len(row):
                break
        longest = max(longest, length)
    return longest


def _syllables_along(text: str) -> int:
    """Return how many syllables from the first on go 가나다라, 거너더러 and so on."""
    previous = -1
    vowel = ""
    for length, letter in enumerate(text):
        if not hangul.is_syllable(letter):
            return length
        initial, middle, final = hangul.split(letter)
        place = ALPHABET.find(initial)
        is_next = not final and place >= 0 and (place == previous + 1 or length == 0)
        if not is_next or (length and middle != vowel):
            return length
        previous, vowel = place, middle
    return len(text)
