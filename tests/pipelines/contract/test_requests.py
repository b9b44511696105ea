"""Requests: what exists is valid, what is refused names field and value, JSON loses nothing."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.contract.picture_settings import Hires, ImageToImage
from pipelines.contract.requests import MAX_SEED, PictureRequest, TextRequest
from pipelines.contract.validate import MAX_TEXT, check_text, parse_float, parse_int

WORDS = (
    Word("파랗다", "blue", WordKind.COLOUR, True, "파란"),
    Word("냄새", "smell", WordKind.NOUN, False),
)
PHRASE = Phrase("파란 냄새 삼각형", "blue smell triangle", WORDS, "grammar", 1, "triple")


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("width", 0, "request.range"),
        ("width", 63, "request.range"),
        ("height", 100_000, "request.range"),
        ("height", 100, "request.multiple"),
        ("steps", 0, "request.range"),
        ("steps", 10_000, "request.range"),
        ("guidance", 0.5, "request.range"),
        ("guidance", float("nan"), "request.range"),
        ("seed", -2, "request.seed"),
        ("seed", 2**70, "request.seed"),
        ("negative_prompt", "가" * (MAX_TEXT + 1), "request.text.long"),
    ],
)
def test_value_out_of_range_is_refused(field, value, key):
    with pytest.raises(InvalidRequest) as caught:
        PictureRequest(PHRASE, **{field: value})
    assert caught.value.key == key


def test_count_and_surprise_are_checked():
    for values in ({"count": 0}, {"count": 51}, {"surprise": 3.0}, {"seed": -5}):
        with pytest.raises(InvalidRequest):
            TextRequest(**values)


def test_empty_phrase_cannot_be_illustrated():
    with pytest.raises(InvalidRequest):
        PictureRequest(Phrase("", "", (), "typed"))


def test_settled_request_keeps_a_given_seed_and_finds_a_missing_one():
    assert PictureRequest(PHRASE, seed=5).settled().seed == 5
    seeds = {PictureRequest(PHRASE).settled().seed for _ in range(8)}
    assert len(seeds) > 1 and min(seeds) >= 0


def test_request_survives_json():
    request = PictureRequest(PHRASE, "흐림", width=320, guidance=1.5, seed=MAX_SEED)
    assert PictureRequest.from_json(json.loads(json.dumps(request.to_json()))) == request


ENDLESS = {**PictureRequest(PHRASE).to_json(), "steps": float("inf")}


@pytest.mark.parametrize(
    "data", [{}, {"phrase": None}, [], None, {"phrase": {"words": 3}}, ENDLESS]
)
def test_other_json_is_a_value_error(data):
    with pytest.raises(ValueError):
        PictureRequest.from_json(data)


def test_decomposed_hangul_is_composed():
    decomposed = unicodedata.normalize("NFD", "파란 냄새")
    assert check_text(decomposed, "phrase") == "파란 냄새"
    assert Phrase(decomposed, "", (), "typed").ko == "파란 냄새"


@given(st.text())
def test_text_is_checked_or_refused_and_never_anything_else(text):
    try:
        checked = check_text(text, "phrase")
    except InvalidRequest:
        return
    assert 0 < len(checked) <= MAX_TEXT
    checked.encode("utf-8")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans()))
def test_numbers_are_read_or_refused_and_never_anything_else(value):
    for parse in (parse_int, parse_float):
        try:
            parse(value, "steps")
        except InvalidRequest as error:
            str(error).encode("utf-8")


@pytest.mark.parametrize("tail", ["\u0301\u0323" * 30_000, "가" * 8_001, "\u1161" * 8_001])
def test_a_text_that_cannot_be_short_enough_is_refused_before_any_work(
    monkeypatch: pytest.MonkeyPatch, tail: str
) -> None:
    monkeypatch.setattr("pipelines.contract.validate.composed", pytest.fail)
    with pytest.raises(InvalidRequest, match=r"request\.text\.long"):
        check_text("a" + tail, "phrase")


def test_a_text_of_parts_is_measured_whole() -> None:
    assert len(check_text("\u1112\u1161\u11ab" * 2_000 + " " * 90_000, "phrase")) == 2_000


def last_pass(width: int, height: int, **more: Any) -> PictureRequest:
    phrase = Phrase("말", "", (), "typed")
    return PictureRequest(phrase, width=width, height=height, hires=Hires(**more))


@pytest.mark.parametrize(
    ("width", "height", "scale", "strength"),
    [(2048, 2048, 1.01, 0.6), (1024, 1024, 2.01, 0.1), (2048, 2048, 4, 0), (2048, 2048, 2.01, 0)],
)
def test_the_last_pass_is_what_the_limit_of_pixels_counts(
    width: int, height: int, scale: float, strength: float
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        last_pass(width, height, scale=scale, strength=strength)
    assert caught.value.key == "request.pixels_hires"
    last_pass(width, height, scale=caught.value.values["scale"], strength=strength)


def test_only_the_masked_part_is_not_made_larger() -> None:
    plain = last_pass(256, 256)
    start = ImageToImage("a" * 64, "b" * 64, only_masked=True)
    with pytest.raises(InvalidRequest, match=r"request\.hires_part"):
        dataclasses.replace(plain, source=start)
    dataclasses.replace(plain, source=dataclasses.replace(start, only_masked=False))
    dataclasses.replace(plain, source=dataclasses.replace(start, mask=""))
