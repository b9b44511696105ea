"""A header against what its family expects: every difference has its name."""

from __future__ import annotations

import pytest

from models.errors import IncompleteModel
from models.structure import can_load, check_complete, compare, current_name
from tests.models.golden import checkpoint, header_of, with_channels

TENSOR = "model.diffusion_model.out.2.weight"


@pytest.mark.parametrize("family", ["sd15", "sd2", "sdxl", "sdxl-refiner"])
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


def test_what_real_files_of_sd2_have_besides_is_no_surprise():
    start = "cond_stage_model.model."
    extra = {
        f"{start}transformer.resblocks.23.ln_1.weight": (1024,),
        f"{start}text_projection": (1024, 1024),
        f"{start}logit_scale": (),
    }
    structure = compare(header_of(checkpoint("sd2") | extra), "sd2")
    assert structure.is_complete and not structure.unexpected


def test_names_of_2022_are_the_same_tensors():
    old = {name.replace(".text_model.", "."): shape for name, shape in checkpoint("sd15").items()}
    assert old.keys() != checkpoint("sd15").keys()
    structure = compare(header_of(old), "sd15")
    assert structure.is_complete and not structure.unexpected
    assert {current_name(name) for name in old} == checkpoint("sd15").keys()


def test_variants_change_what_is_expected():
    assert compare(header_of(with_channels(checkpoint("sd15"), 9)), "sd15").is_complete
    told = {"model.diffusion_model.time_embedding.cond_proj.weight": (320, 256)}
    assert not compare(header_of(checkpoint("sd15") | told), "sd15").unexpected


def test_attention_of_a_vae_may_be_linear_and_nothing_else():
    name = "first_stage_model.encoder.mid.attn_1.q.weight"
    assert compare(header_of(checkpoint("sd15") | {name: (512, 512)}), "sd15").is_complete
    wrong = compare(header_of(checkpoint("sd15") | {name: (512, 256)}), "sd15").wrong_shape
    assert wrong == ((name, (512, 512, 1, 1), (512, 256)),)
    name = "first_stage_model.quant_conv.weight"
    assert not compare(header_of(checkpoint("sd15") | {name: (8, 8)}), "sd15").is_complete


@pytest.mark.parametrize(
    ("family", "variant", "is_folder", "expected"),
    [
        ("sd2", "", False, True),
        ("sdxl", "inpaint", True, True),
        ("sd15", "lcm", False, True),
        ("crayon", "", True, True),
        ("crayon", "", False, False),
        ("sdxl", "pix2pix", True, False),
        ("flux1", "", True, False),
    ],
)
def test_what_can_be_drawn_with(family, variant, is_folder, expected):
    assert can_load(family, variant, is_folder=is_folder) is expected
