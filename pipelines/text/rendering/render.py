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
from functools import lru_cache

from pipelines.contract.phrase import Word, WordKind
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.korean.josa import josa
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
from pipelines.text.rendering import english
from pipelines.text.rendering.filling import Filling, Literal, Number

KOREAN_BLANK = re.compile(r"\{(\w+)(?:([+@])([^}]+))?\}")
ENGLISH_BLANK = re.compile(r"\{(\w+)((?: \w+)*)\}")
REMEMBERED = 2**15  # forms; the lexicon times the templates needs about 20,000
OPENING = re.compile(r"(?:^|[.!?] )$")  # what stands before the first word of a sentence
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


class KoreanLine:
    """A Korean template, taken apart once."""

    def __init__(self, template: str) -> None:
        self._pieces, self._end = _pieces(KOREAN_BLANK, template)
        self.slots = tuple(groups[0] for _, groups in self._pieces)

    def say(self, fillings: Fillings) -> tuple[str, tuple[Word, ...]]:
        """Return the line and its content words in the order of the line."""
        shown: list[str] = []
        words: list[Word] = []
        for before, (slot, mark, tail) in self._pieces:
            text, word = _standing(fillings[slot], mark, tail)
            is_unit = isinstance(fillings[slot], Counter) and shown and shown[-1].isdigit()
            shown += ("" if is_unit and before == " " else before, text)  # 4제곱미터
            if word:
                words.append(word)
        return "".join(shown) + self._end, tuple(words)


class EnglishLine:
    """An English template, taken apart once, its sentences capitalised."""

    def __init__(self, template: str) -> None:
        is_sentence = template.endswith((".", "!", "?"))
        pieces, self._end = _pieces(
            ENGLISH_BLANK, english.sentence(template) if is_sentence else template
        )
        self._pieces = tuple(
            (before, form, rest.split(), is_sentence and bool(OPENING.search(before)))
            for before, (form, rest) in pieces
        )

    def say(self, fillings: Fillings) -> str:
        """Return the English rendering."""
        shown: list[str] = []
        for before, form, slots, opens in self._pieces:
            if len(slots) == 1:
                text = _alone(form, fillings[slots[0]])
            else:
                text = FORMS[form](*[fillings[slot] for slot in slots])
            shown += (before, text[:1].upper() + text[1:] if opens else text)
        return "".join(shown) + self._end


def _pieces(
    blank: re.Pattern[str], template: str
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str]:
    """Return what stands before each blank with the blank's groups, and the end of the template."""
    pieces, place = [], 0
    for match in blank.finditer(template):
        pieces.append((template[place : match.start()], match.groups("")))
        place = match.end()
    return tuple(pieces), template[place:]


@lru_cache(maxsize=REMEMBERED)
def _standing(filling: Filling, mark: str, tail: str) -> tuple[str, Word | None]:
    """Return a filling as it stands in a line, particle included, and its word."""
    surface = _surface(filling, tail if mark == "@" else "")
    word = None if isinstance(filling, Literal) else _word(filling, surface)
    return surface + (josa(surface, tail) if mark == "+" else ""), word


@lru_cache(maxsize=REMEMBERED)
def _alone(form: str, filling: Filling) -> str:
    """Return a form that depends on one word only."""
    return FORMS[form](filling)


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
    return english.count(number.en, _as_counter(counter))


def _as_counter(filling: Filling) -> Counter:
    if not isinstance(filling, Counter):
        raise TypeError(f"the template wants a counter, got {filling.ko!r}")
    return filling


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
    "joined": lambda one, other: f"{english.short(_as_noun(one))} {english.short(_as_noun(other))}",
    "is": lambda noun: "are" if _is_many(noun) else "is",
    "that": lambda noun: "who" if _as_noun(noun).cat is Category.PERSON else "that",
    "base": lambda verb: verb.en,
    "do": lambda verb: verb.en.replace(" its ", " your "),  # addressed to somebody
    "our": lambda verb: verb.en.replace(" its ", " our "),
    "past": lambda verb: english.past(_as_verb(verb)),
    "ing": lambda verb: english.ing(_as_verb(verb)),
    "third": _third,
    "why": _why,
    "count": _count,  # three spoonfuls
    "counters": lambda counter: english.count("", _as_counter(counter)).strip(),  # spoonfuls
    "isare": lambda number: "is" if number.en == "one" else "are",
    "many": _many,  # two hippos
    "toomany": _too_many,
}
