"""What stands in for a UNet: laid out, compiled, told about; and off again without a trace."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from pipelines.image.accelerate import denoiser as faster
from pipelines.image.accelerate.compiled import CompiledDenoiser
from pipelines.image.accelerate.openvino import MISSING, OpenVinoDenoiser
from pipelines.image.memory.device import DevicePlan, Offload, Remark
from tests.tiny import tiny_parts

CPU = DevicePlan("cpu", "float32")


@pytest.fixture
def pipeline():
    parts = tiny_parts(channels=4)
    return SimpleNamespace(unet=parts["unet"].eval(), vae=parts["vae"].eval())


def ask(denoiser, side=8):
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(2, 4, side, side, generator=generator)
    heard = torch.randn(2, 7, 192, generator=generator)
    with torch.inference_mode():
        answer = denoiser(
            noise, torch.tensor(500.0), encoder_hidden_states=heard, return_dict=False
        )
    return answer[0]


def is_channels_last(convolution):
    weight = convolution.weight
    return weight.is_contiguous(memory_format=torch.channels_last) and not weight.is_contiguous()


@pytest.mark.parametrize(
    ("dtype", "wide", "expected"),
    [("float32", 1, False), ("bfloat16", 1, True), ("bfloat16", 17, False)],
)
def test_a_wide_unet_of_half_precision_is_laid_out_anew(
    pipeline, monkeypatch, dtype, wide, expected
):
    monkeypatch.setattr(faster, "WIDE", wide)
    faster.arrange(pipeline, DevicePlan("cpu", dtype))
    assert is_channels_last(pipeline.unet.conv_in) == expected
    assert is_channels_last(pipeline.vae.decoder.conv_in)


def test_a_layout_that_was_not_measured_is_left_alone(pipeline):
    faster.arrange(pipeline, DevicePlan("mps", "float16"))
    assert not is_channels_last(pipeline.vae.decoder.conv_in)


def test_the_unet_is_asked_where_nothing_else_was_wished(pipeline):
    assert faster.denoiser_of(pipeline, CPU) is pipeline.unet
    assert faster.drawn_by(pipeline.unet) == ""


def test_moved_models_are_not_compiled(pipeline, caplog):
    plan = replace(CPU, is_compiled=True, offload=Offload.SEQUENTIAL)
    assert faster.denoiser_of(pipeline, plan) is pipeline.unet
    assert "not compiled" in caplog.text
    assert isinstance(
        faster.denoiser_of(pipeline, replace(plan, offload=Offload.MODEL)), CompiledDenoiser
    )


def test_without_openvino_the_unet_is_asked_and_a_sentence_says_so(pipeline, monkeypatch, caplog):
    monkeypatch.setattr(faster, "find_engine", lambda _plan: MISSING)
    plan = replace(CPU, openvino=Path("cache"))
    assert faster.denoiser_of(pipeline, plan) is pipeline.unet
    assert MISSING.english in caplog.text
    monkeypatch.setattr(faster, "find_engine", lambda _plan: object())
    found = faster.denoiser_of(pipeline, plan)
    assert isinstance(found, OpenVinoDenoiser)
    assert faster.drawn_by(found) == "OpenVINO"
    found.remark = Remark("speed.openvino.worn", "")
    assert faster.drawn_by(found) == ""


def test_somebody_is_told_for_the_length_of_a_drawing(pipeline):
    said, denoiser = [], CompiledDenoiser(pipeline.unet)
    with faster.report_warm_up(lambda: said.append("wait"), pipeline.unet, denoiser):
        denoiser.on_warm_up()
    denoiser.on_warm_up()
    assert said == ["wait"]


@pytest.mark.slow
def test_a_compiled_unet_gives_the_same_answers_and_tells_each_new_size(pipeline, caplog):
    expected = [ask(pipeline.unet, side) for side in (8, 16)]
    denoiser, told = CompiledDenoiser(pipeline.unet, backend="eager"), []
    denoiser.on_warm_up = lambda: told.append("wait")
    with caplog.at_level(logging.INFO):
        found = [ask(denoiser, side) for side in (8, 16, 8)]
    assert torch.equal(found[0], expected[0]) and torch.equal(found[1], expected[1])
    assert torch.equal(found[2], expected[0])
    assert len(told) == 2 and "compiled for 2x4x8x8 in" in caplog.text
    blocks = pipeline.unet.mid_block.attentions[0].transformer_blocks
    assert blocks[0]._compiled_call_impl is not None


def test_without_a_compiler_the_unet_draws_and_a_sentence_says_so(pipeline, caplog):
    from torch._dynamo.exc import TorchDynamoException

    class Unet(torch.nn.Module):
        tries = 0

        def forward(self, sample, _timestep, **_rest):
            self.tries += 1
            if self._compiled_call_impl is not None or self.tries == 1:
                raise TorchDynamoException("No working C++ compiler found")
            return (sample,)

    unet = Unet()
    denoiser = CompiledDenoiser(unet, backend="eager")
    unet.compile = lambda **_more: None
    ask(denoiser)
    ask(denoiser)
    assert unet.tries == 3  # tried compiled once
    assert denoiser.remark.key == "speed.compile.failed"
    assert caplog.text.count("No working C++ compiler found") == 1
    assert faster.drawn_by(denoiser) == ""
