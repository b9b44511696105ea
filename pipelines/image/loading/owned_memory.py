"""Weights that lie in a mapped file get memory of their own, in the number format to compute in.

On a CPU the address decides how sums are split, and with that their last bit: the same weights from
a folder and from a single file would draw pictures that differ by a pixel here and there. Devices
copy weights to memory of their own anyway.
"""

from __future__ import annotations

from typing import Any

ALIGNMENT = 64  # bytes; what torch gives memory of its own
CHUNK = 1 << 20  # numbers; what fits into a core's cache on the way


def own_weights(module: Any, dtype: Any) -> None:
    """Convert each weight to `dtype`, and copy it when it does not lie where torch would put it."""
    for tensor in (*module.parameters(), *module.buffers()):
        if tensor.is_floating_point() and tensor.dtype != dtype:
            tensor.data = converted(tensor.data, dtype)
        elif tensor.data_ptr() % ALIGNMENT:
            tensor.data = tensor.data.clone()


def converted(tensor: Any, dtype: Any) -> Any:
    """Return a tensor in another number format.

    torch converts fp16 to bf16 number by number, and either of them from or to fp32 many at a time:
    by way of fp32 it takes a quarter of the time (docs/benchmarks.md, `load`). The same bits: fp32
    holds every number of both.
    """
    import torch

    halves = {torch.float16, torch.bfloat16}
    if {tensor.dtype, dtype} != halves or not tensor.is_contiguous():
        return tensor.to(dtype)
    result = torch.empty_like(tensor, dtype=dtype)
    between = torch.empty(min(CHUNK, tensor.numel()), dtype=torch.float32)
    source, target = tensor.view(-1), result.view(-1)
    for start in range(0, tensor.numel(), CHUNK):
        part = source[start : start + CHUNK]
        target[start : start + CHUNK] = between[: len(part)].copy_(part)
    return result
