"""Which errors mean that memory ran out. torch has a type for it on devices, none on the CPU."""

from __future__ import annotations

# begins what its allocator says: "can't allocate memory" on Linux and macOS, "not enough memory"
# on Windows (c10/core/impl/alloc_cpu.cpp, torch 2.13); a test pins it
CPU_ALLOCATOR = "DefaultCPUAllocator:"


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error of torch or Python says that memory ran out.

    >>> is_out_of_memory(MemoryError()), is_out_of_memory(RuntimeError("size mismatch"))
    (True, False)
    """
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and CPU_ALLOCATOR in str(error)
