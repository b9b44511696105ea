"""Copy weights out of a memory-mapped file into aligned memory, cast to the compute dtype.

On a CPU the alignment decides how sums are split, and with that their last bit: the same weights
from a folder and from a single file would draw pictures that differ by a pixel here and there. A
GPU copies weights to its own memory anyway.
"""

from __future__ import annotations

from typing import Any

ALIGNMENT = 64  # bytes; of torch's own allocations
CHUNK = 1 << 20  # numbers that are cast at a time; they fit into a core's cache


def own_weights(module: Any, dtype: Any) -> None:
    """Cast each weight to `dtype` in place, and copy it when it is not aligned as torch aligns."""
    for tensor in (*module.parameters(), *module.buffers()):
        if tensor.is_floating_point() and tensor.dtype != dtype:
            tensor.data = converted(tensor.data, dtype)
        elif tensor.data_ptr() % ALIGNMENT:
            tensor.data = tensor.data.clone()


def converted(tensor: Any, dtype: Any) -> Any:
    """Return a tensor cast to another dtype.

    torch casts fp16 to bf16 one number at a time, and either of them from or to fp32 with SIMD: by
    way of fp32 it takes a quarter of the time (docs/benchmarks.md, `load`). The same bits: fp32
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
