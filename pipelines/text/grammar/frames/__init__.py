"""The sentence patterns of 아무말, as data: one table for each family.

Knows which table belongs to which family. Does not roll dice.
"""

from __future__ import annotations

from itertools import chain

from pipelines.contract.text_options import Family
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

BY_FAMILY: dict[Family, tuple[Frame, ...]] = {
    Family.DEFINITION: definitions.FRAMES,
    Family.FRAGMENT: fragments.FRAMES,
    Family.MEASURE: measures.FRAMES,
    Family.EVENT: events.FRAMES,
    Family.COMMAND: commands.FRAMES,
    Family.QUESTION: questions.FRAMES,
    Family.NOTICE: notices.FRAMES,
}
FRAMES: tuple[Frame, ...] = tuple(chain.from_iterable(BY_FAMILY.values()))
