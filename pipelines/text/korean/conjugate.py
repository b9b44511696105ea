"""Korean conjugation: a dictionary form and an ending become one word.

Knows the irregular classes and how each kind of ending attaches; ㄹ and ㅡ drop by themselves, the
class of a word has to be given ("듣다" is ㄷ, "묻다" for burying is regular). Does not know which
ending suits which word.

Endings are named in their citation form; its first syllable tells how it attaches:

    어 었       after the stem with 어 or 아: 어요, 었다, 어서, 어라
    으 은 을    으 stays after a consonant only: 은, 을, 으면, 으세요
    습니다      습니다 after a consonant, ㅂ니다 after a vowel
    는다        는다 after a consonant, ㄴ다 after a vowel
    others      as they are: 는, 던, 지요, 구나, 네, 자, 겠다
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from pipelines.text.korean import hangul


class Irregular(StrEnum):
    """The classes that cannot be read off the stem."""

    NONE = ""
    B = "ㅂ"  # 굽다, 구워
    D = "ㄷ"  # 듣다, 들어
    S = "ㅅ"  # 낫다, 나아
    LU = "르"  # 부르다, 불러
    LEO = "러"  # 푸르다, 푸르러
    H = "ㅎ"  # 파랗다, 파래
    U = "우"  # 푸다, 퍼


# what a stem of each class has to end in: a batchim or a whole syllable
STEM_ENDS: dict[Irregular, str] = {
    Irregular.B: "ㅂ",
    Irregular.D: "ㄷ",
    Irregular.S: "ㅅ",
    Irregular.H: "ㅎ",
    Irregular.LU: "르",
    Irregular.LEO: "르",
    Irregular.U: "푸",
}
BRIGHT = "ㅏㅑㅗ"  # stems with these vowels take 아, all others 어
CONTRACTED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}
SWALLOWED = "ㅏㅓㅐㅔㅕ"  # 가 + 아 is 가, 보내 + 어 is 보내
H_VOWELS = {"ㅏ": "ㅐ", "ㅓ": "ㅔ", "ㅑ": "ㅒ", "ㅕ": "ㅖ"}
H_LIKE_GEURAE = (
    "그렇",
    "이렇",
    "저렇",
    "어떻",
    "아무렇",
)  # 그래, not 그레
SHORT_CONTRACTED = "지치찌시끼"  # one-syllable stems in ㅣ that contract: 져; not 피어, 기어, 비어
L_DROPS_BEFORE = "ㄴㅂㅅ"


def stem_of(lemma: str, irregular: str = "") -> str:
    """Return the stem of a dictionary form; raise ValueError when class and stem disagree.

    >>> stem_of("착하다")
    '착하'
    """
    stem = lemma.removesuffix("다")
    if stem == lemma or not stem or not hangul.is_syllable(stem[-1]):
        raise ValueError(f"not a dictionary form that ends in 다: {lemma!r}")
    end = STEM_ENDS.get(Irregular(irregular))
    if end is not None and end not in (stem[-1], hangul.batchim_of(stem)):
        raise ValueError(
            f"{lemma!r} cannot be {irregular}-irregular: its stem does not end in {end}"
        )
    return stem


def conjugate(lemma: str, ending: str, irregular: str = "") -> str:
    """Return the conjugated form.

    >>> conjugate("착하다", "은"), conjugate("춤추다", "는"), conjugate("듣다", "었다", "ㄷ")
    ('착한', '춤추는', '들었다')
    >>> conjugate("만들다", "습니다"), conjugate("걷다", "는다", "ㄷ"), conjugate("걸다", "으니")
    ('만듭니다', '걷는다', '거니')
    """
    stem = stem_of(lemma, irregular)
    kind = Irregular(irregular)
    if ending.startswith(("어", "었")):
        return _after_infinitive(_infinitive(stem, kind), ending)
    if ending.startswith(("으", "은", "을", "음", "읍")):
        return _after_eu(stem, kind, ending)
    if ending.startswith("습"):
        return _formal(stem, ending)
    if ending.startswith("는다"):
        return _plain(stem, ending)
    return _consonant(stem, ending)


def _after_infinitive(infinitive: str, ending: str) -> str:
    if ending.startswith("었"):
        return hangul.with_batchim(infinitive, "ㅆ") + ending[1:]
    return infinitive + ending[1:]


def _infinitive(stem: str, kind: Irregular) -> str:
    """Return the stem with 어 or 아, contracted the way it is usually written."""
    if kind is Irregular.NONE:
        return _regular_infinitive(stem)
    return _INFINITIVES[kind](stem)


def _b_infinitive(stem: str) -> str:
    return hangul.with_batchim(stem, "") + ("와" if stem[-1] in "돕곱" else "워")


def _d_infinitive(stem: str) -> str:
    return hangul.with_batchim(stem, "ㄹ") + _a_or_eo(stem)


def _s_infinitive(stem: str) -> str:
    return hangul.with_batchim(stem, "") + _a_or_eo(stem)


def _lu_infinitive(stem: str) -> str:
    before = stem[:-1]
    return hangul.with_batchim(before, "ㄹ") + ("라" if _is_bright(before) else "러")


def _h_infinitive(stem: str) -> str:
    vowel = "ㅐ" if stem.endswith(H_LIKE_GEURAE) else H_VOWELS.get(hangul.vowel_of(stem), "ㅐ")
    return hangul.with_vowel(hangul.with_batchim(stem, ""), vowel)


_INFINITIVES: dict[Irregular, Callable[[str], str]] = {
    Irregular.B: _b_infinitive,
    Irregular.D: _d_infinitive,
    Irregular.S: _s_infinitive,
    Irregular.LU: _lu_infinitive,
    Irregular.LEO: lambda stem: stem + "러",
    Irregular.H: _h_infinitive,
    Irregular.U: lambda stem: stem[:-1] + "퍼",
}


def _regular_infinitive(stem: str) -> str:
    vowel, batchim = hangul.vowel_of(stem), hangul.batchim_of(stem)
    if batchim:
        return stem + _a_or_eo(stem)
    if stem.endswith("하"):
        return hangul.with_vowel(stem, "ㅐ")
    if vowel == "ㅡ":
        return _eu_infinitive(stem)
    if vowel in SWALLOWED:
        return stem
    is_short = len(stem.rsplit(maxsplit=1)[-1]) == 1
    stays = vowel == "ㅣ" and is_short and stem[-1] not in SHORT_CONTRACTED
    if stays or vowel not in CONTRACTED:
        return stem + "어"
    return hangul.with_vowel(stem, CONTRACTED[vowel])


def _eu_infinitive(stem: str) -> str:
    before = stem[:-1].rstrip()
    is_bright = bool(before) and _is_bright(before)
    return hangul.with_vowel(stem, "ㅏ" if is_bright else "ㅓ")


def _is_bright(stem: str) -> bool:
    return hangul.vowel_of(stem) in BRIGHT


def _a_or_eo(stem: str) -> str:
    return "아" if _is_bright(stem) else "어"


def _after_eu(stem: str, kind: Irregular, ending: str) -> str:
    if kind is Irregular.B:
        stem = hangul.with_batchim(stem, "") + "우"
    elif kind is Irregular.H:
        stem = hangul.with_batchim(stem, "")
    elif kind is Irregular.D:
        return hangul.with_batchim(stem, "ㄹ") + ending
    elif kind is Irregular.S:
        return hangul.with_batchim(stem, "") + ending
    batchim = hangul.batchim_of(stem)
    if batchim and batchim != "ㄹ":
        return stem + ending
    merged = hangul.batchim_of(ending[0])  # the ㄴ of 은, the ㄹ of 을, "" of 으
    if batchim == "ㄹ":
        return _after_l(stem, merged, ending)
    return (hangul.with_batchim(stem, merged) if merged else stem) + ending[1:]


def _after_l(stem: str, merged: str, ending: str) -> str:
    """Attach a 으-ending to a stem in ㄹ: 만들면, 만드니, 만든, 만듦."""
    if merged == "ㅁ":
        return hangul.with_batchim(stem, "ㄻ") + ending[1:]
    if merged:
        return hangul.with_batchim(stem, merged) + ending[1:]
    return _consonant(stem, ending[1:])


def _formal(stem: str, ending: str) -> str:
    if hangul.batchim_of(stem) in ("", "ㄹ"):
        return hangul.with_batchim(stem, "ㅂ") + ending[1:]
    return stem + ending


def _plain(stem: str, ending: str) -> str:
    if hangul.batchim_of(stem) in ("", "ㄹ"):
        return hangul.with_batchim(stem, "ㄴ") + ending[1:]
    return stem + ending


def _consonant(stem: str, ending: str) -> str:
    drops = hangul.batchim_of(stem) == "ㄹ" and hangul.split(ending[0])[0] in L_DROPS_BEFORE
    return (hangul.with_batchim(stem, "") if drops else stem) + ending
