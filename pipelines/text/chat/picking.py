"""Which of several drafts becomes the reply: likely, on the topic, and not repeated.

Knows drafts alone and runs no model. With one draft there is nothing to pick, and the reply is
what the model wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipelines.text.chat.conversation import is_visible
from pipelines.text.chat.topic import Link, echoes_a_name, link
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.language.model import Draft
from pipelines.text.neural.repair import repaired

CUT_OFF = "…"
# nats a token that a link to the question is worth; drafts of one prompt differ by about half a one
WORTH = {Link.WORD: 2.0, Link.CATEGORY: 1.0, Link.NONE: 0.0}
NAME = 2.0  # a word of the question that the lexicon does not know comes back
UNFINISHED = -1.5
REPEATED = -6.0  # stands in this conversation already
PARROT = -4.0  # is nothing but the question


@dataclass(frozen=True, slots=True)
class ReplyCandidate:
    """A draft that may become the reply."""

    text: str
    link: Link
    worth: float


def choices(
    question: str, drafts: Sequence[Draft], earlier_replies: Collection[str]
) -> tuple[ReplyCandidate, ...]:
    """Return the drafts that can be shown, best first; blocked and empty ones are left out."""
    found: dict[str, ReplyCandidate] = {}
    for draft in drafts:
        text = tidied(draft)
        if is_visible(text) and is_clean(text):
            found.setdefault(text, _choice(question, text, draft, earlier_replies))
    return tuple(sorted(found.values(), key=lambda choice: -choice.worth))


def tidied(draft: Draft) -> str:
    """Return a draft as it stands in a bubble: one line, particles repaired, its end shown.

    >>> tidied(Draft("뼈다귀은  착하다", -3.0, 2, has_ended=False))
    '뼈다귀는 착하다…'
    """
    text = repaired(" ".join(draft.text.split()))
    if not text or draft.has_ended or text.endswith((".", "!", "?", CUT_OFF)):
        return text
    return text + CUT_OFF


def _choice(
    question: str, text: str, draft: Draft, earlier_replies: Collection[str]
) -> ReplyCandidate:
    found = link(question, text)
    worth = draft.mean_log_prob + WORTH[found]
    if found is Link.NONE and echoes_a_name(question, text):
        worth += NAME
    if not draft.has_ended:
        worth += UNFINISHED
    if text in earlier_replies:
        worth += REPEATED
    if _bare(text) == _bare(question):
        worth += PARROT
    return ReplyCandidate(text, found, worth)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
