"""The strict header reader: what it accepts, and a reason for everything it refuses."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import NotSafetensors
from models.header import read_header

GOOD = {"w": {"dtype": "F16", "shape": [2, 3], "data_offsets": [0, 12]}}


def write(tmp_path, header, payload=b"\0" * 12):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path = tmp_path / "m.safetensors"
    path.write_bytes(struct.pack("<Q", len(text)) + text + payload)
    return path


def refusal(path):
    with pytest.raises(NotSafetensors) as caught:
        read_header(path)
    return caught.value.key


def test_good_file_is_read(tmp_path):
    header = read_header(write(tmp_path, GOOD | {"__metadata__": {"format": "pt"}}))
    assert header.parameters == 6
    assert header.metadata == (("format", "pt"),)
    assert header.tensors[0].shape == (2, 3)


def test_agrees_with_the_library_on_what_it_writes(tmp_path):
    import torch
    from safetensors.torch import save_file

    tensors = {"a": torch.zeros(3, 4), "b": torch.zeros(5, dtype=torch.bfloat16)}
    save_file(tensors, tmp_path / "m.safetensors")
    assert read_header(tmp_path / "m.safetensors").parameters == 17


@pytest.mark.parametrize(
    ("start", "key"),
    [
        (b"", "model.empty"),
        (b"<!DOCTYPE html><html>login</html>", "model.html"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "model.lfs_pointer"),
        (b"PK\x03\x04" + b"\0" * 40, "model.pickle"),
        (b"\x80\x02}q\x00." + b"\0" * 40, "model.pickle"),
        (b"\x01\x02", "model.cut_off"),
        (b"\xff" * 40, "model.header.length"),
    ],
    ids=["empty", "html", "lfs", "zip", "pickle", "short", "length"],
)
def test_other_files_are_named_for_what_they_are(tmp_path, start, key):
    path = tmp_path / "m.safetensors"
    path.write_bytes(start)
    assert refusal(path) == key


def test_truncated_file_says_how_much_is_there(tmp_path):
    path = write(tmp_path, GOOD, payload=b"\0" * 5)
    with pytest.raises(NotSafetensors) as caught:
        read_header(path)
    assert caught.value.key == "model.cut_off"
    assert (caught.value.values["have"], caught.value.values["need"]) == (5, 12)


@pytest.mark.parametrize(
    "header",
    [
        b" " + json.dumps(GOOD).encode(),
        b'{"w":{"dtype":"F16","shape":[6],"data_offsets":[0,12]},"w":{}}',
        {"w": GOOD["w"] | {"extra": 1}},
        {"w": GOOD["w"] | {"dtype": "F13"}},
        {"w": GOOD["w"] | {"shape": [2, 4]}},
        {"w": GOOD["w"] | {"shape": [-2, -3]}},
        {"w": GOOD["w"] | {"data_offsets": [0, 12.0]}},
        {"w": {"dtype": "F16", "shape": [5], "data_offsets": [2, 12]}},
        {"w\0": GOOD["w"]},
        {},
        {"__metadata__": {"a": 1}} | GOOD,
        b"[]",
        b"not json!",
        b"[" * 5000,
    ],
)
def test_header_the_format_forbids_is_refused(tmp_path, header):
    assert refusal(write(tmp_path, header)) == "model.header.bad"


def test_bytes_after_the_last_tensor_are_refused(tmp_path):
    assert refusal(write(tmp_path, GOOD, payload=b"\0" * 13)) == "model.header.bad"


@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_are_only_ever_refused_with_a_reason(tmp_path_factory, data, framed):
    path = tmp_path_factory.mktemp("random") / "m.safetensors"
    path.write_bytes(struct.pack("<Q", len(data)) + data if framed else data)
    with pytest.raises(NotSafetensors):
        read_header(path)
