"""What a verb and the noun before it mean together: 모자를 쓰다 is wearing, 배를 먹다 is a pear.

Knows collocations.tsv. Looks a few words back within the clause and no further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.text.glossing.dictionary import collocations
from pipelines.text.glossing.pieces import CaseRole, GlossedWord, PartOfSpeech

REACH = 4  # pieces between noun and verb
NEAR = (
    CaseRole.OBJECT,
    CaseRole.SUBJECT,
    CaseRole.BARE,
    CaseRole.TOPIC,
    CaseRole.PLACE,
    CaseRole.WITH,
)


def together(pieces: Sequence[GlossedWord]) -> tuple[GlossedWord, ...]:
    """Return the pieces with the glosses that suit one another."""
    found = list(pieces)
    for place, piece in enumerate(found):
        if piece.part in (PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE):
            _settle(found, place)
    return tuple(found)


def _settle(pieces: list[GlossedWord], place: int) -> None:
    verb = pieces[place]
    for before in range(place - 1, max(-1, place - 1 - REACH), -1):
        noun = pieces[before]
        if noun.part in (PartOfSpeech.STOP, PartOfSpeech.VERB):
            return
        found = collocations().get((verb.gloss.ko, noun.gloss.ko))
        if noun.part is PartOfSpeech.NOUN and noun.role in NEAR and found:
            verb_en, noun_en = found
            if verb_en:
                gloss = replace(verb.gloss, en=verb_en, ing="", past="")
                pieces[place] = replace(verb, gloss=gloss)
            if noun_en:
                gloss = replace(noun.gloss, en=noun_en, plural="", article=_article(noun_en))
                pieces[before] = replace(noun, gloss=gloss)
            return


def _article(noun: str) -> str:
    return "" if noun in MASS else "a"


MASS = frozenset("snow rain seaweed glass medicine hair tea coffee".split()) | {"raw fish"}
