"""LoRA headers: formats, base families, and metadata that is hostile text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lora import MAX_TEXT, MAX_WORDS
from models.probe import ModelKind, probe
from tests.models.golden import header_of

KOHYA = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k"
CASES = {
    "kohya 1.5": (
        {f"{KOHYA}.lora_down.weight": (16, 768), f"{KOHYA}.lora_up.weight": (320, 16)},
        "kohya",
        "sd15",
    ),
    "kohya 2": ({f"{KOHYA}.lora_down.weight": (4, 1024)}, "kohya", "sd2"),
    "kohya xl": (
        {
            f"{KOHYA}.lora_down.weight": (8, 2048),
            "lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (8, 1280),
        },
        "kohya",
        "sdxl",
    ),
    "kohya flux": (
        {"lora_unet_double_blocks_0_img_attn_proj.lora_down.weight": (16, 3072)},
        "kohya",
        "flux1",
    ),
    "peft": (
        {"unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight": (4, 768)},
        "PEFT",
        "sd15",
    ),
    "peft sd3": (
        {"transformer.joint_blocks.0.attn.to_k.lora_A.weight": (4, 1536)},
        "PEFT",
        "sd3",
    ),
    "old diffusers": (
        {
            "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora"
            ".down.weight": (4, 2048)
        },
        "diffusers",
        "sdxl",
    ),
    "loha": (
        {f"{KOHYA}.hada_w1_a": (320, 8), f"{KOHYA}.hada_w1_b": (8, 768)},
        "LoHa",
        "sd15",
    ),
    "lokr": ({f"{KOHYA}.lokr_w1": (16, 16)}, "LoKr", ""),
    "crayon": ({f"{KOHYA}.lora_down.weight": (8, 192)}, "kohya", "crayon"),
    "ia3": ({f"{KOHYA}.weight": (320,), f"{KOHYA}.on_input": ()}, "IA3", ""),
    "full": ({f"{KOHYA}.diff": (320, 768)}, "full difference", "sd15"),
    "odd width": ({f"{KOHYA}.lora_down.weight": (4, 999)}, "kohya", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_lora_is_told(name):
    tensors, label, family = CASES[name]
    found = probe(header_of(tensors))
    assert (found.kind, found.variant, found.family) == (ModelKind.LORA, label, family)
    assert found.lora.format == label


@pytest.mark.parametrize(
    ("metadata", "family"),
    [
        ({"ss_v2": "True"}, "sd2"),
        ({"ss_base_model_version": "sdxl_base_v1-0"}, "sdxl"),
        ({"modelspec.architecture": "stable-diffusion-v1/lora"}, "sd15"),
        ({"modelspec.architecture": "Flux-1-dev/lora"}, "flux1"),
        ({"ss_base_model_version": "something new"}, ""),
    ],
)
def test_metadata_tells_the_base_when_the_tensors_do_not(metadata, family):
    tensors = {f"{KOHYA}.lokr_w1": (16, 16)}
    assert probe(header_of(tensors, metadata=metadata)).family == family


def test_tensors_are_believed_before_metadata():
    tensors = CASES["kohya 1.5"][0]
    metadata = {"ss_base_model_version": "sdxl_base_v1-0"}
    assert probe(header_of(tensors, metadata=metadata)).family == "sd15"


def test_details_are_told():
    tags = {"10_cat": {"고양이": 9, "sitting ": 20}, "5_dog": {"고양이": 12}}
    metadata = {"ss_output_name": "냥이\nv2", "ss_tag_frequency": json.dumps(tags)}
    details = probe(header_of(CASES["kohya xl"][0], metadata=metadata)).lora
    assert details.alias == "냥이 v2"
    assert details.words == ("고양이", "sitting")
    assert details.rank == 8


def test_words_and_text_are_bounded():
    tags = {"a": {f"word{number}": number for number in range(100)}}
    metadata = {"ss_tag_frequency": json.dumps(tags), "modelspec.title": "x" * 9999}
    details = probe(header_of(CASES["lokr"][0], metadata=metadata)).lora
    assert len(details.words) == MAX_WORDS
    assert len(details.alias) == MAX_TEXT
    huge = {"ss_tag_frequency": " " * 4_000_001}
    assert probe(header_of(CASES["lokr"][0], metadata=huge)).lora.words == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=6,
    )
    | st.just("[" * 3000)
)
def test_any_tag_frequency_is_survived(data):
    text = data if isinstance(data, str) else json.dumps(data)
    header = header_of(CASES["lokr"][0], metadata={"ss_tag_frequency": text})
    assert isinstance(probe(header).lora.words, tuple)


LANGUAGE_STEMS = (
    "base_model.model.transformer.h.0.attn.c_attn",
    "base_model.model.model.layers.3.self_attn.q_proj",
    "base_model.model.distilbert.transformer.layer.0.attention.q_lin",
    "base_model.model.bert.encoder.layer.1.attention.self.query",
    "base_model.model.gpt_neox.layers.0.attention.query_key_value",
    "base_model.model.encoder.block.0.layer.0.SelfAttention.q",
    "base_model.model.model.decoder.layers.0.self_attn.k_proj",
)
PICTURE_STEMS = (
    "base_model.model.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k",
    "text_encoder.text_model.encoder.layers.0.self_attn.q_proj",
    "base_model.model.text_model.encoder.layers.0.self_attn.q_proj",
    "transformer.single_transformer_blocks.0.attn.to_q",
    "diffusion_model.layers.0.attention.qkv",
    "transformer.layers.0.attention.to_q",
    "lora_te_text_model_encoder_layers_0_mlp_fc1",
)


@pytest.mark.parametrize("stem", LANGUAGE_STEMS)
def test_lora_of_a_language_model_is_none_for_pictures(stem):
    found = probe(header_of({f"{stem}.lora_A.weight": (4, 768), f"{stem}.lora_B.weight": (9, 4)}))
    assert (found.kind, found.variant, found.family) == (ModelKind.TEXT_LORA, "PEFT", "")


@pytest.mark.parametrize("stem", PICTURE_STEMS)
def test_lora_of_a_picture_model_stays_one(stem):
    found = probe(header_of({f"{stem}.lora_A.weight": (4, 768), f"{stem}.lora_B.weight": (9, 4)}))
    assert found.kind is ModelKind.LORA
