"""What a LoRA's header holds: format, base family, trained words. Knows no weights.

Formats: kohya (lora_unet_..., lora_down), diffusers and PEFT (lora_A, lora.down), and LyCORIS
(LoHa, LoKr, OFT, full). Their metadata is hostile text: parsed, shortened, never trusted over the
tensors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.header import Header, Tensor

MAX_WORDS = 20
MAX_TEXT = 200  # characters of a metadata field that is shown
MAX_JSON = 4_000_000  # characters of a field that is parsed

# ending of a tensor's name -> format
_FORMATS: tuple[tuple[str, str], ...] = (
    (".hada_w1_a", "LoHa"),
    (".lokr_w1", "LoKr"),
    (".lokr_w1_a", "LoKr"),
    (".oft_blocks", "OFT"),
    (".oft_diag", "OFT"),
    (".lora_down.weight", "kohya"),
    (".lora_A.weight", "PEFT"),
    (".lora_A.default.weight", "PEFT"),
    (".lora.down.weight", "diffusers"),
    ("_lora.down.weight", "diffusers"),
    (".lora_linear_layer.down.weight", "diffusers"),
    (".on_input", "IA3"),
    (".a1.weight", "GLoRA"),
    (".diff", "full difference"),
    (".w_norm", "full difference"),
    (":down", "cloneofsimo"),
)
_ENDINGS = tuple(ending for ending, _ in _FORMATS)
# in these the second size of the tensor is the size of the layer's input
_INPUT_ENDINGS = (
    "lora_down.weight", "lora_A.weight", "lora_A.default.weight", "lora.down.weight",
    "_lora.down.weight", "hada_w1_b", "diff",
)  # fmt: skip
# layers that only language models have, and names that only picture models have
_LANGUAGE_LAYER = re.compile(
    r"(?:^|\.)(?:transformer\.h\.\d|h\.\d+\.(?:attn|mlp)|model\.(?:decoder\.)?layers\.\d+\.|gpt_neox\."
    r"|transformer\.layer\.\d|(?:distil|ro|de|al)?berta?\.|encoder\.layer\.\d|word_embeddings"
    r"|(?:encoder|decoder)\.block\.\d+\.layer\.|lm_head|transformer\.(?:encoder\.layers|blocks)\.\d"
    r"|backbone\.layers\.\d|rwkv\.)"
)
_PICTURE_NAME = re.compile(
    r"unet|down_blocks|up_blocks|mid_block|transformer_blocks|double_blocks|single_blocks|"
    r"joint_blocks|diffusion_model|lora_te|text_model|text_encoder|input_blocks|output_blocks|"
    r"middle_block|[._]to_[qkv]\b|lycoris"
)
_CROSS_ATTENTION = re.compile(r"attn2[._](?:processor[._])?to_[kv]")
# width of the text states that a denoiser attends to -> family
WIDTHS = {768: "sd15", 1024: "sd2", 2048: "sdxl", 1280: "sdxl-refiner", 192: "crayon"}
EARLY = ":down"  # how the first LoRA files end a name
EARLY_WIDTHS = {768: "sd15", 1024: "sd2"}
_NAMES: tuple[tuple[str, str], ...] = (
    ("lora_te2_", "sdxl"),
    ("text_encoder_2.", "sdxl"),
    ("single_transformer_blocks", "flux1"),
    ("double_blocks", "flux1"),
    ("joint_blocks", "sd3"),
)
_BASES: tuple[tuple[str, str], ...] = (
    ("sdxl", "sdxl"), ("stable-diffusion-xl", "sdxl"), ("sd_v1", "sd15"), ("sd_1", "sd15"),
    ("stable-diffusion-v1", "sd15"), ("sd_v2", "sd2"), ("stable-diffusion-v2", "sd2"),
    ("sd3", "sd3"), ("stable-diffusion-3", "sd3"), ("flux", "flux1"), ("crayon", "crayon"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoraDetails:
    """The metadata of one LoRA.

    Attributes:
        format: kohya, diffusers, PEFT, LoHa, LoKr, OFT or full difference.
        rank: of the first layer; 0 where the format has none.
        alias: the name its trainer gave it.
        words: what it was trained on, most frequent first.
    """

    format: str
    rank: int
    alias: str
    words: tuple[str, ...]


def is_of_language_model(header: Header) -> bool:
    """Return whether a LoRA changes a language model: it has its layers, and no picture model's."""
    names = [tensor.name for tensor in header.tensors]
    has_layer = any(_LANGUAGE_LAYER.search(name) for name in names)
    return has_layer and not any(_PICTURE_NAME.search(name) for name in names)


def read_lora(header: Header) -> tuple[str, tuple[str, ...], LoraDetails] | None:
    """Return base family ("" if unknown), reasons and details; None when it is no LoRA."""
    found = _format(header)
    if found is None:
        return None
    tensor, label = found
    metadata = dict(header.metadata)
    family, reason = _family(header, metadata)
    details = LoraDetails(
        format=label,
        rank=min(tensor.shape, default=0),
        alias=shown(metadata.get("ss_output_name", "") or metadata.get("modelspec.title", "")),
        words=_words(metadata),
    )
    return family, tuple(filter(None, (f"{tensor.name} {list(tensor.shape)}", reason))), details


def _format(header: Header) -> tuple[Tensor, str] | None:
    for tensor in header.tensors:
        if tensor.name.endswith(_ENDINGS):
            return tensor, next(label for end, label in _FORMATS if tensor.name.endswith(end))
    return None


def _family(header: Header, metadata: Mapping[str, str]) -> tuple[str, str]:
    """Tensors first, metadata second: anybody can write metadata."""
    for tensor in header.tensors:
        for part, family in _NAMES:
            if part in tensor.name:
                return family, tensor.name
    for tensor in header.tensors:
        found = _family_by_width(tensor)
        if found:
            return found, f"{tensor.name} {list(tensor.shape)}"
    if metadata.get("ss_v2") == "True":
        return "sd2", "ss_v2 = True"
    for field in ("ss_base_model_version", "modelspec.architecture"):
        value = metadata.get(field, "").lower()
        for start, family in _BASES:
            if value.startswith(start):
                return family, f"{field} = {shown(value)}"
    return "", ""


def _family_by_width(tensor: Tensor) -> str:
    width = tensor.shape[-1] if len(tensor.shape) == 2 else 0
    if tensor.name.endswith(
        EARLY
    ):  # of a UNet's and a text encoder's widths only the latter's tell
        return EARLY_WIDTHS.get(width, "")
    is_cross = tensor.name.endswith(_INPUT_ENDINGS) and _CROSS_ATTENTION.search(tensor.name)
    return WIDTHS.get(width, "") if is_cross else ""


def _words(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """Return the most frequent tags of ss_tag_frequency: {"folder": {"tag": count}}."""
    text = metadata.get("ss_tag_frequency", "")
    if not text or len(text) > MAX_JSON:
        return ()
    try:
        folders = json.loads(text)
        counts: dict[str, int] = {}
        for tags in folders.values():
            for tag, count in tags.items():
                counts[tag] = counts.get(tag, 0) + int(count)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return ()
    ordered = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return tuple(shown(tag.strip()) for tag in ordered[:MAX_WORDS])


def shown(text: str) -> str:
    """Return metadata fit to be shown: one short printable line."""
    return "".join(character if character.isprintable() else " " for character in text[:MAX_TEXT])
