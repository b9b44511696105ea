"""A header against what its family expects: missing, unexpected and wrongly shaped tensors.

Knows the families that can be drawn with from a single file (a folder in `models/families/`), and
what a variant changes in their configs. Reads no weights and imports no ML library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import layouts
from models.errors import IncompleteModel
from models.header import Header

FAMILIES = Path(__file__).with_name("families")

# what real files carry besides: training leftovers, and buffers that are computed when loading
IGNORED_ENDINGS = ("position_ids", "logit_scale")
IGNORED_STARTS = (
    "model_ema.", "first_stage_model.loss.", "first_stage_model.model_ema", "betas", "alphas_",
    "sqrt_", "log_one_", "posterior_", "logvar", "scale_factor", "model.diffusion_betas",
    "denoiser.", "embedding_manager", "v_pred", "ztsnr", "lvlb_weights",
    # SD 2 uses the last layer but one, and no pooled states
    "cond_stage_model.model.transformer.resblocks.23.", "cond_stage_model.model.text_projection",
)  # fmt: skip
# names of 2022 -> names of today
OLD_TEXT = "cond_stage_model.transformer."
TEXT = f"{OLD_TEXT}text_model."
OLD_GUIDANCE = f"{layouts.DENOISER}time_embedding.cond_proj.weight"
GUIDANCE = f"{layouts.DENOISER}time_embed.cond_proj.weight"
FIRST_CONVOLUTION = f"{layouts.DENOISER}input_blocks.0.0.weight"
_VAE_ATTENTION = f"{layouts.VAE}encoder.mid.attn_1.", f"{layouts.VAE}decoder.mid.attn_1."

_Enumerator = Callable[[layouts.Config], layouts.Named]
_UNET = (layouts.DENOISER, "unet", layouts.unet_tensors)
_VAE = (layouts.VAE, "vae", layouts.vae_tensors)

# family -> (prefix in the file, folder of the config, who enumerates its tensors)
_PARTS: dict[str, tuple[tuple[str, str, _Enumerator], ...]] = {
    "sd15": (_UNET, _VAE, (TEXT, "text_encoder", layouts.clip_tensors)),
    "sd2": (_UNET, _VAE, ("cond_stage_model.model.", "text_encoder", layouts.open_clip_states)),
    "sdxl": (
        _UNET,
        _VAE,
        ("conditioner.embedders.0.transformer.text_model.", "text_encoder", layouts.clip_tensors),
        ("conditioner.embedders.1.model.", "text_encoder_2", layouts.open_clip_tensors),
    ),
    "sdxl-refiner": (
        _UNET,
        _VAE,
        ("conditioner.embedders.0.model.", "text_encoder_2", layouts.open_clip_tensors),
    ),
}
BUILTIN_FAMILY = "crayon"  # comes as a folder only
VARIANTS = ("", "inpaint", "lcm")  # those whose denoiser we know how to ask


@dataclass(frozen=True, slots=True)
class Structure:
    """How a header differs from what its family expects; sorted tensor names."""

    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    wrong_shape: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]

    @property
    def is_complete(self) -> bool:
        """Return whether all that is needed is there; more than that does no harm."""
        return not self.missing and not self.wrong_shape


def expected_tensors(
    family: str, families: Path = FAMILIES, unet_changes: Mapping[str, int] | None = None
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield name and shape of every tensor of a family's single-file checkpoint.

    Args:
        unet_changes: what a variant has in the UNet's config, see `unet_changes`.
    """
    for prefix, folder, enumerate_tensors in _PARTS[family]:
        config = read_config(families / family / folder / "config.json")
        if folder == "unet":
            config |= unet_changes or {}
        for name, shape in enumerate_tensors(config):
            yield prefix + name, shape


def unet_changes(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """Return what a file's shapes change in its family's UNet config, in diffusers' words.

    Inpainting models take nine channels in; LCM models take the guidance scale in.

    >>> unet_changes({FIRST_CONVOLUTION: (320, 9, 3, 3), GUIDANCE: (320, 256)})
    {'in_channels': 9, 'time_cond_proj_dim': 256}
    """
    changes = {}
    for name, key in ((FIRST_CONVOLUTION, "in_channels"), (GUIDANCE, "time_cond_proj_dim")):
        if len(shapes.get(name, ())) > 1:
            changes[key] = shapes[name][1]
    return changes


def is_known(family: str) -> bool:
    """Return whether the tensors of that family's checkpoints are known."""
    return family in _PARTS


def can_load(family: str, variant: str, *, is_folder: bool) -> bool:
    """Return whether models of that family and variant can be drawn with."""
    is_ours = is_folder and family == BUILTIN_FAMILY
    return (is_known(family) or is_ours) and variant in VARIANTS


def current_name(name: str) -> str:
    """Return what a tensor of a single file is called today.

    >>> current_name("cond_stage_model.transformer.final_layer_norm.bias")
    'cond_stage_model.transformer.text_model.final_layer_norm.bias'
    """
    if name.startswith(OLD_TEXT) and not name.startswith(TEXT):
        return TEXT + name.removeprefix(OLD_TEXT)
    return GUIDANCE if name == OLD_GUIDANCE else name


def compare(header: Header, family: str, families: Path = FAMILIES) -> Structure:
    """Return how a checkpoint's header differs from what `family` expects."""
    found = {current_name(tensor.name): tensor.shape for tensor in header.tensors}
    expected = dict(expected_tensors(family, families, unet_changes(found)))
    unexpected = (
        name
        for name in found.keys() - expected.keys()
        if not name.endswith(IGNORED_ENDINGS) and not name.startswith(IGNORED_STARTS)
    )
    wrong = (
        (name, expected[name], found[name])
        for name in sorted(expected.keys() & found.keys())
        if not _is_same(name, expected[name], found[name])
    )
    return Structure(
        tuple(sorted(expected.keys() - found.keys())), tuple(sorted(unexpected)), tuple(wrong)
    )


def _is_same(name: str, expected: tuple[int, ...], found: tuple[int, ...]) -> bool:
    """Return whether a shape is right; a VAE's attention may be linear or a 1x1 convolution."""
    is_linear = name.startswith(_VAE_ATTENTION) and expected == (*found, 1, 1)
    return expected == found or is_linear


def check_complete(name: str, structure: Structure) -> None:
    """Raise IncompleteModel naming the first tensor that is missing or wrongly shaped."""
    if structure.missing:
        raise IncompleteModel(
            "model.structure.missing",
            model=name,
            count=len(structure.missing),
            tensor=structure.missing[0],
        )
    if structure.wrong_shape:
        tensor, expected, found = structure.wrong_shape[0]
        raise IncompleteModel(
            "model.structure.shape",
            model=name,
            count=len(structure.wrong_shape),
            tensor=tensor,
            expected=str(list(expected)),
            found=str(list(found)),
        )


def read_config(path: Path) -> dict[str, Any]:
    """Read one of our own configs."""
    return dict(json.loads(path.read_text(encoding="utf-8")))
