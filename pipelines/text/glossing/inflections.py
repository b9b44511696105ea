"""Which verb or adjective a form is of, and how it stands: 먹었던 is 먹다 before a noun.

Endings fall into a dozen ways of attaching; each stem is conjugated once for each way, and what is
left of a form has to be the rest of an ending. So 1,300 stems take 15,000 beginnings and not
280,000 forms. Knows no meanings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.text.glossing.endings import ENDINGS, WRITTEN_TOGETHER
from pipelines.text.glossing.pieces import Gloss, PartOfSpeech, PredicateForm
from pipelines.text.korean import hangul
from pipelines.text.korean.conjugate import conjugate

WEAK = "ㄴㅂㅅ"  # a stem loses its ㄹ before these
LIKE_BEING = ("있다", "없다")  # 있는, though an adjective
DIRECT, DIRECT_WEAK, AFTER_EU, AFTER_EU_WEAK = "고", "네", "으면", "으니"
PLAIN = "는다"
HEADS = ("어", "었", "은", "을", "음", "읍", "습")


@dataclass(frozen=True, slots=True)
class Inflections:
    """Every beginning of every stem: beginning -> order, word, way of attaching."""

    begun: dict[str, tuple[tuple[int, Gloss, str], ...]]

    def of(self, form: str) -> tuple[tuple[Gloss, PredicateForm], ...]:
        """Return the words that a form may be of and how it stands, the likeliest first.

        >>> from pipelines.text.glossing.dictionary import builtin
        >>> [(word.ko, shape.value) for word, shape in builtin().inflected.of("먹었던")]
        [('먹다', 'before')]
        """
        found: dict[str, tuple[int, Gloss, PredicateForm]] = {}
        for length in range(len(form), 0, -1):
            rest = form[length:]
            for order, gloss, way in self.begun.get(form[:length], ()):
                shape = rests().get((way, rest))
                if shape is not None and _may_stand(gloss, way, rest):
                    found.setdefault(f"{gloss.ko} {gloss.en}", (order, gloss, shape))
        ranked = sorted(found.values(), key=lambda reading: reading[0])
        return tuple((gloss, shape) for _, gloss, shape in ranked)


def collect(words: Iterable[tuple[Gloss, str]]) -> Inflections:
    """Return the inflections of words with their irregular classes, in order of likelihood."""
    found: dict[str, list[tuple[int, Gloss, str]]] = {}
    for order, (gloss, irregular) in enumerate(words):
        found.setdefault(gloss.ko, []).append((order, gloss, ""))
        for way in ways():
            for beginning in _begun(gloss.ko, way, irregular):
                found.setdefault(beginning, []).append((order, gloss, way))
    return Inflections({beginning: tuple(entries) for beginning, entries in found.items()})


@cache
def ways() -> tuple[str, ...]:
    """Return the ways in which the endings attach."""
    return tuple(dict.fromkeys(way for way, _ in rests() if way))


@cache
def rests() -> dict[tuple[str, str], PredicateForm]:
    """Return (way, rest of an ending) -> how the word stands; "" is the dictionary form."""
    found = {("", ""): PredicateForm.FINAL, ("어", ""): PredicateForm.FINAL}
    for shape in PredicateForm:
        for ending in (*ENDINGS[shape].split(), *WRITTEN_TOGETHER.get(shape, "").split()):
            way, length = _way(ending)
            found.setdefault((way, ending[length:]), shape)
    found["어", ""] = PredicateForm.FINAL
    return found


def _way(ending: str) -> tuple[str, int]:
    """Return how an ending attaches, and how many of its letters that takes."""
    if ending.startswith(PLAIN):
        return PLAIN, len(PLAIN)
    if ending[0] in HEADS:
        return ending[0], 1
    if ending[0] == "으":
        return (AFTER_EU_WEAK if _is_weak(ending[1]) else AFTER_EU), 1
    return (DIRECT_WEAK if _is_weak(ending[0]) else DIRECT), 0


def _is_weak(syllable: str) -> bool:
    return hangul.split(syllable)[0] in WEAK


def _begun(lemma: str, way: str, irregular: str) -> Iterator[str]:
    """Yield a stem as it stands before the endings of one way, and as it is also written: 보았."""
    beginning = conjugate(lemma, way, irregular)
    if way in (DIRECT, DIRECT_WEAK, AFTER_EU, AFTER_EU_WEAK):
        yield beginning[:-1]
        return
    yield beginning
    stem = lemma.removesuffix("다")
    if way not in ("어", "었") or irregular or hangul.batchim_of(stem):
        return
    vowel, final = hangul.vowel_of(stem), "ㅆ" if way == "었" else ""
    if vowel in "ㅗㅜㅣㅚ":
        yield stem + hangul.with_batchim("아" if vowel == "ㅗ" else "어", final)
    elif stem.endswith("하"):
        yield stem + hangul.with_batchim("여", final)


def _may_stand(gloss: Gloss, way: str, rest: str) -> bool:
    is_before = way == DIRECT_WEAK and rest == "는"
    return gloss.part is PartOfSpeech.VERB or not is_before or gloss.ko.endswith(LIKE_BEING)
