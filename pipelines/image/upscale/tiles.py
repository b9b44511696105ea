"""A large picture goes through a network in tiles that overlap, so that any size fits into memory.

Each tile sees some of its surroundings and only its middle is kept: no seams, and the same numbers
as in one piece wherever the network does not look further than the margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

TILE = 192  # pixels of a side that are kept of each tile


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
        on_tile: told the number of the tile that comes next, from 0, and how many there are; may
            raise to leave.
    """
    import torch

    height, width = pixels.shape[-2:]
    total = count(width, height, tile)
    result = torch.empty(1, pixels.shape[1], height * scale, width * scale)
    for number, (left, top, right, bottom) in enumerate(_boxes(width, height, tile)):
        on_tile(number, total)
        seen_left, seen_top = max(0, left - margin), max(0, top - margin)
        seen = pixels[..., seen_top : bottom + margin, seen_left : right + margin]
        answer = network(seen).cpu()
        x, y = (left - seen_left) * scale, (top - seen_top) * scale
        inside = answer[..., y : y + (bottom - top) * scale, x : x + (right - left) * scale]
        result[..., top * scale : bottom * scale, left * scale : right * scale] = inside
    return result


def _boxes(width: int, height: int, tile: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield left, top, right, bottom of each tile, row by row."""
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            yield left, top, min(left + tile, width), min(top + tile, height)
