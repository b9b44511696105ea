"""A sentence becomes pieces: every word found in the dictionary, with what follows it.

Longest match with lists of particles and endings; where that gives nothing, or two things, Kiwi
analyses the word when it is installed (morphemes.py). Knows no English grammar; composing.py does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.text.glossing.cleaning import cleaned
from pipelines.text.glossing.dictionary import POSITIONS, Dictionary
from pipelines.text.glossing.endings import short_tail, tails
from pipelines.text.glossing.pieces import (
    CaseRole,
    Gloss,
    GlossedWord,
    PartOfSpeech,
    PredicateForm,
    unknown,
)

# an eojeol falls into Hangul, Latin letters, digits with their marks, single jamo, marks
RUN = re.compile(
    r"[가-힣]+|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'.+#-]*(?<![.'-])|[0-9]+(?:[.,:][0-9]+)*|[ㄱ-ㆎ\u1100-\u11ff]+|\S"
)
STOPS = frozenset(".!?…~。！？\n")
LISTED = frozenset(",;/·、")
COLOURED = "색"
DOING = ("하다", "되다", "시키다", "당하다")
LATIN_END = 0x250
MOST_PARTS = 4  # nouns written together
# of two readings that both fit, this one: without Kiwi, or where Kiwi has no say
LIKELIER = {
    "사는": "살다", "가는": "가다", "쓰는": "쓰다", "우는": "울다", "부는": "불다",
    "파는": "팔다", "아는": "알다", "노는": "놀다", "주는": "주다", "도는": "돌다",
    "자는": "자다", "탄": "타다", "든": "들다", "쓴": "쓰다", "산": "사다", "간": "가다",
    "부른": "부르다", "타는": "타다", "차는": "차다", "지는": "지다", "누운": "눕다",
    "굽는": "굽다", "마신": "마시다", "그린": "그리다", "지은": "짓다", "걷는": "걷다",
    "걸은": "걷다", "가진": "가지다",
}  # fmt: skip
PRONOUN_FIRST = frozenset(
    "나를 나의 나와 나에게 너를 너의 저를 우리를 나는 나도 난 너는 너도 넌 저는 저도 전 내가 "
    "네가 제가 우리는".split()
)
SHORT_PRONOUNS = {"난": "나", "넌": "너", "널": "너"}
SHORT_NUMBERS = frozenset("한두세네열석넉백천온새헌옛첫몇")
OUR = {"내": "my", "제": "my", "네": "your", "우리": "our", "저희": "our"}

# after these a verb is likelier than a pronoun: 하늘을 나는, 냄새가 나는
VERB_NEXT = (CaseRole.OBJECT, CaseRole.SUBJECT)
LITTLE = frozenset("안 못 한 두 세 네 열 온 새".split())
PASSIVE = ("진", "지는", "졌다", "져")  # of 그려지다, not of 그리다

Chooser = Callable[[str, Sequence[tuple[GlossedWord, ...]]], tuple[GlossedWord, ...]]


@dataclass(frozen=True, slots=True)
class Glosser:
    """Reads sentences with one dictionary.

    Attributes:
        choose: settles what the lists cannot: given the eojeol and its readings (none, or
            several), returns one. Without Kiwi the first.
    """

    words: Dictionary
    choose: Chooser

    def read(self, text: str) -> tuple[GlossedWord, ...]:
        """Return the pieces of a text in its order."""
        found: list[GlossedWord] = []
        eojeols = cleaned(text).split(" ")
        eojeols = [part for eojeol in eojeols for part in re.split(r"\s+", eojeol) if part]
        place = 0
        while place < len(eojeols):
            taken, pieces = self._together(eojeols, place)
            found += pieces or self._eojeol(eojeols[place], found)
            place += taken
        return tuple(found)

    def _together(self, eojeols: list[str], place: int) -> tuple[int, list[GlossedWord]]:
        """Return what is read of two eojeol that belong together: 코를 고는, 하루 종일."""
        if place + 1 == len(eojeols):
            return 1, []
        marks = "".join(STOPS | LISTED)
        second = eojeols[place + 1].rstrip(marks)
        both = f"{eojeols[place]} {second}"
        readings = self.words.inflected.of(both)
        pieces = [GlossedWord(both, gloss, shape=shape) for gloss, shape in readings[:1]]
        if not pieces and both in self.words.whole:
            pieces = [GlossedWord(both, self.words.whole[both])]
        if not pieces and both in self.words.nouns:
            pieces = [GlossedWord(both, self.words.nouns[both])]
        if not pieces:
            return 1, []
        return 2, [*pieces, *self._marks(eojeols[place + 1][len(second) :])]

    def _marks(self, text: str) -> list[GlossedWord]:
        return [_stop(mark) for mark in text if mark in STOPS or mark in LISTED][:1]

    def _eojeol(self, eojeol: str, before: Sequence[GlossedWord]) -> list[GlossedWord]:
        found: list[GlossedWord] = []
        runs = RUN.findall(eojeol)
        for number, run in enumerate(runs):
            joined = found[-1] if found and number and runs[number - 1] not in LISTED else None
            found += self._run(run, joined, [*before, *found])
        return found

    def _run(
        self, run: str, joined: GlossedWord | None, before: Sequence[GlossedWord]
    ) -> list[GlossedWord]:
        first = run[0]
        if "가" <= first <= "힣":
            return self._hangul(run, joined, before)
        if first in STOPS or first in LISTED:
            return [_stop(first)]
        gloss = self._letter(run)
        return [GlossedWord(run, gloss)] if gloss is not None else self._sign(first)

    def _letter(self, run: str) -> Gloss | None:
        """Return the gloss of digits, emoji, hanja, single jamo and Latin words."""
        words, first = self.words, run[0]
        gloss = words.emoji.get(first) or words.hanja.get(first)
        if first.isdigit():
            gloss = words.numbers.get(run) or Gloss(run, run, PartOfSpeech.NUMBER)
        elif first in words.jamo:
            meaning = words.jamo[first]
            gloss = Gloss(run, meaning, PartOfSpeech.CRY if meaning else PartOfSpeech.SKIP)
        elif first.isalpha() and ord(first) < LATIN_END:
            gloss = Gloss(run, run, PartOfSpeech.NOUN, "")
        return gloss

    def _sign(self, sign: str) -> list[GlossedWord]:
        """Read an emoji by its name in Unicode; what cannot be seen is left unread."""
        if unicodedata.category(sign) == "So" and ord(sign) > 0x2190:
            name = unicodedata.name(sign, "").lower().replace("-", " ")
            if name and "jamo" not in name:
                return [GlossedWord(sign, Gloss(sign, name, PartOfSpeech.CRY))]
        return [unknown(sign)] if sign.isalpha() else []

    # ---- Hangul

    def _hangul(
        self, run: str, joined: GlossedWord | None, before: Sequence[GlossedWord]
    ) -> list[GlossedWord]:
        if joined is not None:
            tail = tails().get(run)
            if tail is not None and joined.part in (
                PartOfSpeech.NOUN,
                PartOfSpeech.NUMBER,
                PartOfSpeech.COUNTER,
            ):
                return [GlossedWord(run, Gloss(run, "", PartOfSpeech.SKIP), tail[0])]  # 3은, 🐙가
        last = before[-1] if before else None
        if run == "없이" and last is not None and last.part is PartOfSpeech.NOUN:
            return [GlossedWord(run, Gloss(run, "", PartOfSpeech.SKIP), CaseRole.WITHOUT)]
        if last is not None and last.part is PartOfSpeech.NUMBER:
            counter = self._counter(run)
            if counter:
                return [counter]
        readings = self._readings(run, last)
        if len(readings) == 1:
            return list(readings[0])
        return list(self.choose(run, readings))

    def _readings(self, run: str, last: GlossedWord | None) -> list[tuple[GlossedWord, ...]]:
        """Return every reading that the lists allow, the likeliest first."""
        words = self.words
        if run in OUR:
            return [
                (
                    GlossedWord(
                        run, Gloss(run, OUR[run], PartOfSpeech.NOUN, is_living=True), CaseRole.OF
                    ),
                )
            ]
        verbal = self._verbal(run)
        nominal = [reading for reading in verbal if reading[0].shape is PredicateForm.NOMINAL]
        verbal = [reading for reading in verbal if reading not in nominal]
        is_verb_next = last is not None and last.role in VERB_NEXT and run not in LITTLE
        found = verbal if is_verb_next else []
        found = [*found, *self._short(run)]
        if (spot := self._position(run)) is not None:
            found.append((spot,))
        if run in words.whole:
            found.append((GlossedWord(run, words.whole[run], shape=PredicateForm.BEFORE),))
        if run in words.nouns:
            found.append((GlossedWord(run, words.nouns[run]),))
        nouns: list[tuple[GlossedWord, ...]] = []
        if run not in words.whole or run not in words.nouns:
            nouns = self._noun(run, MOST_PARTS)
        is_object = bool(nouns) and nouns[0][-1].role is CaseRole.OBJECT  # 검을 is no 검다
        found += [*nouns, *verbal] if is_object else [*verbal, *nouns]
        return _different([*found, *nominal] or self._rest(run))

    def _short(self, run: str) -> list[tuple[GlossedWord, ...]]:
        """Read the little words that look like something else: 난, 나는, 세, 안."""
        found: list[tuple[GlossedWord, ...]] = []
        if run in SHORT_PRONOUNS:
            found.append((GlossedWord(run, self.words.nouns[SHORT_PRONOUNS[run]], CaseRole.TOPIC),))
        if run in PRONOUN_FIRST:
            found += self._noun(run, 1)
        if run in self.words.numbers and (len(run) > 1 or run in SHORT_NUMBERS):
            found.append((GlossedWord(run, self.words.numbers[run]),))
        if run in ("안", "못"):
            found.append((GlossedWord(run, Gloss(run, "not", PartOfSpeech.NEGATION)),))
        return found

    def _rest(self, run: str) -> list[tuple[GlossedWord, ...]]:
        """Read what is left: a time or an adverb with a particle, 세마리, N하다."""
        for length in range(len(run) - 1, 0, -1):
            whole = self.words.whole.get(run[:length])
            if whole and whole.part is not PartOfSpeech.CRY and run[length:] in tails():
                return [(GlossedWord(run, whole),)]
        for length in range(min(3, len(run) - 1), 0, -1):
            number, counter = self.words.numbers.get(run[:length]), self._counter(run[length:])
            if number and counter:
                return [(GlossedWord(run[:length], number), counter)]
        return self._doing(run)

    def _verbal(self, run: str) -> list[tuple[GlossedWord, ...]]:
        readings = self.words.inflected.of(run)
        if len(run) == 1:
            readings = tuple((g, s) for g, s in readings if s is PredicateForm.BEFORE)
        if run.endswith(PASSIVE):
            readings = tuple(sorted(readings, key=lambda reading: reading[0].ko[-2:] != "지다"))
        likelier = LIKELIER.get(run)
        if likelier is not None:
            readings = tuple(sorted(readings, key=lambda reading: reading[0].ko != likelier))
        return [(GlossedWord(run, gloss, shape=shape),) for gloss, shape in readings]

    def _noun(self, run: str, parts: int) -> list[tuple[GlossedWord, ...]]:
        """Read nouns written together with a particle, longest first; [] when a part is left."""
        for length in range(len(run), 0, -1):
            gloss = self.words.nouns.get(run[:length])
            if gloss is None:
                continue
            rest = run[length:]
            if rest.startswith(COLOURED) and rest.removeprefix(COLOURED) in tails():
                coloured = Gloss(run, f"{gloss.en}-coloured", PartOfSpeech.ADJECTIVE)
                return [(GlossedWord(run, coloured, shape=PredicateForm.BEFORE),)]
            tail = tails().get(rest) if length > 1 else short_tail(gloss.ko, rest)
            if tail is not None:
                return [(GlossedWord(run, gloss, *_standing(tail)),)]
            if spot := self._position(rest):
                return [(GlossedWord(run[:length], gloss), spot)]
            if length > 1 and parts > 1:
                following = self._noun(rest, parts - 1)
                if following and len(following[0][0].gloss.ko) > 1:
                    return [(GlossedWord(run[:length], gloss), *following[0])]
        return []

    def _doing(self, run: str) -> list[tuple[GlossedWord, ...]]:
        """Read a noun made into a verb that the dictionary does not have: 재채기했다."""
        for length in range(len(run) - 1, 1, -1):
            noun = self.words.nouns.get(run[:length])
            for lemma in DOING if noun else ():
                for gloss, shape in self.words.inflected.of(run[length:]):
                    if noun and gloss.ko == lemma:
                        doing = Gloss(noun.ko, noun.en, PartOfSpeech.VERB, ing=f"doing {noun.en}")
                        return [(GlossedWord(run, doing, shape=shape),)]
        return []

    def _position(self, run: str) -> GlossedWord | None:
        for ko, en in POSITIONS.items():
            rest = run.removeprefix(ko)
            if rest != run and rest in (
                "",
                "에",
                "에서",
                "의",
                "에는",
                "에서는",
                "로",
                "으로",
                "에도",
                "을",
                "를",
                "이",
                "은",
            ):
                role = CaseRole.AT_PLACE if rest == "의" else CaseRole.PLACE
                return GlossedWord(run, Gloss(ko, en, PartOfSpeech.POSITION), role)
        return None

    def _counter(self, run: str) -> GlossedWord | None:
        for length in range(len(run), 0, -1):
            gloss = self.words.counters.get(run[:length])
            tail = tails().get(run[length:])
            is_short = length == 1 and len(run) > 1
            if gloss and tail and not (is_short and run in self.words.nouns):
                return GlossedWord(run, gloss, *_standing(tail))
        return None


def _standing(tail: tuple[CaseRole, bool]) -> tuple[CaseRole, PredicateForm, bool]:
    return tail[0], PredicateForm.FINAL, tail[1]


def _stop(mark: str) -> GlossedWord:
    return GlossedWord(mark, Gloss(mark, "", PartOfSpeech.STOP))


def _different(readings: list[tuple[GlossedWord, ...]]) -> list[tuple[GlossedWord, ...]]:
    """Return the readings without those that only repeat another."""
    return list(dict.fromkeys(readings))


def first_reading(run: str, readings: Sequence[tuple[GlossedWord, ...]]) -> tuple[GlossedWord, ...]:
    """Return the likeliest reading, or one piece that nobody can read: what is chosen without Kiwi.

    The particle is still taken off, so that the sentence around it keeps its shape.
    """
    if readings:
        return readings[0]
    for length in range(len(run) - 1, 1, -1):
        tail = tails().get(run[length:])
        if tail is not None and tail[0] is not CaseRole.COPULA:
            return (unknown(run[:length], tail[0]),)
    return (unknown(run),)
