"""The first half of a Korean clause: nouns with all that stands before them, waiting for the verb.

Knows what particles do with a noun. What verbs and adjectives do is composing.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.text.glossing.classes import (
    ADNOMINAL,
    CLAUSE_ENDS,
    DAYS,
    DOERS,
    MAIN,
    MANY,
    SHARED,
    TOGETHER,
    YEAR_DIGITS,
)
from pipelines.text.glossing.pieces import CaseRole, Gloss, GlossedWord, PartOfSpeech, PredicateForm
from pipelines.text.glossing.saying import there, where
from pipelines.text.glossing.things import Count, NounPhrase


@dataclass(slots=True)
class Gathering:
    """What waits for its verb: nouns, numbers, adjectives, in the order of the sentence."""

    pieces: Sequence[GlossedWord]
    clauses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)  # times, cries: put once at the end
    things: list[NounPhrase] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)  # what the subject is doing
    adjectives: list[str] = field(default_factory=list)
    relative: list[str] = field(default_factory=list)
    owner: str = ""
    joined: list[str] = field(default_factory=list)
    count: Count | None = None
    open: NounPhrase | None = None
    adverbs: list[str] = field(default_factory=list)
    degree: str = ""
    is_negative: bool = False
    has_unread: bool = False  # since the clause began
    place: int = 0

    # ---- words

    def _unread(self, _piece: GlossedWord) -> None:
        self._flush()
        self.has_unread = True

    def _skip(self, piece: GlossedWord) -> None:
        if piece.surface.startswith(CLAUSE_ENDS) and self.relative and self.open is None:
            relative = self.relative.pop().removeprefix("with ").removeprefix("that ")
            self.extras.append(relative)
            return
        if piece.role is CaseRole.BARE or piece.gloss.en:
            return
        if self.open is not None:
            self._close(self.open, piece.role)  # a particle by itself: 🐙가
        elif self.count is not None:
            if self.count.number[:1].isdigit() and piece.role is CaseRole.PLACE:
                self.extras.append(f"at {self.count.number}")  # 12:30에
            self.count = None

    def _cry(self, piece: GlossedWord) -> None:
        if piece.gloss.en:
            self._flush()
            self.extras.append(piece.gloss.en)

    def _time(self, piece: GlossedWord) -> None:
        if self.open is not None and self.open.noun.ko in DAYS:
            self.extras.append(self.open.text())
            self.open = None
        self._flush()
        self.extras.append(piece.gloss.en)

    def _negation(self, _piece: GlossedWord) -> None:
        self._flush()
        self.is_negative = True

    def _degree(self, piece: GlossedWord) -> None:
        self.degree = "very" if piece.gloss.ko not in ("약간", "조금") else "slightly"
        self._flush()

    def _adverb(self, piece: GlossedWord) -> None:
        self._flush()
        self.adverbs.append(piece.gloss.en)

    def _number(self, piece: GlossedWord) -> None:
        count = Count(piece.gloss.en)
        last = self.things[-1] if self.things else None
        if piece.gloss.ko in MANY and last is not None and last.role is CaseRole.SUBJECT:
            last.count = count  # 소나무가 많은 집
            self.things.remove(last)
            self.relative.append(f"with {last.text()}")
            return
        following = self._next()
        if following is not None and following.part is PartOfSpeech.COUNTER:
            count.counter = following.gloss
            self.place += 1
            if following.gloss.ko == "년" and len(count.number) == YEAR_DIGITS:
                self.extras.append(count.number)
                return
            self._counted(count, following.role)
        elif self.open is not None and following is None:
            self._counted(count, CaseRole.BARE)  # 고양이 둘
        else:
            self._flush()
            self.count = count

    def _counted(self, count: Count, role: CaseRole) -> None:
        """Give a count to the noun before it, or keep it for the one that follows."""
        following = self._next()
        is_ahead = role in (CaseRole.OF, CaseRole.BARE) and self._noun_follows()
        if self.open is not None and self.open.count is None:
            self.open.count = count
            if role is not CaseRole.BARE:
                self._close(self.open, role)
            elif following is not None and following.part is PartOfSpeech.NOUN:
                self._flush()
        elif is_ahead:
            self.count = count
        elif self.things and self.things[-1].count is None and self.things[-1].role in MAIN:
            self.things[-1].count = count  # 고양이가 세 마리
        else:
            self.extras.append(count.measure())

    def _counter(self, _piece: GlossedWord) -> None:
        """Drop a counter without a number."""

    def _noun(self, piece: GlossedWord) -> None:
        thing = NounPhrase(piece.gloss, role=piece.role, is_many=piece.is_many)
        following = self._next()
        has_particle = (
            following is not None and following.part is PartOfSpeech.SKIP and following.role
        )
        is_awaited = self.relative or self.adjectives or self.count
        if not piece.surface[0].isalnum() and not has_particle and not is_awaited:
            self._flush()  # an emoji that only stands there
            self.extras.append(thing.text())
            return
        if self.open is not None and self.open.noun.ko in DAYS:
            self.extras.append(self.open.text())
            self.open = None
        if self.open is not None:  # nouns that stand together are one: 토끼 모자
            thing.before = [self.open.short()]
            thing.after, thing.owner = self.open.after, self.open.owner
            thing.others, thing.count = self.open.others, self.open.count
            self.open = None
        thing.before += self.adjectives
        thing.after += self.relative
        thing.owner = thing.owner or self.owner
        thing.others += self.joined
        thing.count = thing.count or self.count
        self.adjectives, self.relative, self.joined = [], [], []
        self.owner, self.count, self.degree = "", None, ""
        self.open = thing
        if piece.role is not CaseRole.BARE:
            self._close(thing, piece.role)

    def _close(self, thing: NounPhrase, role: CaseRole) -> None:
        """Attach a noun phrase by its case role."""
        self.open = None
        thing.role = role
        if role is CaseRole.OF:
            self._own(thing)
        elif role is CaseRole.AND and self._shared_verb_follows():
            thing.role = CaseRole.WITH  # 용과 싸우는
            self.things.append(thing)
        elif role is CaseRole.AND:
            self.joined.append(thing.text())
        elif role in ADNOMINAL:
            self.relative.append(f"{ADNOMINAL[role]} {thing.text()}")
        elif role is CaseRole.AT_PLACE:
            self.relative.append(f"{where(thing, '')} {there(thing)}")
        elif role is CaseRole.COPULA:
            self.things.append(thing)
        else:
            self.things.append(thing)

    def _own(self, thing: NounPhrase) -> None:
        if thing.noun.en in ("my", "your", "our"):
            self.owner = thing.noun.en
        elif thing.noun.is_living:
            self.owner = f"{thing.text()}'s"
        else:
            self.relative.append(f"of {thing.text()}")

    def _position(self, piece: GlossedWord) -> None:
        thing = self.open
        if thing is None and self.things and self.things[-1].role is CaseRole.OF:
            thing = self.things.pop()
        if thing is None and self.relative and self.relative[-1].startswith("of "):
            of = self.relative.pop().removeprefix("of ")
            thing = NounPhrase(Gloss("", of, PartOfSpeech.NOUN, ""))
        if thing is None and self.owner:
            thing = NounPhrase(Gloss("", self.owner.removesuffix("'s"), PartOfSpeech.NOUN, ""))
            self.owner = ""
        if thing is None:
            return
        thing.prep = piece.gloss.en
        self.open = None
        if piece.role is CaseRole.AT_PLACE:
            self.relative.append(f"{thing.prep} {thing.text()}")
        else:
            thing.role = CaseRole.PLACE
            self.things.append(thing)

    # ---- looking around

    def _next(self) -> GlossedWord | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def _noun_follows(self) -> bool:
        for piece in self.pieces[self.place :]:
            if piece.part is PartOfSpeech.NOUN:
                return True
            if piece.part not in (
                PartOfSpeech.ADJECTIVE,
                PartOfSpeech.DEGREE,
                PartOfSpeech.VERB,
            ) or (piece.shape is not PredicateForm.BEFORE):
                return False
        return False

    def _shared_verb_follows(self) -> bool:
        """Say whether what comes is done with somebody: 친구와 함께, 용과 싸우는."""
        following = self._next()
        if following is None:
            return False
        if following.gloss.ko in TOGETHER:
            self.place += 1
            return True
        return following.part is PartOfSpeech.VERB and following.gloss.ko in SHARED

    def _living_follows(self) -> bool:
        following = self._next()
        return following is not None and following.gloss.is_living

    def _owns_subject(self) -> bool:
        """Say whether the subject that waits is this verb's: no other verb is coming for it."""
        waiting = sum(thing.role in DOERS for thing in self.things)
        if waiting > 1:
            return True
        for piece in self.pieces[self.place :]:
            if piece.part is PartOfSpeech.STOP:
                return True
            if piece.part is PartOfSpeech.NOUN and piece.role in DOERS:
                return True
            if piece.role is CaseRole.COPULA:
                return True
            is_predicate = piece.part in (PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE)
            if is_predicate and piece.shape is not PredicateForm.BEFORE:
                return False
        return True

    def _flush(self, gloss: Gloss | None = None) -> None:
        """Give a noun without a particle the role that the verb after it leaves open."""
        thing = self.open
        if thing is None:
            return
        self.open = None
        has_object = any(one.role is CaseRole.OBJECT for one in self.things)
        has_doer = any(one.role in DOERS for one in self.things)
        if gloss is not None and gloss.is_transitive and not has_object:
            thing.role = CaseRole.OBJECT
        elif gloss is not None and not has_doer:
            thing.role = CaseRole.SUBJECT
        else:
            thing.role = CaseRole.BARE
        self.things.append(thing)
