"""A verified model folder becomes a diffusers pipeline on a device.

Knows nothing of requests. Always called under the painter's build lock, because accelerate's
init_empty_weights patches torch for the whole process.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import Any

from models.library import OpenedModel, fingerprint
from pipelines.errors import CannotDraw
from pipelines.image.device import DevicePlan, Offload
from pipelines.image.families import Family, recognise
from pipelines.image.preview import SD15_MAP, PreviewMap, read_preview_map

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model that can draw.

    Attributes:
        pipeline: diffusers.StableDiffusionPipeline.
        scheduler_config: the checkpoint's own, the base of every sampler.
        preview_map: None when nobody fitted one for this family.
    """

    name: str
    sha256: str
    family: Family
    pipeline: Any
    scheduler_config: dict[str, Any]
    preview_map: PreviewMap | None
    plan: DevicePlan


def import_libraries() -> None:
    """Import torch, transformers and diffusers, offline and quietly; seconds on a cold disk."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("DIFFUSERS_DISABLE_REMOTE_CODE", "1")
    # transformers 5 warns once per missing torchvision processor; none of them is used here
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")
    from diffusers import StableDiffusionPipeline  # noqa: F401


def load(opened: OpenedModel, plan: DevicePlan, *, xformers: bool = False) -> LoadedModel:
    """Build the pipeline of a verified model folder.

    Raises:
        CannotDraw: the folder is not a model we can draw with.
        ModelFileError: its files changed since they were verified.
    """
    import torch
    from diffusers import StableDiffusionPipeline

    before = fingerprint(opened.folder)
    try:
        pipeline = StableDiffusionPipeline.from_pretrained(
            str(opened.folder.path),
            local_files_only=True,
            use_safetensors=True,
            dtype=getattr(torch, plan.dtype),
            safety_checker=None,
            requires_safety_checker=False,
        )
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise CannotDraw("draw.load", model=opened.folder.name, reason=str(error)[:300]) from error
    opened.check_unchanged(before)
    family = recognise(pipeline.unet.config, opened.folder.name)
    pipeline.set_progress_bar_config(disable=True)
    _place(pipeline, plan)
    if xformers:
        _try_xformers(pipeline)
    return LoadedModel(
        name=opened.folder.name,
        sha256=opened.sha256,
        family=family,
        pipeline=pipeline,
        scheduler_config=dict(pipeline.scheduler.config),
        preview_map=_preview_map(opened, family),
        plan=plan,
    )


def _place(pipeline: Any, plan: DevicePlan) -> None:
    if plan.offload is Offload.MODEL:
        pipeline.enable_model_cpu_offload(device=plan.device)
    elif plan.offload is Offload.SEQUENTIAL:
        pipeline.enable_sequential_cpu_offload(device=plan.device)
    else:
        pipeline.to(plan.device)


def _try_xformers(pipeline: Any) -> None:
    try:
        pipeline.enable_xformers_memory_efficient_attention()
    except (ImportError, ValueError, NotImplementedError, RuntimeError) as error:
        log.warning("attention: xformers asked for, using sdpa (%s)", str(error)[:160])


def _preview_map(opened: OpenedModel, family: Family) -> PreviewMap | None:
    path = opened.folder.path / "preview.json"
    if path.is_file():
        try:
            return read_preview_map(path, family.latent_channels)
        except ValueError as error:
            log.warning("no previews for %s: %s", opened.folder.name, error)
            return None
    return SD15_MAP if family.latent_channels == 4 else None
