"""Run a network on overlapping tiles of a large picture, so that any size fits into memory.

Each tile has a margin of context, and only its middle is kept: no seams, and the same numbers as in
one piece where the network's receptive field is within the margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

TILE = 192  # pixels of a tile's side, without its margin


def count(width: int, height: int, tile: int = TILE) -> int:
    """Return how many tiles a picture takes.

    >>> count(256, 192)
    2
    """
    return -(-width // tile) * -(-height // tile)


def in_tiles(
    network: Callable[[Any], Any],
    pixels: Any,
    scale: int,
    margin: int,
    on_tile: Callable[[int, int], None],
    tile: int = TILE,
) -> Any:
    """Return (1, 3, height * scale, width * scale) of pixels (1, 3, height, width).

    Args:
        margin: pixels of context at each side of a tile.
        on_tile: called with the number of the next tile, from 0, and how many there are; may raise
            to cancel.
    """
    import torch

    height, width = pixels.shape[-2:]
    total = count(width, height, tile)
    result = torch.empty(1, pixels.shape[1], height * scale, width * scale)  # (1, 3, H, W)
    for number, (left, top, right, bottom) in enumerate(_boxes(width, height, tile)):
        on_tile(number, total)
        outer_left, outer_top = max(0, left - margin), max(0, top - margin)
        # (1, 3, <= tile + 2 * margin, <= tile + 2 * margin)
        padded = pixels[..., outer_top : bottom + margin, outer_left : right + margin]
        output = network(padded).cpu()  # the same times scale
        x, y = (left - outer_left) * scale, (top - outer_top) * scale
        middle = output[..., y : y + (bottom - top) * scale, x : x + (right - left) * scale]
        result[..., top * scale : bottom * scale, left * scale : right * scale] = middle
    return result


def _boxes(width: int, height: int, tile: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield left, top, right, bottom of each tile, row by row."""
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            yield left, top, min(left + tile, width), min(top + tile, height)
