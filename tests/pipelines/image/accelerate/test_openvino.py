"""OpenVINO stands in for the UNet where it may, torch draws where it may not; a fake engine."""

from __future__ import annotations

import logging
import sys

import pytest
import torch

from pipelines.image.accelerate import openvino
from pipelines.image.accelerate.openvino import (
    LORA_APPLIED,
    MERGED,
    MISSING,
    NO_CPU,
    SDXL,
    OpenVinoDenoiser,
)
from pipelines.image.accelerate.token_merging import merged
from pipelines.image.memory.device import DevicePlan, Remark
from tests.tiny import tiny_parts


class FakeEngine:
    """Answers with ten; says what it was asked to make."""

    versions = "fake 1"

    def __init__(self, *, error=None, spoilt=False):
        self.built, self.restored = [], []
        self._error, self._spoilt = error, spoilt

    def build(self, _unet, shape):
        if self._error is not None:
            raise self._error
        self.built.append(shape)
        return self._program, b"program"

    def restore(self, kept):
        assert kept == b"program"
        if self._spoilt:
            raise RuntimeError("made by another version")
        self.restored.append(kept)
        return self._program

    def _program(self, sample, timestep, states):
        assert sample.dtype == timestep.dtype == states.dtype == torch.float32
        return torch.full_like(sample, 10.0)


@pytest.fixture(scope="module")
def unet():
    return tiny_parts(channels=4)["unet"].eval()


def ask(denoiser, side=8, **more):
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(2, 4, side, side, generator=generator)
    heard = torch.randn(2, 7, 192, generator=generator)
    arguments = {"encoder_hidden_states": heard, "added_cond_kwargs": None, "return_dict": False}
    with torch.inference_mode():
        return denoiser(noise, torch.tensor(500.0), **arguments | more)[0]


def is_openvinos(answer):
    return bool((answer == 10).all())


def test_a_shape_is_converted_once_and_the_wait_is_told(unet, tmp_path, caplog):
    engine, told = FakeEngine(), []
    denoiser = OpenVinoDenoiser(unet, engine, tmp_path / "cache", "digest")
    denoiser.on_warm_up = lambda: told.append("wait")
    with caplog.at_level(logging.INFO):
        assert is_openvinos(ask(denoiser)) and is_openvinos(ask(denoiser))
    assert len(engine.built) == len(told) == 1
    assert engine.built[0] == openvino.InputShape(2, 4, 8, 8, 7, 192)
    assert "converted for (2, 4, 8, 8, 7, 192) in" in caplog.text
    ask(denoiser, side=16)
    assert len(engine.built) == len(told) == 2


def test_the_next_process_reads_what_was_kept(unet, tmp_path):
    ask(OpenVinoDenoiser(unet, FakeEngine(), tmp_path, "digest"))
    engine = FakeEngine()
    assert is_openvinos(ask(OpenVinoDenoiser(unet, engine, tmp_path, "digest")))
    assert engine.restored and not engine.built


@pytest.mark.parametrize("changed", ["digest", "versions", "shape"])
def test_another_model_version_or_shape_is_made_anew(unet, tmp_path, changed):
    ask(OpenVinoDenoiser(unet, FakeEngine(), tmp_path, "digest"))
    engine = FakeEngine()
    if changed == "versions":
        engine.versions = "fake 2"
    digest = "other" if changed == "digest" else "digest"
    denoiser = OpenVinoDenoiser(unet, engine, tmp_path, digest)
    ask(denoiser, side=16 if changed == "shape" else 8)
    assert engine.built and not engine.restored


def test_a_spoilt_file_is_made_again(unet, tmp_path):
    ask(OpenVinoDenoiser(unet, FakeEngine(), tmp_path, "digest"))
    engine = FakeEngine(spoilt=True)
    assert is_openvinos(ask(OpenVinoDenoiser(unet, engine, tmp_path, "digest")))
    assert engine.built


def test_the_folder_keeps_the_newest_few(unet, tmp_path):
    denoiser = OpenVinoDenoiser(unet, FakeEngine(), tmp_path, "digest")
    for side in range(8, 8 + 2 * (openvino.MOST_KEPT + 2), 2):
        ask(denoiser, side=side)
    assert len(list(tmp_path.iterdir())) == openvino.MOST_KEPT


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_next_start(unet, tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder")
    denoiser = OpenVinoDenoiser(unet, FakeEngine(), tmp_path / "file", "digest")
    assert is_openvinos(ask(denoiser))
    assert "not kept" in caplog.text


def test_sdxl_is_drawn_by_torch(unet, tmp_path):
    class Unet(torch.nn.Module):
        def forward(self, sample, _timestep, **_rest):
            return (sample,)

    denoiser = OpenVinoDenoiser(Unet(), FakeEngine(), tmp_path, "digest")
    assert not is_openvinos(ask(denoiser, added_cond_kwargs={"time_ids": torch.ones(1)}))
    assert denoiser.remark == SDXL


def test_merged_tokens_are_drawn_by_torch_for_that_drawing(unet, tmp_path):
    denoiser = OpenVinoDenoiser(unet, FakeEngine(), tmp_path, "digest")
    with merged(denoiser, 0.5):
        assert torch.equal(ask(denoiser), ask(unet))
        assert denoiser.remark == MERGED
    assert is_openvinos(ask(denoiser))
    assert denoiser.remark is None


def test_a_model_that_wears_something_is_drawn_by_torch_until_it_is_off(tmp_path, caplog):
    unet = tiny_parts(channels=4)["unet"].eval()
    denoiser = OpenVinoDenoiser(unet, FakeEngine(), tmp_path, "digest")
    weight = unet.mid_block.attentions[0].transformer_blocks[0].attn1.to_q.weight
    before = weight.detach().clone()
    with torch.no_grad():
        weight.copy_(before * 2)
    assert torch.equal(ask(denoiser), ask(unet))
    ask(denoiser)
    assert denoiser.remark == LORA_APPLIED
    assert caplog.text.count(LORA_APPLIED.english) == 1
    with torch.no_grad():
        weight.copy_(before)
    assert is_openvinos(ask(denoiser))


def test_what_cannot_be_converted_is_drawn_by_torch_for_good(unet, tmp_path, caplog):
    denoiser = OpenVinoDenoiser(unet, FakeEngine(error=RuntimeError("no such op")), tmp_path, "d")
    assert torch.equal(ask(denoiser), ask(unet))
    assert torch.equal(ask(denoiser, side=16), ask(unet, side=16))
    assert denoiser.remark.key == "speed.openvino.failed"
    assert caplog.text.count("no such op") == 1


def test_a_gpu_and_a_missing_package_are_remarks(monkeypatch):
    assert openvino.find_engine(DevicePlan("cuda:0", "float16")) == NO_CPU
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert openvino.find_engine(DevicePlan("cpu", "float32")) == MISSING


@pytest.mark.slow
def test_the_real_one_agrees_with_torch_and_reports_to_nobody(unet, tmp_path, monkeypatch):
    pytest.importorskip("openvino", reason="requirements-openvino.txt is not installed")
    engine = openvino.find_engine(DevicePlan("cpu", "float32"))
    assert not isinstance(engine, Remark)
    assert sys.modules["openvino_telemetry"] is None
    expected = ask(unet)
    for _ in range(2):  # made, then read
        found = ask(OpenVinoDenoiser(unet, engine, tmp_path, "digest"))
        assert torch.allclose(found, expected, atol=1e-4)
