"""What a seed draws in a prompt: `__animal__` a line of animal.txt, `{red|blue}` an option.

Lines may hold further wildcards; they are drawn too, round by round. A list that is missing is an
error, never the plain word. Does not know where words come from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as made

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.length import check_length
from pipelines.image.prompt.lot_heads import take_weight
from pipelines.image.prompt.variables import has_variables, put_variables
from pipelines.image.prompt.variants import draw_variants, has_variants, pick, weighted_pick
from pipelines.image.prompt.wildcard_names import NAME, names_of

MAX_ROUNDS = 64
MAX_DEPTH = 16  # values drawn at once inside one another
PARAMETERS = re.compile(r"[^()]+\([^()=]+=.*\)\s*")  # `__animal(size=big)__`
JINJA = re.compile(r"\\.|(?P<jinja>\{%)", re.DOTALL)

Words = Callable[[str], tuple[str, ...]]  # WordLists.words


def draw_wildcards(
    text: str, words: Words, chance: random.Random, field: str = "picture_prompt"
) -> str:
    """Return the text with every wildcard, variant and variable drawn, from left to right.

    >>> draw_wildcards("a __pet__", lambda name: (f"tiny {name}",), random.Random(1))
    'a tiny pet'

    Raises:
        InvalidRequest: what is named is not there, it is a kind of lot that is not read, or it
            never ends.
    """
    return _Lots(words, chance, field).drawn(text)


@dataclass(slots=True)
class _Lots:
    """What is drawn in one prompt."""

    words: Words
    chance: random.Random
    field: str
    variables: dict[str, str] = made(default_factory=dict)
    depth: int = 0
    weighed: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = made(default_factory=dict)

    def drawn(self, text: str) -> str:
        """Return a text in which nothing is left to draw."""
        jinja = next((one for one in JINJA.finditer(text) if one["jinja"]), None)
        if jinja and "%}" in text[jinja.end() :]:  # the extension's other language
            raise InvalidRequest("prompt.lots.unread", text=text[jinja.start() :][:60])
        for _ in range(MAX_ROUNDS):
            if not (has_variants(text) or has_variables(text) or any(names_of(text))):
                return text
            check_length(len(text), self.field)
            text = draw_variants(text, self.chance, self.lines)
            text = put_variables(text, self.variables, self.at_once, self.field)
            text = self.named(text)
        raise InvalidRequest("prompt.wildcard.deep", text=text[:60], limit=MAX_ROUNDS)

    def at_once(self, value: str) -> str:
        """Return a value of a variable, drawn now."""
        if self.depth == MAX_DEPTH:
            raise InvalidRequest("prompt.wildcard.deep", text=value[:60], limit=MAX_DEPTH)
        self.depth += 1
        value = self.drawn(value)
        self.depth -= 1
        return value

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a list; refuse what asks for more than a drawing by chance."""
        if PARAMETERS.fullmatch(name):
            raise InvalidRequest("prompt.lots.unread", text=f"__{name[:60]}__")
        if name[0] in "@!":
            raise InvalidRequest("prompt.lots.sampler", sign=name[0], text=f"__{name[:60]}__")
        return self.words(name.removeprefix("~").strip())

    def named(self, text: str) -> str:
        """Return the text with a line for each name of a list."""
        drawn: list[str] = []
        length = len(text)
        at = 0
        for found in NAME.finditer(text):
            if found["name"] is not None:
                line = self.line(found["name"])
                length += len(line)
                check_length(length, self.field)
                drawn += (text[at : found.start()], line)
                at = found.end()
        return "".join((*drawn, text[at:]))

    def line(self, name: str) -> str:
        """Return one line of a list, each as often as its weight says."""
        if name not in self.weighed:
            lines = self.lines(name)
            weights: tuple[float, ...] = ()
            if any("::" in line for line in lines):
                pairs = [take_weight(line) for line in lines]
                lines, weights = tuple(line for line, _ in pairs), tuple(one for _, one in pairs)
            self.weighed[name] = lines, weights
        lines, weights = self.weighed[name]
        if len(set(weights)) > 1:
            return lines[weighted_pick(weights, self.chance)]
        return lines[pick(len(lines), self.chance)]
