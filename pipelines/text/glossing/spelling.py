"""English verb forms for glosses: -ing with doubled letters, participles that follow no rule.

Knows spelling. The lexicon's own exceptions win; `rendering/english.py` does the rest.
"""

from __future__ import annotations

import re

from pipelines.text.glossing.pieces import Gloss
from pipelines.text.rendering.english import pluralise, with_article

# one vowel and one consonant at the end of a single syllable: sit, sitting
DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
PARTICIPLES = dict(
    pair.split(":")
    for pair in (
        "eat:eaten write:written break:broken take:taken throw:thrown hide:hidden steal:stolen "
        "tear:torn see:seen know:known give:given draw:drawn drive:driven ride:ridden sing:sung "
        "forget:forgotten wear:worn choose:chosen freeze:frozen bite:bitten fall:fallen grow:grown "
        "make:made do:done buy:bought build:built bring:brought catch:caught find:found hold:held "
        "keep:kept leave:left lose:lost put:put cut:cut hit:hit send:sent sell:sold teach:taught "
        "tell:told think:thought wake:woken win:won drink:drunk swim:swum blow:blown fly:flown "
        "begin:begun shoot:shot dig:dug hang:hung pay:paid read:read sweep:swept meet:met "
        "feed:fed fight:fought get:got hear:heard hurt:hurt lay:laid light:lit mean:meant "
        "quit:quit run:run say:said set:set shut:shut sit:sat sleep:slept spend:spent "
        "spread:spread stand:stood stick:stuck understand:understood wind:wound beat:beaten "
        "fold:folded forgive:forgiven grind:ground hug:hugged drop:dropped stop:stopped "
        "slip:slipped grab:grabbed wrap:wrapped trap:trapped drag:dragged stir-fry:stir-fried"
    ).split()
)


def ing(verb: Gloss) -> str:
    """Return the -ing form.

    >>> from pipelines.text.glossing.pieces import PartOfSpeech
    >>> ing(Gloss("앉다", "sit down", PartOfSpeech.VERB))
    'sitting down'
    >>> ing(Gloss("죽다", "die", PartOfSpeech.VERB))
    'dying'
    """
    if verb.ing:
        return verb.ing
    first, space, rest = verb.en.partition(" ")
    if first == "be":
        return rest or "being"  # be trapped, trapped
    if first.endswith("ie"):
        first = first[:-2] + "y"
    elif DOUBLED.fullmatch(first):
        first += first[-1]
    elif first.endswith("e") and not first.endswith("ee"):
        first = first[:-1]
    return f"{first}ing{space}{rest}"


def participle(verb: Gloss) -> str:
    """Return the form of what was done: "stolen"; "" where English needs a whole clause.

    >>> from pipelines.text.glossing.pieces import PartOfSpeech
    >>> (
    ...     participle(Gloss("훔치다", "steal", PartOfSpeech.VERB)),
    ...     participle(Gloss("굽다", "grill", PartOfSpeech.VERB)),
    ... )
    ('stolen', 'grilled')
    >>> participle(Gloss("보다", "look at", PartOfSpeech.VERB))
    ''
    """
    if " " in verb.en:
        return ""
    known = PARTICIPLES.get(verb.en) or verb.past
    if known:
        return known
    if re.search(r"[^aeiou]y$", verb.en):
        return verb.en[:-1] + "ied"
    if DOUBLED.fullmatch(verb.en):
        return f"{verb.en}{verb.en[-1]}ed"
    return f"{verb.en}{'d' if verb.en.endswith('e') else 'ed'}"


def many(noun: Gloss) -> str:
    """Return the plural of a noun that has one."""
    if noun.plural:
        return noun.plural
    return pluralise(noun.en) if noun.article in ("a", "the") else noun.en


def with_determiner(article: str, words: str) -> str:
    """Put the article that a noun takes before it and its modifiers."""
    if article == "a":
        return with_article(words)
    return f"{article} {words}".strip()
