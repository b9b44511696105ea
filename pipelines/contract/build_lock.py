"""The build lock: at most one model of any kind is being put together at a time.

transformers and diffusers build models inside accelerate's `init_empty_weights`, which patches
torch for the whole process; two at once would give each other empty weights. That is why this one
lock belongs to the module, not to an object.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.contract.cancel import NEVER, CancelToken

WAIT_SECONDS = 0.1  # how late a stop may be noticed while another thread builds a model
_LOCK = threading.Lock()


@contextmanager
def building(cancel: CancelToken = NEVER) -> Iterator[None]:
    """Hold the build lock; raise Cancelled when the token asks for it while waiting."""
    while not _LOCK.acquire(timeout=WAIT_SECONDS):
        cancel.check()
    try:
        yield
    finally:
        _LOCK.release()
