"""A frame's two templates and its fillings become a Korean line, an English one, and the words.

Knows the small template language below. Does not choose anything.

Korean   {a}          the word as it is; adjectives of colour as 빨간
         {a+은/는}     with a particle, by sound
         {v@어라}      conjugated with an ending
English  {form slot …} one of the forms in FORMS; further slots are modifiers or a second argument
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipelines.phrase import Word, WordKind
from pipelines.text import english
from pipelines.text.conjugate import conjugate
from pipelines.text.josa import josa
from pipelines.text.lexicon import (
    Adjective,
    Adverb,
    Category,
    Colour,
    Counter,
    Interjection,
    Noun,
    Verb,
)
from pipelines.text.slots import Filling, Literal, Number

KOREAN_BLANK = re.compile(r"\{(\w+)(?:([+@])([^}]+))?\}")
ENGLISH_BLANK = re.compile(r"\{(\w+)((?: \w+)*)\}")
Fillings = Mapping[str, Filling]

KINDS: dict[type, WordKind] = {
    Noun: WordKind.NOUN,
    Adjective: WordKind.ADJECTIVE,
    Verb: WordKind.VERB,
    Adverb: WordKind.ADVERB,
    Colour: WordKind.COLOUR,
    Number: WordKind.NUMBER,
    Counter: WordKind.COUNTER,
    Interjection: WordKind.INTERJECTION,
}


def adnominal(lemma: str, irregular: str) -> str:
    """Return an adjective as it stands before its noun.

    >>> adnominal("착하다", ""), adnominal("재미있다", ""), adnominal("쓸모없다", "")
    ('착한', '재미있는', '쓸모없는')
    """
    ending = "는" if lemma.endswith(("있다", "없다")) else "은"
    return conjugate(lemma, ending, irregular)


def korean(template: str, fillings: Fillings) -> tuple[str, tuple[Word, ...]]:
    """Return the line and its content words in the order of the line."""
    words: list[Word] = []

    def fill(blank: re.Match[str]) -> str:
        filling = fillings[blank[1]]
        surface = _surface(filling, blank[3] if blank[2] == "@" else "")
        if not isinstance(filling, Literal):
            words.append(_word(filling, surface))
        return surface + (josa(surface, blank[3]) if blank[2] == "+" else "")

    return KOREAN_BLANK.sub(fill, template), tuple(words)


def _surface(filling: Filling, ending: str) -> str:
    if not ending:
        return filling.ko
    if isinstance(filling, Adjective) and ending == "은":
        return adnominal(filling.ko, filling.irregular)
    if isinstance(filling, Adjective | Verb):
        return conjugate(filling.ko, ending, filling.irregular)
    raise TypeError(f"only verbs and adjectives take endings, got {filling.ko!r}")


def _word(filling: Filling, surface: str) -> Word:
    is_drawable = isinstance(filling, Colour) or (isinstance(filling, Noun) and filling.is_drawable)
    return Word(
        ko=filling.ko,
        en=filling.en,
        kind=KINDS[type(filling)],
        is_drawable=is_drawable,
        surface="" if surface == filling.ko else surface,
    )


def english_line(template: str, fillings: Fillings) -> str:
    """Return the English rendering with its sentences capitalised."""

    def fill(blank: re.Match[str]) -> str:
        slots = [fillings[slot] for slot in blank[2].split()]
        return FORMS[blank[1]](*slots)

    return english.sentence(ENGLISH_BLANK.sub(fill, template))


def _noun_form(render: Callable[..., str]) -> Callable[..., str]:
    def form(noun: Filling, *modifiers: Filling) -> str:
        return render(_as_noun(noun), *(modifier.en for modifier in modifiers))

    return form


def _as_noun(filling: Filling) -> Noun:
    if not isinstance(filling, Noun):
        raise TypeError(f"the template wants a noun, got {filling.ko!r}")
    return filling


def _as_verb(filling: Filling) -> Verb:
    if not isinstance(filling, Verb):
        raise TypeError(f"the template wants a verb, got {filling.ko!r}")
    return filling


def _is_many(filling: Filling) -> bool:
    return _as_noun(filling).article == "some"


def _third(verb: Filling, subject: Filling) -> str:
    form = _as_verb(verb)
    return form.en if _is_many(subject) and not form.third else english.third(form)


def _why(verb: Filling, subject: Filling) -> str:
    """Return the question after "why": "does a hippo retire", "is love born"."""
    form, who = _as_verb(verb), english.singular(_as_noun(subject))
    if form.en.startswith("be "):
        return f"is {who} {form.en.removeprefix('be ')}"
    return f"{'do' if _is_many(subject) else 'does'} {who} {form.en}"


def _count(number: Filling, counter: Filling) -> str:
    if not isinstance(counter, Counter):
        raise TypeError(f"the template wants a counter, got {counter.ko!r}")
    return english.count(number.en, counter)


def _many(number: Filling, noun: Filling) -> str:
    """Return a number of things without their counter: "two hippos"."""
    thing = _as_noun(noun)
    if number.en == "one":
        return f"one {thing.en}"
    plural = thing.plural or english.pluralise(thing.en)
    return f"{number.en} {plural}"


def _too_many(noun: Filling) -> str:
    thing = _as_noun(noun)
    if thing.article in ("a", "some"):
        return f"too many {thing.plural or english.pluralise(thing.en)}"
    return f"too much {thing.en}"


FORMS: dict[str, Callable[..., str]] = {
    "gloss": lambda filling: filling.en,
    "np": _noun_form(english.singular),  # a kind bone
    "the": _noun_form(english.definite),  # the kind bone
    "in": _noun_form(english.inside),
    "bare": _noun_form(english.bare),  # kind bone
    "several": _noun_form(english.several),  # kind bones
    "stuff": _noun_form(english.stuff),  # what a counter measures: snoring, hippos
    "is": lambda noun: "are" if _is_many(noun) else "is",
    "that": lambda noun: "who" if _as_noun(noun).cat is Category.PERSON else "that",
    "base": lambda verb: verb.en,
    "past": lambda verb: english.past(_as_verb(verb)),
    "ing": lambda verb: english.ing(_as_verb(verb)),
    "third": _third,
    "why": _why,
    "count": _count,  # three spoonfuls
    "many": _many,  # two hippos
    "toomany": _too_many,
}
