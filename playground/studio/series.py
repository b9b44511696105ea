"""Several pictures of one request: the next seed each, or the next variation of one seed.

Knows requests; knows neither prompts nor the queue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipelines.contract.painter import Painter
from pipelines.contract.requests import MAX_SEED, PictureRequest


def nth(request: PictureRequest, number: int) -> PictureRequest:
    """Return the request of the n-th picture, counted from 0; its seed is settled.

    With a variation it is the variation's seed that goes on: the picture it bends stays the same.
    """
    tuning = request.tuning
    if tuning.variation_strength:
        seed = min(tuning.variation_seed + number, MAX_SEED)
        return replace(request, tuning=replace(tuning, variation_seed=seed))
    return replace(request, seed=(request.seed + number) % (MAX_SEED + 1))


def check_all(requests: Iterable[PictureRequest], painter: Painter) -> None:
    """Let the painter refuse the first request that cannot be drawn, before any is queued.

    Raises:
        ModelNotFound, ModelFileError, InvalidRequest: see Painter.check.
    """
    before: PictureRequest | None = None
    for request in requests:
        if before is None or not request.differs_only_in_seed(before):
            painter.check(request)
        before = request
