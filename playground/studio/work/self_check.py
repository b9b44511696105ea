"""The self-check as both faces ask for it: what is checked, and the report.

Knows the engines and the shelf of language models; reads no files. Does not know any face.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.requests import TextRequest
from pipelines.text import collapse
from pipelines.text.collapse import CollapseReport

if TYPE_CHECKING:
    from playground.studio.language.shelf import LanguageShelf

GRAMMAR = "grammar"  # the name under which the grammar engine stands among the models
FIRST_PHRASES = 1_000  # of the grammar engine, when the feedback loop is given no text
MOST_SCORED = 200  # texts whose perplexity is taken
MOST_LEARNED = 200_000  # lines that are searched for copies
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be checked.

    Attributes:
        model: GRAMMAR or a name of the shelf.
        replies: a text with one reply a line, to be judged instead of a model.
        learned: the text the model was taught; "" when it is not known.
        held_out: a text it was not taught.
    """

    model: str = GRAMMAR
    replies: str = ""
    learned: str = ""
    held_out: str = ""


def check(
    wanted: Check,
    shelf: LanguageShelf,
    owner: str,
    cancel: CancelToken = NEVER,
    on_progress: Progress = lambda done, whole: None,
) -> CollapseReport:
    """Run the detectors.

    Raises:
        PlaygroundError: there is no such model, or too few replies.
        Cancelled: the cancel token was set.
    """
    learned = lines(wanted.learned)[:MOST_LEARNED]
    if wanted.replies:
        return collapse.judge(lines(wanted.replies), learned)
    if wanted.model == GRAMMAR:
        from pipelines.text.grammar import grammar

        phrases = grammar.phrases(TextRequest(seed=0))
        return collapse.judge(collapse.spoken(phrases, cancel, on_progress), learned)
    model = shelf.get(wanted.model, owner, cancel)
    replies = collapse.answers(model, cancel, on_progress)
    greedy = collapse.greedy_answers(model, cancel)
    perplexities = None
    held_out = lines(wanted.held_out)[:MOST_SCORED]
    if learned and held_out:
        known = learned[:: max(1, len(learned) // MOST_SCORED)][:MOST_SCORED]
        perplexities = (collapse.perplexity(model, known), collapse.perplexity(model, held_out))
    return collapse.judge(replies, learned, perplexities, greedy)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say anything."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def first_text(learned: str) -> str:
    """Return what the feedback loop begins with: a text, or a thousand phrases of the grammar."""
    if learned.strip():
        return learned
    from pipelines.text.grammar import grammar

    phrases = grammar.phrases(TextRequest(seed=0))
    return "\n".join(collapse.spoken(phrases, count=FIRST_PHRASES))
