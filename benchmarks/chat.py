"""Talking with the builtin model: do replies take up their question, and how long they take.

Both ways in the same run: the first thing the model says, and the pick of some drafts. The
questions are those that no training saw.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from benchmarks.figure import Figure, compare
from models.library import Library
from pipelines.text.chat.conversation import Conversation, Turn
from pipelines.text.chat.replying import Manner, reply
from pipelines.text.chat.topic import Link
from pipelines.text.language.model import LanguageModel, Sampling
from pipelines.training.ongari.written_files import read_written
from playground.studio.language.shelf import LanguageShelf

RUNS = 3  # seeds
TIMED = 20  # questions


def measure() -> list[Figure]:
    """Return the share of linked and of different replies, and milliseconds a reply."""
    shelf = LanguageShelf(Library.open(Path("data")), use_cpu=True)
    model = shelf.get()
    questions = list(read_written().prompts)
    one, some = Manner(drafts=1), Manner()
    single = [_answers(model, questions, one, run) for run in range(RUNS)]
    picked = [_answers(model, questions, some, run) for run in range(RUNS)]
    pick = f"of {some.drafts} drafts"
    return [
        compare(
            f"replies that take up their question ({len(questions)}), the pick {pick}",
            [_linked(turns) for turns in picked],
            "the only draft",
            [_linked(turns) for turns in single],
            "%",
        ),
        compare(
            f"different replies among them, the pick {pick}",
            [_different(turns) for turns in picked],
            "the only draft",
            [_different(turns) for turns in single],
            "%",
        ),
        compare(
            f"one reply, the pick {pick}",
            _milliseconds(model, questions, some),
            "the only draft",
            _milliseconds(model, questions, one),
            "ms",
        ),
    ]


def _answers(model: LanguageModel, questions: list[str], manner: Manner, run: int) -> list[Turn]:
    return [
        reply(model, Conversation(), question, 0, _seeded(manner, 1000 * run + number))
        for number, question in enumerate(questions)
    ]


def _seeded(manner: Manner, seed: int) -> Manner:
    return replace(manner, sampling=Sampling(seed=seed))


def _linked(turns: list[Turn]) -> float:
    return 100 * sum(turn.reply.link is not Link.NONE for turn in turns) / len(turns)


def _different(turns: list[Turn]) -> float:
    return 100 * len({turn.reply.text for turn in turns}) / len(turns)


def _milliseconds(model: LanguageModel, questions: list[str], manner: Manner) -> list[float]:
    took = []
    for number, question in enumerate(questions[:TIMED]):
        started = time.perf_counter()
        reply(model, Conversation(), question, 0, _seeded(manner, number))
        took.append((time.perf_counter() - started) * 1000)
    return took
