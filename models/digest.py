"""SHA-256 of files, in one pass with progress and cancel. Standard library only.

SHA-256 because the ecosystem publishes it (Hugging Face LFS, Civitai, A1111's short hash). Memory
stays at one block, however large the file is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.header import open_regular

BLOCK_BYTES = 1 << 20
SHORT_HASH_LENGTH = 10  # A1111's "Model hash"
LORA_HASH_LENGTH = 12  # A1111's "Lora hashes"
LEGACY_START, LEGACY_BYTES = 0x100000, 0x10000  # A1111 before 2023: 64 KiB at 1 MiB


@dataclass(frozen=True, slots=True)
class Digests:
    """The digests of one file.

    Attributes:
        sha256: of the whole file.
        payload_sha256: of what follows the header, so that edited metadata does not change it; ""
            unless `payload_start` is given.
    """

    sha256: str
    payload_sha256: str


def digest(
    path: Path, payload_start: int | None = None, on_bytes: Callable[[int], None] | None = None
) -> Digests:
    """Return the digests of a file.

    Args:
        payload_start: where the payload begins; None leaves its digest out.
        on_bytes: called with the number of bytes done after each MiB; may raise to cancel.
    """
    whole, payload = hashlib.sha256(), hashlib.sha256()
    buffer = bytearray(BLOCK_BYTES)
    view, done = memoryview(buffer), 0
    with open_regular(path) as file:
        while count := file.readinto(buffer):  # type: ignore[attr-defined]
            whole.update(view[:count])
            if payload_start is not None and done + count > payload_start:
                payload.update(view[max(0, payload_start - done) : count])
            done += count
            if on_bytes is not None:
                on_bytes(done)
    return Digests(whole.hexdigest(), "" if payload_start is None else payload.hexdigest())


def sha256_of(path: Path, on_bytes: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits; see `digest`."""
    return digest(path, on_bytes=on_bytes).sha256


def short_hash(sha256: str) -> str:
    """Return what A1111 writes as "Model hash".

    >>> short_hash("6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa")
    '6ce0161689'
    """
    return sha256[:SHORT_HASH_LENGTH]


def legacy_hash(path: Path) -> str:
    """Return the hash of old infotexts; the same for all files below 1 MiB, so never a proof."""
    with open_regular(path) as file:
        file.seek(LEGACY_START)
        return hashlib.sha256(file.read(LEGACY_BYTES)).hexdigest()[:8]
