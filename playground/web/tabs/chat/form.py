"""The dials of the Talk tab <-> the manner of a reply.

Knows no widgets and no models. Values come from outside: everything is parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
from playground.studio import values

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
FRACTIONS = ("temperature", "top_p", "repetition_penalty")
OF_THE_MANNER = ("drafts", "turns_back")


def manner(form: Mapping[str, Any]) -> Manner:
    """Return the manner that the dials and the seed ask for."""
    numbers: dict[str, Any] = {
        name: (values.fraction if name in FRACTIONS else values.whole)(form[name], name)
        for name, *_ in DIALS
    }
    own = {name: numbers.pop(name) for name in OF_THE_MANNER}
    return Manner(Sampling(**numbers, seed=values.seed(form["seed"])), **own)
