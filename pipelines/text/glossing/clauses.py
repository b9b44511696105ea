"""The end of a clause: what was gathered and composed becomes one piece of the caption.

Knows English word order: doers, verb phrases, places. Does not know what a predicate does with its
nouns (composing.py), nor how nouns are gathered (gathering.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.text.glossing.classes import DOERS, MAIN
from pipelines.text.glossing.gathering import Gathering
from pipelines.text.glossing.pieces import CaseRole
from pipelines.text.glossing.saying import there, where, without_end
from pipelines.text.glossing.things import NounPhrase


@dataclass(slots=True)
class ClauseBuilder(Gathering):
    """Builds a clause of all that waits, then starts the next one."""

    _auxiliary: str = ""  # the helper of the verb at hand: 않다, 못하다, 싶다

    def _end(self) -> None:
        """Make a clause of all that waits."""
        self._flush()
        text = self._clause()
        if text:
            self.clauses.append(text)
        relative = [clause.removeprefix("of ") for clause in self.relative]
        left = [*self.adjectives, *self.adverbs, *relative, *self.joined, self.owner]
        self.clauses += [word for word in left if word]
        self.things, self.phrases, self.adjectives, self.relative = [], [], [], []
        self.adverbs, self.joined, self.count, self.owner = [], [], None, ""
        self.degree, self.is_negative, self._auxiliary = "", False, ""
        self.has_unread = False

    def _clause(self) -> str:
        doers = [thing for thing in self.things if thing.role in DOERS]
        others = [thing for thing in self.things if thing not in doers]
        if not self.phrases:
            return self._nominal(doers, others)
        who = self._named(doers)
        if doers and doers[-1].after:
            who += ","
        doing = " and ".join(map(without_end, self.phrases))
        rest = [self._placed(thing, bool(doers)) for thing in others]
        english = " ".join(filter(None, (who, doing, *rest)))
        return english.replace(" ,", ",")

    def _named(self, doers: list[NounPhrase]) -> str:
        return " and ".join(dict.fromkeys(thing.text() for thing in doers))

    def _placed(self, thing: NounPhrase, has_doers: bool) -> str:
        if thing.role in (CaseRole.OBJECT, CaseRole.BARE, CaseRole.COPULA):
            return f", {thing.text()}" if has_doers else thing.text()
        return f"{where(thing, '')} {there(thing)}"

    def _nominal(self, doers: list[NounPhrase], others: list[NounPhrase]) -> str:
        """Return a clause without a verb: things, what they are, where."""
        mains = [thing for thing in others if thing.role in MAIN]
        rest = [thing for thing in others if thing.role not in MAIN]
        places = [f"{where(thing, '')} {there(thing)}" for thing in rest]
        if len(doers) == 1 and len(mains) == 1 and self._is_equated(doers[0], mains[0]):
            english = f"{doers[0].text()} is {mains[0].text()}"
        else:
            english = ", ".join(dict.fromkeys(thing.text() for thing in (*doers, *mains)))
        return " ".join(filter(None, (english, *places)))

    def _is_equated(self, doer: NounPhrase, main: NounPhrase) -> bool:
        if doer.has_predicate or doer.is_lacking:
            return False
        is_bare = main.role is CaseRole.BARE and doer.role is CaseRole.TOPIC and not self.has_unread
        return main.role is CaseRole.COPULA or is_bare
