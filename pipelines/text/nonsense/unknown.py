"""The gate's second half, with Kiwi: words that nobody has ever written, even as a joke.

Knows how unlikely the letters of an unknown word are. A coined word (비밀색, 갓생러) is unlikely as
a word, not letter by letter; mashed keys (망리나얾니아럼니아) are.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.text.nonsense.reading import Clause

UNKNOWN_SHARE = 0.7  # of the letters; a sentence with one strange word passes
STRANGE = -11.7  # log probability a letter: 두억시니 -6.6, 떡볶희 -9.5, 갓생러 -11.4; 햔랴 -14
LONG = 7  # letters: so long an unknown word is no word, unless it is likely
STRANGE_LONG = -7.0  # 오징어게임 -4.3; 망리나얾니아럼니아 -8.0


def is_garbage(clauses: Iterable[Clause]) -> bool:
    """Say whether a text is made of words that cannot be words."""
    content = [morpheme for clause in clauses for morpheme in clause if morpheme.is_content]
    letters = sum(morpheme.length for morpheme in content)
    unknown = [morpheme for morpheme in content if not morpheme.is_known]
    unread = sum(morpheme.length for morpheme in unknown)
    if not unread or unread / letters < UNKNOWN_SHARE:
        return False
    a_letter = sum(morpheme.score for morpheme in unknown) / unread
    longest = max(morpheme.length for morpheme in unknown)
    return a_letter <= (STRANGE_LONG if longest >= LONG else STRANGE)
