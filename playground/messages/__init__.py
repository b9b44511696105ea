"""Every sentence a person can read, in Korean and English, and the one way to say it.

One file per room, each with a table ROWS: key -> Text. A failure's sentence has three parts:
what happened (with the value), why, and what to do. Knows no widgets and no terminal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from models.errors import PlaygroundError, Value
from pipelines.text.josa import attach

# A row writes "{value}을(를)"; which of the two it is depends on what fills the blank.
PARTICLES = {
    "을(를)": "을/를",
    "은(는)": "은/는",
    "이(가)": "이/가",
    "과(와)": "과/와",
    "(으)로": "으로/로",
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
    from playground.messages import (
        command_line,
        launch,
        model_files,
        model_tab,
        models,
        page,
        phrases,
        pictures,
        requests,
        serving,
        studio,
    )

    rows: dict[str, Text] = {}
    for room in (
        requests,
        phrases,
        pictures,
        models,
        model_files,
        model_tab,
        studio,
        page,
        launch,
        command_line,
        serving,
    ):
        for key, row in room.ROWS.items():
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
