"""Every kind of file that a guest or a folder can hand over, fuzzed; the same for the same number.

for seed in range(N):
    data = mutated("tokenizer", seed)        # bytes
    outcome = read("tokenizer", data, folder)  # "read", "refused"; anything raised is a finding
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from tests.fuzz import model_files, pictures, texts
from tests.fuzz.fuzzed_file import FuzzedFile

FILES: dict[str, FuzzedFile] = {**model_files.KINDS, **pictures.KINDS, **texts.KINDS}
KINDS = tuple(FILES)


@cache
def _seeds(kind: str) -> tuple[bytes, ...]:
    return FILES[kind].seeds()


def mutated(kind: str, seed: int) -> bytes:
    """Return a file of a kind with a few changes; the same for the same number."""
    rng = random.Random(f"{kind} {seed}")
    return FILES[kind].change(rng.choice(_seeds(kind)), rng)


def read(kind: str, data: bytes, folder: Path) -> str:
    """Read the bytes as whoever gets them would; return "read" or "refused"."""
    try:
        FILES[kind].read(data, folder)
    except FILES[kind].refusals:
        return "refused"
    return "read"
