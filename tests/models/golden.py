"""Headers with the names and shapes of well-known files, without a byte of their weights."""

from __future__ import annotations

import json
import math
import os
import struct
from functools import cache

from models.header import ITEM_BITS, Header, Tensor
from models.structure import expected_tensors


def header_of(named, dtype="F16", metadata=None) -> Header:
    """Return the header of a file with these tensors."""
    tensors, position = [], 0
    for name, shape in dict(named).items():
        end = position + math.prod(shape) * ITEM_BITS[dtype] // 8
        tensors.append(Tensor(name, dtype, tuple(shape), position, end))
        position = end
    return Header(tuple(tensors), tuple((metadata or {}).items()), 100, position + 108)


def write_sparse(path, tensors):
    """Write a header and leave the weights a hole in the file: no room is taken on the disk."""
    header = header_of(tensors)
    text = _text(header)
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    os.truncate(path, 8 + len(text) + header.tensors[-1].end)


def _text(header, metadata=None) -> bytes:
    data = {
        tensor.name: {
            "dtype": tensor.dtype,
            "shape": list(tensor.shape),
            "data_offsets": [tensor.start, tensor.end],
        }
        for tensor in header.tensors
    }
    return json.dumps(({"__metadata__": metadata} if metadata else {}) | data).encode()


def file_of(named, dtype="F16", metadata=None, fill=b"") -> bytes:
    """Return a file with these tensors; its weights are zeros, or `fill` and zeros."""
    header = header_of(named, dtype, metadata)
    text = _text(header, metadata)
    payload = header.tensors[-1].end
    return struct.pack("<Q", len(text)) + text + fill.ljust(payload, b"\0")


@cache
def checkpoint(family):
    """Return the tensors of a complete checkpoint as a dictionary; do not change it."""
    return dict(expected_tensors(family))


def with_channels(tensors, channels):
    """Return the same with another number of channels coming in."""
    name = "model.diffusion_model.input_blocks.0.0.weight"
    shape = tensors[name]
    return {**tensors, name: (shape[0], channels, *shape[2:])}


def without(tensors, start):
    return {name: shape for name, shape in tensors.items() if not name.startswith(start)}


def only(tensors, start):
    return {
        name.removeprefix(start): shape for name, shape in tensors.items() if name.startswith(start)
    }
