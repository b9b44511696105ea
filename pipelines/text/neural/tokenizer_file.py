"""tokenizer.json, made harmless before the Rust library sees it.

The format is a small programme: steps that rewrite a text and patterns that cut it. Some rewrite a
letter into megabytes, pad a sentence to gigabytes or backtrack for hours. Only steps of known kinds
pass, few of them, that cannot make a text grow by more than GROWTH, with patterns that repeat no
repetition. Padding, truncation and dropout are taken out. Format:
https://github.com/huggingface/tokenizers
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.text.neural.patterns import is_tame

MAX_TOKENS = 1_000_000
MAX_TOKEN = 1_024  # characters; GPT-2's longest has 128
MAX_ADDED = 20_000
MAX_STEPS = 32
MAX_TEXT = 64  # characters that a step puts in
GROWTH = 64  # times as long a text may become
MAX_CHARSMAP = 2_000_000  # characters of base64; nmt_nfkc has 317,000
MAX_SMALL = 20_000  # characters of JSON of what follows the model

NORMALIZERS = frozenset(
    "NFC NFD NFKC NFKD Lowercase Strip StripAccents Prepend Replace Nmt BertNormalizer Precompiled "
    "ByteLevel".split()
)
PRE_TOKENIZERS = frozenset(
    "Metaspace ByteLevel Whitespace WhitespaceSplit Punctuation Digits Split BertPreTokenizer "
    "CharDelimiterSplit UnicodeScripts".split()
)
DECODERS = frozenset(
    "Metaspace ByteLevel ByteFallback Fuse Strip Replace WordPiece BPEDecoder CTC".split()
)
PROCESSORS = frozenset("TemplateProcessing ByteLevel BertProcessing RobertaProcessing".split())
MODELS = frozenset({"BPE", "WordPiece", "WordLevel"})
_INNER = {"normalizers", "pretokenizers", "decoders", "processors"}


def harmless_tokenizer(data: Mapping[str, Any]) -> str:
    """Return the text of a tokenizer.json with what is allowed of it.

    Raises:
        ValueError: something in it could do harm, or is of an unknown kind; names it.
    """
    model = _model(data.get("model"))
    added = _added(data.get("added_tokens") or [])
    kept = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": _steps(data.get("normalizer"), NORMALIZERS),
        "pre_tokenizer": _steps(data.get("pre_tokenizer"), PRE_TOKENIZERS),
        "post_processor": _small(_steps(data.get("post_processor"), PROCESSORS)),
        "decoder": _small(_steps(data.get("decoder"), DECODERS)),
        "model": model,
    }
    _check_growth(kept["normalizer"])
    return json.dumps(kept, ensure_ascii=False)


def _model(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or not isinstance(data.get("vocab"), dict):
        raise ValueError("no vocabulary in it")
    kind = data.get("type", "BPE")
    if kind not in MODELS:
        raise ValueError(f"model {str(kind)[:40]}")
    _check_vocabulary(data["vocab"])
    for key in ("continuing_subword_prefix", "end_of_word_suffix", "unk_token"):
        _check_text(data.get(key) or "", key)
    if not isinstance(data.get("merges", []), list) or len(data.get("merges", ())) > MAX_TOKENS:
        raise ValueError("merges")
    return {key: value for key, value in data.items() if key != "dropout"}


def _check_vocabulary(vocabulary: Mapping[str, Any]) -> None:
    for token, number in vocabulary.items():
        if type(number) is not int or not 0 <= number < MAX_TOKENS:
            raise ValueError(f"number {str(number)[:20]} of a token")
        if len(token) > MAX_TOKEN:
            raise ValueError(f"a token of {len(token)} characters")


def _added(tokens: Any) -> list[Any]:
    if not isinstance(tokens, list) or len(tokens) > MAX_ADDED:
        raise ValueError("added_tokens")
    for token in tokens:
        if not isinstance(token, dict) or not isinstance(token.get("content"), str):
            raise ValueError("added_tokens")
        _check_vocabulary({token["content"]: token.get("id")})
        if not token["content"]:
            raise ValueError("an added token of no characters")
    return tokens


def _steps(part: Any, allowed: frozenset[str]) -> Any:
    """Return the part as it is, if every step in it is known and bounded."""
    if part is None:
        return None
    steps = list(_flat(part))
    if len(steps) > MAX_STEPS:
        raise ValueError(f"{len(steps)} steps")
    for step in steps:
        kind = step.get("type")
        if kind not in allowed:
            raise ValueError(f"step {str(kind)[:40]}")
        _check_step(kind, step)
    return part


def _flat(part: Any, depth: int = 4) -> Iterator[Mapping[str, Any]]:
    if not isinstance(part, dict) or depth == 0:
        raise ValueError("a step that is none")
    if part.get("type") != "Sequence":
        yield part
        return
    lists = [part[name] for name in _INNER & part.keys() if isinstance(part[name], list)]
    if len(lists) != 1:
        raise ValueError("a sequence of nothing")
    for inner in lists[0]:
        yield from _flat(inner, depth - 1)


def _check_step(kind: str, step: Mapping[str, Any]) -> None:
    for key in ("content", "prepend", "replacement", "delimiter", "prefix", "suffix", "cleanup"):
        if isinstance(step.get(key), str):
            _check_text(step[key], f"{kind}.{key}")
    if "pattern" in step:
        _check_pattern(step["pattern"], kind)
    if kind == "Precompiled":
        _check_charsmap(step.get("precompiled_charsmap"))


def _check_text(text: Any, name: str) -> None:
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise ValueError(f"{name} is too long")


def _check_pattern(pattern: Any, kind: str) -> None:
    regex = pattern.get("Regex") if isinstance(pattern, dict) else None
    text = pattern.get("String") if isinstance(pattern, dict) else None
    if isinstance(regex, str):
        if not is_tame(regex):
            raise ValueError(f"pattern {regex[:40]!r}")
    elif not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT:
        raise ValueError(f"pattern of {kind}")


def _check_charsmap(text: Any) -> None:
    """Refuse a compiled table of characters that writes more than a word for one of them.

    Its layout: the length of a trie, the trie, and the replacements, each up to a zero byte.
    """
    if not isinstance(text, str) or len(text) > MAX_CHARSMAP:
        raise ValueError("Precompiled is too long")
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ValueError("Precompiled") from error
    written = data[4 + int.from_bytes(data[:4], "little") :]
    if max(map(len, written.split(b"\0"))) > MAX_TEXT:
        raise ValueError("Precompiled makes texts grow")


def _check_growth(normalizer: Any) -> None:
    growth = 1.0
    for step in () if normalizer is None else _flat(normalizer):
        if step.get("type") == "Replace":
            length = len(str(step.get("content", "")))
            found = len(step["pattern"].get("String", ""))
            # a pattern may match a single letter, and nothing between two letters
            growth *= max(1.0, length / found) if found else 1.0 + max(0, length - 1)
    if growth > GROWTH:
        raise ValueError(f"texts would grow {growth:g} times")


def _small(part: Any) -> Any:
    if len(json.dumps(part)) > MAX_SMALL:
        raise ValueError("a step is too long")
    return part
