"""What one kind of file needs to be fuzzed: good ones, ways to change them, who reads them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FuzzedFile:
    """One kind of file.

    Attributes:
        seeds: good files of that kind, made when they are first wanted.
        change: returns a file with a few changes, by the dice alone.
        read: reads the bytes as whoever gets them would; the folder is for files beside it.
        refusals: what it may raise for a file that is none.
    """

    seeds: Callable[[], tuple[bytes, ...]]
    change: Callable[[bytes, random.Random], bytes]
    read: Callable[[bytes, Path], None]
    refusals: tuple[type[Exception], ...]
