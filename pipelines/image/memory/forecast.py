"""Whether a picture can fit into this machine at all, told before anything waits for it.

Counts the last pass, the batch, and the thriftiest way there is: half precision and a VAE in tiles.
What exceeds that cannot work by any plan; what does not may still run out, which the painter says.
Opens no file and imports no ML library.
"""

from __future__ import annotations

from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import gigabytes
from pipelines.image.memory.estimate import MemoryEstimate

THRIFTY = "bfloat16"


def check_memory(
    request: PictureRequest, family: str, weights_bytes: int, total_bytes: int, multiple: int
) -> None:
    """Raise InvalidRequest when a request takes more than `total_bytes`; says what would fit.

    Args:
        family: of the model.
        weights_bytes: of its files.
        total_bytes: of the largest memory here, free or not.
        multiple: pixels; what sides of this family are multiples of.
    """
    width, height = request.last_size
    needs = weights_bytes + _work(family, width, height, request.batch_size)
    if needs <= total_bytes:
        return
    blanks: dict[str, Any] = {"width": width, "height": height}
    blanks |= {"needs": gigabytes(needs), "total": gigabytes(total_bytes)}
    if weights_bytes + _work(family, width, height, 1) <= total_bytes:
        raise InvalidRequest("request.memory_batch", count=request.batch_size, **blanks)
    for percent in range(99, 0, -1):
        w, h = (side * percent // 100 // multiple * multiple for side in (width, height))
        if w and h and weights_bytes + _work(family, w, h, 1) <= total_bytes:
            small = f"{w}x{h}"
            raise InvalidRequest("request.memory", small=small, **blanks)
    raise InvalidRequest("request.memory_none", **blanks)


def _work(family: str, width: int, height: int, pictures: int) -> int:
    estimate = MemoryEstimate(family, 0, 0, (), 0, 0, 0, width, height, pictures)
    decode = estimate.decode_bytes(THRIFTY, is_tiled=True, is_cpu=True)
    return max(estimate.step_bytes(THRIFTY), decode)
