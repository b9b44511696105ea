"""What cannot fit is refused before it is queued, and what is named instead would fit."""

from __future__ import annotations

import dataclasses

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import Hires
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.estimate import WORK
from pipelines.image.memory.forecast import check_memory

GIGABYTE = 1 << 30
REQUEST = PictureRequest(Phrase("말", "", (), "typed"), width=1024, height=512)


def refusal(request: PictureRequest, family: str, total: int) -> InvalidRequest | None:
    try:
        check_memory(request, family, 0, total, 16)
    except InvalidRequest as error:
        return error
    return None


@pytest.mark.parametrize("family", [*WORK, "unheard of"])
@pytest.mark.parametrize("total", [GIGABYTE // 4, GIGABYTE // 2, GIGABYTE, 4 * GIGABYTE])
def test_what_is_said_to_fit_does(family: str, total: int) -> None:
    request = dataclasses.replace(REQUEST, hires=Hires(2.0))
    error = refusal(request, family, total)
    if error is not None and error.key == "request.memory":
        width, height = map(int, str(error.values["small"]).split("x"))
        smaller = dataclasses.replace(request, width=width, height=height, hires=None)
        assert refusal(smaller, family, total) is None
        assert width % 16 == 0 and width > height


def test_the_last_pass_and_the_batch_are_counted() -> None:
    assert refusal(REQUEST, "sd15", 2 * GIGABYTE) is None
    larger = refusal(dataclasses.replace(REQUEST, hires=Hires(2.0)), "sd15", GIGABYTE)
    batch = refusal(dataclasses.replace(REQUEST, batch_size=8), "sd15", GIGABYTE)
    assert larger is not None and larger.key == "request.memory"
    assert (larger.values["width"], larger.values["height"]) == (2048, 1024)
    assert batch is not None and batch.key == "request.memory_batch"


def test_a_model_that_is_too_large_for_the_machine_is_said_to_be() -> None:
    with pytest.raises(InvalidRequest, match=r"request\.memory_none"):
        check_memory(REQUEST, "sd15", 8 * GIGABYTE, 4 * GIGABYTE, 8)
