"""Questions and replies without end: the reply takes up a word of the question.

A model learns to look back at the question only when nothing else tells it what to say. So topics
come evenly from the whole lexicon and from words that do not exist, and the held-out nouns never
come at all. Knows the engine, the forms and the written pairs; does not know shares.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import WordKind
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import Mood, Rating, SentenceFamily
from pipelines.text import lexicon
from pipelines.text.grammar import grammar
from pipelines.text.grammar.frames import BY_FAMILY
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.lexicon import Adjective, Lexicon, Noun, Verb
from pipelines.text.reading import recognise
from pipelines.training.ongari import questions, swap, tokenizer
from pipelines.training.ongari.written_files import Form, QuestionReply, WrittenTexts

MOODS: dict[int, tuple[Mood, ...]] = {
    0: (Mood.ANY, Mood.SOLEMN, Mood.ANY),
    1: (Mood.GLOOMY,),
    2: (Mood.TENDER, Mood.MERRY),
}
LABEL_SHARES = (0.6, 0.2, 0.2)
SURPRISES = (0.4, 1.0, 1.6)
HELD_OUT_SHARE = 0.09
SUITING = 0.7  # how often the reply is of a family that suits the question
CRYING = 0.1  # how often a cry comes first
ANY_SYLLABLE = 0.3  # of the words that nobody knows
LATIN = 0.03
CROSSED = 0.9  # of the exchanged pairs, question and reply come from two of them
TOPICAL = (WordKind.NOUN, WordKind.VERB, WordKind.ADJECTIVE, WordKind.COLOUR)
FAMILY_OF = {frame.name: family for family, frames in BY_FAMILY.items() for frame in frames}


def held_out(words: Lexicon, written: WrittenTexts) -> frozenset[str]:
    """Return the nouns that no training pair may hold: by chance, without the written ones."""
    text = "\n".join(f"{pair.question} {pair.reply}" for pair in written.pairs)
    return frozenset(
        noun.ko
        for noun in words.nouns
        if noun.is_spoken
        and len(noun.ko) >= swap.SHORTEST
        and random.Random(f"held {noun.ko}").random() < HELD_OUT_SHARE
        and noun.ko not in text
    )


@dataclass(frozen=True, slots=True)
class EngineSentence:
    """A sentence of the engine about a word."""

    text: str
    family: SentenceFamily


class Pairs:
    """Makes pairs; the same dice make the same pairs."""

    def __init__(
        self,
        written: WrittenTexts,
        salt: str = "",
        kept: int = 120,
        held: frozenset[str] | None = None,
    ) -> None:
        self.written = written
        self.words = lexicon.builtin()
        self.held_out = held_out(self.words, written) if held is None else held
        self._salt, self._kept = salt, kept
        self._engine_sentences: dict[tuple[str, int], list[EngineSentence]] = {}
        self._nouns = [n for n in self.words.nouns if n.is_spoken and n.ko not in self.held_out]
        self._verbs = [verb for verb in self.words.verbs if verb.is_spoken]
        self._adjectives = [word for word in self.words.adjectives if word.is_spoken]
        self._forms = [form for form in written.forms if not form.is_held]

    # -- words -------------------------------------------------------------------------------

    @cached_property
    def _by_category(self) -> dict[str, list[Noun]]:
        found: dict[str, list[Noun]] = {}
        for noun in self._nouns:
            found.setdefault(noun.cat, []).append(noun)
        return found

    @cached_property
    def _by_sound(self) -> dict[str, list[Noun]]:
        found: dict[str, list[Noun]] = {}
        for noun in self._nouns:
            if len(noun.ko) >= swap.SHORTEST:
                found.setdefault(swap.sound(noun.ko), []).append(noun)
        return found

    @cached_property
    def _every(self) -> list[str]:
        return tokenizer.syllables()

    @cached_property
    def _syllables(self) -> tuple[list[str], list[str]]:
        nouns = [noun.ko for noun in self.words.nouns if " " not in noun.ko]
        return [noun[0] for noun in nouns], [noun[-1] for noun in nouns]

    def coined(self, dice: random.Random) -> str:
        """Return a word that nobody knows: of syllables of nouns, of any, or of Latin letters."""
        heads, ends = self._syllables
        known = recognise.builtin()
        while True:
            size, kind = dice.choice((2, 2, 3, 3, 4)), dice.random()
            if kind < ANY_SYLLABLE:
                word = "".join(dice.choices(self._every, k=size))
            elif kind < ANY_SYLLABLE + LATIN:
                word = "".join(dice.choices(string.ascii_uppercase, k=size))
            else:
                word = "".join((*dice.choices(heads, k=size - 1), dice.choice(ends)))
            if is_clean(word) and word not in known.exact and len(known.words(word)) == 1:
                return word

    # -- what the engine says ----------------------------------------------------------------

    def engine_sentences(self, word: str, label: int, dice: random.Random) -> list[EngineSentence]:
        """Return sentences of the engine about a word in the mood of a label, [] for none."""
        mood = dice.choice(MOODS[label])
        key = (word, list(Mood).index(mood))
        if key not in self._engine_sentences:
            self._engine_sentences[key] = list(self._make_sentences(word, mood))
        return self._engine_sentences[key]

    def _make_sentences(self, word: str, mood: Mood) -> Iterator[EngineSentence]:
        for surprise in SURPRISES:
            request = TextRequest(
                seed=random.Random(f"{self._salt}{word} {mood} {surprise}").randrange(2**32),
                surprise=surprise,
                mood=mood,
                topics=(word,),
                rating=Rating.ALL,
            )
            try:
                for phrase in islice(grammar.phrases(request), self._kept // len(SURPRISES)):
                    names = (one.ko for one in phrase.words if one.ko != word)
                    if not self.is_held(phrase.ko, names):
                        yield EngineSentence(phrase.ko, FAMILY_OF[phrase.frame])
            except InvalidRequest:  # no frame takes this word
                return

    def is_held(self, text: str, words: Iterator[str] | None = None) -> bool:
        """Return whether a text holds a held-out noun."""
        named = words or (word.ko for word in recognise.builtin().words(text))
        return any(word in self.held_out for word in named)

    def _reply(
        self, word: str, label: int, families: tuple[SentenceFamily, ...], dice: random.Random
    ) -> str:
        """Return a sentence of the engine about a word, "" for none."""
        sentences = self.engine_sentences(word, label, dice)
        if not sentences:
            return ""
        if dice.random() < SUITING:
            sentences = [one for one in sentences if one.family in families] or sentences
        text = dice.choice(sentences).text
        if dice.random() < CRYING:
            text = f"{dice.choice(self.words.interjections).ko}! {text}"
        return text

    # -- pairs -------------------------------------------------------------------------------

    def formed(self, dice: random.Random, is_near: bool = False) -> QuestionReply | None:
        """Return a question of a form; the reply takes up its word, or one of its kind."""
        form = dice.choice(self._forms)
        noun = dice.choice(self._nouns)
        filled = self._filled(form, noun.ko, dice)
        topic: Noun | Verb | Adjective | str = noun
        others = [word for blank, word in filled.items() if blank != "N"]
        if "N" not in filled or (others and dice.random() < 0.2):
            topic = dice.choice(others)
        name = topic if isinstance(topic, str) else topic.ko
        if is_near and isinstance(topic, Noun):
            name = dice.choice(self._by_category[topic.cat]).ko
        return self._pair(questions.fill(form.text, filled), name, form.families, dice)

    def coined_pair(self, dice: random.Random) -> QuestionReply | None:
        """Return a pair about a word that does not exist."""
        form = dice.choice([form for form in self._forms if "N" in questions.blanks(form.text)])
        word = self.coined(dice)
        model = dice.choice(self._by_sound[swap.sound(word)]).ko
        question = questions.fill(form.text, self._filled(form, word, dice))
        pair = self._pair(question, model, form.families, dice)
        if not pair or not swap.holds(pair.reply, model):
            return None
        reply = swap.swap(pair.reply, model, word)
        return QuestionReply(question, reply, pair.label) if is_clean(reply) else None

    def remark(self, dice: random.Random) -> QuestionReply | None:
        """Return a reply to something that is no question: an engine phrase or a written line."""
        if dice.random() < 0.5:
            text = dice.choice(self.written.lines)
        else:
            sentences = self.engine_sentences(dice.choice(self._nouns).ko, 0, dice)
            text = dice.choice(sentences).text if sentences else ""
        nouns = [word.ko for word in recognise.builtin().words(text) if word.kind is WordKind.NOUN]
        if not nouns or self.is_held(text):
            return None
        return self._pair(text, dice.choice(nouns), tuple(SentenceFamily), dice)

    def answered_question(self, dice: random.Random) -> QuestionReply | None:
        """Return a written question with a sentence of the engine as its reply.

        A question that always has the one reply is learnt by heart; this one has hundreds.
        """
        question = dice.choice(self.written.pairs).question
        if self.is_held(question):
            return None
        found = [word.ko for word in recognise.builtin().words(question) if word.kind in TOPICAL]
        topics = found or [dice.choice(self._nouns).ko]
        return self._pair(question, dice.choice(topics), tuple(SentenceFamily), dice)

    def swapped(self, dice: random.Random) -> QuestionReply | None:
        """Return a written question and a written reply, both made to be about something else.

        Mostly the reply was written for another question: else the question alone would predict it.
        """
        pair, noun = dice.choice(self._shared)
        other = self._other(noun, dice)
        answered, topic = (pair, noun)
        if dice.random() < CROSSED:
            answered, topic = dice.choice(self._shared)
        sounds = {swap.sound(word) for word in (noun.ko, topic.ko, other)}
        if len(sounds) > 1:
            return None
        question = swap.swap(pair.question, noun.ko, other)
        reply = swap.swap(answered.reply, topic.ko, other)
        return (
            QuestionReply(question, reply, answered.label)
            if is_clean(question) and is_clean(reply)
            else None
        )

    def _other(self, noun: Noun, dice: random.Random) -> str:
        """Return what is put in the place of a noun: a word of its kind, any noun, or no word."""
        if dice.random() < 0.25:
            return self.coined(dice)
        near = [n for n in self._by_sound[swap.sound(noun.ko)] if n.cat == noun.cat]
        pool = near if dice.random() < 0.7 else self._by_sound[swap.sound(noun.ko)]
        return dice.choice(pool or [noun]).ko

    @cached_property
    def _shared(self) -> list[tuple[QuestionReply, Noun]]:
        """The written pairs whose reply holds a noun of the question, with that noun."""
        by_name = {noun.ko: noun for noun in self._nouns}
        found = []
        for pair in self.written.pairs:
            for word in recognise.builtin().words(pair.question):
                noun = by_name.get(word.ko)
                if noun and all(swap.holds(t, noun.ko) for t in (pair.question, pair.reply)):
                    found.append((pair, noun))
        return found

    def about_other(self, line: str, dice: random.Random) -> str:
        """Return a text with one of its nouns exchanged for one of its kind."""
        by_name = {noun.ko: noun for noun in self.words.nouns}
        nouns = [
            by_name[word.ko]
            for word in recognise.builtin().words(line)
            if word.ko in by_name and swap.holds(line, word.ko)
        ]
        if not nouns:
            return line
        noun = dice.choice(nouns)
        near = [n for n in self._by_sound[swap.sound(noun.ko)] if n.cat == noun.cat]
        other = swap.swap(line, noun.ko, dice.choice(near or [noun]).ko)
        return other if is_clean(other) else line

    def phrase(self, dice: random.Random) -> str:
        """Return a sentence of the engine about any noun, held-out ones too."""
        while True:
            sentences = self.engine_sentences(
                dice.choice(self.words.nouns).ko, dice.choice((0, 0, 1, 2)), dice
            )
            if sentences:
                return dice.choice(sentences).text

    def about_one(self, dice: random.Random, count: int) -> list[str]:
        """Return some sentences of the engine about one noun."""
        while True:
            sentences = self.engine_sentences(
                dice.choice(self._nouns).ko, dice.choice((0, 0, 1, 2)), dice
            )
            if len(sentences) >= count:
                return [one.text for one in dice.sample(sentences, count)]

    def _filled(self, form: Form, noun: str, dice: random.Random) -> dict[str, questions.Filling]:
        choices: dict[str, questions.Filling] = {
            "N": noun,
            "M": dice.choice(self._nouns).ko,
            "V": dice.choice(self._verbs),
            "A": dice.choice(self._adjectives),
        }
        return {blank: choices[blank] for blank in questions.blanks(form.text)}

    def _pair(
        self, question: str, word: str, families: tuple[SentenceFamily, ...], dice: random.Random
    ) -> QuestionReply | None:
        label = dice.choices((0, 1, 2), LABEL_SHARES)[0]
        reply = self._reply(word, label, families, dice)
        if not reply or not is_clean(question) or not is_clean(reply):
            return None
        return QuestionReply(question, reply, label)
