"""A header against what its family expects: every difference has its name."""

from __future__ import annotations

import pytest

from models.errors import IncompleteModel
from models.structure import check_complete, compare
from tests.models.golden import checkpoint, header_of

TENSOR = "model.diffusion_model.out.2.weight"


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_complete_checkpoint_is_complete(family):
    extra = {"model_ema.decay": (), "betas": (1000,), "x.position_ids": (1, 77)}
    structure = compare(header_of(checkpoint(family) | extra), family)
    assert structure.is_complete and not structure.unexpected
    check_complete("m", structure)


def test_one_missing_tensor_is_named():
    tensors = dict(checkpoint("sd15"))
    del tensors[TENSOR]
    structure = compare(header_of(tensors), "sd15")
    assert structure.missing == (TENSOR,)
    with pytest.raises(IncompleteModel) as caught:
        check_complete("m", structure)
    assert caught.value.values == {"model": "m", "count": 1, "tensor": TENSOR}


def test_one_wrong_shape_is_named_with_both_shapes():
    structure = compare(header_of(checkpoint("sd15") | {TENSOR: (4, 320, 3)}), "sd15")
    assert structure.wrong_shape == ((TENSOR, (4, 320, 3, 3), (4, 320, 3)),)
    with pytest.raises(IncompleteModel) as caught:
        check_complete("m", structure)
    assert caught.value.values["expected"] == "[4, 320, 3, 3]"


def test_stranger_is_listed_and_harmless():
    structure = compare(header_of(checkpoint("sd15") | {"stranger": (3,)}), "sd15")
    assert structure.unexpected == ("stranger",)
    assert structure.is_complete
