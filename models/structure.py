"""A header against what its family expects: missing, unexpected and wrongly shaped tensors.

Knows the families that can be drawn with from a single file (a folder in `models/families/`).
Reads no weights and imports no ML library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
    "denoiser.", "embedding_manager", "v_pred", "ztsnr", "edm_", "lvlb_weights",
)  # fmt: skip

_Enumerator = Callable[[layouts.Config], layouts.Named]
_UNET = (layouts.DENOISER, "unet", layouts.unet_tensors)
_VAE = (layouts.VAE, "vae", layouts.vae_tensors)

# family -> (prefix in the file, folder of the config, who enumerates its tensors)
_PARTS: dict[str, tuple[tuple[str, str, _Enumerator], ...]] = {
    "sd15": (
        _UNET,
        _VAE,
        ("cond_stage_model.transformer.text_model.", "text_encoder", layouts.clip_tensors),
    ),
    "sdxl": (
        _UNET,
        _VAE,
        (
            "conditioner.embedders.0.transformer.text_model.",
            "text_encoder",
            layouts.clip_tensors,
        ),
        ("conditioner.embedders.1.model.", "text_encoder_2", layouts.open_clip_tensors),
    ),
}


@dataclass(frozen=True, slots=True)
class Structure:
    """How a header differs from what its family expects; sorted tensor names."""

    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    wrong_shape: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether all that is needed is there; more than that does no harm."""
        return not self.missing and not self.wrong_shape


def expected_tensors(
    family: str, families: Path = FAMILIES
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield name and shape of every tensor of a family's single-file checkpoint."""
    for prefix, folder, enumerate_tensors in _PARTS[family]:
        config = read_config(families / family / folder / "config.json")
        for name, shape in enumerate_tensors(config):
            yield prefix + name, shape


def is_known(family: str) -> bool:
    """Tell whether the tensors of that family's checkpoints are known."""
    return family in _PARTS


def compare(header: Header, family: str, families: Path = FAMILIES) -> Structure:
    """Return how a checkpoint's header differs from what `family` expects."""
    expected = dict(expected_tensors(family, families))
    found = {tensor.name: tensor.shape for tensor in header.tensors}
    unexpected = (
        name
        for name in found.keys() - expected.keys()
        if not name.endswith(IGNORED_ENDINGS) and not name.startswith(IGNORED_STARTS)
    )
    wrong = (
        (name, expected[name], found[name])
        for name in sorted(expected.keys() & found.keys())
        if expected[name] != found[name]
    )
    return Structure(
        tuple(sorted(expected.keys() - found.keys())), tuple(sorted(unexpected)), tuple(wrong)
    )


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
