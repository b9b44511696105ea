"""Files that want to be opened and must not be: each made here, each with its own reason."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

GOOD = {"w": {"dtype": "F16", "shape": [2, 3], "data_offsets": [0, 12]}}
TENSOR = GOOD["w"]


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return (os.mkdir, (str(self.mark),))


def framed(header, payload=b"\0" * 12) -> bytes:
    """Return a file with this header, given as data or as bytes."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + payload


def tensor(**changes) -> bytes:
    """Return a file with one tensor that is changed like this."""
    return framed({"w": TENSOR | changes})


def zipped(mark: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Bomb(mark), protocol=2))
    return buffer.getvalue()


def tarred() -> bytes:
    return b"pickle".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 300


TWO = {
    "a": {"dtype": "F16", "shape": [3], "data_offsets": [0, 6]},
    "b": {"dtype": "F16", "shape": [3], "data_offsets": [6, 12]},
}

# name -> (the bytes, given a folder that must stay empty; key of the reason)
HOSTILE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    # other files under the name of a model
    "empty": (lambda mark: b"", "model.empty"),
    "two bytes": (lambda mark: b"\x01\x02", "model.cut_off"),
    "login page": (lambda mark: b"<!DOCTYPE html><html>login</html>", "model.html"),
    "page after a BOM": (lambda mark: b"\xef\xbb\xbf \n<HTML>", "model.html"),
    "cloud error xml": (lambda mark: b"<?xml version='1.0'?><Error/>", "model.html"),
    "git-lfs pointer": (
        lambda mark: b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 4",
        "model.lfs_pointer",
    ),
    "api error": (lambda mark: b'{"error":"Unauthorized","message":"log in"}', "model.json_page"),
    "api list": (lambda mark: b'[{"error":"no"}]      ', "model.json_page"),
    "sentence": (lambda mark: b"Access to this model is restricted.", "model.text_page"),
    "cut sentence": (lambda mark: ("가" * 400).encode()[:511], "model.text_page"),
    "zeros": (lambda mark: b"\0" * 4096, "model.zeros"),
    "pickle protocol 0": (lambda mark: pickle.dumps(Bomb(mark), protocol=0), "model.pickle"),
    "pickle protocol 2": (lambda mark: pickle.dumps(Bomb(mark), protocol=2), "model.pickle"),
    "pickle protocol 4": (lambda mark: pickle.dumps(Bomb(mark), protocol=4), "model.pickle"),
    "pickle protocol 5": (lambda mark: pickle.dumps({"w": Bomb(mark)}, protocol=5), "model.pickle"),
    "torch zip": (zipped, "model.pickle"),
    "pickle list": (lambda mark: pickle.dumps([Bomb(mark)], protocol=1), "model.pickle"),
    "old torch tar": (lambda mark: tarred(), "model.other_format"),
    "gguf": (lambda mark: b"GGUF\x03\0\0\0" + b"\1" * 40, "model.other_format"),
    "gzip": (lambda mark: b"\x1f\x8b\x08" + b"\1" * 40, "model.other_format"),
    "png": (lambda mark: b"\x89PNG\r\n\x1a\n" + b"\1" * 40, "model.other_format"),
    "numpy": (lambda mark: b"\x93NUMPY\x01\0v\0" + b"\1" * 40, "model.other_format"),
    "program": (lambda mark: b"\x7fELF\x02\x01\x01" + b"\1" * 40, "model.other_format"),
    "noise": (lambda mark: b"\xff" * 64, "model.header.length"),
    # the frame
    "length beyond the cap": (
        lambda mark: struct.pack("<Q", 2**40) + b"{}" + b"\0" * 90,
        "model.header.length",
    ),
    "length of one": (lambda mark: struct.pack("<Q", 1) + b"{}", "model.header.length"),
    "length with the sign bit": (
        lambda mark: struct.pack("<Q", 2**63 + 2) + b"{}",
        "model.header.length",
    ),
    "length beyond the end": (lambda mark: struct.pack("<Q", 500) + b"{}", "model.cut_off"),
    "payload cut off": (lambda mark: framed(GOOD, b"\0" * 5), "model.cut_off"),
    "zip behind the payload": (lambda mark: framed(GOOD) + zipped(mark), "model.header.tail"),
    "one byte too many": (lambda mark: framed(GOOD) + b"\0", "model.header.tail"),
    # the text
    "leading space": (
        lambda mark: framed(b" " + json.dumps(GOOD).encode()),
        "model.header.first_byte",
    ),
    "array": (lambda mark: framed(b"[]"), "model.header.first_byte"),
    "newline behind it": (
        lambda mark: framed(json.dumps(GOOD).encode() + b"\n"),
        "model.header.padding",
    ),
    "second object behind it": (
        lambda mark: framed(json.dumps(GOOD).encode() + b"{}"),
        "model.header.json",
    ),
    "unfinished": (lambda mark: framed(b'{"w":{"dtype":}'), "model.header.json"),
    "nested a million deep": (
        lambda mark: framed(b'{"":' + b"[" * 900_000 + b"}"),
        "model.header.json",
    ),
    "number of a million digits": (
        lambda mark: framed(b'{"w":' + b"9" * 1_000_000 + b"}"),
        "model.header.json",
    ),
    "a million commas": (
        lambda mark: framed(b'{"w":[' + b"1," * 3_000_000 + b"1]}"),
        "model.header.too_many",
    ),
    "too many tensors": (
        lambda mark: framed(json.dumps(dict.fromkeys(map(str, range(30_001)), 0)).encode()),
        "model.header.too_many",
    ),
    "a million tensors": (
        lambda mark: framed(b"{" + b'"":0,' * 1_000_000 + b'"":0}'),
        "model.header.too_many",
    ),
    "latin-1": (lambda mark: framed(b'{"\xe9":{}}'), "model.header.encoding"),
    "half a surrogate": (
        lambda mark: framed(
            b'{"__metadata__":{"a":"\\ud800"},"w":' + json.dumps(TENSOR).encode() + b"}"
        ),
        "model.header.encoding",
    ),
    # the entries
    "no tensors": (lambda mark: framed(b"{}", b""), "model.header.no_tensors"),
    "tensor twice": (
        lambda mark: framed(b'{"w":{"dtype":"F16","shape":[6],"data_offsets":[0,12]},"w":{}}'),
        "model.header.duplicate",
    ),
    "field twice": (
        lambda mark: framed(b'{"w":{"dtype":"F16","dtype":"F32","shape":[],"data_offsets":[0,4]}}'),
        "model.header.duplicate",
    ),
    "metadata twice": (
        lambda mark: framed(b'{"__metadata__":{},"__metadata__":{"a":"b"}}'),
        "model.header.duplicate",
    ),
    "metadata number": (
        lambda mark: framed({"__metadata__": {"a": 1}} | GOOD),
        "model.header.metadata",
    ),
    "metadata list": (lambda mark: framed({"__metadata__": []} | GOOD), "model.header.metadata"),
    "extra field": (lambda mark: tensor(code="import os"), "model.header.fields"),
    "missing field": (lambda mark: framed({"w": {"dtype": "F16"}}), "model.header.fields"),
    "tensor that is a list": (lambda mark: framed({"w": [1]}), "model.header.fields"),
    "unknown dtype": (lambda mark: tensor(dtype="F13"), "model.header.dtype"),
    "dtype that is a list": (lambda mark: tensor(dtype=["F16"]), "model.header.dtype"),
    "negative shape": (lambda mark: tensor(shape=[-2, -3]), "model.header.shape"),
    "boolean shape": (lambda mark: tensor(shape=[True, 6]), "model.header.shape"),
    "shape that is text": (lambda mark: tensor(shape="23"), "model.header.shape"),
    "nine directions": (lambda mark: tensor(shape=[1] * 8 + [6]), "model.header.shape"),
    "shape that overflows": (lambda mark: tensor(shape=[2**63, 2**63]), "model.header.shape"),
    "nothing times a lot": (
        lambda mark: tensor(shape=[0, 2**40, 2**40], data_offsets=[0, 0]),
        "model.header.shape",
    ),
    "float offset": (lambda mark: tensor(data_offsets=[0, 12.0]), "model.header.offsets"),
    "three offsets": (lambda mark: tensor(data_offsets=[0, 6, 12]), "model.header.offsets"),
    "offsets the wrong way": (lambda mark: tensor(data_offsets=[12, 0]), "model.header.offsets"),
    "not a number": (
        lambda mark: framed(b'{"w":{"dtype":"F16","shape":[6],"data_offsets":[NaN,12]}}'),
        "model.header.offsets",
    ),
    "shape that does not fill": (lambda mark: tensor(shape=[2, 4]), "model.header.size"),
    "half a byte": (
        lambda mark: tensor(dtype="F4", shape=[3], data_offsets=[0, 1]),
        "model.header.size",
    ),
    "hole": (lambda mark: tensor(shape=[5], data_offsets=[2, 12]), "model.header.hole"),
    "overlap": (
        lambda mark: framed(TWO | {"b": TWO["b"] | {"data_offsets": [4, 10]}}, b"\0" * 10),
        "model.header.overlap",
    ),
    "alias": (
        lambda mark: framed(TWO | {"b": TWO["a"]}, b"\0" * 6),
        "model.header.overlap",
    ),
    "name with NUL": (lambda mark: framed({"w\0": TENSOR}), "model.header.name"),
    "name that climbs": (lambda mark: framed({"../../etc/w": TENSOR}), "model.header.name"),
    "name from the root": (lambda mark: framed({"/etc/w": TENSOR}), "model.header.name"),
    "name of nothing": (lambda mark: framed({"": TENSOR}), "model.header.name"),
    "name with a direction mark": (lambda mark: framed({"w\u202e": TENSOR}), "model.header.name"),
    "endless name": (lambda mark: framed({"w" * 600: TENSOR}), "model.header.name"),
}
