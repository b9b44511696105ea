"""Values of controls: whatever a stranger sends is a value or a sentence that names its setting."""

from __future__ import annotations

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import RANDOM_SEED
from playground.studio import values

WRONG = [None, "", "abc", True, [], {}, object(), float("nan"), float("inf")]


@pytest.mark.parametrize("value", WRONG)
def test_what_is_no_whole_number_names_its_setting(value):
    with pytest.raises(InvalidRequest) as caught:
        values.whole(value, "steps")
    assert caught.value.values["field"] == "steps"
    assert len(str(caught.value.values["value"])) <= 90


@pytest.mark.parametrize("value", [None, "", "abc", [], {}, object()])
def test_what_is_no_number_names_its_setting(value):
    with pytest.raises(InvalidRequest) as caught:
        values.fraction(value, "guidance")
    assert caught.value.values["field"] == "guidance"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_seed_is_a_new_one(value):
    assert values.seed(value) == RANDOM_SEED


def test_a_seed_is_whole():
    assert values.seed("9223372036854775807") == 2**63 - 1
    with pytest.raises(InvalidRequest):
        values.seed("7.5")


def test_a_line_has_an_end():
    assert values.line("가" * values.MAX_LINE, "topics")
    with pytest.raises(InvalidRequest, match="topics"):
        values.line("가" * (values.MAX_LINE + 1), "topics")
    with pytest.raises(InvalidRequest, match="phrase"):
        values.paste("가" * (values.MAX_PASTE + 1))


def test_every_comma_parts():
    assert values.listed("가,나、다，라", "topics") == ["가", "나", "다", "라"]


@pytest.mark.parametrize(
    "detail",
    [{"id": None}, {"id": []}, {"id": float("inf")}, {"x": 1}, {"id": 0}, {"id": 10**30}],
)
def test_what_is_no_number_of_a_picture_is_none(detail):
    assert values.picture_number(detail) is None
