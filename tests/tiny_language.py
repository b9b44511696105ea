"""A real but tiny language model in KoGPT2's exact layout, written by code in under a second.

51,200 tokens, `tokenizer.json` alone, the special tokens where KoGPT2 has them, tied embeddings.
Its weights are made, not trained: nearly a unigram model over the words below that comes to an end
after some six words, with enough noise that what was said before matters.

    folder = make_folder(tmp_path / "tiny")                       # loads
    folder = make_folder(tmp_path / "deaf", drops_hangul=True)    # must be refused
"""

from __future__ import annotations

import json
import math
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

VOCABULARY = 51_200
CONTEXT = 128
WIDTH = 16
LAYERS = 2
SPECIAL = ("<s>", "</s>", "<usr>", "<pad>", "<sys>", "<unk>", "<mask>", "<d>", "</d>")
EOS, PAD = 1, 3
# one token each, a blank before it
WORDS = (
    "사랑은 착한 뼈다귀 심심한 장미를 콧구멍에 파란 냄새 삼각형 무거운 해 개나리 팔짝 뛰는 재채기 "
    "세 쌍만 던져! 모래. 고양이가 냉장고에서 웃는다. 달은 느린 국수 하품을 접었다. 왜 그래? 몰라."
).split()
# pieces that follow a word without a blank, so that an eojeol may be several tokens
PIECES = ("은", "는", "이", "가", "을", "를", "에", "도", "만", "처럼", "!", ".", "?")
# syllables that a small vocabulary has besides
OTHERS = ("안녕하세요", "심심한 장미를 콧구멍에 꽂았다", "착한 뼈다귀")


def make_folder(
    path: Path,
    vocab: int = VOCABULARY,
    *,
    drops_hangul: bool = False,
    rows: int | None = None,
    config: dict[str, Any] | None = None,
) -> Path:
    """Write the model's folder and return it.

    Args:
        vocab: how many tokens the tokenizer knows, 600 at least.
        drops_hangul: its tokenizer silently loses every Hangul syllable.
        rows: of the embedding; as many as there are tokens by default.
        config: what config.json says besides, or instead.
    """
    path.mkdir(parents=True, exist_ok=True)
    tokens, merges = _latin(vocab) if drops_hangul else _korean(vocab)
    text = json.dumps(_tokenizer(tokens, merges), ensure_ascii=False)
    (path / "tokenizer.json").write_text(text, encoding="utf-8")
    count = len(tokens) if rows is None else rows
    settings = _config(count) | (config or {})
    (path / "config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    _write_weights(path / "model.safetensors", tokens, count)
    return path


def _config(vocab: int) -> dict[str, Any]:
    """Return what KoGPT2's config.json says, bos 0 included, with other sizes."""
    return {
        "architectures": ["GPT2LMHeadModel"],
        "activation_function": "gelu_new",
        "attn_pdrop": 0.1,
        "bos_token_id": 0,
        "embd_pdrop": 0.1,
        "eos_token_id": EOS,
        "initializer_range": 0.02,
        "layer_norm_epsilon": 1e-05,
        "license": "CC-BY-NC-SA 4.0",
        "model_type": "gpt2",
        "n_ctx": CONTEXT,
        "n_embd": WIDTH,
        "n_head": 2,
        "n_inner": None,
        "n_layer": LAYERS,
        "n_positions": CONTEXT,
        "pad_token_id": PAD,
        "resid_pdrop": 0.1,
        "vocab_size": vocab,
    }


def _specials() -> list[str]:
    return [*SPECIAL, *(f"<unused{number}>" for number in range(100))]


def _korean(vocab: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Return tokens and merges: letters, words from the left to the right, pairs of syllables."""
    hangul = "".join((*WORDS, *PIECES, *OTHERS))
    usual = [letter for letter in dict.fromkeys(hangul) if "가" <= letter <= "힣"]
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)] if vocab > 15_000 else usual
    letters = ["▁", *map(chr, range(33, 127)), *"…·“”‘’😤", *syllables]
    tokens = dict.fromkeys([*_specials(), *letters])
    merges: dict[tuple[str, str], None] = {}
    for word in (*(f"▁{word}" for word in WORDS), *PIECES):
        for end in range(2, len(word) + 1):
            merges[word[: end - 1], word[end - 1]] = None
            tokens[word[:end]] = None
    usual += syllables[::50]
    pairs = ((a, b) for a in ("▁", *usual) for b in usual if a + b not in tokens)
    for a, b in islice(pairs, vocab - len(tokens)):
        merges[a, b] = None
        tokens[a + b] = None
    return list(tokens), list(merges)


def _latin(vocab: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Return as many tokens without a single Hangul syllable."""
    letters = ["▁", *map(chr, range(33, 127))]
    tokens = dict.fromkeys([*_specials(), *letters])
    more = (a + b + c for a in letters[1:] for b in letters[1:] for c in letters[1:])
    tokens |= dict.fromkeys(islice(more, vocab - len(tokens)))
    return list(tokens), []


def _tokenizer(tokens: list[str], merges: list[tuple[str, str]]) -> dict[str, Any]:
    specials = _specials()
    space = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number, "content": token, "single_word": False, "lstrip": False,
                "rstrip": False, "normalized": False, "special": True,
            }
            for number, token in enumerate(specials)
        ],
        "normalizer": None,
        "pre_tokenizer": space,
        "post_processor": None,
        "decoder": space,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
            "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
            "vocab": {token: number for number, token in enumerate(tokens)},
            "merges": [list(merge) for merge in merges],
        },
    }  # fmt: skip


def _write_weights(path: Path, tokens: list[str], rows: int) -> None:
    """Write weights: one direction of the embedding says how usual a token is."""
    from safetensors.numpy import save_file

    dice = np.random.default_rng(7)
    numbers = {token: number for number, token in enumerate(tokens[:rows])}
    words = [numbers[f"▁{word}"] for word in WORDS if f"▁{word}" in numbers]
    pieces = [numbers[piece] for piece in PIECES if piece in numbers]
    usual = np.full(rows, -14.0)  # all 51,200 others together have about 2 %
    usual[words] = -math.log(len(words) or 1) - 0.2
    usual[pieces] = -math.log(len(pieces) or 1) - 3.0
    usual[EOS] = -2.0
    wte = dice.normal(0, 0.05, (rows, WIDTH))
    wte[words] = dice.normal(0, 0.25, (len(words), WIDTH))
    wte[:, 0] = usual
    final = np.zeros(WIDTH)
    final[0] = 1.0
    scale = np.ones(WIDTH)
    scale[0] = 0.0
    tensors = {
        "transformer.wte.weight": wte,
        "transformer.wpe.weight": dice.normal(0, 0.05, (CONTEXT, WIDTH)),
        "transformer.ln_f.weight": scale,
        "transformer.ln_f.bias": final,
    }
    for number in range(LAYERS):
        tensors |= _layer(f"transformer.h.{number}", dice)
    plain = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
    save_file(plain, str(path), metadata={"format": "pt"})


def _layer(name: str, dice: np.random.Generator) -> dict[str, np.ndarray[Any, Any]]:
    tensors: dict[str, np.ndarray[Any, Any]] = {}
    for part, size, out in (
        ("attn.c_attn", WIDTH, 3 * WIDTH),
        ("attn.c_proj", WIDTH, WIDTH),
        ("mlp.c_fc", WIDTH, 4 * WIDTH),
        ("mlp.c_proj", 4 * WIDTH, WIDTH),
    ):
        tensors[f"{name}.{part}.weight"] = dice.normal(0, 0.2, (size, out))
        tensors[f"{name}.{part}.bias"] = np.zeros(out)
    for part in ("ln_1", "ln_2"):
        tensors[f"{name}.{part}.weight"] = np.ones(WIDTH)
        tensors[f"{name}.{part}.bias"] = np.zeros(WIDTH)
    return tensors
