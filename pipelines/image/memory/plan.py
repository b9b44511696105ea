"""Make the device plans of a model on a machine, the fastest first. Pure: numbers in, plans out.

A ladder of offloading and tiling: each step takes less memory and more time than the one before.
The steps that fit, by the estimates of estimate.py, come in that order, the CPU last. What ran out
of memory before (oom_history.py) is left out. fp8 storage is no step of the ladder: it changes the
picture, and the amount of free memory must not.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.image.families import FAMILIES
from pipelines.image.memory.detect import Machine
from pipelines.image.memory.device import (
    FP8,
    DeviceOptions,
    DevicePlan,
    Offload,
    Remark,
    gigabytes,
)
from pipelines.image.memory.estimate import ITEM_BYTES, MemoryEstimate
from pipelines.image.memory.oom_history import OomHistory

GPU_LADDER = (
    (Offload.NONE, False),
    (Offload.NONE, True),
    (Offload.MODEL, False),
    (Offload.MODEL, True),
    (Offload.GROUP, True),
    (Offload.SEQUENTIAL, True),
)
PLAIN_LADDER = GPU_LADDER[:2]  # where offloading frees nothing: CPU, Mac
# what cuBLAS, cuDNN and fragmentation take; an allowance, not measured on a GPU
GPU_RESERVE = 512 << 20
CPU_RESERVE = 256 << 20  # tokenizers, pictures, the page
LAYER_OF_BLOCK = 8  # a block's two largest layers are smaller than an eighth of it, in every SD
LAYER_OF_ENCODER = 3  # CLIP-L's token embedding is a third of it, the largest share of all
PINNING = 2  # pinning copies: the UNet's weights are in RAM twice meanwhile
# families whose VAE overflows in fp16 and works in fp32 instead: see place.settle_vae
FP32_VAE = frozenset(family.name for family in FAMILIES if family.overflows_in_half)


def plans(
    machine: Machine,
    estimate: MemoryEstimate,
    options: DeviceOptions,
    oom_history: OomHistory | None = None,
) -> tuple[DevicePlan, ...]:
    """Return every plan that should fit, the fastest first; the last one is the CPU's."""
    on_cpu = _on_cpu(machine, estimate, options)
    if machine.is_cpu:
        return _without_failed(on_cpu, estimate, oom_history, last=on_cpu[-1])
    ladder = GPU_LADDER if machine.has_own_memory else PLAIN_LADDER
    steps = [
        _plan(machine, estimate, options, offload, is_tiled)
        for offload, is_tiled in ladder
        if not machine.has_own_memory or _offloads_enough(offload, options)
    ]
    fitting = [step for step in steps if step.peak_bytes + GPU_RESERVE <= machine.free]
    remark = None
    if not fitting:
        remark = _too_little_memory(machine, steps[-1])
    fallback = tuple(replace(plan, remark=remark) for plan in on_cpu)
    return _without_failed((*fitting, *fallback), estimate, oom_history, last=fallback[-1])


def working_bytes(plan: DevicePlan, estimate: MemoryEstimate) -> int:
    """Return the bytes of a picture's activations, without the weights."""
    is_cpu = plan.device == "cpu"
    dtype = _vae_dtype(plan.dtype, estimate)
    return max(
        estimate.step_bytes(plan.dtype),
        estimate.decode_bytes(dtype, is_tiled=plan.is_tiled, is_cpu=is_cpu),
    )


def weight_bytes(plan: DevicePlan, estimate: MemoryEstimate) -> int:
    """Return the bytes of the model's weights, in RAM and on the device together."""
    denoiser, vae, encoders = _weights(plan, estimate)
    return denoiser + vae + sum(encoders)


def peak_bytes(plan: DevicePlan, estimate: MemoryEstimate) -> int:
    """Return the plan's peak memory on its device."""
    denoiser, vae, encoders = _weights(plan, estimate)
    step = estimate.step_bytes(plan.dtype)
    decode = estimate.decode_bytes(
        _vae_dtype(plan.dtype, estimate), is_tiled=plan.is_tiled, is_cpu=plan.device == "cpu"
    )
    largest = max(encoders, default=0)
    if plan.offload is Offload.NONE:
        return denoiser + vae + sum(encoders) + max(step, decode)
    if plan.offload is Offload.MODEL:
        return max(largest, denoiser + step, vae + decode)
    item = denoiser / max(1, estimate.denoiser)
    beside = max(largest // LAYER_OF_ENCODER, vae + decode)
    if plan.offload is Offload.GROUP:
        blocks = estimate.largest_pair if plan.has_streams else estimate.largest_block
        return max(int((blocks + estimate.outside_blocks) * item) + step, beside)
    return max(int(estimate.largest_block * item / LAYER_OF_BLOCK) + step, beside)


def _plan(
    machine: Machine,
    estimate: MemoryEstimate,
    options: DeviceOptions,
    offload: Offload,
    is_tiled: bool,
) -> DevicePlan:
    storage = FP8 if options.fp8 and machine.has_fp8 else ""
    plan = DevicePlan(
        machine.device,
        machine.dtype,
        offload,
        is_tiled,
        storage,
        remark=machine.remark,
        name=machine.name,
        free_bytes=machine.free,
        is_compiled=options.is_compiled,
        openvino=options.openvino,
    )
    if offload in (Offload.GROUP, Offload.SEQUENTIAL):
        pinned = estimate.denoiser * ITEM_BYTES[plan.dtype] * PINNING
        plan = replace(plan, has_streams=pinned <= machine.ram.free)
    everything = replace(plan, offload=Offload.NONE, is_tiled=False, storage="")
    return replace(
        plan, needs_bytes=peak_bytes(everything, estimate), peak_bytes=peak_bytes(plan, estimate)
    )


def _on_cpu(
    machine: Machine, estimate: MemoryEstimate, options: DeviceOptions
) -> tuple[DevicePlan, ...]:
    """Return the CPU's plans: without VAE tiling where that fits, and with it."""
    free = machine.free if machine.is_cpu else machine.ram.free
    cpu = replace(machine, device="cpu", dtype=machine.cpu_dtype, free=free, name="", has_fp8=True)
    whole, tiled = (_plan(cpu, estimate, options, *step) for step in PLAIN_LADDER)
    fits = whole.peak_bytes + CPU_RESERVE <= cpu.free
    return (whole, tiled) if fits else (tiled,)


def _offloads_enough(offload: Offload, options: DeviceOptions) -> bool:
    order = list(Offload)
    return order.index(offload) >= order.index(options.offload)


def _without_failed(
    candidates: tuple[DevicePlan, ...],
    estimate: MemoryEstimate,
    oom_history: OomHistory | None,
    last: DevicePlan,
) -> tuple[DevicePlan, ...]:
    """Leave out plans that ran out of memory before; a remark on the first that stays."""
    if oom_history is None:
        return candidates
    kept = [plan for plan in candidates if not oom_history.has_failed(plan, estimate)] or [last]
    if len(kept) < len(candidates) and kept[0] != candidates[0] and kept[0].remark is None:
        remark = Remark("plan.learnt", "memory ran out here before")
        kept[0] = replace(kept[0], remark=remark)
    return tuple(kept)


def _too_little_memory(machine: Machine, thriftiest: DevicePlan) -> Remark:
    takes = thriftiest.peak_bytes + GPU_RESERVE
    free, needed = gigabytes(machine.free), gigabytes(takes)
    return Remark(
        "plan.full",
        f"only {free} GB free on {machine.device}, {needed} GB needed at least",
        (("name", machine.name or machine.device), ("free", free), ("takes", needed)),
    )


def _weights(plan: DevicePlan, estimate: MemoryEstimate) -> tuple[int, int, tuple[int, ...]]:
    """Return the bytes of denoiser, VAE and text encoders."""
    item = ITEM_BYTES[plan.dtype]
    denoiser = estimate.denoiser * (1 if plan.storage else item)
    vae = estimate.vae * ITEM_BYTES[_vae_dtype(plan.dtype, estimate)]
    return denoiser, vae, tuple(encoder * item for encoder in estimate.encoders)


def _vae_dtype(dtype: str, estimate: MemoryEstimate) -> str:
    return "float32" if dtype == "float16" and estimate.family in FP32_VAE else dtype
