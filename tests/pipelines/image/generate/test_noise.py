"""Noise: the same everywhere, independent of its neighbours, bent by a variation."""

from __future__ import annotations

import pytest
import torch

from pipelines.image.generate.noise import NoiseSource, Variation

SHAPE = (4, 8, 8)


def initial(seeds, variation=None):
    return NoiseSource(seeds, SHAPE, "cpu").initial(variation)


def test_what_a_picture_gets_does_not_depend_on_its_neighbours():
    assert torch.equal(initial([1, 2, 3])[1:2], initial([2]))


def test_a_full_variation_is_the_noise_of_the_other_seed():
    assert torch.allclose(initial([1], Variation([9], 1.0)), initial([9]), atol=1e-4)


@pytest.mark.parametrize("strength", [0.2, 0.5, 0.8])
def test_a_variation_is_as_long_as_noise_is(strength):
    assert initial([1], Variation([9], strength)).std() == pytest.approx(1.0, rel=0.1)


def test_a_variation_towards_itself_changes_nothing():
    assert torch.allclose(initial([1], Variation([1], 0.5)), initial([1]), atol=1e-5)
