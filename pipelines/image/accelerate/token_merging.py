"""Fewer tokens in the largest self-attention of a UNet: token merging (Bolya & Hoffman 2023).

Similar tokens are averaged before attention and share its output (arXiv 2303.17604). The
destination tokens are a fixed grid, the top left one of each 2x2 cells: nothing here is random, and
no sum depends on the order of a GPU's threads. Knows diffusers' UNets; sets attention processors
for one generation and restores the old ones.

Shapes: B rows of the batch, N = h * w tokens of width D; S sources, G destinations, of which R
sources are merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

Tensor = Any  # torch.Tensor, imported inside functions


@contextmanager
def merged(denoiser: Any, ratio: float) -> Iterator[None]:
    """Merge tokens in the highest-resolution self-attention of a denoiser while the block runs.

    Args:
        denoiser: a UNet2DConditionModel, or a stand-in that has it as `unet`.
        ratio: share of the tokens that is merged; 0 changes nothing. Three quarters at most: one
            token of each four is a destination.
    """
    with ExitStack() as stack:
        if ratio > 0:
            for transformer in _largest(getattr(denoiser, "unet", denoiser)):
                _install(transformer, ratio, stack)
        yield


def is_merged(unet: Any) -> bool:
    """Return whether token merging is on."""
    found = (getattr(module, "processor", None) for module in unet.modules())
    return any(isinstance(processor, _MergingProcessor) for processor in found)


def _largest(unet: Any) -> list[Any]:
    """Return the transformers of the highest resolution that has any, in down and up blocks."""
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
    """Height and width of a transformer's tokens."""

    def __init__(self) -> None:
        self.height = self.width = 0

    def note(self, _module: Any, arguments: tuple[Any, ...]) -> None:
        """Take them from the transformer's input (B, C, h, w), as a forward pre-hook."""
        self.height, self.width = arguments[0].shape[-2:]


class _MergingProcessor:
    """Wraps an attention's own processor; only self-attention is changed."""

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
        """Return attention's output (B, N, D), called as diffusers calls its processors."""
        merging = None
        if encoder_hidden_states is None and attention_mask is None:
            merging = match(hidden_states, self._grid.height, self._grid.width, self._ratio)
        if merging is None:
            return self._usual(
                attention, hidden_states, encoder_hidden_states, attention_mask, **more
            )
        output = self._usual(attention, merging.merge(hidden_states), None, None, **more)
        return merging.spread(output)  # (B, N, D)


@dataclass(frozen=True, slots=True)
class Merging:
    """Which tokens of a batch are merged into which.

    Attributes:
        unmerged: (B, S - R), sources that are not merged.
        destinations: (G,), tokens that sources merge into.
        merged: (B, R), sources that are merged.
        partners: (B, R), the destination of each merged source, as an index of `destinations`.
        rows: (B, N), the row of the merged tokens that stands for each token.
    """

    unmerged: Tensor
    destinations: Tensor
    merged: Tensor
    partners: Tensor
    rows: Tensor

    def merge(self, tokens: Tensor) -> Tensor:
        """Return (B, S - R + G, D): a destination is the mean of itself and its sources."""
        import torch

        batch, count = self.partners.shape
        # a product with a one-hot matrix: sums in the same order every time, unlike scatter_add
        one_hot = tokens.new_zeros(batch, len(self.destinations), count)  # (B, G, R)
        one_hot.scatter_(1, self.partners[:, None], 1.0)
        sums = tokens[:, self.destinations] + one_hot @ _taken(tokens, self.merged)  # (B, G, D)
        means = sums / (1 + one_hot.sum(-1, keepdim=True))
        return torch.cat([_taken(tokens, self.unmerged), means], dim=1)

    def spread(self, output: Tensor) -> Tensor:
        """Return (B, N, D): merged tokens get the output of their destination."""
        return _taken(output, self.rows)


def match(tokens: Tensor, height: int, width: int, ratio: float) -> Merging | None:
    """Match sources with their most similar destination; None when the grid is too small.

    Args:
        tokens: (B, N, D), N = height * width.
    """
    import torch

    # 1. the grid: destinations, and sources between them
    batch, count = tokens.shape[:2]
    cells = torch.zeros(height, width, dtype=torch.bool, device=tokens.device)  # (h, w)
    cells[: height // 2 * 2 : 2, : width // 2 * 2 : 2] = True
    destinations = cells.flatten().nonzero()[:, 0]  # (G,)
    sources = (~cells).flatten().nonzero()[:, 0]  # (S,)
    merges = min(len(sources), int(count * ratio))  # R
    if height * width != count or not len(destinations) or not merges:
        return None
    # 2. the R sources with the highest cosine similarity to a destination
    normed = torch.nn.functional.normalize(tokens, dim=-1)
    similarity = normed[:, sources] @ normed[:, destinations].mT  # (B, S, G)
    best, partners = similarity.max(dim=-1)  # (B, S) each
    order = best.argsort(dim=-1, descending=True, stable=True)
    chosen, others = order[:, :merges], order[:, merges:]  # (B, R), (B, S - R)
    partners = partners.gather(1, chosen)
    unmerged, merged_sources = sources[others], sources[chosen]
    # 3. where each token's output is found after attention
    first = unmerged.shape[1]  # the destinations' first row
    rows = torch.empty(batch, count, dtype=torch.long, device=tokens.device)  # (B, N)
    rows.scatter_(1, unmerged, torch.arange(first, device=tokens.device).expand(batch, -1))
    rows.scatter_(1, merged_sources, partners + first)
    rows[:, destinations] = torch.arange(len(destinations), device=tokens.device) + first
    return Merging(unmerged, destinations, merged_sources, partners, rows)


def _taken(tokens: Tensor, places: Tensor) -> Tensor:
    """Return the tokens (B, K, D) at places (B, K)."""
    return tokens.gather(1, places[..., None].expand(-1, -1, tokens.shape[-1]))
