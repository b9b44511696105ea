"""Every sentence a person can read, in Korean and English, and the one way to say it.

One file per room, each with a table ROWS: key -> Text; those among them that label a control also
stand in LABELS, those that the page's scripts say in SCRIPT. A failure's sentence has three parts:
what happened (with the value), why, and what to do. Knows no widgets and no terminal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from models.errors import PlaygroundError, Value
from pipelines.text.korean.josa import attach

# A row writes "{value}을(를)"; which of the two it is depends on what fills the blank.
PARTICLES = {
    "을(를)": "을/를",
    "은(는)": "은/는",
    "이(가)": "이/가",
    "과(와)": "과/와",
    "(으)로": "으로/로",
    "(이)라": "이라/라",
}
OPEN_PARTICLE = re.compile(r"(\S+)(" + "|".join(re.escape(open_) for open_ in PARTICLES) + ")")


class Language(StrEnum):
    """The languages of the page; Korean first."""

    KO = "ko"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; `{name}` marks a blank."""

    ko: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the sentence with its blanks still open."""
        return self.ko if language is Language.KO else self.en


@cache
def table() -> Mapping[str, Text]:
    """Return all rows of all rooms, put together once.

    A key that two rooms claim is a programming mistake.
    """
    return _together("ROWS")


def labels() -> Mapping[str, Text]:
    """Return the rows that Gradio draws as labels of controls: the LABELS of every room."""
    return _together("LABELS")


def script_rows() -> Mapping[str, Text]:
    """Return the rows that the page's scripts say: the SCRIPT of every room."""
    return _together("SCRIPT")


def _together(part: str) -> dict[str, Text]:
    """Return one part of every file of this folder; a new room needs no list of rooms."""
    rows: dict[str, Text] = {}
    for module in iter_modules(__path__):
        room = import_module(f"{__name__}.{module.name}")
        for key, row in getattr(room, part, {}).items():
            if key in rows:
                raise RuntimeError(f"message key {key!r} has two rows")
            rows[key] = row
    return rows


def text(key: str, language: Language, **values: Value) -> str:
    """Return the sentence of `key` with its blanks filled.

    Particles written "을(를)" settle by the word before them. A value named ``field`` is the name
    of a setting and is translated too (row ``field.<name>``).
    """
    rows = table()
    if "field" in values:
        values["field"] = rows[f"field.{values['field']}"].in_language(language)
    filled = rows[key].in_language(language).format_map({k: _shown(v) for k, v in values.items()})
    if language is Language.KO:
        filled = OPEN_PARTICLE.sub(_settle_particle, filled)
    return filled.encode("utf-8", "replace").decode()  # a lone surrogate must not break a face


def explain(error: PlaygroundError, language: Language) -> str:
    """Return what happened, why, and what to do, in one paragraph."""
    return text(error.key, language, **error.values)


def preferred(accept_language: str | None) -> Language:
    """Read an Accept-Language header or a locale name; Korean unless it asks for something else.

    >>> preferred("en-US,en;q=0.9,ko;q=0.8"), preferred("ko-KR"), preferred(None)
    (<Language.EN: 'en'>, <Language.KO: 'ko'>, <Language.KO: 'ko'>)
    """
    if not accept_language:
        return Language.KO
    first = accept_language.split(",")[0].strip().lower()
    return Language.KO if first.startswith("ko") or first in ("", "*") else Language.EN


def _settle_particle(found: re.Match[str]) -> str:
    return attach(found[1], PARTICLES[found[2]])


def _shown(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
