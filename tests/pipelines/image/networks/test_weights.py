"""Faint changes of narrow weights are not rounded away."""

from __future__ import annotations

import pytest
import torch

from pipelines.image.networks.weights import rounded

NARROW = [torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2]


def rand(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("dtype", NARROW, ids=str)
@pytest.mark.parametrize("size", [1e-1, 1e-2, 1e-3])
def test_a_faint_change_is_kept_in_the_sum(dtype, size):
    before = rand(1, 1000, 300).to(dtype).float()
    change = size * rand(2, 1000, 1) * rand(3, 1, 300)  # of rank 1, as a LoRA's
    after = rounded(before, before + change, dtype, 5)
    assert after.dtype == dtype
    kept = ((after.float() - before) * change).sum() / change.square().sum()
    assert float(kept) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("dtype", NARROW, ids=str)
def test_every_weight_becomes_one_of_its_two_neighbours(dtype):
    before = rand(1, 2000).to(dtype).float()
    wanted = before + 1e-3
    after = rounded(before, wanted, dtype, 5).float()
    # no further than a whole step of the format, which is at most this share of the number
    share = 2.0 ** -{"bfloat16": 7, "float8_e4m3fn": 3, "float8_e5m2": 2}[str(dtype)[6:]]
    assert bool(((after - wanted).abs() <= wanted.abs() * share + 2e-3).all())


@pytest.mark.parametrize("dtype", NARROW, ids=str)
@pytest.mark.parametrize("start", [0.0, 1.0, -2.0])
def test_at_zero_and_at_powers_of_two_too(dtype, start):
    before = torch.full((200_000,), start)
    for change in (3e-3, -3e-3):
        after = rounded(before, before + change, dtype, 5).float()
        assert float((after - before).mean()) == pytest.approx(change, rel=0.1)


@pytest.mark.parametrize("dtype", NARROW, ids=str)
def test_what_is_not_changed_stays_bit_for_bit(dtype):
    before = rand(1, 2000).to(dtype).float()
    change = torch.zeros(2000)
    change[:10] = 1e-4
    after = rounded(before, before + change, dtype, 5).float()
    assert torch.equal(after[10:], before[10:])


def test_the_same_wish_gives_the_same_weights():
    before = rand(1, 2000).bfloat16().float()
    one, two = (rounded(before, before + 1e-4, torch.bfloat16, 5) for _ in range(2))
    assert torch.equal(one, two)


def test_wide_weights_are_not_touched_by_chance():
    before = rand(1, 100)
    assert torch.equal(rounded(before, before + 1e-7, torch.float32, 5), before + 1e-7)
