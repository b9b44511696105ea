"""Mend what a neural model gets wrong in one of a hundred eojeol: 뼈다귀은 becomes 뼈다귀는.

Only when it is sure: a noun of the lexicon, exactly the wrong one of a pair of particles after it,
and no word of its own that looks the same. Everything else stays as the model wrote it.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.text import lexicon
from pipelines.text.korean import hangul
from pipelines.text.korean.josa import josa
from pipelines.text.reading import recognise

# what may stand after a noun of two syllables or more; 이/가 and 와/과 after one are too often
# something else (차이, 물가), and so is 로 after a consonant (대학로)
PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이라니/라니", "이라서/라서", "이에요/예요")
_EITHER = {form: pair for pair in PAIRS for form in pair.split("/")}
_TAIL = re.compile("(" + "|".join(sorted(_EITHER, key=len, reverse=True)) + r")([.,!?~…\"'”’)]*)$")
NEVER_AFTER_ONE = frozenset(_EITHER) - {"를"}


def repaired(text: str) -> str:
    """Return the text with every particle that is surely wrong put right.

    >>> repaired("뼈다귀은 콧구멍를 냉장고으로 던졌다.")
    '뼈다귀는 콧구멍을 냉장고로 던졌다.'
    >>> repaired("나이가 차이는 가을을 마을로"), repaired(" 사랑은 착한 뼈다귀")
    ('나이가 차이는 가을을 마을로', ' 사랑은 착한 뼈다귀')
    """
    if not text:
        return text
    return "".join(
        part if part.isspace() else _eojeol(part) for part in re.split(r"(\s+)", text) if part
    )


def _eojeol(word: str) -> str:
    found = _TAIL.search(word)
    if found is None:
        return word
    stem, particle, marks = word[: found.start()], found[1], found[2]
    if stem not in _nouns() or (len(stem) == 1 and particle in NEVER_AFTER_ONE):
        return word
    right = josa(stem, _EITHER[particle])
    if right == particle or _is_word(stem + particle):
        return word
    if particle == "로" and hangul.batchim_of(stem):
        return word
    return stem + right + marks


def _is_word(text: str) -> bool:
    """Say whether the lexicon has it in one piece: a noun or a form of a verb."""
    return text in recognise.builtin().exact


@cache
def _nouns() -> frozenset[str]:
    nouns = (noun.ko for noun in lexicon.builtin().nouns)
    return frozenset(ko for ko in nouns if all(map(hangul.is_syllable, ko)))
