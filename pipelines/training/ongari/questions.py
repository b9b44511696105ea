"""Ways to ask become questions: the blanks are filled with words, particles and endings follow.

Knows the blanks N and M (nouns), V (verb), A (adjective). Does not choose words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.text.korean import josa
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.lexicon import Adjective, Verb
from pipelines.text.rendering.render import adnominal

BLANK = re.compile(r"\{([NMVA])(?::([^}]+))?\}")

Filling = str | Adjective | Verb


def blanks(form: str) -> frozenset[str]:
    """Return the blanks of a form.

    >>> sorted(blanks("{N:은/는} 왜 {V:을까}?"))
    ['N', 'V']
    """
    return frozenset(match[1] for match in BLANK.finditer(form))


def fill(form: str, words: Mapping[str, Filling]) -> str:
    """Return the question.

    >>> fill("{N:은/는} {M:으로/로} 뭘 해?", {"N": "문어", "M": "연필"})
    '문어는 연필로 뭘 해?'
    """
    return BLANK.sub(lambda match: _say(words[match[1]], match[2] or ""), form)


def _say(word: Filling, tail: str) -> str:
    if isinstance(word, str):
        return josa.attach(word, tail) if tail else word
    if isinstance(word, Adjective) and tail == "은":
        return adnominal(word.ko, word.irregular)
    return conjugate(word.ko, tail or "다", word.irregular)
