"""Every form in which a word of the lexicon may stand in typed text, and what may follow a noun.

Knows endings and particles as lists. Does not read text; recognise.py does.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract.phrase import Word, WordKind
from pipelines.text.korean import josa
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.lexicon import Adjective, Colour, Lexicon, Verb
from pipelines.text.rendering.filling import NATIVE, SINO
from pipelines.text.rendering.render import adnominal

SHARED_ENDINGS = (
    "을 던 었던 어 어요 었다 었어요 었습니다 었네 습니다 습니까 지 지요 죠 네 네요 고 고서 "
    "게 기 음 겠다 겠지 겠어요 겠습니다 으면 으면서 으며 으니 으니까 으므로 을까 을까요 "
    "을게 을게요 을래 어서 어도 어야 어야지 었지 었지요 었구나 었으면 지만 거나 거든 더라 "
    "던데 도록 을수록 든지"
).split()
VERB_ENDINGS = (
    "은 는 는다 는구나 는군 는군요 는데 는지 자 어라 으세요 으십시오 읍시다 으려고 으러 "
    "으시지요 나 나요 느냐 다가 는가 는다고 는다면 어 어버린 어버렸다 고있다 고싶다 고싶은"
).split()
ADJECTIVE_ENDINGS = "은데 은지 은가 구나 군요 다 다고 다면".split()

PARTICLES = (
    "은 는 이 가 을 를 의 에 에서 에게 한테 께 으로 로 와 과 하고 랑 이랑 도 만 부터 까지 "
    "처럼 보다 마다 밖에 마저 조차 이나 나 든 이든 이란 란 이라도 라도 아 야 이여 여 씩 쯤 "
    "대로 같은 같이 없이 없는 에는 에도 에만 에서는 에서도 에게는 에게서 까지도 부터는 "
    "으로는 로는 만은 만이 만을 과의 와의 에서의 처럼은 보다는 께서 들 네 씨 님 인 이던 "
    "이었던 였던 이다 입니다 입니까 이에요 예요 이었다 였다 이고 이며 이지만 이지요 지요 "
    "이죠 죠 이라니 라니 이라서 라서 이라면 라면 이라는 라는 이라고 라고 일까 일까요 이네 "
    "이네요 네요 이구나 구나 이로다 로다 아니다 이야 이든지"
).split()
# After a noun of one syllable only these are taken as particles: 불만 is no 불 + 만.
SAFE_PARTICLES = (
    "은/는 이/가 을/를 과/와 으로/로 이여/여 이라니/라니 이었다/였다 이에요/예요 의 에 에서 "
    "에게 처럼 보다 마다"
).split()


def noun_tails() -> frozenset[str]:
    """Return everything that may follow a noun of two or more syllables in one eojeol."""
    doing = {conjugate("하다", ending) for ending in (*SHARED_ENDINGS, *VERB_ENDINGS)}
    doing |= {conjugate("되다", ending) for ending in ("은", "는", "었다", "어요")}
    particles = {"", *PARTICLES}
    return frozenset(
        particles | {middle + tail for middle in ("들", "색", "님") for tail in particles} | doing
    )


def short_noun_tails(noun: str) -> frozenset[str]:
    """Return what may follow a noun of one syllable.

    >>> "이" in short_noun_tails("손"), "가" in short_noun_tails("손")
    (True, False)
    """
    tails = {josa.josa(noun, particle) for particle in SAFE_PARTICLES}
    return frozenset(tails | {"", "색", "들"})


def inflected(words: Lexicon) -> Iterator[tuple[str, Word]]:
    """Yield each form of each verb, adjective and colour; the likelier reading first."""
    for colour in words.colours:
        yield from _colour_forms(colour)
    for adjective in words.adjectives:
        word = Word(adjective.ko, adjective.en, WordKind.ADJECTIVE, is_drawable=False)
        for form in _adjective_forms(adjective):
            yield form, word
    for verb in words.verbs:
        word = Word(verb.ko, verb.en, WordKind.VERB, is_drawable=False)
        for form in _verb_forms(verb):
            yield form, word


def _colour_forms(colour: Colour) -> Iterator[tuple[str, Word]]:
    word = Word(colour.ko, colour.en, WordKind.COLOUR, is_drawable=True)
    stem = colour.noun.removesuffix("색")
    for form in (colour.ko, colour.noun, f"{stem}색", f"{colour.ko.removesuffix('색')}색"):
        yield form, word
    if colour.adjective:
        for ending in (*SHARED_ENDINGS, *ADJECTIVE_ENDINGS):
            yield conjugate(colour.adjective, ending, colour.irregular), word


def _adjective_forms(adjective: Adjective) -> Iterator[str]:
    yield adnominal(adjective.ko, adjective.irregular)
    for ending in (*SHARED_ENDINGS, *ADJECTIVE_ENDINGS):
        yield conjugate(adjective.ko, ending, adjective.irregular)


def _verb_forms(verb: Verb) -> Iterator[str]:
    yield verb.ko
    for ending in (*SHARED_ENDINGS, *VERB_ENDINGS):
        yield conjugate(verb.ko, ending, verb.irregular)


def numbers() -> dict[str, Word]:
    """Return the number words that may stand before a counter."""
    more = (("열", "ten"), ("스무", "twenty"), ("하나", "one"), ("둘", "two"), ("반", "half a"))
    return {
        ko: Word(ko, en, WordKind.NUMBER, is_drawable=False) for ko, en in (*SINO, *more, *NATIVE)
    }
