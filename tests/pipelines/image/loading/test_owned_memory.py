"""Weights get the format they are computed in, and memory of their own, without another bit."""

from __future__ import annotations

import pytest
import torch

from pipelines.image.loading.owned_memory import ALIGNMENT, CHUNK, converted, own_weights

FORMATS = (torch.float16, torch.bfloat16, torch.float32)


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("stored", FORMATS)
def test_a_conversion_gives_torchs_own_bits(stored, dtype):
    numbers = torch.cat(
        [
            torch.randn(CHUNK + 7, generator=torch.Generator().manual_seed(0)) * 3,
            torch.tensor([0.0, -0.0, 65504.0, 6e-8, 1e-7, torch.inf, -torch.inf]),
        ]
    ).to(stored)
    assert torch.equal(converted(numbers, dtype), numbers.to(dtype))
    assert converted(numbers, dtype).dtype == dtype


def test_a_layout_that_is_not_plain_is_kept():
    kernel = torch.randn(4, 3, 3, 3).half().to(memory_format=torch.channels_last)
    found = converted(kernel, torch.bfloat16)
    assert found.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(found, kernel.to(torch.bfloat16))


def test_every_weight_lies_where_torch_would_put_it():
    module = torch.nn.Linear(5, 3)
    shifted = torch.empty(64, dtype=torch.float32)
    module.weight.data = shifted[1:16].view(3, 5).normal_()
    before = module.weight.detach().clone()
    own_weights(module, torch.float32)
    assert module.weight.data_ptr() % ALIGNMENT == 0
    assert torch.equal(module.weight, before)
    own_weights(module, torch.bfloat16)
    assert {one.dtype for one in module.parameters()} == {torch.bfloat16}


def test_numbers_that_count_are_left_alone():
    module = torch.nn.Module()
    module.register_buffer("places", torch.arange(9)[1:])
    own_weights(module, torch.bfloat16)
    assert torch.equal(module.get_buffer("places"), torch.arange(1, 9))
