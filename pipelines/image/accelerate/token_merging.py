"""Fewer tokens in the largest self-attention of a UNet: token merging (Bolya & Hoffman 2023).

Tokens that are nearly the same are averaged before attention and get the same answer after it
(arXiv 2303.17604). The grid of tokens that others merge into is fixed, the top left one of each
2x2 cells: nothing here is random, and nothing adds up in an order that a GPU may choose.
Knows diffusers' UNets; puts itself on for one drawing and leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

Tensor = Any  # torch.Tensor, imported inside functions


@contextmanager
def merged(denoiser: Any, ratio: float) -> Iterator[None]:
    """Let the highest-resolution self-attention of a denoiser work on fewer tokens for a while.

    Args:
        denoiser: a UNet2DConditionModel, or something in its place that has it as `unet`.
        ratio: share of the tokens that is merged away; 0 changes nothing. Three quarters is all
            that can be: one token of each four stays.
    """
    with ExitStack() as stack:
        if ratio > 0:
            for transformer in _largest(getattr(denoiser, "unet", denoiser)):
                _install(transformer, ratio, stack)
        yield


def is_merged(unet: Any) -> bool:
    """Tell whether token merging is on."""
    found = (getattr(module, "processor", None) for module in unet.modules())
    return any(isinstance(processor, _MergingProcessor) for processor in found)


def _largest(unet: Any) -> list[Any]:
    """Return the transformers of the highest resolution that has any, on both ways."""
    for level in zip(unet.down_blocks, reversed(unet.up_blocks), strict=True):
        found = [one for block in level for one in getattr(block, "attentions", None) or ()]
        if found:
            return found
    return []


def _install(transformer: Any, ratio: float, stack: ExitStack) -> None:
    grid = _Grid()
    stack.callback(transformer.register_forward_pre_hook(grid.note).remove)
    for block in transformer.transformer_blocks:
        usual = block.attn1.processor
        block.attn1.set_processor(_MergingProcessor(usual, grid, ratio))
        stack.callback(block.attn1.set_processor, usual)


class _Grid:
    """Height and width of the tokens that a transformer is looking at."""

    def __init__(self) -> None:
        self.height = self.width = 0

    def note(self, _module: Any, arguments: tuple[Any, ...]) -> None:
        """Take them from what the transformer is called with (batch, channels, height, width)."""
        self.height, self.width = arguments[0].shape[-2:]


class _MergingProcessor:
    """Stands before an attention's own processor; only self-attention is touched."""

    def __init__(self, usual: Any, grid: _Grid, ratio: float) -> None:
        self._usual, self._grid, self._ratio = usual, grid, ratio

    def __call__(
        self,
        attention: Any,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor = None,
        attention_mask: Tensor = None,
        **more: Any,
    ) -> Tensor:
        """Answer as diffusers asks its attention processors."""
        merging = None
        if encoder_hidden_states is None and attention_mask is None:
            merging = match(hidden_states, self._grid.height, self._grid.width, self._ratio)
        if merging is None:
            return self._usual(
                attention, hidden_states, encoder_hidden_states, attention_mask, **more
            )
        answer = self._usual(attention, merging.merge(hidden_states), None, None, **more)
        return merging.spread(answer)


@dataclass(frozen=True, slots=True)
class Merging:
    """Which tokens of a batch go where.

    Attributes:
        stay: (batch, stay), tokens that are not merged.
        goals: (goals), tokens that others merge into.
        gone: (batch, gone), tokens that merge.
        partners: (batch, gone), the goal each of them merges into, as a place in `goals`.
        rows: (batch, tokens), the row of the merged tokens that answers for each token.
    """

    stay: Tensor
    goals: Tensor
    gone: Tensor
    partners: Tensor
    rows: Tensor

    def merge(self, tokens: Tensor) -> Tensor:
        """Return (batch, stay + goals, width): the goals are means of all that merge into them."""
        import torch

        batch, many = self.partners.shape
        # A product with ones and zeros: sums in the same order every time, unlike scatter_add.
        ways = tokens.new_zeros(batch, len(self.goals), many)
        ways.scatter_(1, self.partners[:, None], 1.0)
        goals = tokens[:, self.goals] + ways @ _taken(tokens, self.gone)
        goals = goals / (1 + ways.sum(-1, keepdim=True))
        return torch.cat([_taken(tokens, self.stay), goals], dim=1)

    def spread(self, answers: Tensor) -> Tensor:
        """Return (batch, tokens, width): merged tokens get the answer of their goal."""
        return _taken(answers, self.rows)


def match(tokens: Tensor, height: int, width: int, ratio: float) -> Merging | None:
    """Choose the tokens that are most like a goal; None when the grid is too small to merge.

    Args:
        tokens: (batch, height * width, width of a state).
    """
    import torch

    batch, count = tokens.shape[:2]
    cells = torch.zeros(height, width, dtype=torch.bool, device=tokens.device)
    cells[: height // 2 * 2 : 2, : width // 2 * 2 : 2] = True
    goals = cells.flatten().nonzero()[:, 0]  # (goals)
    sources = (~cells).flatten().nonzero()[:, 0]  # (sources)
    many = min(len(sources), int(count * ratio))
    if height * width != count or not len(goals) or not many:
        return None
    direction = torch.nn.functional.normalize(tokens, dim=-1)
    likeness = direction[:, sources] @ direction[:, goals].mT  # (batch, sources, goals)
    best, partners = likeness.max(dim=-1)
    order = best.argsort(dim=-1, descending=True, stable=True)
    going, staying = order[:, :many], order[:, many:]
    partners = partners.gather(1, going)
    stay, gone = sources[staying], sources[going]
    first = stay.shape[1]  # the goals' first row after merging
    rows = torch.empty(batch, count, dtype=torch.long, device=tokens.device)
    rows.scatter_(1, stay, torch.arange(first, device=tokens.device).expand(batch, -1))
    rows.scatter_(1, gone, partners + first)
    rows[:, goals] = torch.arange(len(goals), device=tokens.device) + first
    return Merging(stay, goals, gone, partners, rows)


def _taken(tokens: Tensor, places: Tensor) -> Tensor:
    """Return the tokens (batch, places, width) at places (batch, places)."""
    return tokens.gather(1, places[..., None].expand(-1, -1, tokens.shape[-1]))
