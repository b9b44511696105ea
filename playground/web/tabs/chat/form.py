"""The controls of the Talk tab <-> the manner of a reply: which value stands where.

Knows no widgets and no models. Values come from outside: everything is parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.contract.requests import RANDOM_SEED
from pipelines.contract.validate import parse_float, parse_int
from pipelines.text.chat.replying import DRAFTS_RANGE, TURNS_BACK_RANGE, Manner
from pipelines.text.language.model import (
    NGRAM_RANGE,
    REPETITION_RANGE,
    TEMPERATURE_RANGE,
    TOKENS_RANGE,
    TOP_K_RANGE,
    TOP_P_RANGE,
    Sampling,
)

DEFAULT = Manner()
# name, range, step, what it is unless it is changed; in the order of the controls
DIALS: tuple[tuple[str, tuple[float, float], float, float], ...] = (
    ("temperature", TEMPERATURE_RANGE, 0.05, DEFAULT.sampling.temperature),
    ("drafts", DRAFTS_RANGE, 1, DEFAULT.drafts),
    ("turns_back", TURNS_BACK_RANGE, 1, DEFAULT.turns_back),
    ("top_p", TOP_P_RANGE, 0.05, DEFAULT.sampling.top_p),
    ("top_k", TOP_K_RANGE, 10, DEFAULT.sampling.top_k),
    ("repetition_penalty", REPETITION_RANGE, 0.05, DEFAULT.sampling.repetition_penalty),
    ("no_repeat_ngram", NGRAM_RANGE, 1, DEFAULT.sampling.no_repeat_ngram),
    ("max_tokens", TOKENS_RANGE, 1, DEFAULT.sampling.max_tokens),
)
FIELDS = ("model", "seed", *(name for name, *_ in DIALS))
FRACTIONS = ("temperature", "top_p", "repetition_penalty")
OF_THE_MANNER = ("drafts", "turns_back")


def manner(values: Sequence[Any]) -> Manner:
    """Return the manner that the controls ask for (FIELDS, without the model)."""
    form = dict(zip(FIELDS[1:], map(_plain, values), strict=True))
    seed = form.pop("seed")
    numbers: dict[str, Any] = {
        name: parse_float(value, name) if name in FRACTIONS else parse_int(value, name)
        for name, value in form.items()
    }
    own = {name: numbers.pop(name) for name in OF_THE_MANNER}
    is_blank = isinstance(seed, str) and not seed.strip()
    numbers["seed"] = RANDOM_SEED if is_blank else parse_int(seed, "seed")
    return Manner(Sampling(**numbers), **own)


def _plain(value: Any) -> str | int | float:
    """Return the value, or the text of something no control can hold."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return str(value)[:40]
    return value[:80] if isinstance(value, str) else value
