"""What torch says when memory runs out, on the CPU too, and what becomes of it."""

from __future__ import annotations

import pytest
import torch

from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.errors import OutOfMemory
from pipelines.contract.painter import Hooks
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from pipelines.image.generate import generate as generate_module
from pipelines.image.loading import folder
from pipelines.image.memory.device import DeviceOptions
from pipelines.image.memory.oom import CPU_ALLOCATOR, is_out_of_memory
from pipelines.painter.diffusers_painter import DiffusersPainter

REQUEST = PictureRequest(
    Phrase("파란 냄새", "blue smell", (), "typed"),
    model="tiny",
    width=64,
    height=64,
    steps=1,
    seed=1,
)


def too_much(*_args, **_kwargs):
    return torch.empty(2**50, dtype=torch.uint8)


def drawn(tiny_models):
    painter = DiffusersPainter(Library([tiny_models], pins={}), DeviceOptions(use_cpu=True))
    return painter.draw(REQUEST, Hooks(lambda _event: None, NEVER))


def test_the_cpu_allocator_says_what_is_looked_for():
    with pytest.raises(RuntimeError, match=CPU_ALLOCATOR) as caught:
        too_much()
    assert is_out_of_memory(caught.value)


@pytest.mark.parametrize("error", [RuntimeError("size mismatch"), ValueError(CPU_ALLOCATOR)])
def test_other_errors_are_not_about_memory(error):
    assert not is_out_of_memory(error)


def test_a_device_without_memory_is_told_by_its_type():
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))


def test_a_drawing_that_finds_no_memory_says_so(tiny_models, monkeypatch):
    monkeypatch.setattr(generate_module._GenerationRun, "run", too_much)
    with pytest.raises(OutOfMemory) as caught:
        drawn(tiny_models)
    assert caught.value.key == "draw.memory"


def test_a_model_that_finds_no_memory_to_be_loaded_says_so(tiny_models, monkeypatch):
    monkeypatch.setattr(folder, "build", too_much)
    with pytest.raises(OutOfMemory) as caught:
        drawn(tiny_models)
    assert caught.value.key == "draw.memory"
