"""Load a verified model, a folder or a single file, as a diffusers pipeline on its devices.

Knows no requests. Always called under the painter's build lock, because accelerate's
init_empty_weights patches torch for the whole process.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.entry import OpenedModel
from pipelines.contract.errors import CannotDraw
from pipelines.contract.prompt_language import reads_korean
from pipelines.contract.reasons import reason_of
from pipelines.image.accelerate.attention import choose_attention, settle_attention, use_attention
from pipelines.image.accelerate.denoiser import arrange, denoiser_of
from pipelines.image.conditioning.encode import PromptEncoder
from pipelines.image.families import Family, PromptLanguage, recognise
from pipelines.image.latents.preview import Previewer, PreviewMap, read_preview_map
from pipelines.image.latents.vae import LatentSpace
from pipelines.image.loading import folder, single_file
from pipelines.image.loading.complete import check_weights
from pipelines.image.loading.detect_prediction import detect_prediction
from pipelines.image.loading.owned_memory import own_weights
from pipelines.image.loading.training_schedule import training_schedule_of
from pipelines.image.memory.device import DeviceOptions, DevicePlan
from pipelines.image.memory.oom import is_out_of_memory
from pipelines.image.memory.place import place
from pipelines.image.private_parts import device_of
from pipelines.image.sampling.noise_table import NoiseTable

log = logging.getLogger(__name__)

AESTHETIC_SCORES = (6.0, 2.5)  # condition the SDXL refiner, with the prompt and the negative one


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model that can draw.

    Attributes:
        pipeline: diffusers.StableDiffusionPipeline, or StableDiffusionXLPipeline: its parts on
            their devices; the denoising loop is ours (generate/).
        denoiser: called at each step: the pipeline's UNet, or a compiled one in its place.
        table: the noise levels the model was trained with.
        prediction: the prediction type: "epsilon", "v_prediction" or "sample".
        previewer: decodes latents to previews.
    """

    name: str
    sha256: str
    family: Family
    pipeline: Any
    denoiser: Any
    table: NoiseTable
    prediction: str
    encoder: PromptEncoder
    space: LatentSpace
    previewer: Previewer
    plan: DevicePlan

    def add_time_ids(self, width: int, height: int) -> Any:
        """Return SDXL's size conditioning, (2, 5 or 6): with the prompt, with the negative one.

        Original size, crop and target size; for the refiner an aesthetic score in place of the
        target (Podell et al. 2023, arXiv 2307.01952).
        """
        import torch

        if not hasattr(self.pipeline, "text_encoder_2"):
            return None
        if self._time_ids_length == 5:  # the refiner
            rows = [[height, width, 0, 0, score] for score in AESTHETIC_SCORES]
        else:
            rows = [[height, width, 0, 0, height, width]] * 2
        return torch.tensor(rows, device=device_of(self.pipeline), dtype=torch.float32)

    @property
    def _time_ids_length(self) -> int:
        """Return how many `time_ids` an SDXL UNet takes beside the pooled prompt embedding."""
        config = self.pipeline.unet.config
        pooled = int(self.pipeline.text_encoder_2.config.projection_dim)
        embedded = int(config.projection_class_embeddings_input_dim) - pooled
        return embedded // int(config.addition_time_embed_dim)

    @property
    def time_cond_proj_dim(self) -> int:
        """Return the width of an LCM model's guidance-scale embedding; 0 for others."""
        return int(self.pipeline.unet.config.get("time_cond_proj_dim") or 0)


def import_libraries(options: DeviceOptions | None = None) -> None:
    """Import torch, transformers and diffusers, offline and quietly; seconds on a cold disk."""
    settle_attention(options or DeviceOptions())
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("DIFFUSERS_DISABLE_REMOTE_CODE", "1")
    # transformers 5 warns once per missing torchvision processor; none of them is used here
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")
    from diffusers import StableDiffusionPipeline  # noqa: F401
    from diffusers.utils.logging import disable_progress_bar
    from transformers.utils.logging import disable_progress_bar as disable_weights_bar

    disable_progress_bar()  # one line of ours says what was loaded and how long it took
    disable_weights_bar()


def load(opened: OpenedModel, plan: DevicePlan, *, xformers: bool = False) -> LoadedModel:
    """Build the pipeline of a verified model.

    Raises:
        CannotDraw: it is not a model that can be drawn with here.
        ModelFileError: its files changed since they were verified.
    """
    with opened.reading() as path:
        pipeline = _built(opened, path, plan)
        family = recognise(pipeline.unet.config, opened.name)
        schedule = training_schedule_of(opened, path, family)
        preview_map = _preview_map(path, opened.name, family)
        if not family.overflows_in_half:  # diffusers' default is True where a config has none
            pipeline.vae.register_to_config(force_upcast=False)
        arrange(pipeline, plan)
        place(pipeline, plan)  # weights are mapped until they are placed
    wanted = choose_attention(plan.device, plan.dtype, wants_xformers=xformers)
    plan = replace(plan, attention=use_attention(pipeline, wanted).remark)
    encoder = PromptEncoder(pipeline)
    family = _as_it_reads(family, pipeline)
    prediction = schedule.prediction or detect_prediction(
        pipeline.unet, encoder, family.latent_channels, opened.name
    )
    return LoadedModel(
        name=opened.name,
        sha256=opened.sha256,
        family=family,
        pipeline=pipeline,
        denoiser=denoiser_of(pipeline, plan, opened.sha256),
        table=schedule.table,
        prediction=prediction,
        encoder=encoder,
        space=LatentSpace(pipeline.vae, device_of(pipeline), opened.name),
        previewer=Previewer(preview_map),
        plan=plan,
    )


def _built(opened: OpenedModel, path: Path, plan: DevicePlan) -> Any:
    """Return the pipeline in the plan's dtype; on a CPU its weights are copied out of the file."""
    import torch

    dtype = getattr(torch, plan.dtype)
    stored = _stored(opened, dtype) if plan.device == "cpu" else dtype
    try:
        if opened.is_folder:
            pipeline = folder.build(path, opened.name, stored)
            check_weights(path, opened.name, pipeline)
        else:
            pipeline = single_file.build(opened, path, stored)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError, NotImplementedError) as error:
        if is_out_of_memory(error):
            raise  # another plan may fit
        raise CannotDraw("draw.load", model=opened.name, reason=reason_of(error, path)) from error
    pipeline.set_progress_bar_config(disable=True)
    if plan.device == "cpu":
        for part in pipeline.components.values():
            if isinstance(part, torch.nn.Module):
                own_weights(part, dtype)
    return pipeline


def _stored(opened: OpenedModel, dtype: Any) -> Any:
    """Return the dtype to open the files in: their own where our cast is faster than torch's."""
    import torch

    precision = opened.probe.precision if opened.probe is not None else ""
    is_quicker = precision == "fp16" and dtype == torch.bfloat16
    return torch.float16 if is_quicker else dtype


def _as_it_reads(family: Family, pipeline: Any) -> Family:
    """Return the family with the prompt language of this model's text encoder.

    The families were trained on English; a text encoder trained on Korean is recognised by its
    tokenizer, which keeps Hangul syllables whole.
    """
    if family.language is not PromptLanguage.ENGLISH:
        return family
    tokenizer = getattr(pipeline, "tokenizer", None) or pipeline.tokenizer_2

    def encode(text: str) -> list[int]:
        ids: list[int] = tokenizer(text, add_special_tokens=False, truncation=False).input_ids
        return ids

    if reads_korean(encode, tokenizer.decode):
        return replace(family, language=PromptLanguage.KOREAN)
    return family


def _preview_map(model: Path, name: str, family: Family) -> PreviewMap | None:
    path = model / "preview.json"
    if path.is_file():
        try:
            return read_preview_map(path, family.latent_channels)
        except ValueError as error:
            log.warning("no previews for %s: %s", name, error)
            return None
    return family.preview_map
