"""SentencePiece's model file, read without its library: pieces with scores, and the tokenizer.

The file is a protobuf of a few fields, read here by hand and bounded; `tokenizers` (which
transformers brings) then splits text exactly as SentencePiece does, unigram or BPE. Its compiled
table of character changes is not used: NFKC behind the rules of NMT does the same for Korean and
English.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.small_file import read_small

MAX_BYTES = 20_000_000  # M2M100's has 2.4 MB
MAX_PIECES = 1_000_000
MAX_PIECE = 64  # characters; SentencePiece itself stops at 16 unless told otherwise
MAX_MERGES = 4_000_000  # a piece of n letters may be made in n - 1 ways
BLANK = "\u2581"
UNIGRAM, BPE = 1, 2
NORMAL, UNKNOWN, USER = 1, 2, 4
VARINT, EIGHT, CHUNK, FOUR = 0, 1, 2, 5
# private characters that stand for what NFKC is not to see
HIDDEN = (("\uff5e", "\ue000"), ("\u200d", "\ue001"))
JOINT = "\ue002"
FINALS = "\u3131-\u314e\u11a8-\u11c2\uffa1-\uffbe"


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a SentencePiece model file holds.

    Attributes:
        kind: UNIGRAM or BPE.
        scores: piece -> score, normal and user-defined ones only, in the file's order.
        has_blank: text begins with a blank even where none is written.
        is_squeezed: of several blanks one is left, of those at the ends none.
    """

    kind: int
    scores: dict[str, float]
    has_blank: bool
    is_squeezed: bool = True


def read_pieces(path: Path) -> Pieces:
    """Return the pieces of a file.

    Raises:
        ModelFileError: it is no plain file, or too long.
        ValueError: it is no SentencePiece model.
    """
    return parse_pieces(read_small(path, MAX_BYTES))


def parse_pieces(data: bytes) -> Pieces:
    """Parse a SentencePiece model file; raise ValueError when it is none."""
    scores: dict[str, float] = {}
    kind, has_blank, is_squeezed = UNIGRAM, True, True
    for field, value in _fields(data):
        if field == 1 and isinstance(value, bytes):
            piece, score, sort = _piece(value)
            if sort in (NORMAL, USER) and piece:
                _check_piece(piece, score, len(scores))
                scores.setdefault(piece, score)
        elif field == 2 and isinstance(value, bytes):
            kind = next((v for f, v in _fields(value) if f == 3 and isinstance(v, int)), UNIGRAM)
        elif field == 3 and isinstance(value, bytes):
            settings = dict(_fields(value))
            has_blank, is_squeezed = bool(settings.get(3, True)), bool(settings.get(4, True))
    if not 0 < len(scores) <= MAX_PIECES or kind not in (UNIGRAM, BPE):
        raise ValueError(f"{len(scores)} pieces of kind {kind}")
    return Pieces(kind, scores, has_blank, is_squeezed)


def _check_piece(piece: str, score: float, count: int) -> None:
    """Raise ValueError for what would take far more memory than it has bytes, or is no number."""
    if len(piece) > MAX_PIECE or count >= MAX_PIECES or not math.isfinite(score):
        raise ValueError(f"a piece of {len(piece)} characters, {count} before it, score {score}")


def _piece(data: bytes) -> tuple[str, float, int]:
    text, score, sort = "", 0.0, NORMAL
    for field, value in _fields(data):
        if field == 1 and isinstance(value, bytes):
            text = value.decode("utf-8")  # UnicodeDecodeError is a ValueError
        elif field == 2 and isinstance(value, bytes) and len(value) == 4:
            score = float(struct.unpack("<f", value)[0])
        elif field == 3 and isinstance(value, int):
            sort = value
    return text, score, sort


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field of a protobuf message."""
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        number, wire = tag >> 3, tag & 7
        if wire == VARINT:
            value, place = _varint(data, place)
            yield number, value
            continue
        length = {EIGHT: 8, FOUR: 4}.get(wire)
        if wire == CHUNK:
            length, place = _varint(data, place)
        if length is None or place + length > len(data):
            raise ValueError("no SentencePiece model")
        yield number, data[place : place + length]
        place += length


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while shift < 64:
        if place >= len(data):
            raise ValueError("no SentencePiece model")
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place
    raise ValueError("no SentencePiece model")


def tokenizer(pieces: Pieces) -> Any:
    """Return a tokenizers.Tokenizer that splits text as SentencePiece does."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    listed = ["<unk>", *(piece for piece in pieces.scores if piece != "<unk>")]
    if pieces.kind == UNIGRAM:
        scored = [(piece, pieces.scores.get(piece, -100.0)) for piece in listed]
        made = Tokenizer(models.Unigram(scored, unk_id=0))
    else:
        numbers = {piece: number for number, piece in enumerate(listed)}
        model = models.BPE(numbers, _merges(pieces.scores), unk_token="<unk>", fuse_unk=True)  # noqa: S106
        made = Tokenizer(model)
    made.normalizer = _normalizer(pieces)
    scheme = "always" if pieces.has_blank else "never"
    made.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement=BLANK, prepend_scheme=scheme, split=pieces.kind == UNIGRAM
    )
    return made


def _normalizer(pieces: Pieces) -> Any:
    """Return SentencePiece's nmt_nfkc: no control characters, plain blanks, then NFKC.

    Unlike NFKC it leaves the wide tilde and the zero-width joiner alone, and a final consonant that
    stands by itself is not put below a finished syllable: these are hidden from NFKC.
    """
    from tokenizers import Regex, normalizers

    hidden = [normalizers.Replace(text, mark) for text, mark in HIDDEN]
    steps = [
        *hidden,
        normalizers.Replace(Regex(f"(?<=[가-힣])(?=[{FINALS}])"), JOINT),
        normalizers.Nmt(),
        normalizers.NFKC(),
        normalizers.Replace(JOINT, ""),
        *(normalizers.Replace(mark, text) for text, mark in HIDDEN),
    ]
    if pieces.is_squeezed:
        steps += [
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Replace(Regex(r"\A | \z"), ""),
        ]
    return normalizers.Sequence(steps)


def _merges(scores: dict[str, float]) -> list[tuple[str, str]]:
    """Return which two pieces make each piece, the best first, as SentencePiece would join them."""
    ranks = {piece: rank for rank, piece in enumerate(scores)}
    found: list[tuple[float, tuple[str, str]]] = []
    for piece, score in scores.items():
        pairs = [(piece[:at], piece[at:]) for at in range(1, len(piece))]
        known = [pair for pair in pairs if pair[0] in ranks and pair[1] in ranks]
        known.sort(key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
        found += [(score, pair) for pair in known]
        if len(found) > MAX_MERGES:
            raise ValueError(f"more than {MAX_MERGES} merges")
    found.sort(key=lambda entry: -entry[0])
    return [pair for _, pair in found]
