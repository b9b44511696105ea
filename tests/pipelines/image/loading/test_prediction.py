"""What a denoiser answers: told by metadata, by a folder's scheduler, or measured."""

from __future__ import annotations

import json
import logging
import shutil

import pytest
import torch

from models.library import Library
from pipelines.image.conditioning.encode import Conditioning, PromptEncoder
from pipelines.image.loading.detect_prediction import detect_prediction
from pipelines.image.loading.load import load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions
from tests.models.ldm import save_single_file

PLAN = choose_device(DeviceOptions(use_cpu=True, no_half=True))


class Silent(PromptEncoder):
    """An encoder of the empty prompt."""

    def __init__(self):
        pass  # there is nothing to encode with

    def encode(self, _pieces):  # type: ignore[override]
        return Conditioning(torch.zeros(1, 77, 1024))


class Denoiser:
    """Answers with a share of the noise it was given, and a picture of its own."""

    def __init__(self, noise, channels=4):
        self.config = type("Config", (), {"in_channels": channels})
        self._noise = noise

    def __call__(self, x, timestep, **_told):
        assert float(timestep) == 999
        picture = torch.linspace(-1, 1, 16).expand(1, 4, 16, 16)
        return (self._noise * x[:, :4] - (1 - self._noise) * picture,)


@pytest.mark.parametrize("channels", [4, 9])
@pytest.mark.parametrize(
    ("noise", "expected"), [(0.99, "epsilon"), (0.9, "epsilon"), (0.07, "v_prediction")]
)
def test_answer_tells_the_prediction_and_a_line_says_so(caplog, noise, expected, channels):
    with caplog.at_level(logging.INFO):
        found = detect_prediction(Denoiser(noise, channels), Silent(), 4, "bare")
    assert found == expected
    assert "bare" in caplog.text and expected in caplog.text and "measured" in caplog.text


def test_denoiser_that_answers_nothing_is_not_taken_for_epsilon():
    assert detect_prediction(Denoiser(torch.nan), Silent(), 4, "bare") == "v_prediction"


@pytest.mark.parametrize(
    ("metadata", "expected", "is_measured"),
    [
        ({"modelspec.prediction_type": "epsilon"}, "epsilon", False),
        ({"modelspec.architecture": "stable-diffusion-v2-768-v"}, "v_prediction", False),
        ({"modelspec.predict_key": "v"}, "v_prediction", False),
        ({}, "measured", True),
    ],
)
def test_metadata_of_a_file_comes_before_measuring(
    shelf, tmp_path, monkeypatch, metadata, expected, is_measured
):
    asked = []
    monkeypatch.setattr(
        "pipelines.image.loading.load.detect_prediction",
        lambda *args: asked.append(args) or "measured",
    )
    pipeline = shelf.load("sd2-folder").pipeline
    save_single_file(pipeline, "sd2", shelf.configs, tmp_path / "m.safetensors", metadata)
    library = Library([tmp_path], pins={})
    library.families, library.known = shelf.library.families, shelf.library.known
    assert load(library.open_verified("m"), PLAN).prediction == expected
    assert bool(asked) is is_measured


@pytest.mark.parametrize(
    ("told", "expected"),
    [("v_prediction", "v_prediction"), ("epsilon", "epsilon"), (None, "measured")],
)
def test_scheduler_of_a_folder_comes_before_measuring(shelf, tmp_path, monkeypatch, told, expected):
    monkeypatch.setattr("pipelines.image.loading.load.detect_prediction", lambda *_args: "measured")
    shelf.load("sd2-folder")
    folder = shutil.copytree(shelf.folder / "sd2-folder", tmp_path / "copy")
    path = folder / "scheduler" / "scheduler_config.json"
    config = json.loads(path.read_text())
    config.pop("prediction_type", None)
    path.write_text(json.dumps(config | ({"prediction_type": told} if told else {})))
    library = Library([tmp_path], pins={})
    assert load(library.open_verified("copy"), PLAN).prediction == expected


def test_keys_of_a_merging_tool_tell_velocity_and_zero_terminal_snr(shelf, tmp_path):
    from safetensors.torch import load_file, save_file

    shelf.load("sdxl-file")
    tensors = load_file(shelf.folder / "sdxl-file.safetensors")
    keys = {"v_pred": torch.tensor([]), "ztsnr": torch.tensor([])}
    save_file(tensors | keys, tmp_path / "v.safetensors")
    library = Library([tmp_path], pins={})
    library.families, library.known = shelf.library.families, shelf.library.known
    model = load(library.open_verified("v"), PLAN)
    assert model.prediction == "v_prediction" and model.table.is_zero_snr
