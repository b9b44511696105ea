"""Mutations of files that a folder can hold, the same for the same number, and who reads them.

    for seed in range(N):
        data = mutated("tokenizer", seed)        # bytes
        outcome = read("tokenizer", data, folder)  # "read", "refused"; anything raised is a finding

A mutation changes bytes, or the JSON that the bytes are: the first finds what a parser forgot, the
second gets past the parser.
"""

from __future__ import annotations

import copy
import json
import random
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.header import read_header
from models.language_folder import LanguageConfig, expected_tensors
from models.model_folder import is_model_folder, probe_folder
from models.probe import probe
from pipelines.text.neural.tokenizer_file import harmless_tokenizer
from pipelines.text.translation.sentencepieces import MAX_PIECES, read_pieces, tokenizer
from tests.models.golden import file_of
from tests.tiny_translators import ENGLISH, KOREAN, sentencepieces

MAX_MUTATIONS = 6
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1 << 40, 1 << 62, 1e308, float("nan"), "", "\ud800", "ㅋ" * 70, [], {}, [[]],
    "(ㅋ+)+!", {"Regex": "(a*)*"}, {"String": ""}, "Sequence", "Replace", "../../x", "\u202e",
)  # fmt: skip
LORA = {"lora_unet_x.lora_down.weight": (4, 768), "lora_unet_x.lora_up.weight": (8, 4)}
CONFIG = {
    "model_type": "gpt2", "n_positions": 32, "n_embd": 16, "n_layer": 1, "n_head": 2,
    "vocab_size": 600, "n_inner": None, "license": "x", "architectures": ["GPT2LMHeadModel"],
}  # fmt: skip


def _tokenizer() -> bytes:
    from tests.tiny_language import _korean, _tokenizer

    tokens, merges = _korean(400)
    data = _tokenizer(tokens, merges)
    data["normalizer"] = {
        "type": "Sequence",
        "normalizers": [
            {"type": "NFC"},
            {"type": "Replace", "pattern": {"String": "ㅋ"}, "content": "ㅋㅋ"},
        ],
    }
    return json.dumps(data, ensure_ascii=False).encode()


SEEDS: dict[str, Callable[[], bytes]] = {
    "tokenizer": _tokenizer,
    "sentencepiece": lambda: sentencepieces((*KOREAN, *ENGLISH)),
    "sentencepiece-bpe": lambda: sentencepieces((*KOREAN, *ENGLISH), kind=2),
    "safetensors": lambda: file_of(LORA, metadata={"ss_tag_frequency": '{"a": {"b": 3}}'}),
    "config": lambda: json.dumps(CONFIG).encode(),
    "index": lambda: json.dumps({"_class_name": "StableDiffusionPipeline", "unet": ["a", "b"]})
    .encode(),
}  # fmt: skip
KINDS = tuple(SEEDS)


@cache
def _seed(kind: str) -> bytes:
    return SEEDS[kind]()


@cache
def _weights() -> bytes:
    config = LanguageConfig(32, 16, 1, 64, 600, "", {})
    return file_of(dict(expected_tensors(config)))


def mutated(kind: str, seed: int) -> bytes:
    """Return the file of a kind with a few changes; the same for the same number."""
    rng = random.Random(f"{kind} {seed}")
    data = _seed(kind)
    is_json = data[:1] == b"{" or kind == "safetensors"
    change = _change_json if is_json and rng.random() < 0.6 else _change_bytes
    return change(data, rng, framed=kind == "safetensors")


def read(kind: str, data: bytes, folder: Path) -> str:
    """Read the bytes as whoever finds them in a folder would; return "read" or "refused"."""
    try:
        _READERS[kind](data, folder)
    except (ModelFileError, ValueError, KeyError, TypeError, RecursionError):
        return "refused"  # what the callers of these readers take for a file that is none
    return "read"


def _read_tokenizer(data: bytes, folder: Path) -> None:
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("no object")
    text = harmless_tokenizer(found)
    assert json.loads(text)["padding"] is None


def _read_pieces(data: bytes, folder: Path) -> None:
    path = folder / "source.spm"
    path.write_bytes(data)
    pieces = read_pieces(path)
    assert len(pieces.scores) <= MAX_PIECES
    tokenizer(pieces).encode("고양이가 사랑한다. ㅋㅋ 12")


def _read_safetensors(data: bytes, folder: Path) -> None:
    path = folder / "m.safetensors"
    path.write_bytes(data)
    probe(read_header(path))


def _read_config(data: bytes, folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(_weights())
    (folder / "config.json").write_bytes(data)
    (folder / "model_index.json").unlink(missing_ok=True)
    if not is_model_folder(folder, frozenset({"config.json", "model.safetensors"})):
        raise ValueError("no model folder")
    probe_folder(folder)


def _read_index(data: bytes, folder: Path) -> None:
    (folder / "model_index.json").write_bytes(data)
    (folder / "unet").mkdir(exist_ok=True)
    (folder / "unet" / "model.safetensors").write_bytes(_seed("safetensors"))
    probe_folder(folder)


_READERS: dict[str, Callable[[bytes, Path], None]] = {
    "tokenizer": _read_tokenizer, "sentencepiece": _read_pieces, "sentencepiece-bpe": _read_pieces,
    "safetensors": _read_safetensors, "config": _read_config, "index": _read_index,
}  # fmt: skip


def _change_bytes(data: bytes, rng: random.Random, *, framed: bool) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, MAX_MUTATIONS)):
        place = rng.randrange(len(changed) or 1)
        way = rng.randrange(5)
        if way == 0 and changed:
            changed[min(place, len(changed) - 1)] = rng.randrange(256)
        elif way == 1:
            changed[place:place] = rng.randbytes(rng.randint(1, 8))
        elif way == 2:
            del changed[place : place + rng.randint(1, 40)]
        elif way == 3:
            changed[place:place] = changed[place : place + rng.randint(1, 200)]
        else:
            changed[place : place + 4] = rng.choice((b"\xff" * 4, bytes(4), b"\x80" * 4))
    return bytes(changed)


def _change_json(data: bytes, rng: random.Random, *, framed: bool) -> bytes:
    start = 8 if framed else 0
    length = int.from_bytes(data[:8], "little") if framed else len(data)
    tree = json.loads(data[start : start + length])
    for _ in range(rng.randint(1, MAX_MUTATIONS)):
        _change_one(tree, rng)
    text = json.dumps(tree).encode()
    return struct.pack("<Q", len(text)) + text + data[8 + length :] if framed else text


def _change_one(tree: Any, rng: random.Random) -> None:
    """Change one value on the way from the root to a leaf."""
    holder = tree
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = rng.choice(keys)
        value = holder[key]
        if isinstance(value, dict | list) and value and rng.random() < 0.75:
            holder = value
            continue
        way = rng.randrange(4)
        if way == 0:
            del holder[key]
        elif way == 1 and isinstance(holder, dict):
            holder[str(rng.choice(ODD_VALUES))[:20]] = value
        elif way == 2 and isinstance(value, list) and value:
            holder[key] = value * rng.choice((2, 40))
        else:
            holder[key] = copy.deepcopy(rng.choice(ODD_VALUES))
        return
