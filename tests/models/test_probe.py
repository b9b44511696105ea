"""What a file is, told from golden headers; and that the unknown stays unknown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import layouts
from models.diffusers_folder import main_file, probe_folder
from models.errors import ModelFileError
from models.probe import ModelKind, precision, probe
from models.structure import FAMILIES, read_config
from tests.models.golden import checkpoint, file_of, header_of, only, with_channels, without

UNET = layouts.DENOISER
SD2 = {
    UNET + name: shape
    for name, shape in layouts.unet_tensors(read_config(FAMILIES / "sd2/unet/config.json"))
} | {"cond_stage_model.model.token_embedding.weight": (49408, 1024)}
SD3 = {
    UNET + "joint_blocks.0.context_block.adaLN_modulation.1.bias": (9216,),
    UNET + "x_embedder.proj.weight": (1536, 16, 2, 2),
    UNET + "pos_embed": (1, 36864, 1536),
}
FLUX = {
    "double_blocks.0.img_attn.norm.key_norm.scale": (128,),
    "img_in.weight": (3072, 64),
    "double_blocks.0.img_mod.lin.weight": (18432, 3072),
}
CLIP = "text_model.embeddings.token_embedding.weight"

# name -> (tensors, kind, family, variant)
CASES = {
    "sd15": (checkpoint("sd15"), "checkpoint", "sd15", ""),
    "sd15 inpaint": (with_channels(checkpoint("sd15"), 9), "checkpoint", "sd15", "inpaint"),
    "sd15 pix2pix": (with_channels(checkpoint("sd15"), 8), "checkpoint", "sd15", "pix2pix"),
    "sdxl": (checkpoint("sdxl"), "checkpoint", "sdxl", ""),
    "sdxl inpaint": (with_channels(checkpoint("sdxl"), 9), "checkpoint", "sdxl", "inpaint"),
    "sd2": (SD2, "checkpoint", "sd2", ""),
    "refiner": (checkpoint("sdxl-refiner"), "checkpoint", "sdxl-refiner", ""),
    "sd2 depth": (with_channels(checkpoint("sd2"), 5), "checkpoint", "sd2", "depth"),
    "sd2 upscaler": (with_channels(checkpoint("sd2"), 7), "checkpoint", "sd2", "upscale"),
    "sd2 unclip": (
        checkpoint("sd2") | {UNET + "label_emb.0.0.weight": (1280, 2048)},
        "checkpoint",
        "sd2",
        "unclip",
    ),
    "sd2 video": (
        with_channels(checkpoint("sd2"), 8)
        | {UNET + "middle_block.1.time_pos_embed.0.weight": (5120, 1280)},
        "checkpoint",
        "sd2",
        "video",
    ),
    "sd15 lcm": (
        checkpoint("sd15") | {UNET + "time_embed.cond_proj.weight": (320, 256)},
        "checkpoint",
        "sd15",
        "lcm",
    ),
    "sdxl edm": (checkpoint("sdxl") | {"edm_mean": (4,)}, "checkpoint", "sdxl", "edm"),
    "sd15 of 2022": (
        {name.replace(".text_model.", "."): shape for name, shape in checkpoint("sd15").items()},
        "checkpoint",
        "sd15",
        "",
    ),
    "sd3": (SD3, "denoiser", "sd3", "medium"),
    "sd3.5 medium": (
        SD3 | {UNET + "joint_blocks.0.x_block.attn2.qkv.weight": (4608, 1536)},
        "denoiser",
        "sd35",
        "medium",
    ),
    "sd3.5 large": (
        SD3 | {UNET + "joint_blocks.37.x_block.mlp.fc1.weight": (9728, 2432)},
        "denoiser",
        "sd35",
        "large",
    ),
    "flux schnell": (FLUX, "denoiser", "flux1", "schnell"),
    "flux dev": (
        FLUX
        | {
            "guidance_in.in_layer.weight": (3072, 256),
            "guidance_in.in_layer.bias": (3072,),
        },
        "denoiser",
        "flux1",
        "dev",
    ),
    "flux fill": (FLUX | {"img_in.weight": (3072, 384)}, "denoiser", "flux1", "fill"),
    "bare unet": (only(checkpoint("sd15"), UNET), "denoiser", "sd15", ""),
    "vae of sd": (only(checkpoint("sd15"), layouts.VAE), "vae", "", "4-channel"),
    "vae with prefix": (
        {n: s for n, s in checkpoint("sd15").items() if n.startswith(layouts.VAE)},
        "vae",
        "",
        "4-channel",
    ),
    "vae of flux": (
        {"decoder.mid.block_1.norm1.weight": (512,), "decoder.conv_in.weight": (512, 16, 3, 3)},
        "vae",
        "",
        "16-channel",
    ),
    "half a vae": ({"decoder.mid.block_1.norm1.weight": (512,)}, "vae", "", ""),
    "clip-l": ({CLIP: (49408, 768)}, "text-encoder", "", "clip-l"),
    "clip-g": ({CLIP: (49408, 1280)}, "text-encoder", "", "clip-g"),
    "t5": (
        {
            "encoder.block.0.layer.0.SelfAttention.q.weight": (4096, 4096),
            "shared.weight": (32128, 4096),
        },
        "text-encoder",
        "",
        "t5-xxl",
    ),
    "sd15 embedding": ({"emb_params": (4, 768)}, "embedding", "sd15", ""),
    "sd2 embedding": ({"<아무말>": (1024,)}, "embedding", "sd2", ""),
    "sdxl embedding": ({"clip_g": (2, 1280), "clip_l": (2, 768)}, "embedding", "sdxl", ""),
    "controlnet": (
        {"control_model.input_blocks.0.0.weight": (320, 4, 3, 3)},
        "controlnet",
        "",
        "",
    ),
    "upscaler": ({"conv_first.weight": (64, 3, 3, 3)}, "upscaler", "", "esrgan"),
    "taesd": (
        {"1.weight": (64, 4, 3, 3), "3.conv.0.weight": (64, 64, 3, 3)},
        "taesd",
        "",
        "4-channel",
    ),
    "motion": (
        {"down_blocks.0.motion_modules.0.temporal_transformer.norm.weight": (320,)},
        "motion",
        "",
        "",
    ),
    "language model": (
        {"model.layers.0.self_attn.q_proj.weight": (2048, 2048)},
        "text-model",
        "",
        "llama-like",
    ),
    "video": ({"model.diffusion_model.head.modulation": (1, 2, 5120)}, "denoiser", "wan", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_golden_header_is_told(name):
    tensors, kind, family, variant = CASES[name]
    found = probe(header_of(tensors))
    assert (found.kind, found.family, found.variant) == (kind, family, variant)
    assert found.reasons
    assert found.precision == "fp16"


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("sd15", "v1"),
        ("sd15 inpaint", "inpainting"),
        ("sd15 pix2pix", "instruct-pix2pix"),
        ("sd2", "v2"),
        ("sdxl", "xl_base"),
        ("sdxl inpaint", "xl_inpaint"),
        ("sd3", "sd3"),
        ("flux dev", "flux-dev"),
        ("flux schnell", "flux-schnell"),
    ],
)
def test_diffusers_agrees_on_golden_headers(name, theirs):
    import torch
    from diffusers.loaders.single_file_utils import infer_diffusers_model_type

    tensors = {n: torch.empty(s, device="meta") for n, s in CASES[name][0].items()}
    assert infer_diffusers_model_type(tensors) == theirs


@pytest.mark.parametrize(
    "tensors",
    [
        {"w": (2, 3)},
        {"emb_params": (4, 77)},
        {"emb_params": (4, 768), "w": (3,)},
        {"a": (9000, 768)},
        {"middle_block.1.transformer_blocks.0.attn2.to_k.weight": (320, 321)},
        {"middle_block.1.transformer_blocks.0.attn2.to_k.weight": (320,)},
        {CLIP: (49408, 999)},
    ],
)
def test_unknown_is_unknown_and_shows_its_first_keys(tensors):
    found = probe(header_of(tensors))
    assert (found.kind, found.family) == (ModelKind.UNKNOWN, "")
    assert found.reasons == tuple(tensors)


def test_missing_parts_are_needed():
    found = probe(header_of(without(checkpoint("sdxl"), layouts.VAE)))
    assert found.kind is ModelKind.CHECKPOINT
    assert found.needs == ("vae",)
    assert found.has == ("clip-g", "clip-l", "denoiser")
    assert probe(header_of(FLUX)).needs == ("clip-l", "t5-xxl", "vae")


def test_prediction_is_told_only_when_the_header_tells():
    sd2 = CASES["sd2"][0]
    assert probe(header_of(sd2)).prediction == ""
    told = {"modelspec.prediction_type": "epsilon"}
    assert probe(header_of(sd2, metadata=told)).prediction == "eps"
    assert probe(header_of(checkpoint("sdxl"))).prediction == "eps"
    assert probe(header_of(checkpoint("sdxl") | {"v_pred": ()})).prediction == "v"
    assert probe(header_of(FLUX)).prediction == "flow"


def test_parameters_and_precision_are_those_of_the_file():
    found = probe(header_of(checkpoint("sd15"), dtype="BF16"))
    assert round(found.parameters / 1e6, 1) == 1066.2
    assert found.precision == "bf16"
    big, small = header_of({"a": (9,)}, "F32").tensors, header_of({"b": (9,)}, "F16").tensors
    assert precision([*big, *small]) == "fp32"


@given(
    st.dictionaries(
        st.sampled_from([key for tensors, *_ in CASES.values() for key in list(tensors)[:40]])
        | st.text(min_size=1, max_size=8),
        st.lists(st.integers(0, 2), max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_any_valid_header_gets_an_answer(tensors):
    assert probe(header_of(tensors)).reasons


def test_diffusers_folder_is_one_model(tiny_models):
    found = probe_folder(tiny_models / "tiny")
    assert (found.kind, found.family, found.prediction) == ("checkpoint", "crayon", "v")
    assert found.needs == ()
    assert found.reasons[0] == "StableDiffusionPipeline"
    assert main_file(tiny_models / "tiny") == "unet/diffusion_pytorch_model.safetensors"


@pytest.mark.parametrize("text", ["", "[]", "{}", "{" * 5000, " " * 70_000])
def test_folder_with_a_bad_index_is_refused(tmp_path, text):
    (tmp_path / "model_index.json").write_text(text)
    with pytest.raises(ModelFileError) as caught:
        probe_folder(tmp_path)
    assert caught.value.key == ("model.long_file" if len(text) > 64_000 else "model.index")


def test_folder_without_weights_or_denoiser_is_told(tmp_path):
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusion"}))
    with pytest.raises(ModelFileError) as caught:
        probe_folder(tmp_path)
    assert caught.value.key == "model.no_weights"
    (tmp_path / "vae").mkdir()
    (tmp_path / "vae" / "m.safetensors").write_bytes(
        file_of({"decoder.mid_block.resnets.0.norm1.weight": (4,)})
    )
    assert probe_folder(tmp_path).kind is ModelKind.UNKNOWN
    assert main_file(tmp_path) == ""


@pytest.mark.parametrize(
    ("tensors", "variant"),
    [
        ({"1.weight": (64, 4, 3, 3), "3.conv.0.weight": (64, 64, 3, 3)}, "4-channel"),
        ({"1.weight": (64, 16, 3, 3), "3.conv.0.weight": (64, 64, 3, 3)}, "16-channel"),
        ({"decoder.layers.0.weight": (64, 16, 3, 3)}, "16-channel"),
        ({"taesd_decoder.1.weight": (64, 4, 3, 3)}, "4-channel"),
        (
            {"0.weight": (64, 3, 3, 3), "1.conv.0.weight": (64, 64, 3, 3),
             "3.conv.0.weight": (64, 64, 3, 3)},
            "encoder",
        ),
    ],
)  # fmt: skip
def test_half_of_a_taesd_and_its_latents_are_told(tensors, variant):
    found = probe(header_of(tensors))
    assert (found.kind, found.variant) == ("taesd", variant)


def test_small_decoder_of_another_program_is_told():
    found = probe(header_of({"conv1.weight": (8, 4, 7, 7), "conv8.weight": (3, 8, 3, 3)}))
    assert found.kind == "vae-approx"


@pytest.mark.parametrize(
    ("tensors", "kind"),
    [
        ({"mossy-style": (1, 768)}, "embedding"),
        ({"풀밭": (2, 1024)}, "embedding"),
        ({"<cat>": (768,)}, "embedding"),
        ({"proj.weight": (1, 768)}, "unknown"),
        ({"mossy": (1, 999)}, "unknown"),
        ({"mossy": (600, 768)}, "unknown"),
        ({"a": (1, 768), "b": (1, 768)}, "unknown"),
    ],
)
def test_placeholder_of_an_embedding_needs_no_brackets(tensors, kind):
    assert probe(header_of(tensors)).kind == kind
