"""The sentence patterns of 아무말, as data: one table for each family.

Knows which table belongs to which family. Does not roll dice.
"""

from __future__ import annotations

from itertools import chain

from pipelines.contract.text_options import SentenceFamily
from pipelines.text.grammar.frames import (
    commands,
    definitions,
    events,
    fragments,
    measures,
    notices,
    questions,
)
from pipelines.text.grammar.frames.frame import Frame

__all__ = ["BY_FAMILY", "FRAMES", "Frame"]

BY_FAMILY: dict[SentenceFamily, tuple[Frame, ...]] = {
    SentenceFamily.DEFINITION: definitions.FRAMES,
    SentenceFamily.FRAGMENT: fragments.FRAMES,
    SentenceFamily.MEASURE: measures.FRAMES,
    SentenceFamily.EVENT: events.FRAMES,
    SentenceFamily.COMMAND: commands.FRAMES,
    SentenceFamily.QUESTION: questions.FRAMES,
    SentenceFamily.NOTICE: notices.FRAMES,
}
FRAMES: tuple[Frame, ...] = tuple(chain.from_iterable(BY_FAMILY.values()))
