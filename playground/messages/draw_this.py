"""The button that draws a phrase from any tab."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "draw_this": Text("그리기", "Draw"),
}
