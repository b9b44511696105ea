"""The one data file that single-file checkpoints do not bring: the merges of CLIP's tokenizer.

All Stable Diffusion families share it (OpenAI CLIP, MIT), its vocabulary follows from it, and it is
used only when its SHA-256 is the pinned one. It is not part of this repository: it comes with any
diffusers folder, ComfyUI and Forge, or through `python -m models get clip-tokenizer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.digest import sha256_of
from models.errors import ModelFileError
from models.trust import KnownFile

MERGES = "merges.txt"
OWN_PLACE = f"tokenizer/{MERGES}"
# below a folder of models, or the folder of another program
_PLACES = (
    OWN_PLACE,
    f"*/tokenizer/{MERGES}",
    f"*/*/tokenizer/{MERGES}",
    f"comfy/sd1_tokenizer/{MERGES}",
    f"backend/huggingface/*/*/tokenizer/{MERGES}",
)
MAX_BYTES = 4_000_000


def find_merges(roots: tuple[Path, ...], known: tuple[KnownFile, ...]) -> Path:
    """Return the first file that has the pinned digest.

    Raises:
        ModelFileError: there is none; says how to get it.
    """
    digests = {file.sha256 for file in known if file.name == MERGES}
    for path in _candidates(roots):
        if path.stat().st_size <= MAX_BYTES and sha256_of(path) in digests:
            return path
    raise ModelFileError("model.tokenizer")


def _candidates(roots: tuple[Path, ...]) -> Iterator[Path]:
    for root in roots:
        for pattern in _PLACES:
            yield from (path for path in sorted(root.glob(pattern)) if path.is_file())


def read_merges(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of the table, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
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
