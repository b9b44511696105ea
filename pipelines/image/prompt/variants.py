"""`{red|blue}` becomes one of its options, `{2$$a|b|c}` two different ones; a seed decides.

The syntax of the dynamic prompts extension: `{2$$ and $$a|b|c}` joins with " and ", `{1-2$$a|b}`
draws how many. Braces without a bar are text, and a bar inside `[a|b]` belongs to that. One pass,
never recursive; options that are not drawn are not looked into.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.contract.errors import InvalidRequest

TOKEN = re.compile(r"(?:[^\\{}\[\]|]+|\\.)+|\\|[{}\[\]|]", re.DOTALL)
HOW_MANY = re.compile(r"\s*([0-9]{1,2})(?:-([0-9]{1,2}))?\$\$(?:([^$]*)\$\$)?")
SEPARATOR = ", "

Part = tuple[str, int, int]  # a text, then tokens from..to


@dataclass(frozen=True, slots=True)
class _Variants:
    """A pair of braces with bars.

    Attributes:
        options: what stands between the bars.
        end: the closing brace.
        least, most: how many are drawn.
    """

    options: tuple[Part, ...]
    end: int
    least: int = 1
    most: int = 1
    separator: str = SEPARATOR


@dataclass(slots=True)
class _OpenVariant:
    bracket: str
    at: int
    bars: list[int] = field(default_factory=list)


def has_variants(text: str) -> bool:
    """Return whether there is anything to draw."""
    return bool(_parse(TOKEN.findall(text)))


def draw_variants(text: str, chance: random.Random) -> str:
    """Return the text with one drawing of every `{a|b}`, inner ones included.

    >>> draw_variants("a {cat|cat} in {2$$red|red}", random.Random(1))
    'a cat in red, red'

    Raises:
        InvalidRequest: more options are wanted than there are.
    """
    tokens = TOKEN.findall(text)
    groups = _parse(tokens)
    drawn: list[str] = []
    left: list[Part] = [("", 0, len(tokens))]
    while left:
        lead, at, end = left.pop()
        drawn.append(lead)
        while at < end:
            group = groups.get(at)
            if group is None:
                drawn.append(tokens[at])
                at += 1
                continue
            left.append(("", group.end + 1, end))
            left.extend(reversed(_picked(group, chance)))
            break
    return "".join(drawn)


def pick(count: int, chance: random.Random) -> int:
    """Return a place in 0..count; the same in every version of Python, unlike `choice`."""
    return int(chance.random() * count)


def _picked(group: _Variants, chance: random.Random) -> list[Part]:
    """Return different options, ready to be read one after the other."""
    count = group.least + pick(group.most - group.least + 1, chance)
    rest = list(group.options)
    picked = []
    for place in range(count):
        lead, at, end = rest.pop(pick(len(rest), chance))
        picked.append((group.separator + lead if place else lead, at, end))
    return picked


def _parse(tokens: list[str]) -> dict[int, _Variants]:
    """Return the pairs of braces with bars by the place of the opening one."""
    groups: dict[int, _Variants] = {}
    stack: list[_OpenVariant] = []
    braces = 0
    for at, sign in enumerate(tokens):
        if sign in ("{", "["):
            stack.append(_OpenVariant(sign, at))
            braces += sign == "{"
        elif sign == "|" and stack:
            stack[-1].bars.append(at)
        elif sign == "]" and stack and stack[-1].bracket == "[":
            stack.pop()
        elif sign == "}" and braces:
            braces -= 1
            inner = [stack.pop()]
            while inner[-1].bracket == "[":  # never closed, so its bars are the brace's
                inner.append(stack.pop())
            bars = [bar for open_ in reversed(inner) for bar in open_.bars]
            if bars:
                groups[inner[-1].at] = _variants(tokens, inner[-1].at, bars, at)
    return groups


def _variants(tokens: list[str], start: int, bars: list[int], end: int) -> _Variants:
    options: list[Part] = [("", a + 1, b) for a, b in pairwise((start, *bars, end))]
    wanted = HOW_MANY.match(tokens[start + 1])
    if wanted is None:
        return _Variants(tuple(options), end)
    options[0] = (tokens[start + 1][wanted.end() :], start + 2, bars[0])
    least, most = sorted((int(wanted[1]), int(wanted[2] or wanted[1])))
    if most > len(options):
        raise InvalidRequest("prompt.variants.few", wanted=most, options=len(options))
    separator = SEPARATOR if wanted[3] is None else wanted[3]
    return _Variants(tuple(options), end, least, most, separator)
