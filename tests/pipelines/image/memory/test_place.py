"""Parts go where the plan says and give the same answers there; on the CPU, moved to the CPU."""

from __future__ import annotations

import pytest

from pipelines.image.memory.device import FP8, DevicePlan, Offload
from pipelines.image.memory.place import place, set_tiles
from tests.tiny import CHANNELS, tiny_parts


@pytest.fixture
def build():
    """Return a maker of equal pipelines."""
    import torch
    from diffusers import StableDiffusionPipeline

    torch.set_num_threads(1)
    return lambda: StableDiffusionPipeline(**tiny_parts())


def answers(pipeline):
    """Ask every part as the program does: twice, as a second step finds things moved back."""
    import torch

    device = pipeline._execution_device
    found = []
    with torch.inference_mode():
        for _ in range(2):
            output = pipeline.text_encoder(
                torch.arange(32, device=device)[None], output_hidden_states=True
            )
            text_model = getattr(pipeline.text_encoder, "text_model", pipeline.text_encoder)
            skipped = text_model.final_layer_norm(output.hidden_states[-1])
            latents = torch.linspace(-1, 1, CHANNELS * 64).reshape(1, CHANNELS, 8, 8)
            noise = pipeline.unet(latents, torch.tensor(500), output.last_hidden_state)[0]
            pixels = pipeline.vae.decode(latents, return_dict=False)[0]
            mean = pipeline.vae.encode(pixels).latent_dist.mean
            found += [skipped, noise, pixels, mean]
    return found


@pytest.mark.parametrize("offload", [Offload.GROUP, Offload.SEQUENTIAL])
def test_moved_in_turn_every_part_answers_the_same(build, offload):
    import torch

    usual, moved = build(), build()
    place(usual, DevicePlan("cpu", "float32"))
    place(moved, DevicePlan("cpu", "float32", offload))
    for one, other in zip(answers(usual), answers(moved), strict=True):
        assert torch.equal(one, other)


def test_parts_that_move_as_a_whole_are_asked_to_by_the_pipeline(build, monkeypatch):
    pipeline, asked = build(), {}
    monkeypatch.setattr(pipeline, "enable_model_cpu_offload", asked.update)
    place(pipeline, DevicePlan("cuda:1", "float16", Offload.MODEL))
    assert asked == {"device": "cuda:1"}


@pytest.mark.parametrize(
    ("offload", "has_streams", "expected"),
    [
        (Offload.GROUP, True, {"block_level": True, "leaf_level": False}),
        (Offload.GROUP, False, {"block_level": False, "leaf_level": False}),
        (Offload.SEQUENTIAL, False, {"leaf_level": False}),
    ],
)
def test_only_the_denoiser_moves_in_blocks_and_with_streams(
    build, monkeypatch, offload, has_streams, expected
):
    pipeline, seen = build(), {}

    def apply(part, **options):
        seen[options["offload_type"]] = options["use_stream"]
        assert (part is pipeline.unet) == (options["num_blocks_per_group"] == 1) or (
            offload is Offload.SEQUENTIAL
        )

    monkeypatch.setattr("diffusers.hooks.apply_group_offloading", apply)
    place(pipeline, DevicePlan("cuda:0", "float16", offload, has_streams=has_streams))
    assert seen == expected


def test_weights_in_fp8_are_half_as_large_and_answer_nearly_the_same(build):
    import torch

    usual, stored = build(), build()
    place(usual, DevicePlan("cpu", "bfloat16"))
    place(stored, DevicePlan("cpu", "float32", storage=FP8))
    kinds = {weight.dtype for weight in stored.unet.parameters()}
    assert getattr(torch, FP8) in kinds
    exact, near = answers(build())[1], answers(stored)[1]
    assert not torch.equal(exact, near)
    assert (exact - near).abs().mean() < 0.2 * exact.abs().mean()


def test_a_vae_that_overflows_in_fp16_is_kept_in_fp32(build):
    import torch

    for forced, expected in ((True, torch.float32), (False, torch.float16)):
        pipeline = build().to(torch.float16)
        pipeline.vae.register_to_config(force_upcast=forced)
        place(pipeline, DevicePlan("cpu", "float16"))
        assert pipeline.vae.dtype == expected
        assert pipeline.unet.dtype == torch.float16


def test_tiles_are_small_enough_to_help_a_vae_that_was_trained_large(build):
    import torch

    vae = build().vae
    vae.tile_sample_min_size = 1024
    set_tiles(vae, is_tiled=False)
    assert not vae.use_tiling
    latents = torch.zeros(1, CHANNELS, 40, 40)  # 640 pixels
    sides = []
    vae.decoder.register_forward_pre_hook(lambda _module, inputs: sides.append(inputs[0].shape[-1]))
    set_tiles(vae, is_tiled=True)
    with torch.inference_mode():
        vae.decode(latents)
    assert len(sides) > 1
    assert max(sides) == 32


def test_cards_that_give_nan_in_fp16_let_cudnn_try_its_algorithms(build, monkeypatch):
    import torch

    monkeypatch.setattr(torch.backends.cudnn, "benchmark", False)
    place(build(), DevicePlan("cpu", "float32", name="NVIDIA GeForce RTX 3060"))
    assert not torch.backends.cudnn.benchmark
    place(build(), DevicePlan("cpu", "float32", name="NVIDIA GeForce GTX 1660 SUPER"))
    assert torch.backends.cudnn.benchmark


def test_a_decode_that_is_not_finite_is_done_again_in_fp32_while_layers_move(build):
    import torch

    from pipelines.image.latents.vae import LatentSpace

    pipeline = build().to(torch.bfloat16)
    place(pipeline, DevicePlan("cpu", "bfloat16", Offload.SEQUENTIAL))

    def overflow(_module, _inputs, output):
        return output if output.dtype == torch.float32 else output * torch.nan

    pipeline.vae.decoder.register_forward_hook(overflow)
    space = LatentSpace(pipeline.vae, pipeline._execution_device, "tiny")
    pixels = space.decode(torch.zeros(1, CHANNELS, 4, 4))
    assert bool(torch.isfinite(pixels).all())
    assert pipeline.vae.dtype == torch.bfloat16


@pytest.mark.parametrize("offload", [Offload.NONE, Offload.SEQUENTIAL])
def test_a_decode_that_does_not_fit_is_done_in_tiles(build, offload):
    import torch

    from pipelines.image.latents.vae import LatentSpace

    pipeline = build()
    pipeline.vae.register_to_config(sample_size=1024)
    place(pipeline, DevicePlan("cpu", "float32", offload))

    def run_out(_module, inputs):
        if inputs[0].shape[-1] > 32:
            raise torch.OutOfMemoryError("CUDA out of memory")

    pipeline.vae.decoder.register_forward_pre_hook(run_out)
    space = LatentSpace(pipeline.vae, pipeline._execution_device, "tiny")
    assert space.decode(torch.zeros(1, CHANNELS, 40, 40)).shape == (1, 3, 640, 640)
    assert not pipeline.vae.use_tiling
