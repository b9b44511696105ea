"""Particles that follow how a word sounds: 은/는, 이/가, 으로/로 and their relatives.

Knows the last sound of Hangul, digits, Latin letters and a few symbols. Does not know what a
word means; anything it cannot read out is taken to end in a vowel.
"""

from __future__ import annotations

from models.composed import composed
from pipelines.text.korean import hangul

# particle after a consonant, particle after a vowel
PAIRS: dict[str, tuple[str, str]] = {
    pair: (pair.split("/")[0], pair.split("/")[1])
    for pair in (
        "은/는",
        "이/가",
        "을/를",
        "과/와",
        "으로/로",
        "아/야",
        "이여/여",
        "이에요/예요",
        "이었다/였다",
        "이라/라",
        "이라니/라니",
        "이라서/라서",
        "이라면/라면",
        "이란/란",
        "이랑/랑",
        "이나/나",
        "이나마/나마",
        "이든/든",
        "이야/야",
        "이야말로/야말로",
        "이며/며",
        "이다/다",
        "이지요/지요",
        "이군요/군요",
        "이로다/로다",
        "이로구나/로구나",
        "이시여/시여",
        "이라는/라는",
        "이세요/세요",
        "이신가요/신가요",
        "이라도/라도",
        "이올시다/올시다",
        "이니라/니라",
        "이라고/라고",
    )
}
EITHER = {
    pair: pair
    for pair in ("의", "에", "에서", "에게", "도", "만", "부터", "까지", "처럼", "보다", "마다")
}

DIGITS = {
    "0": "ㅇ",
    "1": "ㄹ",
    "2": "",
    "3": "ㅁ",
    "4": "",
    "5": "",
    "6": "ㄱ",
    "7": "ㄹ",
    "8": "ㄹ",
    "9": "",
}
# how a number ending in one zero, two zeros, ... is read: 십, 백, 천, 만 ... 억, 조, 경
ZEROS = ("ㅂ", "ㄱ", "ㄴ", "ㄴ", "ㄴ", "ㄴ", "ㄴ", "ㄱ", "ㄱ", "ㄱ", "ㄱ", "", "", "", "", "ㅇ")
# the letters whose Korean name ends in a consonant: 엘 엠 엔 알
LETTERS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}


def batchim(word: str) -> str:
    """Return the consonant that the word ends in when it is read out, "" for a vowel.

    >>> batchim("뼈다귀"), batchim("사랑"), batchim("서울"), batchim("1000"), batchim("AI")
    ('', 'ㅇ', 'ㄹ', 'ㄴ', '')
    """
    word = composed(word)
    spoken = word.rstrip(" \t\n\r.,!?~…\"'”’)]}》」』>")
    if not word.strip():
        raise ValueError("a particle needs a word before it, got an empty one")
    if not spoken:
        return ""
    last = spoken[-1]
    if hangul.is_syllable(last):
        return hangul.batchim_of(last)
    if last.isascii() and last.isdigit():
        return _number_batchim(spoken)
    if last.isascii() and last.isalpha():
        return LETTERS.get(last.lower(), "")
    return ""


def _number_batchim(text: str) -> str:
    start = len(text)
    while start and (text[start - 1] in "0123456789,."):
        start -= 1
    digits = text[start:].replace(",", "")
    if "." in digits or not digits.strip("0"):  # 3.10 is read digit by digit; 0 and 000 are 영
        return DIGITS[digits[-1]]
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == 0:
        return DIGITS[digits[-1]]
    return ZEROS[min(zeros, len(ZEROS)) - 1]


def josa(word: str, particle: str) -> str:
    """Return the form of the particle that agrees with the word.

    >>> josa("서울", "으로/로"), josa("부산", "으로/로"), josa("제주", "으로/로")
    ('로', '으로', '로')
    """
    if particle in EITHER:
        if not word.strip():
            raise ValueError("a particle needs a word before it, got an empty one")
        return particle
    if particle not in PAIRS:
        raise ValueError(f"unknown particle {particle!r}; known: {', '.join((*PAIRS, *EITHER))}")
    after_consonant, after_vowel = PAIRS[particle]
    sound = batchim(word)
    if particle == "으로/로" and sound == "ㄹ":
        return after_vowel
    return after_consonant if sound else after_vowel


def attach(word: str, particle: str) -> str:
    """Return the word with its particle.

    >>> attach("사랑", "은/는"), attach("뼈다귀", "은/는")
    ('사랑은', '뼈다귀는')
    >>> attach("3", "을/를"), attach("10", "은/는"), attach("1000", "은/는"), attach("5", "은/는")
    ('3을', '10은', '1000은', '5는')
    >>> attach("GPT", "을/를"), attach("AI", "은/는"), attach("LLM", "을/를")
    ('GPT를', 'AI는', 'LLM을')
    >>> attach("연필", "으로/로"), attach("콧구멍", "으로/로"), attach("🦑", "을/를")
    ('연필로', '콧구멍으로', '🦑를')
    >>> attach("", "은/는")
    Traceback (most recent call last):
    ValueError: a particle needs a word before it, got an empty one
    """
    return word + josa(word, particle)
