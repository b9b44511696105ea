"""What stands before the options of `{2$$ and $$a|b}`: how many are drawn, what is between them.

`2$$`, `1-2$$`, `1-$$`, `-2$$`, a separator with another `$$`, `~` for chance, `0.5::` before an
option. What the dynamic prompts extension reads and a single picture cannot (`@`, `!`, `%{...}`)
is refused by name, never drawn as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.contract.errors import InvalidRequest

HEAD = re.compile(
    r"\s*(?P<sampler>[~@!])?\s*"
    r"(?:(?P<least>\d+)?\s*(?P<dash>-)?\s*(?P<most>\d+)?\s*\$\$(?:(?P<separator>[^$]*)\$\$)?)?",
    re.ASCII,
)
WEIGHT = re.compile(r"\s*(?P<weight>[+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*::", re.ASCII)
SEPARATOR = ", "
MOST_DRAWN = 100  # options; more do not fit into a prompt
MOST_WEIGHT = 1_000_000.0


@dataclass(frozen=True, slots=True)
class LotHead:
    """How many options are drawn.

    Attributes:
        least: at least so many.
        most: at most so many; None for as many as there are.
        separator: stands between them.
    """

    least: int = 1
    most: int | None = 1
    separator: str = SEPARATOR

    def bounds(self, options: int) -> tuple[int, int]:
        """Return at least and at most how many of so many options are drawn.

        Raises:
            InvalidRequest: more are wanted than there are, or than fit.
        """
        wanted = min(options, MOST_DRAWN) if self.most is None else self.most
        least, most = sorted((self.least, wanted))
        if most > options:
            raise InvalidRequest("prompt.variants.few", wanted=most, options=options)
        if most > MOST_DRAWN:
            raise InvalidRequest("prompt.variants.many", wanted=most, limit=MOST_DRAWN)
        return least, most


def read_head(text: str, has_bars: bool, is_wrapped: bool) -> tuple[LotHead, int] | None:
    """Return the head of a pair of braces and its length; None for braces that are text.

    Args:
        text: what stands in the braces before any inner brace.
        is_wrapped: whether a percent sign stands before the braces.

    Raises:
        InvalidRequest: it is the syntax of lots, but of a kind that is not read.
    """
    found = HEAD.match(text)
    if found is None:  # every part of the pattern may be missing
        raise RuntimeError("a pattern that matches nothing did not match")
    bound = found["least"] or found["most"]
    is_drawn = "$$" in found[0]
    options = text.partition("|")[0] if has_bars and not is_drawn else text
    if (is_drawn and not bound) or (not is_drawn and "$$" in options and (has_bars or is_wrapped)):
        raise InvalidRequest("prompt.lots.unread", text=text[:60])
    if not (has_bars or is_drawn or WEIGHT.match(text) or _names_list(found, text)):
        return None
    if found["sampler"] in ("@", "!"):
        raise InvalidRequest("prompt.lots.sampler", sign=found["sampler"], text=text[:60])
    if not is_drawn:
        return LotHead(), found.end("sampler") if found["sampler"] else 0
    separator = SEPARATOR if found["separator"] is None else found["separator"]
    least = _count(found["least"] or "1")
    if not found["dash"]:
        return LotHead(least, least, separator), found.end()
    most = _count(found["most"]) if found["most"] else None
    return LotHead(least, most, separator), found.end()


def take_weight(text: str) -> tuple[str, float]:
    """Return an option or a line without the weight in front of it, and the weight; 1 for none.

    >>> take_weight("0.5::red"), take_weight("blue")
    (('red', 0.5), ('blue', 1.0))

    Raises:
        InvalidRequest: a weight is below 0 or beyond MOST_WEIGHT.
    """
    found = WEIGHT.match(text)
    if found is None:
        return text, 1.0
    weight = float(found["weight"])
    if not 0 <= weight <= MOST_WEIGHT:
        raise InvalidRequest("prompt.variants.weight", text=text[:60], limit=int(MOST_WEIGHT))
    return text[found.end() :], weight


def _names_list(found: re.Match[str], text: str) -> bool:
    """Return whether a sign stands before a list: `{@__birds__}`."""
    return bool(found["sampler"]) and text[found.end("sampler") :].lstrip().startswith("__")


def _count(digits: str) -> int:
    """Return a number of options; a long row of digits is only "too many"."""
    return int(digits) if len(digits) <= 6 else MOST_DRAWN * 10_000
