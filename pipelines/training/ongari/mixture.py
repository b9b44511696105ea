"""What the model reads, in which shares: one document after another, each with its own dice.

Document 17 of a seed is always the same text, whoever asks and in whatever order. Knows the
sources and their shares; does not know tokens.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from pipelines.text.neural import transcript
from pipelines.text.neural.transcript import END
from pipelines.training.ongari.pairs import Pairs
from pipelines.training.ongari.written_files import QuestionReply, WrittenTexts

# of a hundred documents; a written question has the engine's replies far oftener than its own,
# or a model this small learns the pair by heart within an hour
SHARES: dict[str, int] = {
    "formed": 26,  # a question of a form, answered by the engine with a word of the question
    "near": 3,  # ... with a word of the same category
    "coined": 11,  # ... about a word that does not exist
    "asked": 15,  # a written question, answered by the engine with a word of it
    "remark": 12,  # no question: a phrase, answered with a word of it
    "swapped": 8,  # a written question and a written reply, about something else
    "pair": 1,  # a written pair
    "conversation": 5,  # two to four of the above in a row
    "phrase": 8,  # an engine phrase
    "line": 3,  # a written line
    "swapped_line": 4,  # a written line about something else
    "paragraph": 1,  # a written paragraph, more often than not about something else
    "story": 3,  # phrases and lines about one thing
}
STARTED = 0.6  # so many lines begin with the mark of a beginning; typed text does not
OPENINGS = ("음, ", "저기, ", "있잖아, ", "근데 ", "혹시 ", "야, ", "아무튼 ")
MAX_TRIES = 200


@dataclass(frozen=True, slots=True)
class Document:
    """One text as the model reads it, and where it comes from."""

    source: str
    text: str


class DocumentMixture:
    """Makes documents; `share` of them from each source."""

    def __init__(self, pairs: Pairs, seed: str) -> None:
        self.pairs, self._seed = pairs, seed
        self._names = tuple(SHARES)
        self._weights = tuple(accumulate(SHARES.values()))
        self._makers: dict[str, Callable[[random.Random], QuestionReply | None]] = {
            "formed": pairs.formed,
            "near": lambda dice: pairs.formed(dice, is_near=True),
            "coined": pairs.coined_pair,
            "asked": pairs.answered_question,
            "remark": pairs.remark,
            "swapped": pairs.swapped,
            "pair": lambda dice: dice.choice(self.written.pairs),
        }

    @property
    def written(self) -> WrittenTexts:
        """What was written by hand."""
        return self.pairs.written

    def document(self, number: int) -> Document:
        """Return a document; the same number, the same document."""
        dice = random.Random(f"{self._seed} {number}")
        source = dice.choices(self._names, cum_weights=self._weights)[0]
        return Document(source, self._text(source, dice))

    def _text(self, source: str, dice: random.Random) -> str:
        if source in self._makers:
            return dialogue(self._pair(source, dice))
        if source == "conversation":
            names = list(self._makers)
            turns = [self._pair(dice.choice(names), dice) for _ in range(dice.choice((2, 2, 3, 4)))]
            return "".join(map(dialogue, turns))
        text = self._plain(source, dice)
        return f"{END}{text}{END}" if dice.random() < STARTED else f"{text}{END}"

    def _pair(self, source: str, dice: random.Random) -> QuestionReply:
        for _ in range(MAX_TRIES):
            pair = self._makers[source](dice)
            if pair:
                return QuestionReply(varied(pair.question, dice), pair.reply, pair.label)
        raise RuntimeError(f"source {source!r} makes no pairs")

    def _plain(self, source: str, dice: random.Random) -> str:
        if source == "line":
            return dice.choice(self.written.lines)
        if source == "paragraph":
            text = dice.choice(self.written.paragraphs or self.written.lines)
            return self.pairs.about_other(text, dice) if dice.random() < 0.75 else text
        if source == "swapped_line":
            return self.pairs.about_other(dice.choice(self.written.lines), dice)
        if source == "phrase":
            return self.pairs.phrase(dice)
        return self._story(dice)

    def _story(self, dice: random.Random) -> str:
        """Return some phrases about one thing, with a written line among them now and then."""
        sentences = list(dict.fromkeys(self.pairs.about_one(dice, dice.choice((2, 3, 3, 4, 5)))))
        if dice.random() < 0.4:
            line = self.pairs.about_other(dice.choice(self.written.lines), dice)
            sentences.insert(dice.randrange(len(sentences) + 1), line)
        return " ".join(map(closed, sentences))


def dialogue(pair: QuestionReply) -> str:
    """Return a pair as the KoGPT2 chatbot reads it.

    >>> dialogue(QuestionReply("뭐야?", "뼈다귀.", 0))
    '<usr>뭐야?<unused1>0<sys>뼈다귀.</s>'
    """
    return str(transcript.pair(pair.question, pair.label, pair.reply))


def closed(sentence: str) -> str:
    """Return the sentence with a mark at its end."""
    return sentence if sentence[-1] in ".!?…" else f"{sentence}."


def varied(question: str, dice: random.Random) -> str:
    """Return a question as carelessly as people type it."""
    if dice.random() < 0.3:
        question = question.rstrip("?.!") or question
    if dice.random() < 0.08:
        question = dice.choice(OPENINGS) + question
    if dice.random() < 0.03:
        question += " ㅋㅋ"
    return question
