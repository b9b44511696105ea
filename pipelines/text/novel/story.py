"""The story: what was opened, proposed, picked and edited, as a list of moves that only grows.

Undo leaves the last move out; nothing else is ever changed. Small enough for a browser to keep.
Knows no models and no ranking.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import check_text
from pipelines.text.novel.rank import Proposal
from pipelines.text.novel.sentences import split

MAX_OPENINGS = 5
MAX_SENTENCE = 300  # characters; a longer one is no sentence
MAX_SENTENCES = 300
MAX_MOVES = 1000
KEPT_ROUNDS = 12  # rounds whose candidates are kept for undo; older ones are let go
MAX_PROPOSALS = 30


@dataclass(frozen=True, slots=True)
class Opened:
    """A new story begins with these sentences."""

    openings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A round came back with these candidates."""

    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """A sentence was added, a candidate as it was or changed by the person."""

    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A sentence of the story was changed; an empty text takes it away."""

    place: int
    text: str


Move = Opened | Proposed | Picked | Edited


@dataclass(frozen=True, slots=True)
class _Now:
    """Where the moves have led to."""

    openings: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    shown: tuple[str, ...] = ()  # candidates of this round's earlier tries


@dataclass(frozen=True, slots=True)
class Story:
    """A story and how it came about.

    >>> story = Story().opened("옛날에 문어가 살았다.").picked("문어는 우산을 삶았다.")
    >>> story.sentences, story.undone().sentences
    (('옛날에 문어가 살았다.', '문어는 우산을 삶았다.'), ('옛날에 문어가 살았다.',))
    """

    moves: tuple[Move, ...] = ()
    _now: _Now = field(default=_Now(), repr=False, compare=False)

    @property
    def openings(self) -> tuple[str, ...]:
        """Return the sentences that the person began with."""
        return self._now.openings

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the whole story, openings first."""
        return self._now.sentences

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return the candidates that wait to be picked."""
        return self._now.proposals

    @property
    def shown(self) -> tuple[str, ...]:
        """Return what was offered for this sentence already, the waiting candidates included."""
        return self._now.shown

    def opened(self, text: str) -> Self:
        """Begin a new story with up to five sentences, or with none."""
        openings = parse_openings(text)
        return self._moved(Opened(openings))

    def proposed(self, proposals: Sequence[Proposal]) -> Self:
        """Take in a round's candidates."""
        return self._moved(Proposed(tuple(proposals)))

    def picked(self, text: str) -> Self:
        """Add a sentence."""
        if len(self.sentences) >= MAX_SENTENCES:
            raise InvalidRequest("novel.long", limit=MAX_SENTENCES)
        return self._moved(Picked(check_sentence(text)))

    def edited(self, place: int, text: str) -> Self:
        """Change a sentence of the story; an empty text takes it away."""
        if not 0 <= place < len(self.sentences):
            raise InvalidRequest("novel.place", number=place + 1, count=len(self.sentences))
        return self._moved(Edited(place, check_sentence(text) if text.strip() else ""))

    def undone(self) -> Self:
        """Leave the last move out; before the first one nothing happens."""
        return type(self).of(self.moves[:-1])

    @classmethod
    def of(cls, moves: Sequence[Move]) -> Self:
        """Return the story that some moves lead to."""
        now = _Now()
        for move in moves:
            now = _after(now, move)
        return cls(tuple(moves), now)

    def _moved(self, move: Move) -> Self:
        if len(self.moves) >= MAX_MOVES:
            raise InvalidRequest("novel.moves", limit=MAX_MOVES)
        return replace(self, moves=_let_go((*self.moves, move)), _now=_after(self._now, move))

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` turns back into an equal story."""
        return {"moves": [_as_row(move) for move in self.moves]}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Build a story from what a browser kept; raise ValueError when it is not one."""
        try:
            rows = data["moves"]
            if not isinstance(rows, list) or len(rows) > MAX_MOVES:
                raise ValueError("not a list of moves")
            return cls.of([_read(row) for row in rows])
        except (KeyError, TypeError, AttributeError, OverflowError, InvalidRequest) as error:
            raise ValueError(f"not a story: {error!r}") from error


def parse_openings(text: str) -> tuple[str, ...]:
    """Return the opening sentences that a person typed, one a line or one after the other.

    Raises InvalidRequest when there are more than five or one cannot be used.
    """
    openings = tuple(
        check_sentence(sentence)
        for sentence in split(check_text(text, "openings", may_be_empty=True))
    )
    if len(openings) > MAX_OPENINGS:
        raise InvalidRequest("novel.openings.count", count=len(openings), limit=MAX_OPENINGS)
    return openings


def check_sentence(text: str) -> str:
    """Return a sentence on one line, or raise InvalidRequest saying what is wrong with it."""
    sentence = " ".join(check_text(text, "sentence").split())
    if len(sentence) > MAX_SENTENCE:
        raise InvalidRequest(
            "request.text.long", field="sentence", length=len(sentence), limit=MAX_SENTENCE
        )
    return sentence


def _after(now: _Now, move: Move) -> _Now:
    match move:
        case Opened(openings):
            return _Now(openings, openings)
        case Proposed(proposals):
            texts = tuple(proposal.text for proposal in proposals)
            return replace(now, proposals=proposals, shown=(*now.shown, *texts))
        case Picked(text):
            return _Now(now.openings, (*now.sentences, text))
        case Edited(place, text):
            rest = now.sentences[place + 1 :]
            sentences = (*now.sentences[:place], *((text,) if text else ()), *rest)
            return replace(now, sentences=sentences)


def _let_go(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """Return the moves with the candidates of old rounds left out."""
    rounds = [place for place, move in enumerate(moves) if isinstance(move, Proposed)]
    old = set(rounds[:-KEPT_ROUNDS])
    return tuple(Proposed(()) if place in old else move for place, move in enumerate(moves))


def _as_row(move: Move) -> dict[str, Any]:
    match move:
        case Opened(openings):
            return {"do": "open", "texts": list(openings)}
        case Picked(text):
            return {"do": "pick", "text": text}
        case Edited(place, text):
            return {"do": "edit", "at": place, "text": text}
        case Proposed(proposals):
            rows = [
                [one.text, one.novelty, one.likelihood, one.mean_log_prob, one.engine]
                for one in proposals
            ]
            return {"do": "round", "rows": rows}


def _read(row: dict[str, Any]) -> Move:
    match row["do"]:
        case "open":
            return Opened(tuple(check_sentence(str(text)) for text in row["texts"][:MAX_OPENINGS]))
        case "pick":
            return Picked(check_sentence(str(row["text"])))
        case "edit":
            text = str(row["text"])
            return Edited(int(row["at"]), check_sentence(text) if text.strip() else "")
        case "round":
            return Proposed(tuple(_proposal(one) for one in row["rows"][:MAX_PROPOSALS]))
    raise ValueError(f"not a move: {str(row['do'])[:40]}")


def _proposal(row: Any) -> Proposal:
    text, *numbers, engine = row
    novelty, likelihood, mean_log_prob = map(float, numbers)
    if not (0 <= novelty <= 1 and 0 <= likelihood <= 1 and math.isfinite(mean_log_prob)):
        raise ValueError(f"not a proposal: {numbers}")
    engine = check_text(str(engine)[:200], "model")
    return Proposal(check_sentence(str(text)), novelty, likelihood, mean_log_prob, engine)
