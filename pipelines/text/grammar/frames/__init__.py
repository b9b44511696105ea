"""The sentence patterns of 아무말, as data: a table or two for each family.

Knows which table belongs to which family. Does not roll dice.
"""

from __future__ import annotations

from itertools import chain

from pipelines.contract.text_options import SentenceFamily
from pipelines.text.grammar.frames import (
    addresses,
    commands,
    definitions,
    events,
    fragments,
    layers,
    measures,
    notices,
    questions,
    run_ons,
    speech,
    talks,
)
from pipelines.text.grammar.frames.frame import Frame

__all__ = ["BY_FAMILY", "FRAMES", "Frame"]

BY_FAMILY: dict[SentenceFamily, tuple[Frame, ...]] = {
    SentenceFamily.DEFINITION: definitions.FRAMES,
    SentenceFamily.FRAGMENT: (*fragments.FRAMES, *layers.FRAMES),
    SentenceFamily.MEASURE: measures.FRAMES,
    SentenceFamily.EVENT: (*events.FRAMES, *speech.FRAMES),
    SentenceFamily.COMMAND: (*commands.FRAMES, *addresses.FRAMES),
    SentenceFamily.QUESTION: questions.FRAMES,
    SentenceFamily.NOTICE: notices.FRAMES,
    SentenceFamily.RUN_ON: run_ons.FRAMES,
    SentenceFamily.TALK: talks.FRAMES,
}
FRAMES: tuple[Frame, ...] = tuple(chain.from_iterable(BY_FAMILY.values()))
