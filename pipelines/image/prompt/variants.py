"""`{red|blue}` becomes one of its options, `{2$$a|b|c}` two different ones; a seed decides.

The syntax of the dynamic prompts extension: `{2$$ and $$a|b|c}` joins with " and ", `{1-2$$a|b}`
draws how many, `{0.5::a|2::b}` draws b four times as often, `{2$$__birds__}` two lines of a list.
Braces without any of it are text, and a bar inside `[a|b]` belongs to that. One pass, never
recursive; options that are not drawn are not looked into. What is not read is refused.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.image.prompt.lot_heads import LotHead, read_head, take_weight
from pipelines.image.prompt.wildcard_names import is_wildcard, names_of

TOKEN = re.compile(r"(?:[^\\{}\[\]|]+|\\.)+|\\|[{}\[\]|]", re.DOTALL)
VARIABLE = re.compile(r"\s*[^\W\d][\w-]*\s*(?:\?=|[=:]|\Z)")  # what follows `${`

Part = tuple[str, int, int]  # a text, then tokens from..to
Words = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Variants:
    """A pair of braces of which something is drawn.

    Attributes:
        options: what stands between the bars.
        end: the closing brace.
        head: how many are drawn and what stands between them.
        weights: how often each is drawn; None where all are alike.
    """

    options: tuple[Part, ...]
    end: int
    head: LotHead
    weights: tuple[float, ...] | None = None


@dataclass(slots=True)
class _OpenVariant:
    bracket: str
    at: int
    bars: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Groups:
    """What the braces of a text are, by the place of the opening one."""

    variants: dict[int, _Variants]
    variables: dict[int, int]  # `${name...}`: the closing one; not looked into here


def has_variants(text: str) -> bool:
    """Return whether there is anything to draw."""
    return bool(_parse(TOKEN.findall(text)).variants)


def draw_variants(text: str, chance: random.Random, words: Words | None = None) -> str:
    """Return the text with one drawing of every `{a|b}`, inner ones included.

    >>> draw_variants("a {cat|cat} in {2$$red|red}", random.Random(1))
    'a cat in red, red'

    Raises:
        InvalidRequest: more options are wanted than there are, or it is written in a way that is
            not read.
    """
    tokens = TOKEN.findall(text)
    groups = _parse(tokens)
    drawn: list[str] = []
    left: list[Part] = [("", 0, len(tokens))]
    while left:
        lead, at, end = left.pop()
        drawn.append(lead)
        while at < end:
            group = groups.variants.get(at)
            if group is None:
                stop = groups.variables.get(at, at) + 1
                drawn += tokens[at:stop]
                at = stop
                continue
            left.append(("", group.end + 1, end))
            left.extend(reversed(_picked(_with_lines(group, tokens, words), chance)))
            break
    return "".join(drawn)


def pick(count: int, chance: random.Random) -> int:
    """Return a place in 0..count; the same in every version of Python, unlike `choice`."""
    return int(chance.random() * count)


def weighted_pick(weights: Sequence[float], chance: random.Random) -> int:
    """Return a place, each as often as its weight says; the last that can be where none is left."""
    mark = chance.random() * sum(weights)
    for place, weight in enumerate(weights):
        mark -= weight
        if mark < 0:
            return place
    return max((place for place, weight in enumerate(weights) if weight > 0), default=0)


def _with_lines(group: _Variants, tokens: list[str], words: Words | None) -> _Variants:
    """Return the group with the lines of a list for its options where it has one list alone."""
    if len(group.options) > 1 or words is None:
        return group
    lead, at, end = group.options[0]
    name = lead + "".join(tokens[at:end])
    if not is_wildcard(name.strip()):
        return group
    lines = [take_weight(line) for line in words(next(names_of(name)))]
    options = tuple((text, 0, 0) for text, _ in lines)
    return _Variants(options, group.end, group.head, tuple(weight for _, weight in lines))


def _picked(group: _Variants, chance: random.Random) -> list[Part]:
    """Return different options, ready to be read one after the other."""
    rest = list(group.options)
    weights = None if group.weights is None else list(group.weights)
    if weights is not None and len(set(weights)) == 1 and weights[0] > 0:
        weights = None
    possible = len(rest) if weights is None else sum(weight > 0 for weight in weights)
    least, most = group.head.bounds(possible)
    count = least + pick(most - least + 1, chance)
    picked = []
    for number in range(count):
        place = pick(len(rest), chance) if weights is None else weighted_pick(weights, chance)
        lead, at, end = rest.pop(place)
        if weights is not None:
            del weights[place]
        picked.append((group.head.separator + lead if number else lead, at, end))
    return picked


def _parse(tokens: list[str]) -> _Groups:
    """Return the pairs of braces that mean something."""
    groups = _Groups({}, {})
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
            _add(groups, tokens, inner[-1].at, bars, at)
    return groups


def _add(groups: _Groups, tokens: list[str], start: int, bars: list[int], end: int) -> None:
    before = tokens[start - 1] if start else ""
    if _is_variable(before, tokens[start + 1], end == start + 2):
        groups.variables[start] = end
        return
    brace = next((at for at in range(start + 1, end) if tokens[at] == "{"), end)
    found = read_head("".join(tokens[start + 1 : brace]), bool(bars), before.endswith("%"))
    if found is None:
        return
    head, length = found
    first = start + 1
    while length > len(tokens[first]):  # a bar in what joins the options parts none
        length -= len(tokens[first])
        first += 1
    bars = [bar for bar in bars if bar >= first]
    options: list[Part] = [("", a + 1, b) for a, b in pairwise((start, *bars, end))]
    if length:
        options[0] = (tokens[first][length:], first + 1, (*bars, end)[0])
    weighed = [_weighed(option, tokens) for option in options]
    weights = tuple(weight for _, weight in weighed)
    groups.variants[start] = _Variants(tuple(part for part, _ in weighed), end, head, weights)


def _is_variable(before: str, after: str, is_alone: bool) -> bool:
    """Return whether a brace between these tokens is that of `${name}` or `${name=...}`."""
    if not before.endswith("$") or before.endswith(("$$", "\\$")):
        return False
    found = VARIABLE.match(after)
    return found is not None and (found[0][-1:] in ("=", ":") or is_alone)


def _weighed(option: Part, tokens: list[str]) -> tuple[Part, float]:
    """Return an option without the weight in front of it, and the weight."""
    lead, at, end = option
    if not lead and at < end:
        lead, at = tokens[at], at + 1
    if lead in ("{", "["):
        return option, 1.0
    text, weight = take_weight(lead)
    return (text, at, end), weight
