"""What each data file may hold: the fields of a line, which are needed, and their values.

Knows JSON types and closed lists. Does not open files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.contract.text_options import Mood
from pipelines.text.korean import conjugate
from pipelines.text.lexicon.entries import (
    Adjective,
    Adverb,
    Category,
    Colour,
    Counter,
    Interjection,
    Noun,
    Sense,
    Verb,
)

# Letters, digits, spaces and the few marks an English gloss needs.
GLOSS = re.compile(r"[A-Za-z][A-Za-z ,'-]*")
KOREAN = re.compile(r"[가-힣]+( [가-힣]+)?")
HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line.

    Attributes:
        attribute: its name in the entry class where that differs.
        kind: str, list (of texts) or bool.
        choices: the values a text, or each text of a list, may have; () for any.
        pattern: what a text has to look like.
    """

    name: str
    is_needed: bool = False
    attribute: str = ""
    kind: type = str
    choices: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """One data file: the class of its entries and the fields of a line."""

    entry: type
    fields: tuple[Field, ...]


CATEGORIES = tuple(Category)
CLASSES = tuple(kind.value for kind in conjugate.Irregular if kind)
KO = Field("ko", is_needed=True, pattern=KOREAN)
EN = Field("en", is_needed=True, pattern=GLOSS)
CLASS = Field("class", attribute="irregular", choices=CLASSES)
RATING = Field("rating", choices=("all", "mild"))
MOOD = Field("mood", choices=tuple(mood for mood in Mood if mood is not Mood.ANY))
SPOKEN = Field("spoken", attribute="is_spoken", kind=bool)

SCHEMAS: dict[str, Schema] = {
    "nouns": Schema(
        Noun,
        (
            KO,
            EN,
            Field("cat", is_needed=True, choices=CATEGORIES),
            Field("sense", choices=tuple(Sense)),
            Field("counters", kind=list),
            Field("article", choices=("a", "the", "some", "")),
            Field("plural", pattern=GLOSS),
            Field("role", choices=("dish",)),
            RATING,
            MOOD,
            SPOKEN,
            Field("emoji"),
            Field("shape"),
            Field("scene"),
        ),
    ),
    "colours": Schema(
        Colour,
        (
            KO,
            EN,
            Field("noun", is_needed=True, pattern=KOREAN),
            Field("hex", is_needed=True, pattern=HEX),
            Field("adjective", pattern=KOREAN),
            CLASS,
        ),
    ),
    "adjectives": Schema(
        Adjective,
        (KO, EN, Field("sense", is_needed=True, choices=tuple(Sense)), CLASS, RATING, MOOD, SPOKEN),
    ),
    "verbs": Schema(
        Verb,
        (
            KO,
            EN,
            Field("valency", is_needed=True, choices=("i", "t")),
            Field("fits", is_needed=True, kind=list, choices=CATEGORIES),
            Field("never", kind=list, choices=CATEGORIES),
            CLASS,
            Field("past", pattern=GLOSS),
            Field("third", pattern=GLOSS),
            Field("ing", pattern=GLOSS),
            RATING,
            MOOD,
            SPOKEN,
        ),
    ),
    "adverbs": Schema(
        Adverb, (KO, EN, Field("kind", True, choices=("방식", "흉내", "때", "정도")), MOOD)
    ),
    "counters": Schema(
        Counter,
        (
            KO,
            EN,
            Field("cats", is_needed=True, kind=list, choices=CATEGORIES),
            Field("numbers", choices=("native", "sino")),
            Field("plural", pattern=GLOSS),
            Field("is_plain", kind=bool),
        ),
    ),
    "interjections": Schema(Interjection, (KO, EN, MOOD)),
}

Fault = tuple[str, dict[str, str]]  # message key and its values


def faults(row: dict[str, Any], schema: Schema) -> Iterator[Fault]:
    """Yield everything that is wrong with one line by itself."""
    known = {field.name: field for field in schema.fields}
    for name in row:
        if name not in known:
            yield "lexicon.unknown", {"name": name[:40], "known": ", ".join(known)}
    for field in schema.fields:
        if field.name in row:
            yield from _value_faults(row[field.name], field)
        elif field.is_needed:
            yield "lexicon.missing", {"name": field.name}


def _value_faults(value: Any, field: Field) -> Iterator[Fault]:
    shown = {"name": field.name, "value": str(value)[:60]}
    if not isinstance(value, field.kind):
        words = {str: "text", list: "list", bool: "true/false"}
        yield "lexicon.kind", {**shown, "wanted": words[field.kind]}
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, bool):
            continue
        if not isinstance(item, str):
            yield "lexicon.kind", {**shown, "wanted": "text"}
        elif field.choices and item not in field.choices:
            yield "lexicon.choice", {**shown, "known": ", ".join(filter(None, field.choices))}
        elif field.pattern and not field.pattern.fullmatch(item):
            yield "lexicon.form", {**shown, "wanted": field.pattern.pattern}


def build(row: dict[str, Any], schema: Schema) -> Any:
    """Return the entry of a line without faults."""
    values: dict[str, Any] = {}
    for field in schema.fields:
        if field.name in row:
            values[field.attribute or field.name] = _typed(row[field.name], field)
    return schema.entry(**values)


def _typed(value: Any, field: Field) -> Any:
    if field.choices == CATEGORIES:
        return tuple(map(Category, value)) if field.kind is list else Category(value)
    if field.name == "sense":
        return Sense(value)
    return tuple(value) if field.kind is list else value


def stem_fault(row: dict[str, Any], name: str) -> Fault | None:
    """Return what is wrong with the dictionary form in a field, None when it conjugates."""
    try:
        for ending in ("어요", "은", "는다", "습니다"):
            conjugate.conjugate(row[name], ending, row.get("class", ""))
    except ValueError:
        return "lexicon.stem", {"value": row[name], "irregular": row.get("class") or "-"}
    return None
