"""Pins: the repository's, the well-known, and the owner's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DigestMismatch, ModelFileError
from models.trust import (
    KnownFile,
    OwnPin,
    OwnPins,
    Pin,
    Trust,
    check_pin,
    judge,
    read_known,
    read_pins,
)

A, B = "a" * 64, "b" * 64
KNOWN = (KnownFile("famous.safetensors", A, 0, "sd15", "MIT", "hf:a/b"),)


@pytest.mark.parametrize(
    ("name", "sha256", "own", "trust"),
    [
        ("m", B, None, Trust.UNKNOWN),
        ("m", B, OwnPin(B, is_first_use=True), Trust.FIRST_USE),
        ("m", B, OwnPin(B, is_first_use=False), Trust.PINNED),
        ("m", B, OwnPin(A, is_first_use=True), Trust.CONFLICT),
        ("m", A, None, Trust.PINNED),
        ("famous.safetensors", B, None, Trust.CONFLICT),
        ("famous.safetensors", B, OwnPin(B, is_first_use=True), Trust.CONFLICT),
        ("famous.safetensors", B, OwnPin(B, is_first_use=False), Trust.PINNED),
    ],
)
def test_verdicts(name, sha256, own, trust):
    assert judge(name, sha256, own, KNOWN).trust is trust


def test_conflict_says_what_was_expected():
    assert judge("m", B, OwnPin(A, is_first_use=True), ()).expected == A
    assert judge("famous.safetensors", B, None, KNOWN).expected == A


def test_well_known_files_are_sorted_and_lower_case():
    known = read_known()
    assert [file.name for file in known] == sorted(file.name for file in known)
    assert len({file.sha256 for file in known}) == len(known)
    assert all(file.licence and file.source for file in known)


def test_pin_must_match():
    check_pin(Pin("m", A, 1), A)
    with pytest.raises(DigestMismatch):
        check_pin(Pin("m", A, 1), B)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"files": {"a": {"size": 1}}}',
        '{"files": {"a": {"sha256": "A"}}}',
        "[" * 9999,
    ],
)
def test_bad_pin_file_is_a_value_error(tmp_path, text):
    path = tmp_path / "pins.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="pin file"):
        read_pins(path)


def test_endless_pin_file_is_refused_unread(tmp_path):
    path = tmp_path / "pins.json"
    path.write_bytes(b" " * 16_000_001)
    with pytest.raises(ValueError, match="long_file"):
        read_pins(path)


def test_own_pins_come_back(tmp_path):
    path = tmp_path / "data" / "pins.json"
    pins = OwnPins(path)
    pins.remember_first_use(Path("/m/가\udcff"), A)
    pins.remember_first_use(Path("/m/가\udcff"), B)  # the first use stays the first
    pins.pin(Path("/m/b"), OwnPin(B, is_first_use=False, source="hf:x"))
    again = OwnPins(path)
    assert again.get(Path("/m/가\udcff")) == OwnPin(A, is_first_use=True)
    assert again.get(Path("/m/b")).source == "hf:x"
    assert json.loads(path.read_text())["pins"]["/m/b"]["sha256"] == B


@pytest.mark.parametrize("text", ["", "{}", '{"pins": {"a": {"sha256": "x"}}}', '{"pins": [1]}'])
def test_unreadable_own_pins_stop_rather_than_trust_everything(tmp_path, text):
    path = tmp_path / "pins.json"
    path.write_text(text)
    with pytest.raises(ModelFileError) as caught:
        OwnPins(path)
    assert caught.value.key == "model.own_pins"
    assert path.read_text() == text


@given(st.binary(max_size=60))
def test_random_pins_are_only_ever_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "random-pins.json"
    path.write_bytes(data)
    with pytest.raises(ModelFileError):
        OwnPins(path)
