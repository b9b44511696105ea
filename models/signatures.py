"""Which tensor gives a file away: the tables of `models/probe.py`.

Facts about public files, one row each: the name of a tensor that only this kind has and, where the
name is shared, how wide it is. The first row that fits wins, and there is no last row that always
fits: what is not here is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A tensor that identifies what a file is.

    Attributes:
        label: what it identifies: a family, a part, a kind.
        key: the tensor's name, without the prefix of a complete checkpoint.
        width: the size that one direction of it must have; None for any.
        axis: which direction.
        variant: identified besides the label.
    """

    label: str
    key: str
    width: int | None = None
    axis: int = 1
    variant: str = ""


_LDM = "middle_block.1.transformer_blocks.0.attn2.to_k.weight"
_DIFFUSERS = "mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight"

DENOISER_PREFIXES = ("model.diffusion_model.", "")
DENOISERS: tuple[Mark, ...] = (
    Mark("kolors", "encoder_hid_proj.weight", 4096),
    *(
        Mark(family, key, width)
        for key in (_LDM, _DIFFUSERS)
        for family, width in (
            ("sd15", 768), ("sd2", 1024), ("sdxl", 2048), ("sdxl-refiner", 1280), ("crayon", 192),
        )
    ),
    Mark("chroma", "distilled_guidance_layer.in_proj.bias"),
    Mark("flux2", "single_stream_modulation.lin.weight"),
    Mark("flux1", "double_blocks.0.img_attn.norm.key_norm.scale", variant="schnell"),
    Mark("flux1", "single_transformer_blocks.0.attn.norm_k.weight", variant="schnell"),
    Mark("sd35", "joint_blocks.37.x_block.mlp.fc1.weight", variant="large"),
    Mark("sd35", "joint_blocks.0.x_block.attn2.qkv.weight", variant="medium"),
    Mark("sd3", "joint_blocks.0.context_block.adaLN_modulation.1.bias", variant="medium"),
    Mark("sd35", "transformer_blocks.37.norm1_context.linear.weight", variant="large"),
    Mark("sd35", "transformer_blocks.0.attn2.norm_k.weight", variant="medium"),
    Mark("sd3", "transformer_blocks.0.norm1_context.linear.weight", variant="medium"),
    Mark("z-image", "layers.0.adaLN_modulation.0.weight"),
    Mark("lumina2", "cap_embedder.0.weight"),
    Mark("auraflow", "double_layers.0.attn.w1q.weight"),
    Mark("hunyuan-video", "txt_in.individual_token_refiner.blocks.0.adaLN_modulation.1.bias"),
    Mark("hidream", "double_stream_blocks.0.block.adaLN_modulation.1.bias"),
    Mark("wan", "head.modulation"),
    Mark("ltx-video", "patchify_proj.weight"),
    Mark("mochi", "blocks.0.attn.qkv_x.weight"),
    Mark("sana", "blocks.0.cross_attn.kv_linear.weight"),
    Mark("pixart", "transformer_blocks.0.scale_shift_table"),
    Mark("stable-cascade", "clip_txt_mapper.weight", variant="stage-c"),
    Mark("stable-cascade", "down_blocks.1.0.channelwise.0.weight", variant="stage-b"),
)  # fmt: skip

# where the denoiser takes the noisy picture in, and what its number of channels means
FIRST_CONVOLUTIONS = ("input_blocks.0.0.weight", "conv_in.weight")
CHANNEL_VARIANTS = {9: "inpaint", 8: "pix2pix", 5: "depth", 7: "upscale"}
# tensors that only some models of a shared shape have; below the denoiser's prefix, or on their own
VARIANT_KEYS: tuple[tuple[str, str], ...] = (
    ("middle_block.1.time_pos_embed.0.weight", "video"),
    ("mid_block.attentions.0.time_pos_embed.linear_1.weight", "video"),
    ("position_net.null_positive_feature", "gligen"),
    ("time_embed.cond_proj.weight", "lcm"),
    ("time_embedding.cond_proj.weight", "lcm"),
    ("edm_mean", "edm"),
    ("edm_vpred.sigma_max", "edm"),
)
# the same, of one family
FAMILY_VARIANT_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "sd2": (
        ("label_emb.0.0.weight", "unclip"),
        ("class_embedding.linear_1.weight", "unclip"),
        ("label_emb.weight", "upscale"),
        ("class_embedding.weight", "upscale"),
    )
}
FLUX_IMAGE_INPUTS = ("img_in.weight", "x_embedder.weight")
FLUX_VARIANTS = {384: "fill", 128: "control"}
FLUX_GUIDANCE = ("guidance_in.in_layer.weight", "time_text_embed.guidance_embedder.linear_1.weight")

TEXT_ENCODERS: tuple[Mark, ...] = (
    Mark(
        "clip-l", "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight", 768
    ),
    Mark("clip-l", "cond_stage_model.transformer.embeddings.token_embedding.weight", 768),
    Mark("open-clip-h", "cond_stage_model.model.token_embedding.weight", 1024),
    Mark(
        "clip-l",
        "conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight",
        768,
    ),
    Mark("clip-g", "conditioner.embedders.1.model.token_embedding.weight", 1280),
    Mark("clip-g", "conditioner.embedders.0.model.token_embedding.weight", 1280),
    Mark("clip-l", "text_encoders.clip_l.transformer.text_model.embeddings.token_embedding.weight"),
    Mark("clip-g", "text_encoders.clip_g.transformer.text_model.embeddings.token_embedding.weight"),
    Mark("t5-xxl", "text_encoders.t5xxl.transformer.shared.weight"),
)
BARE_TEXT_ENCODERS: tuple[Mark, ...] = (
    Mark("clip-l", "text_model.embeddings.token_embedding.weight", 768),
    Mark("open-clip-h", "text_model.embeddings.token_embedding.weight", 1024),
    Mark("clip-g", "text_model.embeddings.token_embedding.weight", 1280),
    Mark("crayon-text", "text_model.embeddings.token_embedding.weight", 192),
    # what transformers 5 writes: the same without text_model
    Mark("clip-l", "embeddings.token_embedding.weight", 768),
    Mark("open-clip-h", "embeddings.token_embedding.weight", 1024),
    Mark("clip-g", "embeddings.token_embedding.weight", 1280),
    Mark("crayon-text", "embeddings.token_embedding.weight", 192),
    Mark("t5-xxl", "encoder.block.0.layer.0.SelfAttention.q.weight", 4096),
)

VAE_PREFIXES = ("first_stage_model.", "vae.", "")
VAES: tuple[Mark, ...] = (
    Mark("vae", "decoder.mid.block_1.norm1.weight", axis=0),
    Mark("vae", "decoder.mid_block.resnets.0.norm1.weight", axis=0),
)
# the first layer of a TAESD decoder in its namings, which takes the latents in
TAESD_FIRST = ("decoder.layers.0.weight", "taesd_decoder.1.weight", "1.weight")
VAE_LATENT = "decoder.conv_in.weight"
VAE_VARIANTS = {4: "4-channel", 16: "16-channel"}

# checked before the denoisers, because several of them contain parts of one
OTHERS: tuple[Mark, ...] = (
    Mark("controlnet", "control_model.input_blocks.0.0.weight"),
    Mark("controlnet", "controlnet_cond_embedding.conv_in.weight"),
    Mark("controlnet", "controlnet_x_embedder.weight"),
    Mark(
        "controlnet", "lllite_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q.down.0.weight"
    ),
    Mark("adapter", "adapter.body.0.in_conv.weight"),
    Mark("adapter", "ip_adapter.1.to_k_ip.weight"),
    Mark("adapter", "image_proj.proj.weight"),
    Mark("motion", "down_blocks.0.motion_modules.0.temporal_transformer.norm.weight"),
    Mark("upscaler", "conv_first.weight", variant="esrgan"),
    Mark("upscaler", "model.1.sub.0.RDB1.conv1.0.weight", variant="esrgan"),
    Mark("taesd", "decoder.layers.0.weight"),
    Mark("taesd", "decoder.layers.1.weight"),
    Mark("taesd", "taesd_decoder.1.weight"),
    Mark("taesd", "1.conv.0.weight", variant="encoder"),  # before the layer that both have
    Mark("taesd", "3.conv.0.weight"),
    Mark("vae-approx", "conv8.weight", 3, axis=0),
    Mark("text-model", "model.layers.0.self_attn.q_proj.weight", variant="llama-like"),
    Mark("text-model", "layers.0.self_attn.q_proj.weight", variant="llama-like"),
    Mark("text-model", "transformer.h.0.attn.c_attn.weight", variant="gpt2"),
    Mark("text-model", "h.0.attn.c_attn.weight", variant="gpt2"),
    Mark("text-model", "gpt_neox.layers.0.attention.query_key_value.weight", variant="gpt-neox"),
)

# what a family cannot draw without
PARTS: dict[str, frozenset[str]] = {
    "sd15": frozenset({"denoiser", "vae", "clip-l"}),
    "sd2": frozenset({"denoiser", "vae", "open-clip-h"}),
    "sdxl": frozenset({"denoiser", "vae", "clip-l", "clip-g"}),
    "sdxl-refiner": frozenset({"denoiser", "vae", "clip-g"}),
    "sd3": frozenset({"denoiser", "vae", "clip-l", "clip-g"}),  # T5 makes it better
    "sd35": frozenset({"denoiser", "vae", "clip-l", "clip-g"}),
    "flux1": frozenset({"denoiser", "vae", "clip-l", "t5-xxl"}),
    "crayon": frozenset({"denoiser", "vae", "crayon-text"}),
}

EMBEDDING_FAMILIES = {768: "sd15", 1024: "sd2", 1280: "sdxl-refiner", 192: "crayon"}

# what people call them, for sentences
FAMILY_NAMES = {
    "sd15": "Stable Diffusion 1.5",
    "sd2": "Stable Diffusion 2",
    "sdxl": "Stable Diffusion XL",
    "sdxl-refiner": "Stable Diffusion XL refiner",
    "sd3": "Stable Diffusion 3",
    "sd35": "Stable Diffusion 3.5",
    "flux1": "FLUX.1",
    "flux2": "FLUX.2",
    "kolors": "Kolors",
    "chroma": "Chroma",
    "pixart": "PixArt",
    "sana": "Sana",
    "z-image": "Z-Image",
    "stable-cascade": "Stable Cascade",
}
VARIANT_NAMES = {
    "pix2pix": "InstructPix2Pix",
    "depth": "depth-to-image",
    "upscale": "x4 upscaler",
    "unclip": "unCLIP",
    "video": "video",
    "gligen": "GLIGEN",
    "edm": "EDM",
}


def named(family: str, variant: str) -> str:
    """Return what people call a model of that family and variant.

    >>> named("sd2", "depth"), named("wan", "")
    ('Stable Diffusion 2 depth-to-image', 'wan')
    """
    return f"{FAMILY_NAMES.get(family, family)} {VARIANT_NAMES.get(variant, variant)}".strip()
