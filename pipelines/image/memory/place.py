"""Place the parts of a pipeline on their devices, or hook them for offloading, by a plan.

Every call that moves weights stands here. The VAE and the text encoders are called through other
methods than `forward` (vae.decode, the last norm for clip skip), so group offloading must hook
their layers: leaf level. Only the UNet, which is called at every step, is offloaded by blocks and
with streams: streams keep copies of the weights, and the VAE's dtype may change.
"""

from __future__ import annotations

from typing import Any

from pipelines.image.memory.device import DevicePlan, Offload

TILE_SIDE = 512  # pixels of a tile; diffusers would take the side the VAE was trained at, 1,024
TILE_OVERLAP = 0.25
# 16-bit convolutions of these cards give NaN unless cuDNN tries out which algorithm to use
NEEDS_CUDNN_BENCHMARK = "NVIDIA GeForce GTX 16"


def place(pipeline: Any, plan: DevicePlan) -> None:
    """Move the parts to their devices, or have diffusers' hooks move them when they compute."""
    import torch

    if NEEDS_CUDNN_BENCHMARK in plan.name:
        torch.backends.cudnn.benchmark = True
    settle_vae(pipeline.vae, plan)
    if plan.storage:
        pipeline.unet.enable_layerwise_casting(
            storage_dtype=getattr(torch, plan.storage), compute_dtype=getattr(torch, plan.dtype)
        )
    if plan.offload is Offload.MODEL:
        pipeline.enable_model_cpu_offload(device=plan.device)
    elif plan.offload is Offload.NONE:
        pipeline.to(plan.device)
    else:
        _move_in_turn(pipeline, plan)


def place_alone(vae: Any, plan: DevicePlan) -> None:
    """Place a VAE that is no part of a pipeline as the plan places the pipeline's."""
    import torch
    from diffusers.hooks import apply_group_offloading

    settle_vae(vae, plan)
    if plan.offload is Offload.NONE:
        vae.to(plan.device)
        return
    device, cpu = torch.device(plan.device), torch.device("cpu")
    apply_group_offloading(vae, onload_device=device, offload_device=cpu, offload_type="leaf_level")


def settle_vae(vae: Any, plan: DevicePlan) -> None:
    """Set a VAE's dtype and tiling by the plan.

    One with `force_upcast` in its config (SDXL's) overflows in fp16 and is cast to fp32 from the
    start, instead of after a picture of NaN that has to be decoded again.
    """
    import torch

    if plan.dtype == "float16" and bool(vae.config.get("force_upcast")):
        vae.to(torch.float32)
    set_tiles(vae, is_tiled=plan.is_tiled)


def set_tiles(vae: Any, *, is_tiled: bool) -> None:
    """Turn tiling on or off; the tile size is set either way, for a decode that falls back."""
    if not hasattr(vae, "enable_tiling"):
        return
    factor = 2 ** (len(vae.config.block_out_channels) - 1)  # pixels to a latent: each level halves
    if hasattr(vae, "tile_sample_min_size"):
        vae.tile_sample_min_size = TILE_SIDE
        vae.tile_latent_min_size = TILE_SIDE // factor
        vae.tile_overlap_factor = TILE_OVERLAP
    if is_tiled:
        vae.enable_tiling()
    else:
        vae.disable_tiling()


def _move_in_turn(pipeline: Any, plan: DevicePlan) -> None:
    """Group offloading: blocks or layers are copied to the device right before they compute."""
    import torch
    from diffusers.hooks import apply_group_offloading

    device = torch.device(plan.device)
    for name, part in pipeline.components.items():
        if not isinstance(part, torch.nn.Module):
            continue
        is_denoiser = name == "unet"
        in_blocks = is_denoiser and plan.offload is Offload.GROUP
        apply_group_offloading(
            part,
            onload_device=device,
            offload_device=torch.device("cpu"),
            offload_type="block_level" if in_blocks else "leaf_level",
            num_blocks_per_group=1 if in_blocks else None,
            use_stream=is_denoiser and plan.has_streams and device.type == "cuda",
        )
