"""The particle behind a mask agrees with the mask: `[전화번호]예요`, not `[전화번호]이에요`."""

from __future__ import annotations

import re

from pipelines.text.corpus.private import Private
from pipelines.text.korean import josa

# pairs of josa.PAIRS; with a True, the particle may be the beginning of a longer ending
_AGREEING = (
    ("이에요/예요", True),
    ("이었다/였다", True),
    ("이랑/랑", True),
    ("이라고/라고", True),
    ("이야/야", True),
    ("으로/로", True),
    ("은/는", False),
    ("이/가", False),
    ("을/를", False),
    ("과/와", False),
    ("이나/나", False),
)
# ways of writing these that do not stand in the table of pairs
_SPELT = {"이예요": "이에요/예요", "에요": "이에요/예요", "이었어": "이었어/였어"}


def _forms() -> dict[str, tuple[str, bool]]:
    forms: dict[str, tuple[str, bool]] = {}
    for pair, may_go_on in _AGREEING:
        for form in pair.split("/"):
            forms[form] = (pair, may_go_on)
    forms |= {form: (pair, True) for form, pair in _SPELT.items()}
    return forms


_FORMS = _forms()
_MASK = "|".join(re.escape(kind.value) for kind in Private)
_ENDS = "|".join(
    form if _FORMS[form][1] else f"{form}(?![가-힣])" for form in sorted(_FORMS, key=len)[::-1]
)
_AFTER = re.compile(f"({_MASK})({_ENDS})")


def agree(line: str) -> str:
    """Return the line with the particles behind its masks in the form that is right there.

    >>> agree("[전화번호]이에요, [이메일]를 [링크]으로")
    '[전화번호]예요, [이메일]을 [링크]로'
    """
    return _AFTER.sub(_agreed, line)


def _agreed(found: re.Match[str]) -> str:
    mask, form = found[1], found[2]
    consonant, vowel = _FORMS[form][0].split("/")
    last = josa.batchim(mask)
    takes_vowel = not last or (last == "ㄹ" and consonant == "으로")
    return mask + (vowel if takes_vowel else consonant)
