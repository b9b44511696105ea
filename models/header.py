"""Strict reader of safetensors headers. Standard library only; reads no weights.

Refuses what the format forbids, including what the safetensors library lets through (duplicate
keys, a leading space, extra fields, names that are paths), each with its own reason: a key
``model.header.*``. Format: https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import json
import math
import os
import stat
from collections import Counter
from dataclasses import dataclass
from itertools import chain, repeat
from operator import attrgetter, itemgetter, mul, sub
from pathlib import Path
from typing import IO, Any, NamedTuple

from models.errors import NotSafetensors, Value
from models.sniff import SNIFFED_BYTES, refuse_other_format

MAX_HEADER_BYTES = 25_000_000  # the hub's own cap; the largest public headers are below 1 MB
MAX_FILE_BYTES = 1 << 38  # 256 GiB; the largest public picture models have about 50
MAX_TENSORS = 30_000  # the largest picture models have about 3,000
LONG_HEADER_BYTES = 1_000_000
MAX_KEYS = (
    150_000  # counted before they become objects; metadata may hold JSON with keys of its own
)
MAX_NUMBERS = 1_000_000
MAX_RANK = 8
MAX_DIMENSION = 1 << 40
MAX_NAME = 512
PREFIX_BYTES = 8
ITEM_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8,
    "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32,
    "I64": 64, "U64": 64, "F64": 64, "C64": 64, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
}  # fmt: skip
_FIELDS = {"dtype", "shape", "data_offsets"}
_BAD_STARTS = {"", "/", "\\"}
_ONLY_INT = frozenset({int})
_COLUMNS = itemgetter("dtype", "shape", "data_offsets")
_SHAPE = attrgetter("shape")
_BY_OFFSET = attrgetter("start", "end")


class Tensor(NamedTuple):
    """The entry of one tensor in the header; `start` and `end` are byte offsets in the payload.

    A tuple and not a frozen dataclass: thousands are made for a file, in a third of the time.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int

    @property
    def parameters(self) -> int:
        """Return the number of elements."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Header:
    """A valid header: tensors in the order of their bytes, and the file's own text metadata."""

    tensors: tuple[Tensor, ...]
    metadata: tuple[tuple[str, str], ...]
    header_bytes: int
    file_bytes: int

    @property
    def parameters(self) -> int:
        """Return the number of elements of all tensors."""
        return sum(map(math.prod, map(_SHAPE, self.tensors)))

    @property
    def payload_start(self) -> int:
        """Return where the weights begin in the file."""
        return PREFIX_BYTES + self.header_bytes


class _HeaderFlaw(Exception):
    """What is wrong, on its way to the place that knows the file's name."""

    def __init__(self, key: str, **values: Value) -> None:
        super().__init__(key)
        self.key = key
        self.values = {
            name: _short(value) if isinstance(value, str) else value
            for name, value in values.items()
        }


def read_header(path: Path) -> Header:
    """Read and check the header of a safetensors file.

    Raises:
        NotSafetensors: with the reason, one of the ``model.*`` keys.
        OSError: the file cannot be read.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        start = file.read(SNIFFED_BYTES)
        length = header_length(path.name, start, size)
        file.seek(PREFIX_BYTES)
        return parse_header(path.name, file.read(length), size)


def open_regular(path: Path) -> IO[bytes]:
    """Open a file for reading; a folder, a pipe or a device is refused, and never waited for."""
    # a pipe without a writer would block for ever, hence O_NONBLOCK (absent on Windows)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotSafetensors("model.not_a_file", file=path.name)
    return os.fdopen(descriptor, "rb")


def header_length(name: str, start: bytes, size: int) -> int:
    """Return the length of the header of a file of `size` bytes that begins with `start`.

    Raises:
        NotSafetensors: it is no safetensors file; names the format it seems to have.
    """
    if size == 0:
        raise NotSafetensors("model.empty", file=name)
    if size > MAX_FILE_BYTES:
        raise NotSafetensors("model.too_big", file=name, gigabytes=size >> 30)
    length = int.from_bytes(start[:PREFIX_BYTES], "little")
    is_framed = 2 <= length <= MAX_HEADER_BYTES and start[8:9] == b"{"
    if not is_framed:
        refuse_other_format(name, start)
    if size < PREFIX_BYTES + 2:
        raise NotSafetensors("model.cut_off", file=name, have=size, need=PREFIX_BYTES + 2)
    if not 2 <= length <= MAX_HEADER_BYTES:
        raise NotSafetensors("model.header.length", file=name, length=str(length))
    if length > size - PREFIX_BYTES:
        raise NotSafetensors("model.cut_off", file=name, have=size, need=length + PREFIX_BYTES)
    if not is_framed:
        raise NotSafetensors("model.header.first_byte", file=name, byte=repr(start[8:9])[2:-1])
    return length


def parse_header(name: str, text: bytes, size: int) -> Header:
    """Check the header `text` of a file of `size` bytes; return it parsed.

    Raises:
        NotSafetensors: with the reason.
    """
    try:
        data = _read_json(text)
        metadata = _read_metadata(data.pop("__metadata__", {}))
        tensors = tuple(sorted(_read_tensors(data, _is_plain(text)), key=_BY_OFFSET))
        if not tensors:
            raise _HeaderFlaw("model.header.no_tensors")
        end = _check_spans(tensors)
    except _HeaderFlaw as flaw:
        raise NotSafetensors(flaw.key, file=name, **flaw.values) from flaw
    need = PREFIX_BYTES + len(text) + end
    if size < need:
        raise NotSafetensors("model.cut_off", file=name, have=size, need=need)
    if size > need:
        raise NotSafetensors("model.header.tail", file=name, extra=size - need)
    return Header(tensors, metadata, header_bytes=len(text), file_bytes=size)


def _read_json(text: bytes) -> dict[str, Any]:
    if not text.rstrip(b" ").endswith(b"}"):  # spaces are the only padding the format allows
        raise _HeaderFlaw("model.header.padding")
    if len(text) > LONG_HEADER_BYTES and (
        text.count(b'":') > MAX_KEYS or text.count(b",") + text.count(b"[") > MAX_NUMBERS
    ):
        raise _HeaderFlaw("model.header.too_many", count=MAX_TENSORS)
    try:
        data = json.loads(text.decode("utf-8"), object_pairs_hook=_no_duplicates)
    except UnicodeDecodeError as error:
        raise _HeaderFlaw("model.header.encoding") from error
    except (ValueError, RecursionError) as error:
        raise _HeaderFlaw("model.header.json", reason=str(error)) from error
    if len(data) > MAX_TENSORS:
        raise _HeaderFlaw("model.header.too_many", count=MAX_TENSORS)
    return dict(data)  # it begins with { and ends with }: an object, or the parser had objected


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise _HeaderFlaw("model.header.duplicate", tensor=twice)
    return result


def _read_metadata(data: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise _HeaderFlaw("model.header.metadata")
    if not all(_is_unicode(text) for item in data.items() for text in item):
        raise _HeaderFlaw("model.header.encoding")
    return tuple(data.items())


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, written as an escape
        return False
    return True


def _read_tensors(data: dict[str, Any], is_plain: bool) -> list[Tensor]:
    """Read all entries; column by column, because one by one takes three times as long.

    The columns only show that everything is as it must be; if not, each entry is read on its own
    and the first flaw is named.
    """
    names, entries = list(data), list(data.values())
    try:
        dtypes, shapes, offsets = zip(*map(_COLUMNS, entries), strict=True)
        starts, ends = zip(*offsets, strict=True)
        sizes = map(mul, map(math.prod, shapes), map(ITEM_BITS.__getitem__, dtypes))
        is_right = (
            _are_fine_names(names, is_plain=is_plain)
            and set(map(len, entries)) == {len(_FIELDS)}
            and set(map(type, shapes)) | set(map(type, offsets)) == {list}
            and max(map(len, shapes)) <= MAX_RANK
            and _ONLY_INT.issuperset(map(type, chain(*shapes, starts, ends)))
            and min(starts) >= 0
            and min(chain((1,), *shapes)) > 0  # sizes of nothing are looked at one by one
            and list(sizes) == [size << 3 for size in map(sub, ends, starts)]
        )
    except (TypeError, ValueError, KeyError):
        is_right = False
    if not is_right:
        return [_read_tensor(name, entry) for name, entry in data.items()]
    rows = zip(names, dtypes, map(tuple, shapes), starts, ends, strict=True)
    return list(map(tuple.__new__, repeat(Tensor), rows))


def _is_plain(text: bytes) -> bool:
    """Return whether all strings in it are printable: ASCII, and no escape to write others with."""
    return text.isascii() and b"\\" not in text and b"\x7f" not in text


def _are_fine_names(names: list[str], *, is_plain: bool = False) -> bool:
    """Return whether no name could harm whoever shows it or splits it at slashes."""
    joined = " ".join(names)
    return (
        (is_plain or joined.isprintable())
        and max(map(len, names)) <= MAX_NAME
        and not ("../" in joined or "..\\" in joined)
        and not _BAD_STARTS & {name[:1] for name in names}
    )


def _read_tensor(name: str, data: Any) -> Tensor:
    if not _are_fine_names([name]):
        raise _HeaderFlaw("model.header.name", tensor=name)
    if type(data) is not dict or data.keys() != _FIELDS:
        raise _HeaderFlaw("model.header.fields", tensor=name)
    dtype, shape, offsets = data["dtype"], data["shape"], data["data_offsets"]
    if type(dtype) is not str or dtype not in ITEM_BITS:
        raise _HeaderFlaw("model.header.dtype", tensor=name, dtype=str(dtype))
    if not _are_counts(shape) or len(shape) > MAX_RANK or not _is_fillable(shape):
        raise _HeaderFlaw("model.header.shape", tensor=name)
    if not _are_counts(offsets) or len(offsets) != 2 or offsets[0] > offsets[1]:
        raise _HeaderFlaw("model.header.offsets", tensor=name)
    start, end = offsets
    if math.prod(shape) * ITEM_BITS[dtype] != (end - start) * 8:
        raise _HeaderFlaw("model.header.size", tensor=name, shape=str(shape), bytes=end - start)
    return Tensor(name, dtype, tuple(shape), start, end)


def _are_counts(data: Any) -> bool:
    """Return whether it is a list of whole numbers that are neither negative nor absurd."""
    if type(data) is not list or not _ONLY_INT.issuperset(map(type, data)):  # True is no number
        return False
    return not data or (min(data) >= 0 and max(data) <= MAX_DIMENSION)


def _is_fillable(shape: list[int]) -> bool:
    """Return whether a tensor without elements is small in its other directions too."""
    return 0 not in shape or math.prod(number for number in shape if number) <= MAX_DIMENSION


def _check_spans(tensors: tuple[Tensor, ...]) -> int:
    """Return where the last tensor ends; each must begin where the one before ends."""
    position = 0
    for tensor in tensors:
        if tensor.start > position:
            raise _HeaderFlaw("model.header.hole", tensor=tensor.name)
        if tensor.start < position:
            raise _HeaderFlaw("model.header.overlap", tensor=tensor.name)
        position = tensor.end
    return position


def _short(text: str, length: int = 120) -> str:
    """Return hostile text fit for a sentence: short and printable."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:length])
