"""One phrase read three ways for the game of mistranslation: raw, literal and fluent.

Raw is the Korean as it stands, which an English encoder shreds. Literal glosses word by word in
Korean order and takes the wrong homonym: 배 is a ship where it was a pear. Fluent is the usual
prompt. For the crayon, which reads Korean, literal is a mishearing: homonyms it can draw,
and words that sound like something it can draw. Deterministic: the seed picks what goes wrong.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

from pipelines.bridge.budget import fit
from pipelines.bridge.caption_parser import MOST_THINGS, caption_for
from pipelines.bridge.english import tell
from pipelines.contract.phrase import Phrase
from pipelines.image.families import PromptLanguage
from pipelines.image.prompt.escape import escape
from pipelines.text.glossing import read
from pipelines.text.glossing.homonyms import Homonym, HomonymSense, builtin
from pipelines.text.glossing.misheard import misheard
from pipelines.text.glossing.pieces import CaseRole, GlossedWord, PartOfSpeech
from pipelines.text.korean.josa import attach
from pipelines.text.translation import Translator

# what a particle means, as a dictionary of particles would put it
PARTICLES = {
    CaseRole.OF: "'s",
    CaseRole.PLACE: "at",
    CaseRole.AT_PLACE: "at",
    CaseRole.TO: "to",
    CaseRole.FROM: "from",
    CaseRole.UNTIL: "until",
    CaseRole.WITH: "with",
    CaseRole.AND: "and",
    CaseRole.LIKE: "like",
    CaseRole.SUCH: "like",
    CaseRole.LACKING: "not-being",
    CaseRole.WITHOUT: "without",
    CaseRole.COPULA: "is",
    CaseRole.BEING: "being",
    CaseRole.THAN: "than",
    CaseRole.EVERY: "every",
}
MOST_RAW = 60  # syllables of Korean; one CLIP chunk holds about 36


class ReadingKind(StrEnum):
    """The three ways to read a phrase, the wildest first."""

    RAW = "raw"
    LITERAL = "literal"
    FLUENT = "fluent"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: what it is, and the prompt it makes."""

    kind: ReadingKind
    prompt: str


def readings(
    phrase: Phrase,
    language: PromptLanguage,
    translator: Translator | None = None,
    seed: int = 0,
) -> tuple[Reading, ...]:
    """Return the three readings of a phrase for a model that was taught `language`."""
    dice = random.Random(f"{seed}\n{phrase.ko}")
    raw = escape(phrase.ko[:MOST_RAW])
    if language is PromptLanguage.ENGLISH:
        literal, fluent = word_by_word(phrase.ko, dice), tell(phrase, translator).prompt
    else:
        literal = misread(phrase, dice)
        fluent = escape(caption_for(phrase) if language is PromptLanguage.CAPTION else phrase.ko)
    kinds = zip(ReadingKind, (raw, literal, fluent), strict=True)
    return tuple(Reading(kind, prompt) for kind, prompt in kinds)


def word_by_word(text: str, dice: random.Random) -> str:
    """Return the glosses in Korean order, each homonym in a sense that was not meant."""
    glosses = [_literally(piece, dice) for piece in read(text)]
    kept, _ = fit(list(filter(None, glosses)))
    return escape(" ".join(kept)) or escape(text[:MOST_RAW])


def _literally(piece: GlossedWord, dice: random.Random) -> str:
    if piece.part in (PartOfSpeech.STOP, PartOfSpeech.UNKNOWN, PartOfSpeech.SKIP):
        return ""
    en = piece.gloss.en.removeprefix("a ")
    homonym = builtin().get(piece.gloss.ko)
    if homonym is not None:
        en = _wrong(homonym, en, dice).en
    particle = "" if piece.part is PartOfSpeech.POSITION else PARTICLES.get(piece.role, "")
    return f"{en}'s" if particle == "'s" else f"{en} {particle}".strip()


def _wrong(homonym: Homonym, meant: str, dice: random.Random) -> HomonymSense:
    """Return a sense that is not the one that was meant."""
    others = [sense for sense in homonym.senses if sense.en != meant]
    return dice.choice(others or list(homonym.senses))


def misread(phrase: Phrase, dice: random.Random) -> str:
    """Return a Korean caption with what was misunderstood: homonyms first, then words by sound."""
    nouns = [
        p.gloss.ko for p in read(phrase.ko) if p.part in (PartOfSpeech.NOUN, PartOfSpeech.UNKNOWN)
    ]
    meant = [(ko, _drawn_otherwise(ko)) for ko in dict.fromkeys(nouns)]
    wrong = [dice.choice(others) for _, others in meant if others]
    plain = [ko for ko, others in meant if not others]
    found = [*wrong, *(misheard(ko, dice) for ko in plain[:MOST_THINGS])]
    if not found:
        found = [misheard(phrase.ko.replace(" ", "")[:3], dice)]
    return escape(_caption(list(dict.fromkeys(found))[:MOST_THINGS]))


def _drawn_otherwise(ko: str) -> list[str]:
    """Return what else a word may mean that the crayon can draw."""
    homonym = builtin().get(ko)
    return [s.drawn for s in homonym.senses if s.drawn and s.drawn != ko] if homonym else []


def _caption(found: list[str]) -> str:
    return found[0] if len(found) == 1 else f"{attach(found[0], '과/와')} {found[1]}"
