"""What a sentence is read into: pieces, one for each word with the role of its particle or ending.

Knows the closed lists of parts, roles and shapes. Does not know any word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartOfSpeech(StrEnum):
    """What a word is."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    DEGREE = "degree"  # very, too
    TIME = "time"
    NUMBER = "number"
    COUNTER = "counter"
    POSITION = "position"  # on top of, beside
    CRY = "cry"
    NEGATION = "negation"  # 안, 못
    SKIP = "skip"  # says nothing that could be seen
    STOP = "stop"  # the end of a clause
    UNKNOWN = "unknown"


class CaseRole(StrEnum):
    """The case that the particle after a noun marks."""

    BARE = ""
    TOPIC = "topic"
    SUBJECT = "subject"
    OBJECT = "object"
    OF = "of"
    PLACE = "place"  # 에
    IN = "in"  # 에서
    TO = "to"
    FROM = "from"
    UNTIL = "until"
    WITH = "with"
    AND = "and"
    LIKE = "like"
    THAN = "than"
    WITHOUT = "without"
    EVERY = "every"
    CALL = "call"
    COPULA = "copula"  # is X
    AT_PLACE = "at-place"  # these four stand before a noun: 산에서의, 곰 같은, 말 없는, 왕인
    SUCH = "such"
    LACKING = "lacking"
    BEING = "being"


class PredicateForm(StrEnum):
    """How a verb or an adjective stands."""

    FINAL = "final"
    BEFORE = "before"  # before a noun: 먹는, 예쁜
    LINKED = "linked"  # 먹고, 먹지만
    NEGATED = "negated"  # 먹지 (않다)
    ADVERBIAL = "adverbial"  # 예쁘게
    NOMINAL = "nominal"  # 먹기


@dataclass(frozen=True, slots=True)
class Gloss:
    """One word of the dictionary.

    Attributes:
        ko: dictionary form.
        en: what it is called in English, in its base form.
        article: of a noun, as in the lexicon: "a", "the", "some" or "".
        plural, ing, past: where the rules of English would be wrong.
        is_transitive: a verb that takes an object.
        is_living: a person or an animal, which can do and own things.
        is_place: stands with "in" after 에 and 에서.
        counters: what counts it in Korean, left out in English.
    """

    ko: str
    en: str
    part: PartOfSpeech
    article: str = "a"
    plural: str = ""
    ing: str = ""
    past: str = ""
    is_transitive: bool = False
    is_living: bool = False
    is_place: bool = False
    counters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossedWord:
    """A word as it stands in a sentence.

    Attributes:
        surface: the letters that it was read from.
        gloss: what it means; its `en` is "" when nobody knows.
        role: the case that the particle marks, of nouns, counters and positions.
        shape: how it stands, of verbs and adjectives.
        is_many: 들 follows.
    """

    surface: str
    gloss: Gloss
    role: CaseRole = CaseRole.BARE
    shape: PredicateForm = PredicateForm.FINAL
    is_many: bool = False

    @property
    def part(self) -> PartOfSpeech:
        """What the word is."""
        return self.gloss.part


def unknown(surface: str, role: CaseRole = CaseRole.BARE) -> GlossedWord:
    """Return a piece that nobody can read."""
    return GlossedWord(surface, Gloss(surface, "", PartOfSpeech.UNKNOWN), role)
