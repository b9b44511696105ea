"""The one data file that single-file checkpoints do not bring: the merges of CLIP's tokenizer.

All Stable Diffusion families share it (OpenAI CLIP, MIT), and its vocabulary follows from it. It
ships with the program, beside our configs, and is used only with the pinned SHA-256.
"""

from __future__ import annotations

from pathlib import Path

from models.digest import sha256_of
from models.errors import ModelFileError
from models.small_file import read_small
from models.trust import KnownFile

MERGES = "merges.txt"
PLACE = f"clip/{MERGES}"  # below the folder of families
MAX_MERGES_BYTES = 16_000_000  # CLIP's has half a megabyte


def find_merges(families: Path, known: tuple[KnownFile, ...]) -> Path:
    """Return the table that lies beside our configs.

    Raises:
        ModelFileError: it is gone, or its bytes are not the pinned ones.
    """
    path = families / PLACE
    digests = {file.sha256 for file in known if file.name == MERGES}
    if not path.is_file() or sha256_of(path) not in digests:
        raise ModelFileError("model.tokenizer", file=MERGES)
    return path


def read_merges(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of the table, in order."""
    lines = read_small(path, MAX_MERGES_BYTES).decode("utf-8").splitlines()
    pairs = [tuple(line.split()) for line in lines if line and not line.startswith("#version")]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def vocabulary(merges: list[tuple[str, str]]) -> dict[str, int]:
    """Return token -> number, which follows from the merges.

    >>> table = vocabulary([("a", "b</w>")])
    >>> len(table), table["!"], table["ab</w>"], table["<|endoftext|>"]
    (515, 0, 512, 514)
    """
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [256 + number for number in range(256 - len(printable))]
    characters = [chr(code) for code in (*printable, *others)]
    tokens = [*characters, *(f"{character}</w>" for character in characters)]
    tokens += [first + second for first, second in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    return {token: number for number, token in enumerate(tokens)}
