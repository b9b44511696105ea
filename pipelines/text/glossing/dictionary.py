"""Every word that can be glossed: the lexicon, everyday words, words of Korean culture.

Knows the data files beside it and how their lines are read. Conjugates each verb once, when the
first sentence is read. Does not read sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeGuard

from pipelines.text import lexicon
from pipelines.text.glossing.inflections import Inflections, collect
from pipelines.text.glossing.pieces import Gloss, PartOfSpeech
from pipelines.text.lexicon import Adjective, Category, Lexicon, Noun, Verb
from pipelines.text.rendering.filling import NATIVE, SINO

FOLDER = Path(__file__).parent
POSITIONS = {
    "위": "on top of",
    "아래": "under",
    "밑": "under",
    "옆": "next to",
    "곁": "beside",
    "안": "inside",
    "속": "inside",
    "앞": "in front of",
    "뒤": "behind",
    "사이": "between",
    "밖": "outside",
    "바깥": "outside",
    "근처": "near",
    "너머": "beyond",
    "한가운데": "in the middle of",
    "꼭대기": "at the top of",
    "맞은편": "opposite",
}
NUMBERS = dict(
    enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
)
NOUN_KINDS = {"noun": "a", "mass": "", "name": "", "person": ""}
PARTS = {
    "time": PartOfSpeech.TIME,
    "adverb": PartOfSpeech.ADVERB,
    "skip": PartOfSpeech.SKIP,
    "number": PartOfSpeech.NUMBER,
    "counter": PartOfSpeech.COUNTER,
}
DEGREE = frozenset(
    "너무 아주 매우 몹시 정말 진짜 굉장히 엄청 완전 꽤 제법 무척 약간 조금 참 되게 겁나 제일 "
    "가장".split()
)
PLACES = frozenset(
    "village room living room bedroom classroom yard garden shop market restaurant cafe pub hotel "
    "hospital pharmacy bank church park seaside farm station office factory theatre cinema palace "
    "gymnasium swimming pool amusement park prison graveyard neighbourhood department store "
    "supermarket bus stop alley coffee shop bookshop flower shop".split()
)
HANJA, JAMO = "hanja", "jamo"


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """One line of everyday.tsv."""

    kind: str
    ko: str
    en: str
    valency: str
    irregular: str


@dataclass(frozen=True, slots=True)
class Culture:
    """A word of Korean culture: its name, and what it looks like, for who does not know it."""

    ko: str
    name: str
    looks: str


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words by how they are found.

    Attributes:
        nouns: dictionary form -> gloss; adverbs, times, cries and skipped words are in `whole`.
        stems: dictionary form of verbs and adjectives -> gloss.
        inflected: the verbs and adjectives that a form may be of.
        hanja, jamo: single letters.
    """

    nouns: dict[str, Gloss]
    whole: dict[str, Gloss]
    stems: dict[str, Gloss]
    inflected: Inflections
    numbers: dict[str, Gloss]
    counters: dict[str, Gloss]
    hanja: dict[str, Gloss]
    jamo: dict[str, str]
    emoji: dict[str, Gloss]


@cache
def everyday() -> tuple[DictionaryRow, ...]:
    """Return the lines of everyday.tsv."""
    return tuple(DictionaryRow(*(*fields, "", "", "")[:5]) for fields in lines("everyday"))


@cache
def collocations() -> dict[tuple[str, str], tuple[str, str]]:
    """Return (verb, noun) -> what the two mean together; "" where the usual gloss stands."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for verb, nouns, verb_en, *noun in lines("collocations"):
        for ko in nouns.split():
            found.setdefault((verb, ko), (verb_en, "".join(noun)))
    return found


@cache
def captions() -> dict[str, str]:
    """Return the glosses for picture prompts, where the lexicon's suit sentences or our emoji."""
    return {ko: en for ko, en in lines("captions")}


@cache
def culture() -> dict[str, Culture]:
    """Return the words of Korean culture."""
    return {fields[0]: Culture(*fields) for fields in lines("culture")}


def lines(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a data file."""
    for line in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def builtin() -> Dictionary:
    """Return the dictionary that ships, built once."""
    return build(lexicon.builtin())


def build(words: Lexicon) -> Dictionary:
    """Return the dictionary of a lexicon and the data files."""
    rows = everyday()
    nouns = {row.ko: _everyday_noun(row) for row in rows if row.kind in NOUN_KINDS}
    nouns |= {noun.ko: _lexicon_noun(noun) for noun in words.nouns}
    for entry in culture().values():
        known = nouns.get(entry.ko)
        plain = Gloss(entry.ko, entry.name, PartOfSpeech.NOUN, "", entry.name)
        nouns[entry.ko] = replace(known, en=entry.name, plural="") if _is_counted(known) else plain
    whole = {row.ko: _whole(row) for row in rows if row.kind in ("time", "adverb", "skip")}
    for adverb in words.adverbs:
        part = PartOfSpeech.DEGREE if adverb.ko in DEGREE else PartOfSpeech.ADVERB
        whole.setdefault(adverb.ko, Gloss(adverb.ko, adverb.en, part))
    for cry in words.interjections:
        whole.setdefault(cry.ko, Gloss(cry.ko, "", PartOfSpeech.CRY))
    for row in rows:
        if row.kind == "adj" and not row.ko.endswith("다"):
            whole[row.ko] = Gloss(row.ko, row.en, PartOfSpeech.ADJECTIVE)
    for colour in words.colours:
        stem = colour.noun.removesuffix("색")
        for form in (colour.ko, colour.noun, f"{stem}색", f"{colour.ko.removesuffix('색')}색"):
            whole[form] = Gloss(form, colour.en, PartOfSpeech.ADJECTIVE)
    stems, inflected = _predicates(words, rows)
    return Dictionary(
        nouns=nouns,
        whole=whole,
        stems=stems,
        inflected=inflected,
        numbers=_numbers(rows),
        counters=_counters(words, rows),
        hanja={
            row.ko: Gloss(row.ko, row.en, PartOfSpeech.NOUN, "")
            for row in rows
            if row.kind == HANJA
        },
        jamo={row.ko: row.en for row in rows if row.kind == JAMO},
        emoji={noun.emoji: nouns[noun.ko] for noun in words.nouns if noun.emoji},
    )


def _everyday_noun(row: DictionaryRow) -> Gloss:
    living = row.kind == "person"
    return Gloss(
        row.ko,
        row.en,
        PartOfSpeech.NOUN,
        NOUN_KINDS[row.kind],
        is_living=living,
        is_place=row.en in PLACES,
    )


def _is_counted(known: Gloss | None) -> TypeGuard[Gloss]:
    """Say whether a word of culture keeps what the lexicon knows of it: article, place, living."""
    return known is not None and (known.article != "a" or known.is_living or known.is_place)


def _lexicon_noun(noun: Noun) -> Gloss:
    caption = captions().get(noun.ko)
    return Gloss(
        noun.ko,
        caption or noun.en,
        PartOfSpeech.NOUN,
        noun.article,
        "" if caption else noun.plural,
        is_living=noun.cat in (Category.ANIMAL, Category.PERSON),
        is_place=noun.cat is Category.PLACE,
        counters=noun.counters,
    )


def _whole(row: DictionaryRow) -> Gloss:
    part = PartOfSpeech.DEGREE if row.ko in DEGREE else PARTS[row.kind]
    return Gloss(row.ko, row.en, part)


def _predicates(
    words: Lexicon, rows: tuple[DictionaryRow, ...]
) -> tuple[dict[str, Gloss], Inflections]:
    known = (*_from_lexicon(words), *_from_rows(rows))
    stems: dict[str, Gloss] = {}
    for gloss, _ in known:
        stems.setdefault(gloss.ko, gloss)
    return stems, collect(known)


def _from_lexicon(words: Lexicon) -> Iterator[tuple[Gloss, str]]:
    for colour in words.colours:
        if colour.adjective:
            yield Gloss(colour.adjective, colour.en, PartOfSpeech.ADJECTIVE), colour.irregular
    entries: tuple[Adjective | Verb, ...] = (*words.adjectives, *words.verbs)
    for entry in entries:
        yield _predicate(entry), entry.irregular


def _predicate(entry: Adjective | Verb) -> Gloss:
    if isinstance(entry, Adjective):
        return Gloss(entry.ko, entry.en, PartOfSpeech.ADJECTIVE)
    caption = captions().get(entry.ko)
    return Gloss(
        entry.ko,
        caption or entry.en,
        PartOfSpeech.VERB,
        ing="" if caption else entry.ing,
        past=entry.past,
        is_transitive=entry.valency == "t",
    )


def _from_rows(rows: tuple[DictionaryRow, ...]) -> Iterator[tuple[Gloss, str]]:
    for row in rows:
        if row.kind == "adj" and row.ko.endswith("다"):
            yield Gloss(row.ko, row.en, PartOfSpeech.ADJECTIVE), row.irregular
        elif row.kind == "verb":
            gloss = Gloss(row.ko, row.en, PartOfSpeech.VERB, is_transitive=row.valency == "t")
            yield gloss, row.irregular


def _numbers(rows: tuple[DictionaryRow, ...]) -> dict[str, Gloss]:
    listed = [(row.ko, row.en) for row in rows if row.kind == "number"]
    found = {ko: Gloss(ko, en, PartOfSpeech.NUMBER) for ko, en in (*NATIVE, *SINO)}
    for ko, en in listed:
        word = NUMBERS.get(int(en), en) if en.isdigit() else en
        found.setdefault(ko, Gloss(ko, word, PartOfSpeech.NUMBER))
    found["반"] = Gloss("반", "half", PartOfSpeech.NUMBER)
    return found


def _counters(words: Lexicon, rows: tuple[DictionaryRow, ...]) -> dict[str, Gloss]:
    found = {
        row.ko: Gloss(row.ko, row.en, PartOfSpeech.COUNTER) for row in rows if row.kind == "counter"
    }
    for counter in words.counters:
        gloss = Gloss(counter.ko, counter.en, PartOfSpeech.COUNTER, plural=counter.plural)
        found.setdefault(counter.ko, gloss)
    return {ko: replace(gloss, article="") for ko, gloss in found.items()}
