"""Sentences of the page room."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {}
