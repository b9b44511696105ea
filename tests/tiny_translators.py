"""Translation models small enough for a test: random weights, real files, real layouts."""

from __future__ import annotations

import json
import struct
from pathlib import Path

KOREAN = (
    "▁고양이",
    "▁사랑",
    "가",
    "를",
    "▁",
    "고",
    "양",
    "이",
    "사",
    "랑",
    "한",
    "다",
    ".",
    "먹",
    "는",
)
ENGLISH = ("▁a", "▁cat", "▁love", "▁eats", "▁bone")


def varint(value: int) -> bytes:
    said = b""
    while value > 0x7F:
        said += bytes([value & 0x7F | 0x80])
        value >>= 7
    return said + bytes([value])


def chunk(field: int, data: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(data)) + data


def piece(text: str, score: float, kind: int = 1) -> bytes:
    data = chunk(1, text.encode()) + varint(2 << 3 | 5) + struct.pack("<f", score)
    return chunk(1, data + (varint(3 << 3) + varint(kind) if kind != 1 else b""))


def sentencepieces(pieces: tuple[str, ...], kind: int = 1, *, has_blank: bool = True) -> bytes:
    """Return a SentencePiece model: pieces, the longer the likelier."""
    data = piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("</s>", 0, 3)
    for number, text in enumerate(pieces):
        data += piece(text, -float(number) / 10 - 10 / len(text))
    data += chunk(2, varint(3 << 3) + varint(kind))
    return data + chunk(3, varint(3 << 3) + varint(int(has_blank)))


SIZES = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
    "max_position_embeddings": 24,
}


def make_marian(folder: Path) -> Path:
    """Write an Opus-MT folder: config, weights, vocab.json, source.spm, target.spm."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(0)
    pieces = ("</s>", "<unk>", *KOREAN, *ENGLISH, "<pad>")
    last = len(pieces) - 1
    config = MarianConfig(
        vocab_size=len(pieces), pad_token_id=last, decoder_start_token_id=last, eos_token_id=0,
        scale_embedding=True, **SIZES,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(folder)
    (folder / "source.spm").write_bytes(sentencepieces(KOREAN))
    (folder / "target.spm").write_bytes(sentencepieces(ENGLISH))
    return _finish(folder, pieces)


def make_m2m100(folder: Path) -> Path:
    """Write an M2M100 folder: the languages are numbered after the pieces."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    torch.manual_seed(0)
    pieces = ("<s>", "<pad>", "</s>", "<unk>", *KOREAN, *ENGLISH)
    config = M2M100Config(vocab_size=len(pieces) + 108, **SIZES)
    M2M100ForConditionalGeneration(config).save_pretrained(folder)
    spm = sentencepieces((*KOREAN, *ENGLISH), kind=2)
    (folder / "sentencepiece.bpe.model").write_bytes(spm)
    return _finish(folder, pieces)


def _finish(folder: Path, pieces: tuple[str, ...]) -> Path:
    table = {text: number for number, text in enumerate(pieces)}
    (folder / "vocab.json").write_text(json.dumps(table, ensure_ascii=False), "utf-8")
    return folder
