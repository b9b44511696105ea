"""Kiwi's analysis of an eojeol: which of several readings, and what to make of an unread one.

Knows Kiwi's tags. Names that nobody glossed are written in Latin letters; other words that nobody
knows stay unread and are reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.text.glossing.dictionary import Dictionary
from pipelines.text.glossing.endings import tails
from pipelines.text.glossing.pieces import (
    CaseRole,
    Gloss,
    GlossedWord,
    PartOfSpeech,
    PredicateForm,
    unknown,
)
from pipelines.text.glossing.reading import first_reading
from pipelines.text.korean.romanise import romanise

SHAPES = {
    "ETM": PredicateForm.BEFORE,
    "ETN": PredicateForm.NOMINAL,
    "EC": PredicateForm.LINKED,
    "EF": PredicateForm.FINAL,
}
NOUNS = ("NNG", "NNP", "NNB", "NP", "NR", "XR", "SL", "XPN", "SH")
PREDICATES = ("VV", "VA", "VX", "VCP", "VCN")
MAKERS = ("XSV", "XSA")  # 하 of 공부하다, 스럽 of 사랑스럽다
FITTING = {
    PartOfSpeech.NOUN: ("N", "XR", "S"),
    PartOfSpeech.VERB: ("VV", "VX", "VC", "XSV"),
    PartOfSpeech.ADJECTIVE: ("VA", "XSA", "MM", "XR"),
    PartOfSpeech.ADVERB: ("MA",),
    PartOfSpeech.DEGREE: ("MA",),
    PartOfSpeech.TIME: ("MA", "NN"),
    PartOfSpeech.NUMBER: ("MM", "NR", "SN", "VA"),
    PartOfSpeech.NEGATION: ("MA",),
    PartOfSpeech.SKIP: ("M", "NNB", "NP", "IC", "J"),
    PartOfSpeech.CRY: ("IC",),
    PartOfSpeech.POSITION: ("NN",),
}
MOST_TOGETHER = 4  # morphemes that may be one word of the dictionary


class Chooser:
    """Settles the readings of one text with Kiwi's morphemes of it."""

    def __init__(self, words: Dictionary, kiwi: Any, text: str) -> None:
        self._words = words
        self._text = text
        self._tokens = list(kiwi.tokenize(text))
        self._place = 0

    def __call__(
        self, run: str, readings: Sequence[tuple[GlossedWord, ...]]
    ) -> tuple[GlossedWord, ...]:
        tokens = self._tokens_of(run)
        if not tokens:
            return first_reading(run, readings)
        for reading in readings:
            if _fits(reading[0], tokens[0], tokens):
                return reading
        if readings:
            return readings[0]
        return tuple(self._pieces(run, tokens))

    def _tokens_of(self, run: str) -> list[Any]:
        start = self._text.find(run, self._place)
        if start < 0:
            return []
        self._place = start + len(run)
        inside = [token for token in self._tokens if start <= token.start < self._place]
        return inside

    def _pieces(self, run: str, tokens: list[Any]) -> list[GlossedWord]:
        """Make pieces of morphemes: stems are looked up, names written in Latin letters."""
        found: list[GlossedWord] = []
        place = 0
        while place < len(tokens):
            taken, piece = self._piece(tokens, place)
            if piece is not None:
                found.append(piece)
            place += taken
        return found or [unknown(run)]

    def _piece(self, tokens: list[Any], place: int) -> tuple[int, GlossedWord | None]:
        tag = tokens[place].tag
        if tag.startswith(("J", "E", "XSN", "EP")):
            return 1, None
        stem, taken = self._longest(tokens, place)
        shape = _shape_after(tokens, place + taken)
        if stem is not None and stem.part in (PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE):
            return taken + _endings(tokens, place + taken), GlossedWord(
                tokens[place].form, stem, shape=shape
            )
        surface = "".join(token.form for token in tokens[place : place + taken])
        role = _role_after(tokens, place + taken)
        if stem is not None:
            return taken, GlossedWord(surface, stem, role)
        return taken, self._unglossed(tokens[place], role)

    def _longest(self, tokens: list[Any], place: int) -> tuple[Gloss | None, int]:
        """Return the longest run of morphemes that the dictionary knows, and its length."""
        words = self._words
        for length in range(min(MOST_TOGETHER, len(tokens) - place), 0, -1):
            run = tokens[place : place + length]
            form = "".join(token.form for token in run)
            last = run[-1].tag.split("-")[0]
            is_made = last in MAKERS and length > 1
            if (is_made or last in PREDICATES) and f"{form}다" in words.stems:
                return words.stems[f"{form}다"], length
            if last in NOUNS and form in words.nouns:
                return words.nouns[form], length
            if length == 1 and form in words.whole:
                return words.whole[form], 1
        return None, 1

    def _unglossed(self, token: Any, role: CaseRole) -> GlossedWord | None:
        tag = token.tag.split("-")[0]
        if tag == "NNP":
            return GlossedWord(
                token.form, Gloss(token.form, romanise(token.form), PartOfSpeech.NOUN, ""), role
            )
        if tag in ("VCP", "VX", "XSV", "XSA", "VCN"):
            return None
        return unknown(token.form, role) if tag in (*NOUNS, *PREDICATES, "MAG", "MM") else None


def _fits(piece: GlossedWord, first: Any, tokens: list[Any]) -> bool:
    tag = first.tag
    if piece.part in (PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE) and tag in ("XR", "NNG"):
        return any(token.tag.startswith(("XSV", "XSA")) for token in tokens)
    return any(tag.startswith(start) for start in FITTING.get(piece.part, ()))


def _shape_after(tokens: list[Any], place: int) -> PredicateForm:
    for token in tokens[place:]:
        tag = token.tag.split("-")[0]
        if tag == "EC" and token.form in ("지", "게"):
            return PredicateForm.NEGATED if token.form == "지" else PredicateForm.ADVERBIAL
        if tag in SHAPES:
            return SHAPES[tag]
    return PredicateForm.FINAL


def _endings(tokens: list[Any], place: int) -> int:
    """Return how many endings follow."""
    count = 0
    while place + count < len(tokens) and tokens[place + count].tag.startswith("E"):
        count += 1
    return count


def _role_after(tokens: list[Any], place: int) -> CaseRole:
    tail = ""
    for token in tokens[place:]:
        if not token.tag.startswith(("J", "XSN", "VCP", "E")):
            break
        tail += token.form
    for length in range(len(tail), 0, -1):
        if tail[:length] in tails():
            return tails()[tail[:length]][0]
    is_being = any(token.tag == "VCP" for token in tokens[place : place + 2])
    return CaseRole.COPULA if is_being else CaseRole.BARE
