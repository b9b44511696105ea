"""The tokenizer of a language model: text to token ids and back, without losing a syllable.

Knows tokenizer.json with blanks as "▁" (SentencePiece, KoGPT2) or as bytes (GPT-2). Decodes by
itself, byte for byte, so that half a syllable is never shown. Does not know models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from models.composed import composed
from models.small_file import read_json_object
from pipelines.contract.errors import LanguageModelError
from pipelines.contract.reasons import is_panic
from pipelines.text.neural.tokenizer_file import harmless_tokenizer
from pipelines.text.neural.tokenizer_probe import TokenizerHangs, check_in_child
from pipelines.text.neural.transcript import END, Marked, harmless

FILE = "tokenizer.json"
MAX_BYTES = 64_000_000
BLANK = "▁"
# what each of these is called where it exists; AutoTokenizer would guess, and lose all Hangul
SPECIAL = {
    "bos_token": END,
    "eos_token": END,
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
OTHER_ENDS = ("<|endoftext|>", "<|end_of_text|>", "[EOS]")
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_MARK = re.compile(r"</?[a-z_]+\d*>|\[[A-Z]+\d*\]|<\|[a-z_]+\|>")
# if these come back changed, so would everything else
ROUND_TRIPS = ("안녕하세요.", "사랑은 착한 뼈다귀", "심심한 장미를 콧구멍에 꽂았다!")


class TokenVocabulary:
    """The tokens of one model.

    Attributes:
        tokenizer: transformers' PreTrainedTokenizerFast, for whoever saves or trains.
        size: how many tokens there are.
        end_id: the token that ends a text; texts also begin after it.
        hidden: the tokens that never stand in a text: speaker marks, padding; not the end.
    """

    def __init__(self, tokenizer: Any, end: str, is_bytes: bool) -> None:
        self.tokenizer = tokenizer
        self._backend = tokenizer.backend_tokenizer
        self._backend.encode_special_tokens = True  # "<usr>" that somebody typed is five letters
        names = self._backend.get_vocab(with_added_tokens=True)
        self.size = max(names.values()) + 1
        self.end_id: int = names[end]
        # by their spelling, not by their flags: an emoji may be flagged, a mark may not
        marks = {number for name, number in names.items() if _MARK.fullmatch(name)}
        self.hidden = frozenset(marks - {self.end_id})
        self._marks = frozenset(marks | {self.end_id})
        self._names: dict[str, int] = names
        self._pieces = _pieces(names, self.size, self._marks, is_bytes)

    @cached_property
    def begins_eojeol(self) -> tuple[bool, ...]:
        """Return for each token whether it begins a new eojeol."""
        return tuple(piece.startswith(b" ") for piece in self._pieces)

    def encode(self, text: str) -> list[int]:
        """Return the tokens of a text; only the marks of a Marked text are marks."""
        if not isinstance(text, Marked):
            return self._plain(text)
        ids: list[int] = []
        for part, is_mark in text.parts():
            if not is_mark:
                ids += self._plain(part)
            elif part in self._names:
                ids.append(self._names[part])
            else:
                raise LanguageModelError("language.mark", mark=part)
        return ids

    def _plain(self, text: str) -> list[int]:
        line = " ".join(composed(text).split())
        ids = self._encoded(line)
        if self._marks.isdisjoint(ids):
            return ids
        found = self._encoded(harmless(line))
        return [number for number in found if number not in self._marks]

    def _encoded(self, line: str) -> list[int]:
        try:
            ids: list[int] = self._backend.encode(line, add_special_tokens=False).ids
        except BaseException as error:
            if not is_panic(error):
                raise
            raise LanguageModelError("language.tokenizer_failed", file=FILE) from error
        return ids

    def raw(self, ids: Iterable[int]) -> bytes:
        """Return the UTF-8 bytes of some tokens; marks have none."""
        return b"".join(self._pieces[number] for number in ids)

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of some tokens, NFC, no half syllables; a first blank is kept."""
        return composed(self.raw(ids).decode("utf-8", "ignore"))


def read_vocabulary(folder: Path, name: str) -> TokenVocabulary:
    """Return the vocabulary of a model folder.

    Raises:
        LanguageModelError: there is none, it is not what it should be, or it loses Korean.
    """
    path = folder / FILE
    facts = _read(path, name)
    try:
        text = harmless_tokenizer(facts)
        check_in_child(text)
        from tokenizers import Tokenizer
        from transformers import PreTrainedTokenizerFast

        before = Tokenizer.from_str(text)
        names = before.get_vocab(with_added_tokens=True)
        end = next((mark for mark in (END, *OTHER_ENDS) if mark in names), None)
        if end is None:
            raise LanguageModelError("language.no_end", model=name)
        special = {**SPECIAL, "bos_token": end, "eos_token": end}
        known = {role: token for role, token in special.items() if token in names}
        tokenizer = PreTrainedTokenizerFast(tokenizer_object=before, **known)
    except LanguageModelError:
        raise
    except TokenizerHangs as error:
        raise LanguageModelError("language.tokenizer_hangs", model=name, file=FILE) from error
    except Exception as error:  # the Rust library raises bare Exception for a file it cannot read
        raise _unreadable(name, error) from error
    except BaseException as error:
        if not is_panic(error):
            raise
        raise _unreadable(name, error) from error
    if len(tokenizer) != len(names):
        raise LanguageModelError(
            "language.grown", model=name, tokens=len(names), found=len(tokenizer)
        )
    vocabulary = TokenVocabulary(
        tokenizer, end, is_bytes="ByteLevel" in _types(facts.get("decoder"))
    )
    check_round_trip(vocabulary, name)
    return vocabulary


def check_round_trip(vocabulary: TokenVocabulary, name: str) -> None:
    """Raise LanguageModelError when Korean does not come back as it went in."""
    for sentence in ROUND_TRIPS:
        found = vocabulary.decode(vocabulary.encode(sentence)).strip()
        if found != sentence:
            raise LanguageModelError(
                "language.drops_hangul", model=name, sentence=sentence, found=found or "∅"
            )


def _read(path: Path, name: str) -> dict[str, Any]:
    if not path.is_file():
        raise LanguageModelError("language.no_tokenizer", model=name, file=FILE)
    try:
        return read_json_object(path, MAX_BYTES)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: BaseException) -> LanguageModelError:
    reason = f"{type(error).__name__}: {error}"[:120]
    return LanguageModelError("language.tokenizer", model=name, file=FILE, reason=reason)


def _types(part: Any) -> set[str]:
    """Return the types of a decoder and of what it is made of."""
    if not isinstance(part, dict):
        return set()
    inner = part.get("decoders")
    return {str(part.get("type"))}.union(*map(_types, inner if isinstance(inner, list) else ()))


def _pieces(
    names: dict[str, int], size: int, marks: frozenset[int], is_bytes: bool
) -> Sequence[bytes]:
    """Return the bytes that each token stands for."""
    pieces = [b""] * size
    letters = _byte_letters() if is_bytes else {}
    for name, number in names.items():
        if number in marks:
            continue
        one_byte = _BYTE.fullmatch(name)
        if one_byte:
            pieces[number] = bytes.fromhex(one_byte[1])
        elif is_bytes and all(letter in letters for letter in name):
            pieces[number] = bytes(letters[letter] for letter in name)
        else:
            pieces[number] = name.replace(BLANK, " ").encode("utf-8", "ignore")
    return pieces


def _byte_letters() -> dict[str, int]:
    """Return GPT-2's letter -> byte: printable bytes as they are, the others from U+0100 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {chr(byte): byte for byte in printable}
    return letters | {chr(256 + place): byte for place, byte in enumerate(others)}
