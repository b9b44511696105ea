"""How `python -m models` says something: lines for people, JSON for scripts.

Knows the message table and the streams; does not know what is said.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.entry import Model
from models.errors import PlaygroundError, Value
from models.header import MAX_NAME
from models.model_store import Flaw
from playground.messages import Language, explain, table, text
from playground.model_cli.facts import Facts, describe, family_name


@dataclass(slots=True)
class Printer:
    """Prints in one language, or as JSON."""

    language: Language
    as_json: bool = False

    def say(self, key: str, **values: Value) -> str:
        """Return a sentence of the message table."""
        return text(key, self.language, **values)

    def word(self, group: str, value: str) -> str:
        """Return what a value of a table is called; itself where it has no other name."""
        key = f"{group}.{value}"
        return self.say(key) if key in table() else value

    def facts(self, facts: Mapping[str, Any], line: str) -> None:
        """Print the line, or the facts as JSON."""
        print(_json(facts) if self.as_json else _plain(line))

    def model(self, model: Model) -> None:
        """Print one row of the table of models; what is wrong with one in a sentence below it."""
        facts = describe(model)
        self.facts(facts, "\t".join(self.cells(model, facts)))
        if model.flaw is not None and not self.as_json:
            print(_plain(f"\t{self.sentence(model.flaw)}"))

    def sentence(self, flaw: Flaw) -> str:
        """Return why a model cannot be used."""
        return explain(PlaygroundError(flaw.key, **dict(flaw.values)), self.language)

    def cells(self, model: Model, facts: Facts) -> tuple[str, ...]:
        """Return name, kind, size, hash and state of a model."""
        kind = self.word("models.kind", facts["kind"])
        what = " ".join(filter(None, (kind, family_name(facts["family"]), facts["variant"])))
        state = self.word("models.integrity", facts["integrity"])
        trust = self.word("models.trust", facts["trust"])
        size = f"{model.size_bytes / 2**20:.1f} MB"
        return (model.name, what, size, facts["sha256"][:10] or "-", f"{state}, {trust}")

    def list_facts(self, facts: Mapping[str, Any]) -> None:
        """Print everything that is known, a line each, or as JSON."""
        if self.as_json:
            print(_json(facts))
            return
        for key, value in facts.items():
            if value in ("", (), [], None):
                continue
            print(_plain(f"{self.word('models.fact', key)}: {self._shown(key, value)}"))

    def fail(self, error: PlaygroundError, name: str = "") -> None:
        """Print a failure beside the result."""
        sentence = explain(error, self.language)
        if self.as_json:
            facts = {"name": name, "error": error.key, "values": error.values, "text": sentence}
            print(_json(facts), file=sys.stderr)
        else:
            print(*filter(None, (name, sentence)), sep="\t", file=sys.stderr)

    def _shown(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return self.say(f"models.cli.{'yes' if value else 'no'}")
        if isinstance(value, Mapping):
            parts = (f"{self.word('models.fact', k)} {self._shown(k, v)}" for k, v in value.items())
            return " · ".join(parts)
        if isinstance(value, tuple | list):
            return ", ".join(self._shown("", one) for one in value) or "-"
        return self.word(f"models.{key}", str(value))


def _json(facts: Mapping[str, Any]) -> str:
    """Return JSON; where the stream has not every letter, with escapes, so that none is lost."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return json.dumps(facts, ensure_ascii=encoding != "utf8")


def _plain(line: str) -> str:
    """Return a line without what would move the cursor; names of files may hold anything."""
    return "".join(
        letter if letter.isprintable() or letter == "\t" else "\N{REPLACEMENT CHARACTER}"
        for letter in line[: 16 * MAX_NAME]
    )
