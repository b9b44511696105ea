"""What headers tell of a model's training: each tool writes it in its own place."""

from __future__ import annotations

import pytest

from models.prediction import TrainingPrediction, read_prediction
from tests.models.golden import header_of

WEIGHT = {"w": (2, 2)}


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ({}, TrainingPrediction("", False)),
        ({"modelspec.prediction_type": "v"}, TrainingPrediction("v", False)),
        ({"modelspec.prediction_type": " Epsilon "}, TrainingPrediction("eps", False)),
        ({"modelspec.prediction_type": "something new"}, TrainingPrediction("", False)),
        ({"modelspec.predict_key": "v"}, TrainingPrediction("v", False)),
        ({"prediction_type": "v_prediction"}, TrainingPrediction("v", False)),
        (
            {"modelspec.architecture": "stable-diffusion-v2-768-v/lora"},
            TrainingPrediction("v", False),
        ),
        ({"modelspec.architecture": "stable-diffusion-v2-512"}, TrainingPrediction("eps", False)),
        ({"modelspec.architecture": "stable-diffusion-xl-v1-base"}, TrainingPrediction("", False)),
        ({"v_pred": "true", "ztsnr": "true"}, TrainingPrediction("v", True)),
        ({"v_pred": "false", "ztsnr": "0"}, TrainingPrediction("", False)),
    ],
)
def test_metadata_tells(metadata, told):
    assert read_prediction(header_of(WEIGHT, metadata=metadata)) == told


def test_tensors_without_numbers_tell_and_come_before_metadata():
    tensors = WEIGHT | {"v_pred": (0,), "ztsnr": (0,)}
    header = header_of(tensors, metadata={"modelspec.prediction_type": "epsilon"})
    assert read_prediction(header) == TrainingPrediction("v", True)
