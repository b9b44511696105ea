"""Pieces become English: who, doing what, to what, where; as in the caption of a picture.

Knows what adjectives and verbs do with the nouns that wait: modifiers before a Korean noun, the
verb at the end. A caption is wanted and no translation: verbs become "-ing", tense goes, there is
no first person. Does not read Korean; how a clause is put together is clauses.py's.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.text.glossing.classes import (
    BECOMING,
    BEING_LIKE,
    CONSUMED,
    DOERS,
    DOING,
    EXISTING,
    HARDLY,
    MISSING,
    NOT_DOING,
    OPEN,
    ROAMING,
    WANTING,
)
from pipelines.text.glossing.clauses import ClauseBuilder
from pipelines.text.glossing.pieces import CaseRole, Gloss, GlossedWord, PartOfSpeech, PredicateForm
from pipelines.text.glossing.saying import adverb_of, helps, made, owning, there, where
from pipelines.text.glossing.spelling import ing, participle
from pipelines.text.glossing.things import NounPhrase


@dataclass(slots=True)
class Composer(ClauseBuilder):
    """Walks through the pieces of a text and makes clauses of them."""

    def compose(self) -> tuple[str, ...]:
        """Return the parts of the caption, the important ones first."""
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            self.place += 1
            _STEPS.get(piece.part, Composer._skip)(self, piece)
        self._end()
        return tuple(dict.fromkeys((*self.clauses, *self.extras)))

    def _stop(self, piece: GlossedWord) -> None:
        is_listed = piece.surface in ",;/·、"
        if not is_listed or (self.open is not None and not self.things and not self.phrases):
            self._end()  # a sentence, or an item of a list: 사과, 배, 감

    def _adjective(self, piece: GlossedWord) -> None:
        english = self._adjective_text(piece.gloss)
        if piece.shape is PredicateForm.NEGATED:
            self._helped(piece)
            english = f"not {piece.gloss.en}"
        shape = self._shape_after_helpers(piece)
        if piece.shape is PredicateForm.ADVERBIAL and not self._is_becoming():
            self.adverbs.append(f"{adverb_of(piece.gloss.en)}")
            return
        if shape is PredicateForm.BEFORE:
            self._adjective_before(english)
        elif shape is PredicateForm.LINKED and not self.things and self.open is None:
            self.adjectives.append(english)  # 크고 빨간
        else:
            self._adjective_after(english)

    def _adjective_text(self, gloss: Gloss) -> str:
        words = filter(None, ("not" if self.is_negative else "", self.degree, gloss.en))
        self.is_negative, self.degree = False, ""
        return " ".join(words)

    def _adjective_before(self, english: str) -> None:
        last = self.things[-1] if self.things else None
        if self.open is not None:
            self._flush()
        elif last is not None and last.role is CaseRole.THAN:
            self.things.pop()  # 사과보다 빨간
            self.relative.append(f"more {english} than {last.text()}")
            return
        elif last is not None and last.role is CaseRole.SUBJECT and not self.adverbs:
            self.things.pop()  # 꼬리가 긴 고양이
            last.before.insert(0, english)
            self.relative.append(f"with {last.text()}")
            return
        self.adjectives.append(english)

    def _adjective_after(self, english: str) -> None:
        self._flush()
        doers = [thing for thing in self.things if thing.role in DOERS and not thing.has_predicate]
        if len(doers) > 1 and doers[-1].role is CaseRole.SUBJECT:
            topic, part = doers[-2], doers[-1]
            self.things.remove(part)  # 코끼리는 코가 길다
            part.before.insert(0, english)
            topic.after.append(f"with {part.text()}")
            topic.has_predicate = True
        elif doers or self.things:
            thing = doers[-1] if doers else self.things[-1]
            thing.before.insert(0, english)
            thing.has_predicate = True
        else:
            self.adjectives.append(english)

    def _verb(self, piece: GlossedWord) -> None:
        gloss = piece.gloss
        if gloss.ko in (EXISTING, MISSING) and self._exist(piece):
            return
        if gloss.ko in NOT_DOING or gloss.ko == WANTING:
            return  # part of the verb before
        if gloss.ko == BEING_LIKE:
            return self._like(piece)
        if gloss.ko == DOING:
            return self._do(piece)
        shape = self._shape_after_helpers(piece)
        words = self._doing(piece, gloss)
        if shape is PredicateForm.BEFORE:
            self._verb_before(piece, gloss, words)
        elif piece.shape is PredicateForm.ADVERBIAL and self._next() is not None:
            self._verb_after(gloss, words)
        else:
            self._verb_after(gloss, words)
        return None

    def _doing(self, piece: GlossedWord, gloss: Gloss) -> list[str]:
        """Return the verb as it stands in a caption, negation and wishes included."""
        words = [ing(gloss)]
        if gloss.ko == BECOMING:
            words = ["becoming"]
        helper = self._auxiliary
        following = self._next()
        if (
            piece.shape is PredicateForm.NOMINAL
            and following is not None
            and following.gloss.ko == HARDLY
        ):
            self.place += 1
            helper, words = "", [f"not wanting to {gloss.en}"]
        if helper == WANTING:
            words = [f"wanting to {gloss.en}"]
        if self.is_negative or helper in NOT_DOING:
            words.insert(0, "not")
        self.is_negative, self._auxiliary = False, ""
        return words

    def _shape_after_helpers(self, piece: GlossedWord) -> PredicateForm:
        """Skip the helpers of a verb (먹고 있는, 먹지 않은); return how the last of them stands."""
        shape = piece.shape
        while (helper := self._next()) is not None and helps(helper, piece):
            self.place += 1
            shape = helper.shape
            if helper.gloss.ko in (*NOT_DOING, WANTING):
                self._auxiliary = helper.gloss.ko
        return shape

    def _helped(self, piece: GlossedWord) -> None:
        self._shape_after_helpers(piece)

    def _is_becoming(self) -> bool:
        following = self._next()
        return following is not None and following.gloss.ko in (BECOMING, DOING)

    def _exist(self, piece: GlossedWord) -> bool:
        """Read 있다 and 없다; False when they are anything else."""
        is_missing = piece.gloss.ko == MISSING
        if self.open is not None:
            self._close(self.open, CaseRole.SUBJECT)
        last = self.things[-1] if self.things else None
        if last is None:
            return True
        if piece.shape is PredicateForm.BEFORE:
            self.things.pop()
            if last.role in (CaseRole.PLACE, CaseRole.IN):
                self.relative.append(f"{where(last, '')} {there(last)}")
            else:
                self.relative.append(f"{'without' if is_missing else 'with'} {last.text()}")
        elif is_missing:
            doer = next((t for t in reversed(self.things) if t.role in DOERS), last)
            doer.is_lacking = True
        return True

    def _like(self, piece: GlossedWord) -> None:
        """Read 같다: "곰 같다"; after 것 it marks a guess and is dropped."""
        thing = self.open
        if thing is None:
            return
        self.open = None
        if piece.shape is PredicateForm.BEFORE:
            self.relative.append(f"like {thing.text()}")
        else:
            thing.role, thing.prep = CaseRole.LIKE, "like"
            self.things.append(thing)

    def _do(self, piece: GlossedWord) -> None:
        """Read 하다 after its noun: "공부를 한다" is "study"."""
        shape = self._shape_after_helpers(piece)
        thing = self.open or next(
            (t for t in reversed(self.things) if t.role is CaseRole.OBJECT), None
        )
        is_not = self.is_negative or self._auxiliary in NOT_DOING
        self.is_negative, self._auxiliary = False, ""
        if thing is None:
            return
        self.open = None
        if thing in self.things:
            self.things.remove(thing)
        words = ["not doing" if is_not else "doing", thing.text()]
        gloss = Gloss(DOING, "do", PartOfSpeech.VERB)
        if shape is PredicateForm.BEFORE:
            self._verb_before(piece, gloss, words)
        else:
            self._verb_after(gloss, words)

    def _verb_before(self, piece: GlossedWord, gloss: Gloss, words: list[str]) -> None:
        """Turn a verb that stands before a noun into a relative clause of it."""
        self._flush(gloss)
        mine = self._arguments(gloss, takes_subject=self._owns_subject())
        doer = next((thing for thing in mine if thing.role is CaseRole.SUBJECT), None)
        others = [thing for thing in mine if thing is not doer]
        has_object = any(thing.role is CaseRole.OBJECT for thing in others)
        tail = self._tail(gloss, others)
        if self.phrases and not any(thing.role in DOERS for thing in self.things):
            words = [" and ".join((*self.phrases, " ".join(words)))]  # 끓여 먹는
            self.phrases, has_object = [], True
        is_done = self._is_undergone(piece, gloss, has_object=has_object)
        if doer is not None:
            self.relative.append(owning(gloss, words, doer, tail))
        elif is_done and participle(gloss) and others and words[0] != "not":
            self.relative.append(" ".join((participle(gloss), *made(gloss, others, tail))))
        elif tail or self.adverbs:
            self.relative.append(" ".join((*words, *tail, *self.adverbs)))
            self.adverbs = []
        elif is_done:
            self._undergone(gloss, words)
        elif len(words) == 1 and " " not in words[0]:
            self.adjectives.append(words[0])
        else:
            self.relative.append(" ".join(words))

    def _is_undergone(self, piece: GlossedWord, gloss: Gloss, *, has_object: bool) -> bool:
        """Say whether the noun that follows is what it was done to: 훔친 사과."""
        if not gloss.is_transitive or has_object or self.has_unread:
            return False
        if piece.surface.endswith("는"):
            return gloss.ko in CONSUMED and not self._living_follows()
        return True

    def _undergone(self, gloss: Gloss, words: list[str]) -> None:
        """Say what was done to the noun that follows: "stolen"."""
        done = participle(gloss)
        is_not = words[0] == "not"
        if done:
            self.adjectives.append(f"not {done}" if is_not else done)
        else:
            self.relative.append(f"that someone is {' '.join(words)}")

    def _verb_after(self, gloss: Gloss, words: list[str]) -> None:
        self._flush(gloss)
        mine = self._arguments(gloss, takes_subject=False)
        tail = self._tail(gloss, mine)
        self.phrases.append(" ".join((*words, *tail, *self.adverbs)))
        self.adverbs, self.degree = [], ""

    def _arguments(self, gloss: Gloss, *, takes_subject: bool) -> list[NounPhrase]:
        """Take the things that belong to a verb out of those that wait."""
        roles: tuple[CaseRole, ...] = (
            CaseRole.OBJECT, CaseRole.PLACE, CaseRole.IN, CaseRole.TO, CaseRole.FROM,
            CaseRole.UNTIL, CaseRole.WITH, CaseRole.LIKE, CaseRole.WITHOUT, CaseRole.EVERY,
            CaseRole.THAN,
        )  # fmt: skip
        if gloss.ko == BECOMING:
            roles = (*roles, CaseRole.SUBJECT) if self._has_two_doers() else roles
        elif takes_subject:
            roles = (*roles, CaseRole.SUBJECT)
        mine = [thing for thing in self.things if thing.role in roles]
        if gloss.ko == BECOMING:
            doers = [thing for thing in mine if thing.role is CaseRole.SUBJECT]
            mine = [thing for thing in mine if thing not in doers[:-1] or len(doers) == 1]
        self.things = [thing for thing in self.things if thing not in mine]
        if gloss.ko == BECOMING:
            for thing in mine:
                thing.role = CaseRole.OBJECT if thing.role is CaseRole.SUBJECT else thing.role
        return mine

    def _has_two_doers(self) -> bool:
        return any(thing.role is CaseRole.SUBJECT for thing in self.things)

    def _tail(self, gloss: Gloss, things: list[NounPhrase]) -> list[str]:
        """Return objects, then everything else, as they follow the verb."""
        objects = [
            f"{'in' if thing.noun.ko in OPEN else 'along'} {there(thing)}"
            if gloss.ko in ROAMING
            else thing.text()
            for thing in things
            if thing.role is CaseRole.OBJECT
        ]
        others = [
            f"{where(thing, gloss.ko)} {there(thing)}"
            for thing in sorted(things, key=lambda thing: thing.role is not CaseRole.TO)
            if thing.role not in (CaseRole.OBJECT, CaseRole.SUBJECT)
        ]
        together = [" and ".join(objects)] if objects else []
        return [*together, *others]


_STEPS = {
    PartOfSpeech.NOUN: Composer._noun,
    PartOfSpeech.VERB: Composer._verb,
    PartOfSpeech.ADJECTIVE: Composer._adjective,
    PartOfSpeech.ADVERB: Composer._adverb,
    PartOfSpeech.DEGREE: Composer._degree,
    PartOfSpeech.TIME: Composer._time,
    PartOfSpeech.NUMBER: Composer._number,
    PartOfSpeech.COUNTER: Composer._counter,
    PartOfSpeech.POSITION: Composer._position,
    PartOfSpeech.CRY: Composer._cry,
    PartOfSpeech.NEGATION: Composer._negation,
    PartOfSpeech.STOP: Composer._stop,
    PartOfSpeech.UNKNOWN: Composer._unread,
}
