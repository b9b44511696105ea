"""What a seed draws in a prompt: `__animal__` a line of animal.txt, `{red|blue}` an option.

Lines may hold further wildcards; they are drawn too, round by round. A list that is missing is an
error, never the plain word. Does not know where words come from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.length import check_length
from pipelines.image.prompt.variants import draw_variants, has_variants, pick

MAX_ROUNDS = 64
NAME = re.compile(r"\\.|__(?P<name>[\w./-]+?)__", re.DOTALL)

Words = Callable[[str], tuple[str, ...]]  # WordLists.words


def draw_wildcards(
    text: str, words: Words, chance: random.Random, field: str = "picture_prompt"
) -> str:
    """Return the text with every wildcard and variant drawn, from left to right.

    >>> draw_wildcards("a __pet__", lambda name: (f"tiny {name}",), random.Random(1))
    'a tiny pet'

    Raises:
        InvalidRequest: what is named is not there, or it never ends.
    """
    for _ in range(MAX_ROUNDS):
        if not has_variants(text) and not any(found["name"] for found in NAME.finditer(text)):
            return text
        text = _draw_names(draw_variants(text, chance), words, chance, field)
    raise InvalidRequest("prompt.wildcard.deep", text=text[:60], limit=MAX_ROUNDS)


def _draw_names(text: str, words: Words, chance: random.Random, field: str) -> str:
    check_length(len(text), field)
    drawn: list[str] = []
    length = len(text)
    at = 0
    for found in NAME.finditer(text):
        if found["name"] is not None:
            lines = words(found["name"])
            line = lines[pick(len(lines), chance)]
            length += len(line)
            check_length(length, field)
            drawn += (text[at : found.start()], line)
            at = found.end()
    return "".join((*drawn, text[at:]))
