"""Where numbers lie in a picture of a curve, and what every such picture has: grid, numbers, dots.

One size for all curves; margins and scale are the curve's own. Colours come from classes. Knows
numbers and words that are HTML already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 280
GAP = 8  # between the grid and the words beside it
MIDDLE = 4  # from the middle of a line of text to where it stands

Place = tuple[float, float]  # x and y, from the top left


@dataclass(frozen=True, slots=True)
class Axes:
    """The two directions of a curve.

    Attributes:
        share: value -> how far up it lies, from 0 at the bottom to 1 at the top.
        steps: what lies at the right end; 0 lies at the left.
        numbers_up: from the lower edge to the numbers along it.
    """

    left: int
    right: int
    top: int
    bottom: int
    share: Callable[[float], float]
    steps: float
    numbers_up: int

    @property
    def end(self) -> int:
        """Return the x of the right end."""
        return WIDTH - self.right

    def place(self, step: float, value: float) -> Place:
        """Return where a value lies."""
        up = (HEIGHT - self.top - self.bottom) * self.share(value)
        return round(self.across(step), 1), round(HEIGHT - self.bottom - up, 1)

    def across(self, step: float) -> float:
        """Return the x of a step."""
        return self.left + (WIDTH - self.left - self.right) * step / self.steps

    def level(self, name: str, value: float) -> str:
        """Return a line from end to end at a value."""
        y = self.place(0, value)[1]
        return f'<path class="{name}" d="M{self.left} {y}H{self.end}"/>'

    def grid(self, marks: Iterable[tuple[float, str]]) -> str:
        """Return lines at values, with a word before each."""
        parts = []
        for value, word in marks:
            y = self.place(0, value)[1] + MIDDLE
            parts.append(self.level("grid", value))
            parts.append(f'<text x="{self.left - GAP}" y="{y}" text-anchor="end">{word}</text>')
        return "".join(parts)

    def numbers(self, marks: Iterable[tuple[float, int]]) -> str:
        """Return numbers along the bottom."""
        return "".join(
            f'<text x="{round(self.across(step), 1)}" y="{HEIGHT - self.numbers_up}" '
            f'text-anchor="middle">{number}</text>'
            for step, number in marks
        )


def dots(name: str, places: Sequence[Place], radius: int) -> str:
    """Return a dot at every place."""
    return "".join(f'<circle class="{name}" cx="{x}" cy="{y}" r="{radius}"/>' for x, y in places)


def head(label: str, more: str = "") -> str:
    """Return how every picture begins.

    Args:
        label: what it shows, for those who do not see it; no quotation marks in it.
    """
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}"{more}>'
