"""CLIP's tokenizer from a model folder: its vocabulary and merges, and nothing else of its files.

How a prompt is cut into words is the same for every CLIP and comes from transformers; a
tokenizer.json could ask for anything else there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.small_file import read_json_object, read_small

VOCABULARY, MERGES, WHOLE = "vocab.json", "merges.txt", "tokenizer.json"
NOTES = ("special_tokens_map.json", "tokenizer_config.json")  # the later one counts
SPECIAL = ("bos_token", "eos_token", "unk_token", "pad_token")
MAX_BYTES = 16_000_000  # CLIP's vocabulary has 1 MB
MAX_TOKENS = 300_000
MAX_TOKEN = 256  # characters

Merges = list[tuple[str, str]]


def read_clip_tokenizer(folder: Path, model: str, most: int) -> Any:
    """Return the CLIPTokenizer of a folder.

    Args:
        model: its name, for errors.
        most: the text encoder's context length; a tokenizer has no more.

    Raises:
        ModelFileError: there is no tokenizer, or a file of it is no plain file.
        OSError, ValueError, KeyError, TypeError, RecursionError: it cannot be read.
    """
    from transformers import CLIPTokenizer

    has_tables = (folder / VOCABULARY).exists() and (folder / MERGES).exists()
    if not has_tables and not (folder / WHOLE).exists():
        raise ModelFileError("model.parts", model=model, parts=folder.name)
    vocabulary, merges = _tables(folder) if has_tables else _from_whole(folder)
    _check(vocabulary, merges)
    notes = _notes(folder)
    special = {name: _token(notes.get(name)) for name in SPECIAL}
    known = {name: token for name, token in special.items() if token in vocabulary}
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=merges, **known)
    limit = notes.get("model_max_length")
    is_limit = type(limit) is int and 0 < limit < most
    tokenizer.model_max_length = limit if is_limit else most
    return tokenizer


def _tables(folder: Path) -> tuple[dict[str, Any], Merges]:
    lines = read_small(folder / MERGES, MAX_BYTES).decode("utf-8").splitlines()
    pairs = [line.split() for line in lines if line and not line.startswith("#version")]
    return read_json_object(folder / VOCABULARY, MAX_BYTES), [_pair(pair) for pair in pairs]


def _from_whole(folder: Path) -> tuple[dict[str, Any], Merges]:
    model = read_json_object(folder / WHOLE, MAX_BYTES)["model"]
    pairs = (pair.split() if isinstance(pair, str) else pair for pair in model.get("merges", []))
    return dict(model["vocab"]), [_pair(pair) for pair in pairs]


def _pair(pair: Any) -> tuple[str, str]:
    one, other = pair
    if not isinstance(one, str) or not isinstance(other, str):
        raise ValueError("merges")
    return one, other


def _check(vocabulary: Mapping[str, Any], merges: Merges) -> None:
    if not 0 < len(vocabulary) <= MAX_TOKENS or len(merges) > MAX_TOKENS:
        raise ValueError(f"{len(vocabulary)} tokens, {len(merges)} merges")
    for token, number in vocabulary.items():
        if type(number) is not int or not 0 <= number < MAX_TOKENS or len(token) > MAX_TOKEN:
            raise ValueError(f"token {token[:20]!r}")


def _notes(folder: Path) -> dict[str, Any]:
    """Return what small files beside the tables say: the special tokens and a limit."""
    notes: dict[str, Any] = {}
    for name in NOTES:
        if (folder / name).exists():
            notes |= read_json_object(folder / name, MAX_BYTES)
    return notes


def _token(value: Any) -> str:
    """Return the text of a token, which old files write as an object."""
    if isinstance(value, dict):
        value = value.get("content")
    return value if isinstance(value, str) else ""
