"""Sentences of the studio room."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {}
