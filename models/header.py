"""Strict reader of safetensors headers. Standard library only; reads no weights.

Refuses what the format forbids, including what the safetensors library lets through (duplicate
keys, a leading space, extra fields, holes), and says what the bytes look like instead.
Format: https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import NotSafetensors

MAX_HEADER_BYTES = 25_000_000  # the hub's own cap; the largest public headers are below 1 MB
MAX_TENSORS = 200_000
MAX_RANK = 8
MAX_NAME = 512
ITEM_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8,
    "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32,
    "I64": 64, "U64": 64, "F64": 64, "C64": 64, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tensor:
    """What the header says about one tensor; `start` and `end` are byte offsets in the payload."""

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
        return sum(tensor.parameters for tensor in self.tensors)


def read_header(path: Path) -> Header:
    """Read and check the header of a safetensors file.

    Raises:
        NotSafetensors: with the reason, one of the ``model.*`` keys.
        OSError: the file cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(8)
        _refuse_other_formats(path, first + file.read(120), size)
        length = int.from_bytes(first, "little")
        if not 2 <= length <= MAX_HEADER_BYTES:
            raise NotSafetensors("model.header.length", file=path.name, length=str(length))
        if length > size - 8:
            raise NotSafetensors("model.cut_off", file=path.name, have=size, need=length + 8)
        file.seek(8)
        text = file.read(length)
    return _parse_header(path.name, text, size)


def _refuse_other_formats(path: Path, start: bytes, size: int) -> None:
    if size == 0:
        raise NotSafetensors("model.empty", file=path.name)
    head = start.lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise NotSafetensors("model.html", file=path.name)
    if start.startswith(b"version https://git-lfs"):
        raise NotSafetensors("model.lfs_pointer", file=path.name)
    if start.startswith((b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")):
        raise NotSafetensors("model.pickle", file=path.name)
    if size < 10:
        raise NotSafetensors("model.cut_off", file=path.name, have=size, need=10)


def _parse_header(name: str, text: bytes, size: int) -> Header:
    try:
        if not text.startswith(b"{"):
            raise ValueError("the header does not begin with {")
        data = json.loads(text.decode("utf-8"), object_pairs_hook=_no_duplicates)
        metadata = _read_metadata(data.pop("__metadata__", {}))
        if len(data) > MAX_TENSORS:
            raise ValueError(f"{len(data)} tensors")
        tensors = tuple(sorted((_read_tensor(*item) for item in data.items()), key=_by_offset))
        if not tensors:
            raise ValueError("no tensors")
    except (ValueError, RecursionError, TypeError, AttributeError) as error:
        raise NotSafetensors("model.header.bad", file=name, reason=str(error)[:200]) from error
    _check_spans(name, tensors, payload=size - 8 - len(text))
    return Header(tensors, metadata, header_bytes=len(text), file_bytes=size)


def _by_offset(tensor: Tensor) -> tuple[int, int]:
    return tensor.start, tensor.end


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key appears twice")
    return result


def _read_metadata(data: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise ValueError("metadata is not text")
    return tuple(data.items())


def _read_tensor(name: str, data: Any) -> Tensor:
    if not name.isprintable() or len(name) > MAX_NAME:
        raise ValueError(f"bad tensor name {name[:40]!r}")
    if set(data) != {"dtype", "shape", "data_offsets"}:
        raise ValueError(f"{name}: unexpected fields")
    dtype, shape, offsets = data["dtype"], data["shape"], data["data_offsets"]
    if dtype not in ITEM_BITS:
        raise ValueError(f"{name}: unknown dtype {str(dtype)[:20]!r}")
    if len(shape) > MAX_RANK or len(offsets) != 2:
        raise ValueError(f"{name}: bad shape or offsets")
    if not all(type(number) is int and 0 <= number < 2**63 for number in (*shape, *offsets)):
        raise ValueError(f"{name}: not whole numbers")
    start, end = offsets
    if math.prod(shape) * ITEM_BITS[dtype] != (end - start) * 8:
        raise ValueError(f"{name}: shape {shape} does not fill {end - start} bytes")
    return Tensor(name, dtype, tuple(shape), start, end)


def _check_spans(name: str, tensors: tuple[Tensor, ...], payload: int) -> None:
    position = 0
    for tensor in tensors:
        if tensor.start != position:
            raise NotSafetensors(
                "model.header.bad", file=name, reason=f"hole or overlap before {tensor.name}"
            )
        position = tensor.end
    if position > payload:
        extra = position - payload
        raise NotSafetensors("model.cut_off", file=name, have=payload, need=payload + extra)
    if position < payload:
        raise NotSafetensors(
            "model.header.bad", file=name, reason=f"{payload - position} bytes too many"
        )
