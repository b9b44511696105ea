"""Sample a reply: the prompt in the model's own format, some drafts, one of them picked.

Knows the KoGPT2 chatbot's format for models with tokens; one without (a Markov chain) has no
prompt, and what fits the question is picked from more drafts. Keeps nothing between two calls.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from pipelines.contract.errors import LanguageModelError
from pipelines.contract.requests import MAX_SEED, RANDOM_SEED
from pipelines.contract.validate import check_range
from pipelines.text.chat.conversation import Conversation, Reply, Turn, check_label, check_question
from pipelines.text.chat.picking import ReplyCandidate, choices
from pipelines.text.language.model import LanguageModel, Sampling, TokenModel, WritingHooks
from pipelines.text.neural.transcript import question_prompt

DRAFTS_RANGE = (1, 16)
TURNS_BACK_RANGE = (0, 8)
PLAIN_DRAFTS = 4  # times as many of a model without a prompt format
TRIES = 3  # with other seeds, when no draft can be shown
SILENT = WritingHooks()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a partner talks.

    Attributes:
        sampling: how tokens are sampled.
        drafts: so many are written and one is picked; 1 streams the first one.
        turns_back: so many earlier turns stand in the prompt.
    """

    sampling: Sampling = field(default_factory=Sampling)
    drafts: int = 4
    turns_back: int = 0

    def __post_init__(self) -> None:
        check_range(self.drafts, "drafts", *DRAFTS_RANGE)
        check_range(self.turns_back, "turns_back", *TURNS_BACK_RANGE)


def reply(
    model: LanguageModel,
    conversation: Conversation,
    question: str,
    label: int,
    manner: Manner,
    hooks: WritingHooks = SILENT,
) -> Turn:
    """Return the next turn: the question with a reply to it.

    Args:
        hooks: `on_text` gets the reply while it is written when there is one draft; of several
            nobody knows yet which it will be.

    Raises:
        InvalidRequest: the question is empty, too long or otherwise invalid.
        LanguageModelError: the model has nothing to say, or cannot talk.
        Cancelled: the token was cancelled.
    """
    conversation.check_room()
    question = check_question(question)
    request = _ReplyRequest(question, check_label(label), conversation.turns)
    return Turn(question, label, (_answer(model, request, manner, hooks),))


def another(
    model: LanguageModel,
    conversation: Conversation,
    manner: Manner,
    hooks: WritingHooks = SILENT,
) -> Turn:
    """Return the last turn with one more reply, of another seed; the earlier ones stay.

    Raises like `reply`.
    """
    turn = conversation.last()
    request = _ReplyRequest(turn.question, turn.label, conversation.turns[:-1])
    seed = manner.sampling.seed
    if seed != RANDOM_SEED:
        seed = _later(seed, TRIES * len(turn.replies))
    manner = replace(manner, sampling=replace(manner.sampling, seed=seed))
    given = [earlier.text for earlier in turn.replies]
    return turn.answered_again(_answer(model, request, manner, hooks, given))


@dataclass(frozen=True, slots=True)
class _ReplyRequest:
    question: str
    label: int
    before: tuple[Turn, ...]

    def prompt(self, turns_back: int) -> str:
        back = self.before[-turns_back:] if turns_back else ()
        history = [(turn.question, turn.label, turn.reply.text) for turn in back]
        return question_prompt(self.question, self.label, history)


def _answer(
    model: LanguageModel,
    request: _ReplyRequest,
    manner: Manner,
    hooks: WritingHooks,
    given: Sequence[str] = (),
) -> Reply:
    """Return a reply; with other seeds while all that can be shown was `given` already."""
    earlier_replies = {*given, *(turn.reply.text for turn in request.before)}
    first = manner.sampling.settled()
    spare: tuple[ReplyCandidate, int] | None = None
    for number in range(TRIES):
        sampling = replace(first, seed=_later(first.seed, number))
        found = _choices(model, request, replace(manner, sampling=sampling), hooks, earlier_replies)
        if found and (spare is None or spare[0].worth < found[0].worth):
            spare = found[0], sampling.seed
        if spare is not None and spare[0].text not in given:
            break
    if spare is None:
        raise LanguageModelError("chat.silent", model=model.name, tries=TRIES)
    choice, seed = spare
    return Reply(choice.text, seed, model.name, choice.link)


def _choices(
    model: LanguageModel,
    request: _ReplyRequest,
    manner: Manner,
    hooks: WritingHooks,
    earlier_replies: Collection[str],
) -> tuple[ReplyCandidate, ...]:
    if isinstance(model, TokenModel):
        prompt, count = request.prompt(manner.turns_back), manner.drafts
    else:
        prompt, count = "", manner.drafts * PLAIN_DRAFTS if manner.drafts > 1 else 1
    quiet = replace(hooks, on_text=SILENT.on_text) if count > 1 else hooks
    return choices(
        request.question, model.draft(prompt, count, manner.sampling, quiet), earlier_replies
    )


def _later(seed: int, steps: int) -> int:
    return (seed + steps) % (MAX_SEED + 1)
