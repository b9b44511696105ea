"""Several pictures of one request: who asks for them, and who may refuse them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.errors import ModelNotFound
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from playground.studio.series import check_all, nth
from tests.fakes import FakePainter

REQUEST = PictureRequest(Phrase("사과", "", (), "typed"), seed=7, prompt="사과")


class Noting(FakePainter):
    """Notes what it was asked about."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def check(self, request):
        self.asked.append(request.prompt)
        super().check(request)


def test_requests_that_differ_in_their_seeds_are_looked_up_once():
    painter = Noting()
    check_all([nth(REQUEST, number) for number in range(20)], painter)
    assert painter.asked == ["사과"]


def test_every_prompt_is_looked_up():
    painter = Noting()
    check_all([REQUEST, replace(REQUEST, prompt="배"), replace(REQUEST, prompt="배")], painter)
    assert painter.asked == ["사과", "배"]


def test_the_first_refusal_is_told():
    painter = Noting()
    painter.refuses = ModelNotFound("model.unknown", model="별", nearest="crayon")
    with pytest.raises(ModelNotFound):
        check_all([REQUEST, replace(REQUEST, prompt="배")], painter)
    assert painter.asked == ["사과"]
