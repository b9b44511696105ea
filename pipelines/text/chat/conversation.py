"""A conversation: what was asked, in which mood, and every reply that was given to it.

Nothing is changed in place: each step returns a new conversation. Small enough for a browser to
keep. Knows no models; files are written by export.py.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Self

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import check_range, check_text, within
from pipelines.text.chat.topic import Link
from pipelines.text.neural.transcript import LABELS

MAX_QUESTION = 500  # characters; who writes more is not asking
MAX_TURNS = 200
MAX_REPLIES = 20  # kept of one turn; the oldest goes
INVISIBLE = ("C", "Z", "M")  # Unicode categories that leave a bubble empty
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by their category, blanks to the eye


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said.

    Attributes:
        seed: with the same model and settings it says this again.
        model: the name of the model.
        link: how it takes up the question.
    """

    text: str
    seed: int
    model: str
    link: Link = Link.NONE


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the replies to it; the one that was chosen last counts.

    Attributes:
        label: 0 everyday, 1 parting, 2 love: the mood it was asked in.
    """

    question: str
    label: int
    replies: tuple[Reply, ...]
    chosen: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "question", check_question(self.question))
        check_label(self.label)
        if not 0 <= self.chosen < len(self.replies):
            raise InvalidRequest("chat.no_reply", number=self.chosen + 1, count=len(self.replies))

    @property
    def reply(self) -> Reply:
        """Return the reply that counts."""
        return self.replies[self.chosen]

    def answered_again(self, reply: Reply) -> Self:
        """Take one more reply in and choose it; one that was there already is chosen again."""
        texts = [earlier.text for earlier in self.replies]
        if reply.text in texts:
            return replace(self, chosen=texts.index(reply.text))
        kept = (*self.replies, reply)[-MAX_REPLIES:]
        return replace(self, replies=kept, chosen=len(kept) - 1)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far, oldest first.

    Attributes:
        put_away: the turns before "from the start", until something is said again.

    >>> talk = Conversation().said(Turn("문어가 뭐야?", 0, (Reply("젖은 시계", 7, "ongari"),)))
    >>> talk.begun_anew().turns, talk.begun_anew().undone() == talk
    ((), True)
    """

    turns: tuple[Turn, ...] = ()
    put_away: tuple[Turn, ...] = ()

    def __post_init__(self) -> None:
        if max(len(self.turns), len(self.put_away)) > MAX_TURNS:
            raise InvalidRequest("chat.full", limit=MAX_TURNS)

    def check_room(self) -> None:
        """Raise InvalidRequest when no turn fits any more."""
        if len(self.turns) >= MAX_TURNS:
            raise InvalidRequest("chat.full", limit=MAX_TURNS)

    def said(self, turn: Turn) -> Self:
        """Add a turn."""
        return type(self)((*self.turns, turn))

    def with_last(self, turn: Turn) -> Self:
        """Put another turn in the place of the last one: an edited question, one more reply."""
        self.last()
        return type(self)((*self.turns[:-1], turn))

    def last(self) -> Turn:
        """Return the last turn; raise InvalidRequest when nothing was said yet."""
        if not self.turns:
            raise InvalidRequest("chat.nothing_yet")
        return self.turns[-1]

    def choosing(self, place: int, number: int) -> Self:
        """Go to another reply of a turn."""
        if not 0 <= place < len(self.turns):
            raise InvalidRequest("chat.no_turn", number=place + 1, count=len(self.turns))
        turns = list(self.turns)
        turns[place] = replace(turns[place], chosen=number)
        return type(self)(tuple(turns))

    def undone(self) -> Self:
        """Take the last turn back, or what "from the start" put away."""
        if self.turns:
            return type(self)(self.turns[:-1], self.put_away)
        if not self.put_away:
            raise InvalidRequest("chat.nothing_yet")
        return type(self)(self.put_away)

    def begun_anew(self) -> Self:
        """Begin from the start; undo brings the turns back."""
        return type(self)((), self.turns) if self.turns else self


def check_question(text: str) -> str:
    """Return a question as it is asked, or raise InvalidRequest saying what is wrong.

    >>> check_question("  문어가\\n뭐야? ")
    '문어가\\n뭐야?'
    """
    text = check_text(within(text, "question", MAX_QUESTION), "question")
    if not is_visible(text):
        raise InvalidRequest("request.text.empty", field="question")
    return text


def check_label(label: int) -> int:
    """Return the label of a mood, or raise InvalidRequest."""
    check_range(label, "mood", LABELS[0], LABELS[-1])
    return label


def is_visible(text: str) -> bool:
    """Say whether a bubble with this text would show anything.

    >>> is_visible("🐙"), is_visible("\\u200b \\u2060")
    (True, False)
    """
    return any(
        unicodedata.category(letter)[0] not in INVISIBLE and letter not in BLANKS for letter in text
    )
