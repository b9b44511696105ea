"""The example cards of the Play tab: what the crayon can draw, drawn by it, one click each.

The little pictures are the crayon's own (seed 0, its usual settings). Knows no handlers: a card is
a "draw this" button with a picture on it.
"""

from __future__ import annotations

from html import escape

from playground.web.kit.wording import bilingual

# file in static/examples -> what was drawn; each shows another thing that may be asked for
CARDS = {
    "1": "파란 고양이",
    "2": "사과 위에 로켓",
    "3": "졸린 해골",
    "4": "고양이 두 마리",
    "5": "눈밭 배경에 거북이",
    "6": "우울한 월요일",
}


def html() -> str:
    """Return the row of cards as HTML."""
    cards = "".join(_card(file, phrase) for file, phrase in CARDS.items())
    return f'<h2>{bilingual("examples.title")}</h2><div class="row">{cards}</div>'


def _card(file: str, phrase: str) -> str:
    said = escape(phrase, quote=True)
    return (
        f'<button type="button" class="draw-this example" data-text="{said}">'
        f'<img src="./ui/examples/{file}.webp" alt="" width="56" height="56">'
        f'<span lang="ko">{said}</span></button>'
    )
