"""A noun with all its modifiers, and its noun phrase in English: "three sad cats with long tails".

Knows word order. Does not know Korean.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.text.glossing.pieces import CaseRole, Gloss
from pipelines.text.glossing.spelling import many, with_determiner
from pipelines.text.rendering.english import CONTAINERS

# Korean counts these with a word that English leaves out: 세 마리, three
UNSAID = frozenset("마리 명 개 송이 그루 대 채 권 척 벌 장 자루 분 놈 녀석 쪽 사람 번째 인".split())
ONE, HALF = "one", "half"


@dataclass(slots=True)
class Count:
    """A number with its counter."""

    number: str
    counter: Gloss | None = None

    @property
    def is_plain(self) -> bool:
        """Say whether English counts the things themselves."""
        return self.counter is None or self.counter.ko in UNSAID

    @property
    def is_one(self) -> bool:
        """Say whether the noun stays singular."""
        return self.number in (ONE, "1", "every", "new", "old", "first", "whole", HALF)

    def measure(self) -> str:
        """Return number and counter: "three cups"."""
        if self.counter is None:
            return self.number
        if self.counter.ko == "살":
            return f"{self.number}-year-old"
        return f"{self.number} {self.counter.en if self.is_one else many_of(self.counter)}"


def many_of(counter: Gloss) -> str:
    """Return the plural of a counter."""
    return counter.plural or many(Gloss(counter.ko, counter.en, counter.part, "a"))


@dataclass(slots=True)
class NounPhrase:
    """A noun phrase.

    Attributes:
        before: modifiers in front of the noun; after: those behind it.
        owner: "my", "a cat's": stands in the place of the article.
        others: what it is joined with by "and", in front of it.
        prep: what puts it in its place, "" when its role alone does.
        is_lacking: there is none of it.
    """

    noun: Gloss
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    count: Count | None = None
    owner: str = ""
    others: list[str] = field(default_factory=list)
    role: CaseRole = CaseRole.BARE
    prep: str = ""
    is_many: bool = False
    is_lacking: bool = False
    has_predicate: bool = False  # a predicate stands with it

    def text(self) -> str:
        """Return the phrase with its article."""
        own = " ".join(filter(None, (self._head(), *self.after)))
        return " and ".join((*self.others, own))

    def short(self) -> str:
        """Return it as it stands before another noun: "socks" for "pair of socks"."""
        head, of, rest = self.noun.en.partition(" of ")
        noun = rest if of and head in CONTAINERS else self.noun.en
        return " ".join(filter(None, (*self.before, noun)))

    def _head(self) -> str:
        words = " ".join((*self.before, self.noun.en))
        if self.is_lacking:
            return f"no {' '.join((*self.before, many(self.noun)))}"
        if self.count is not None:
            return self._counted()
        if self.owner:
            return f"{self.owner} {self._plural() if self.is_many else words}"
        if self.is_many:
            return self._plural()
        return self._one(words)

    def _one(self, words: str) -> str:
        """Return one of it; the article of a name or a mass yields to nothing."""
        if self.noun.article == "" and self.noun.en.startswith("a ") and self.before:
            return with_determiner("a", f"{' '.join(self.before)} {self.noun.en[2:]}")
        return with_determiner(self.noun.article, words)

    def _plural(self) -> str:
        if self.noun.en == "a person":
            return " ".join((*self.before, "people"))
        return " ".join((*self.before, many(self.noun)))

    def _counted(self) -> str:
        count = self.count
        assert count is not None  # noqa: S101  the caller looked
        if count.counter is not None and count.counter.ko == "살":
            return with_determiner("a", " ".join((count.measure(), *self.before, self.noun.en)))
        words = " ".join((*self.before, self.noun.en))
        if count.is_plain:
            own = f"{self.owner} " if self.owner else ""
            return f"{own}{count.number} {words if count.is_one else self._plural()}"
        stuff = self._plural() if self.noun.article in ("a", "the") else words
        return f"{count.measure()} of {self._portion(stuff)}"

    def _portion(self, stuff: str) -> str:
        """Return "coffee" for "cups of coffee": it is counted already."""
        head, of, rest = self.noun.en.partition(" of ")
        if of and head in CONTAINERS | {"cup", "glass"}:
            return " ".join((*self.before, rest))
        return stuff
