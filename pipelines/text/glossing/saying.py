"""How English relates one thing to another: prepositions, articles of places, clauses of a noun.

Knows a thing and a verb at a time. Does not know sentences.
"""

from __future__ import annotations

from pipelines.text.glossing.classes import (
    ADVERBS,
    DANGLING,
    EXISTING,
    GOING,
    GROWING,
    HELPERS,
    INTO,
    NOT_DOING,
    ON,
    OUT_OF,
    PREPOSITIONS,
    SPROUTING,
    WANTING,
)
from pipelines.text.glossing.pieces import CaseRole, Gloss, GlossedWord, PartOfSpeech, PredicateForm
from pipelines.text.glossing.spelling import ing
from pipelines.text.glossing.things import NounPhrase
from pipelines.text.lexicon import Verb
from pipelines.text.rendering.english import ON_TOP, third


def without_end(phrase: str) -> str:
    """Return a verb without the preposition that waits for an object in vain."""
    return DANGLING.sub("", phrase)


def owning(gloss: Gloss, words: list[str], doer: NounPhrase, tail: list[str]) -> str:
    """Return the relative clause of a verb that has a subject of its own: 뿔이 난 토끼."""
    if gloss.ko in GROWING or (gloss.ko == "날다" and doer.noun.ko in SPROUTING):
        return f"with {doer.text()}"
    if not gloss.is_transitive:
        return " ".join(("with", doer.text(), *words, *tail))
    return " ".join(("that", doer.text(), *_finite(gloss, words, doer), *tail))


def made(gloss: Gloss, others: list[NounPhrase], tail: list[str]) -> list[str]:
    """Return what follows a participle: things are made of glass, not with it."""
    if gloss.en != "make":
        return tail
    return [
        f"of {other.text()}" if other.role is CaseRole.WITH else english
        for other, english in zip(others, tail, strict=True)
    ]


def _finite(gloss: Gloss, words: list[str], doer: NounPhrase) -> tuple[str, ...]:
    """Return the verb of a clause that has its own subject: "that a mum makes"."""
    if words != [ing(gloss)]:
        return ("is", *words)
    if doer.is_many or (doer.count and not doer.count.is_one) or doer.noun.en == "people":
        return (gloss.en,)
    if gloss.en.startswith("be "):
        return ("is", gloss.en.removeprefix("be "))
    return (third(Verb(gloss.ko, gloss.en, "t", ())),)


def helps(helper: GlossedWord, piece: GlossedWord) -> bool:
    """Say whether a verb only helps the one before it."""
    ko = helper.gloss.ko
    if helper.part not in (PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE) or (
        piece.shape is PredicateForm.FINAL and ko not in (HELPERS | {WANTING})
    ):
        return False
    if piece.shape is PredicateForm.NEGATED:
        return ko in NOT_DOING
    if piece.surface.endswith("고"):
        return ko in (EXISTING, "계시다", WANTING, "말다")
    ends_in_vowel = piece.shape in (
        PredicateForm.LINKED,
        PredicateForm.FINAL,
    ) and not piece.surface.endswith(
        (
            "고",
            "며",
            "면",
            "면서",
            "아서",
            "어서",
            "여서",
            "워서",
            "해서",
            "지만",
            "는데",
            "니",
            "다",
            "요",
            "까",
            "자",
            "려고",
            "러",
        )
    )
    return ends_in_vowel and ko in HELPERS


def where(thing: NounPhrase, verb: str) -> str:
    """Return the preposition of a thing."""
    if thing.prep:
        return thing.prep
    if thing.role not in (CaseRole.PLACE, CaseRole.IN, CaseRole.AT_PLACE):
        is_goal = thing.role is CaseRole.WITH and (thing.noun.is_place or verb in GOING)
        return "to" if is_goal else PREPOSITIONS.get(thing.role, "")
    if thing.role is CaseRole.IN and verb in OUT_OF:
        return "from"
    if thing.role is CaseRole.PLACE and verb in (INTO | GOING):
        return "into" if verb in INTO else "to"
    return "on" if thing.noun.ko in ON or thing.noun.en in ON_TOP else "in"


def there(thing: NounPhrase) -> str:
    """Return a place with "the", anything else with its own article."""
    is_single = not thing.before and thing.count is None and not thing.owner and not thing.others
    if thing.noun.is_place and is_single and thing.noun.article == "a":
        return " ".join((f"the {thing.noun.en}", *thing.after))
    return thing.text()


def adverb_of(adjective: str) -> str:
    if adjective in ADVERBS:
        return ADVERBS[adjective]
    if " " in adjective or adjective.endswith("ly"):
        return adjective
    if adjective.endswith("y"):
        return f"{adjective[:-1]}ily"
    return f"{adjective.removesuffix('le')}ly" if adjective.endswith("ble") else f"{adjective}ly"
