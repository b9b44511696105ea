"""What headers tell of a model's training: each tool writes it in its own place."""

from __future__ import annotations

import pytest

from models.prediction import Told, told_by
from tests.models.golden import header_of

WEIGHT = {"w": (2, 2)}


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ({}, Told("", False)),
        ({"modelspec.prediction_type": "v"}, Told("v", False)),
        ({"modelspec.prediction_type": " Epsilon "}, Told("eps", False)),
        ({"modelspec.prediction_type": "something new"}, Told("", False)),
        ({"modelspec.predict_key": "v"}, Told("v", False)),
        ({"prediction_type": "v_prediction"}, Told("v", False)),
        ({"modelspec.architecture": "stable-diffusion-v2-768-v/lora"}, Told("v", False)),
        ({"modelspec.architecture": "stable-diffusion-v2-512"}, Told("eps", False)),
        ({"modelspec.architecture": "stable-diffusion-xl-v1-base"}, Told("", False)),
        ({"v_pred": "true", "ztsnr": "true"}, Told("v", True)),
        ({"v_pred": "false", "ztsnr": "0"}, Told("", False)),
    ],
)
def test_metadata_tells(metadata, told):
    assert told_by(header_of(WEIGHT, metadata=metadata)) == told


def test_tensors_without_numbers_tell_and_come_before_metadata():
    tensors = WEIGHT | {"v_pred": (0,), "ztsnr": (0,)}
    header = header_of(tensors, metadata={"modelspec.prediction_type": "epsilon"})
    assert told_by(header) == Told("v", True)
