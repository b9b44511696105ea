"""The strict header reader: what it accepts, and that it fails in one way only."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import NotSafetensors
from models.header import _HeaderFlaw, _read_tensor, _read_tensors, read_header
from tests.models.hostile import GOOD, framed

TEXT = json.dumps(GOOD | {"__metadata__": {"format": "pt"}}).encode()


def write(tmp_path, data):
    path = tmp_path / "m.safetensors"
    path.write_bytes(data)
    return path


def test_good_file_is_read(tmp_path):
    header = read_header(write(tmp_path, framed(TEXT)))
    assert header.parameters == 6
    assert header.metadata == (("format", "pt"),)
    assert header.tensors[0].shape == (2, 3)
    assert header.payload_start + 12 == header.file_bytes


@pytest.mark.parametrize("length", [640, 896, 1152, 0x4B50])
def test_length_that_looks_like_a_pickle_is_no_pickle(tmp_path, length):
    """0x0280 in little-endian bytes is how a protocol 2 pickle starts."""
    assert read_header(write(tmp_path, framed(TEXT.ljust(length)))).parameters == 6


def test_agrees_with_the_library_on_what_it_writes(tmp_path):
    import torch
    from safetensors.torch import save_file

    tensors = {
        "a": torch.zeros(3, 4),
        "가 b": torch.zeros(5, dtype=torch.bfloat16),
        "empty": torch.zeros(0, 7),
        "scalar": torch.tensor(1),
        "small": torch.zeros(3, dtype=torch.float8_e4m3fn),
    }
    save_file(tensors, tmp_path / "m.safetensors", metadata={"뜻": "아무말"})
    assert read_header(tmp_path / "m.safetensors").parameters == 12 + 5 + 1 + 3


def test_truncated_file_says_how_much_is_there(tmp_path):
    whole = framed(GOOD)
    with pytest.raises(NotSafetensors) as caught:
        read_header(write(tmp_path, whole[:-7]))
    assert caught.value.key == "model.cut_off"
    assert caught.value.values["have"] == len(whole) - 7
    assert caught.value.values["need"] == len(whole)


@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_are_only_ever_refused_with_a_reason(tmp_path_factory, data, is_framed):
    path = tmp_path_factory.getbasetemp() / "random.safetensors"
    path.write_bytes(struct.pack("<Q", len(data)) + data if is_framed else data)
    with pytest.raises(NotSafetensors):
        read_header(path)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F16", "F4", "U8"]) | ANYTHING,
        "shape": st.lists(st.integers(-1, 9), max_size=9) | ANYTHING,
        "data_offsets": st.lists(st.integers(-1, 99), max_size=3) | ANYTHING,
    }
)


@given(st.dictionaries(st.text(max_size=5) | st.just("__metadata__"), FIELDS | ANYTHING))
def test_mutated_headers_are_read_or_refused_with_a_reason(tmp_path_factory, header):
    path = tmp_path_factory.getbasetemp() / "mutated.safetensors"
    path.write_bytes(framed(header))
    try:
        read_header(path)
    except NotSafetensors as error:
        assert error.key.startswith("model.")


@given(st.integers(0, len(framed(TEXT)) - 1), st.integers(0, 255))
def test_one_changed_byte_is_read_or_refused_with_a_reason(tmp_path_factory, place, value):
    data = bytearray(framed(TEXT))
    data[place] = value
    path = tmp_path_factory.getbasetemp() / "flipped.safetensors"
    path.write_bytes(data)
    try:
        read_header(path)
    except NotSafetensors as error:
        assert error.key.startswith("model.")


@given(st.dictionaries(st.text(max_size=3), FIELDS, max_size=3))
def test_both_ways_of_reading_entries_agree(header):
    def read(way):
        try:
            return sorted(way(header))
        except _HeaderFlaw as flaw:
            return flaw.key

    def one_by_one(data):
        return [_read_tensor(name, entry) for name, entry in data.items()]

    assert read(lambda data: _read_tensors(data, is_plain=False)) == read(one_by_one)
