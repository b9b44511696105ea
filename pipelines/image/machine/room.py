"""Memory that nothing needs any more goes back to the system: Python, torch, the C library.

Costs tens of milliseconds to a second: for a model that leaves or a picture that did not fit,
never for every picture.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress


def give_back() -> None:
    """Collect what is in cycles, empty torch's caches, hand free pages to the system."""
    gc.collect()
    torch = sys.modules.get("torch")  # whoever has not imported it has nothing in its caches
    if torch is not None:
        if torch.cuda.is_available() and torch.cuda.is_initialized():
            torch.cuda.empty_cache()
            # pinned RAM of parts that were moved with streams; has no public name yet
            getattr(torch._C, "_host_emptyCache", bool)()
        elif torch.backends.mps.is_available():
            torch.mps.empty_cache()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # musl has no malloc_trim
            ctypes.CDLL(None).malloc_trim(0)
