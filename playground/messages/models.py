"""Sentences of the models room."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {}
