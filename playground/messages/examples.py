"""What the crayon can draw: the example cards, and the words of a phrase that will not show."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "examples.title": Text("크레용은 이런 걸 그려요", "What the crayon can draw"),
    "examples.undrawable": Text(
        "그림에 안 나올 말: {words}. 대신 기분과 색, 배경은 따라가요.",
        "Will not show in the picture: {words}. Mood, colours and background still follow.",
    ),
}
