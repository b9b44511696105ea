"""Our latents against those of diffusers' own pipelines: same noise, same prompt, same steps.

What a family is told besides the prompt (pooled states, sizes, aesthetic scores, guidance, masks)
and what it answers are wired by us; a wrong wire draws a picture, only not the right one.
"""

from __future__ import annotations

import dataclasses

import pytest
import torch

from pipelines.contract.picture_settings import ImageToImage
from pipelines.image.generate.noise import NoiseSource
from pipelines.image.latents.vae import from_image
from tests.pipelines.image.shelf import FROM_TEXT, PICTURE, SIDE, drawn, pictures

STEPS, SCALE, SEED = 4, 4.0, 7  # the seed of drawn()
PROMPT, NEGATIVE = "blue smell", "red noise"
SHAPE = (4, SIDE // 8, SIDE // 8)


class Recorder:
    """A latent space that remembers what came to be decoded."""

    def __init__(self, space):
        self._space = space
        self.latents = None

    def __getattr__(self, name):
        return getattr(self._space, name)

    def decode(self, latents):
        self.latents = latents
        return self._space.decode(latents)


def ours(model, **changes):
    request = dataclasses.replace(
        FROM_TEXT,
        steps=STEPS,
        guidance=SCALE,
        sampler="DDIM",
        schedule="Trailing",
        negative_prompt=NEGATIVE,
        **changes,
    )
    space = Recorder(model.space)
    drawn(model, request, PROMPT, space=space)
    return space.latents


def scheduler_of(model):
    from diffusers import DDIMScheduler

    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        timestep_spacing="trailing",
        set_alpha_to_one=True,
        steps_offset=1,
        clip_sample=False,
        prediction_type=model.prediction,
        rescale_betas_zero_snr=model.table.is_zero_snr,
    )


def theirs(model, pipeline_class, **asked):
    """Return the latents that a pipeline of diffusers ends with."""
    parts = {
        name: part
        for name, part in model.pipeline.components.items()
        if name not in ("scheduler", "image_encoder", "feature_extractor", "safety_checker")
    }
    options = {"add_watermarker": False}
    if "text_encoder_2" not in parts:
        options = dict.fromkeys(("safety_checker", "feature_extractor"))
        options["requires_safety_checker"] = False
    if pipeline_class.__name__ == "StableDiffusionXLImg2ImgPipeline":
        options |= {"requires_aesthetics_score": True}
    pipeline = pipeline_class(**parts, scheduler=scheduler_of(model), **options)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline(
        prompt=PROMPT,
        negative_prompt=NEGATIVE,
        num_inference_steps=STEPS,
        guidance_scale=SCALE,
        output_type="latent",
        **asked,
    ).images


def noise():
    return NoiseSource([SEED], SHAPE, "cpu").initial()


def assert_same(one, other):
    assert one.shape == other.shape
    assert (one - other).abs().max() < 1e-3 * other.abs().max()


@pytest.mark.parametrize("variant", ["sd15", "sd2", "sd2-v"])
def test_one_text_encoder(shelf, variant):
    from diffusers import StableDiffusionPipeline

    model = shelf.load(f"{variant}-file")
    expected = theirs(model, StableDiffusionPipeline, latents=noise(), height=SIDE, width=SIDE)
    assert_same(ours(model), expected)


@pytest.mark.parametrize("variant", ["sdxl", "sdxl-v"])
def test_two_text_encoders_and_sizes(shelf, variant):
    from diffusers import StableDiffusionXLPipeline

    model = shelf.load(f"{variant}-file")
    expected = theirs(model, StableDiffusionXLPipeline, latents=noise(), height=SIDE, width=SIDE)
    assert_same(ours(model), expected)


def test_refiner_with_aesthetic_scores(shelf):
    from diffusers import StableDiffusionXLImg2ImgPipeline

    model = shelf.load("sdxl-refiner-file")
    start = model.space.encode(from_image(pictures()[PICTURE]))
    expected = theirs(
        model,
        StableDiffusionXLImg2ImgPipeline,
        image=start,
        strength=0.5,
        generator=torch.Generator("cpu").manual_seed(SEED),
    )
    assert_same(ours(model, source=ImageToImage(PICTURE, strength=0.5)), expected)


@pytest.mark.parametrize("variant", ["sd15-inpaint", "sd2-inpaint", "sdxl-inpaint"])
def test_nine_channels(shelf, variant):
    import diffusers
    from PIL import Image

    is_sdxl = variant.startswith("sdxl")
    name = "StableDiffusionXLInpaintPipeline" if is_sdxl else "StableDiffusionInpaintPipeline"
    model = shelf.load(f"{variant}-file")
    grey = Image.new("RGB", (SIDE, SIDE), (127, 127, 127))
    expected = theirs(
        model,
        getattr(diffusers, name),
        image=grey,
        mask_image=Image.new("L", (SIDE, SIDE), 255),
        masked_image_latents=model.space.encode(torch.zeros(1, 3, SIDE, SIDE)),
        latents=noise(),
        strength=1.0,
        height=SIDE,
        width=SIDE,
    )
    assert_same(ours(model), expected)


@pytest.mark.parametrize("variant", ["sd15-lcm", "sdxl-lcm"])
def test_guidance_that_is_told(shelf, variant):
    from diffusers import LatentConsistencyModelPipeline

    model = shelf.load(f"{variant}-file")
    pipeline, scheduler = model.pipeline, scheduler_of(model)
    scheduler.set_timesteps(STEPS)
    scale = LatentConsistencyModelPipeline.get_guidance_scale_embedding(
        None, torch.tensor([SCALE - 1]), 32
    )
    told = pipeline.encode_prompt(
        PROMPT, device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=False
    )
    added = None
    if variant.startswith("sdxl"):
        ids = torch.tensor([[SIDE, SIDE, 0, 0, SIDE, SIDE]])
        added = {"text_embeds": told[2], "time_ids": ids}
    latents = noise()
    for timestep in scheduler.timesteps:
        with torch.no_grad():
            answer = pipeline.unet(
                latents,
                timestep,
                timestep_cond=scale,
                encoder_hidden_states=told[0],
                added_cond_kwargs=added,
            ).sample
        latents = scheduler.step(answer, timestep, latents).prev_sample
    assert_same(ours(model), latents)
