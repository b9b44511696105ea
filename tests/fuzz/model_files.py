"""Files that a folder of models can hold, and who reads them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from models.errors import ModelFileError
from models.header import read_header
from models.language_folder import LanguageConfig, expected_tensors
from models.model_folder import is_model_folder, probe_folder
from models.probe import probe
from pipelines.text.neural.tokenizer_file import harmless_tokenizer
from pipelines.text.translation.sentencepieces import MAX_PIECES, read_pieces, tokenizer
from tests.fuzz.fuzzed_file import FuzzedFile
from tests.fuzz.mutations import change_bytes, change_json
from tests.models.golden import file_of
from tests.tiny_translators import ENGLISH, KOREAN, sentencepieces

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


@cache
def _seed(kind: str) -> bytes:
    return SEEDS[kind]()


def _seeds(kind: str) -> tuple[bytes, ...]:
    return (_seed(kind),)


@cache
def _weights() -> bytes:
    config = LanguageConfig(32, 16, 1, 64, 600, "", {})
    return file_of(dict(expected_tensors(config)))


def _change(data: bytes, rng: random.Random) -> bytes:
    is_framed = data[8:9] == b"{" and data[:1] != b"{"
    if (is_framed or data[:1] == b"{") and rng.random() < 0.6:
        return change_json(data, rng, framed=is_framed)
    return change_bytes(data, rng)


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


READERS: dict[str, Callable[[bytes, Path], None]] = {
    "tokenizer": _read_tokenizer, "sentencepiece": _read_pieces, "sentencepiece-bpe": _read_pieces,
    "safetensors": _read_safetensors, "config": _read_config, "index": _read_index,
}  # fmt: skip
# what the callers of these readers take for a file that is none
REFUSALS = (ModelFileError, ValueError, KeyError, TypeError, RecursionError)
KINDS = {
    kind: FuzzedFile(partial(_seeds, kind), _change, read, REFUSALS)
    for kind, read in READERS.items()
}
