"""Diverse beam search (Vijayakumar et al. 2018): groups of beams that keep out of each other's way.

Every group searches for the likeliest sentence; a token that another group put at the same place
costs a penalty (Hamming diversity). Knows TokenModels. What was offered before counts as one more
group, so that asking again finds something else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.text.language.model import Draft, TokenModel
from pipelines.text.novel.sentences import first_sentence

if TYPE_CHECKING:
    import torch

GROUPS = 12
BEAMS = 2  # in a group
PENALTY = 1.5  # nats for each other group that chose the same token at the same place
MAX_TOKENS = 28
PROMPT_TOKENS = 48  # the search runs without a cache: a long prompt would only make it slow
FIRST_TOKENS = 4  # the end may not come before


@dataclass(frozen=True, slots=True)
class BeamShape:
    """How wide and how varied a search is."""

    groups: int = GROUPS
    beams: int = BEAMS
    penalty: float = PENALTY
    max_tokens: int = MAX_TOKENS


@dataclass(frozen=True, slots=True)
class _Beam:
    """One beginning; `worth` has the penalties in it, `log_prob` is the model's own."""

    ids: tuple[int, ...] = ()
    log_prob: float = 0.0
    worth: float = 0.0
    is_done: bool = False

    @property
    def merit(self) -> float:
        """Return what beams of unequal length are compared by."""
        return self.worth / max(1, len(self.ids))


DEFAULT = BeamShape()


def search(
    model: TokenModel,
    prompt: str,
    avoid: Sequence[str] = (),
    shape: BeamShape = DEFAULT,
    cancel: CancelToken = NEVER,
) -> tuple[Draft, ...]:
    """Return the sentences found, the best of each group first; deterministic.

    Args:
        avoid: sentences that were offered before; the search keeps away from them too.
    """
    start = model.start(prompt)
    if len(start) > PROMPT_TOKENS:
        start = (start[0], *start[1 - PROMPT_TOKENS :])  # the first one says "a text begins"
    earlier = [_tokens(model, sentence) for sentence in avoid]
    groups = [[_Beam()] for _ in range(shape.groups)]
    for place in range(shape.max_tokens):
        cancel.check()
        if all(beam.is_done for group in groups for beam in group):
            break
        _step(model, start, groups, place, earlier, shape)
    best = [max(group, key=lambda beam: beam.merit) for group in groups]
    others = [beam for group in groups for beam in group]
    found: dict[str, Draft] = {}
    for beam in (*best, *others):
        text = model.text([token for token in beam.ids if token != model.end_id]).strip()
        if text:
            found.setdefault(text, Draft(text, beam.log_prob, len(beam.ids), beam.is_done))
    return tuple(found.values())


def _step(
    model: TokenModel,
    start: tuple[int, ...],
    groups: list[list[_Beam]],
    place: int,
    earlier: Sequence[tuple[int, ...]],
    shape: BeamShape,
) -> None:
    """Make every open beam one token longer; groups choose one after the other."""
    open_beams = [beam for group in groups for beam in group if not beam.is_done]
    likely = model.next_log_probs([(*start, *beam.ids) for beam in open_beams])
    if place < FIRST_TOKENS:
        likely[:, model.end_id] = -math.inf
    taken = Counter(row[place] for row in earlier if len(row) > place)
    row = 0
    for number, group in enumerate(groups):
        found = [beam for beam in group if beam.is_done]
        for beam in group:
            if not beam.is_done:
                found += _longer(beam, likely[row], taken, shape)
                row += 1
        kept = sorted(found, key=lambda beam: -beam.merit)[: shape.beams]
        groups[number] = [_closed(beam, model) for beam in kept] or group
        taken.update({beam.ids[place] for beam in kept if len(beam.ids) > place})


def _longer(
    beam: _Beam, likely: torch.Tensor, taken: Counter[int], shape: BeamShape
) -> list[_Beam]:
    """Return the best ways to go on from one beam: (vocabulary,) -> beams."""
    worth = likely.clone()
    for token, times in taken.items():
        worth[token] -= shape.penalty * times
    worth[_repeating(beam.ids)] = -math.inf
    best = worth.topk(min(shape.beams, worth.numel()))
    return [
        _Beam((*beam.ids, token), beam.log_prob + float(likely[token]), beam.worth + value)
        for value, token in zip(best.values.tolist(), best.indices.tolist(), strict=True)
        if value > -math.inf
    ]


def _repeating(ids: tuple[int, ...]) -> list[int]:
    """Return the tokens that would repeat a trigram."""
    threes = zip(ids, ids[1:], ids[2:], strict=False)
    return [third for first, second, third in threes if (first, second) == ids[-2:]]


def _closed(beam: _Beam, model: TokenModel) -> _Beam:
    """Return the beam, done when its sentence is over."""
    if beam.is_done:
        return beam
    is_over = beam.ids[-1] == model.end_id
    if not is_over:
        _, is_over = first_sentence(model.text(beam.ids) + " ")
    return replace(beam, is_done=is_over)


def _tokens(model: TokenModel, sentence: str) -> tuple[int, ...]:
    """Return the tokens of a sentence as they stand after another one."""
    return model.start(f". {sentence}")[len(model.start(".")) :]
