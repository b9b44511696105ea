"""SHA-256 of files, in one pass with progress and cancel. Standard library only.

SHA-256 because the ecosystem publishes it (Hugging Face LFS, Civitai, A1111's short hash).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

BLOCK_BYTES = 1 << 20
SHORT_HASH_LENGTH = 10  # A1111's "Model hash"


def sha256_of(path: Path, on_bytes: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits.

    Args:
        on_bytes: called with the number of bytes done after each MiB; may raise to cancel.
    """
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            done += len(block)
            if on_bytes is not None:
                on_bytes(done)
    return digest.hexdigest()


def short_hash(sha256: str) -> str:
    """Return what A1111 writes as "Model hash".

    >>> short_hash("6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa")
    '6ce0161689'
    """
    return sha256[:SHORT_HASH_LENGTH]
