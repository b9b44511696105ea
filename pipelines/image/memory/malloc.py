"""Tune glibc's malloc: freed memory is kept from step to step, and released after large work.

glibc unmaps every large block as soon as it is freed, and the kernel maps it again zeroed, page by
page: a third of a step in fp32 went there. So freed memory is kept while a picture is drawn
(`keep_freed`), and released after large ones (`trim`) and when a model is evicted (`give_back`,
which takes tens of milliseconds to a second).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

# names and numbers of glibc's malloc.h: from which size a piece is mapped by itself, and how much
# may be free at the end of the heap
M_MMAP_THRESHOLD, M_TRIM_THRESHOLD = -3, -1
KEPT = ((M_MMAP_THRESHOLD, 1 << 30), (M_TRIM_THRESHOLD, (1 << 31) - 1))


def give_back() -> None:
    """Collect reference cycles, empty torch's caches, release free pages to the system."""
    gc.collect()
    torch = sys.modules.get("torch")  # where it is not imported, its caches are empty
    if torch is not None:
        if torch.cuda.is_available() and torch.cuda.is_initialized():
            torch.cuda.empty_cache()
            torch.accelerator.empty_host_cache()  # pinned RAM of parts moved with streams
        elif torch.backends.mps.is_available():
            torch.mps.empty_cache()
    trim()


def leave_alone() -> None:
    """Let the collector pass by what there is now, once everything is imported and built.

    Going through the million objects of torch and of the dictionaries takes 0.3 s each time, in
    which no other thread runs.
    """
    gc.collect()
    gc.freeze()


def keep_freed() -> bool:
    """Have malloc keep freed memory for the next step; return whether it does."""
    if sys.platform != "linux":
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # musl has none
        return False
    return all(mallopt(option, value) == 1 for option, value in KEPT)


def trim() -> None:
    """Release the free pages of malloc's heap to the system; milliseconds."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # musl has no malloc_trim
            ctypes.CDLL(None).malloc_trim(0)
