"""Which device draws, and in which number format; decided once, said in one line.

fp16 only on CUDA and MPS; bf16 on CPUs that multiply it in hardware (AVX512_BF16, AMX), where it
takes 0.6 to 0.75 of the time of fp32; never fp16 on a CPU.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Offload(StrEnum):
    """How much of a model stays on the device."""

    NONE = "none"
    MODEL = "model"  # --medvram: whole parts are moved in turn
    SEQUENTIAL = "sequential"  # --lowvram: layer by layer


@dataclass(frozen=True, slots=True)
class DeviceOptions:
    """What the person asked for on the command line."""

    use_cpu: bool = False
    no_half: bool = False
    offload: Offload = Offload.NONE
    xformers: bool = False
    device_id: int = 0


@dataclass(frozen=True, slots=True)
class DevicePlan:
    """Where and how to draw.

    Attributes:
        device: "cuda:0", "mps" or "cpu".
        dtype: name of a torch dtype.
        note: why it is not what was asked for or hoped for; "" when there is nothing to say.
    """

    device: str
    dtype: str
    offload: Offload = Offload.NONE
    note: str = ""

    @property
    def line(self) -> str:
        """Return the plan for the console."""
        parts = [self.device, self.dtype]
        if self.offload is not Offload.NONE:
            parts.append(f"offload {self.offload}")
        if self.note:
            parts.append(self.note)
        return ", ".join(parts)


def choose_device(options: DeviceOptions) -> DevicePlan:
    """Look at the machine and decide. Imports torch; never fails, the CPU is always there."""
    import torch

    if not options.use_cpu and torch.cuda.is_available():
        unusable = _why_not_cuda(torch, options.device_id)
        if not unusable:
            dtype = "float32" if options.no_half else "float16"
            return DevicePlan(f"cuda:{options.device_id}", dtype, options.offload)
        return DevicePlan("cpu", _cpu_dtype(torch, options), note=unusable)
    if not options.use_cpu and torch.backends.mps.is_available():
        return DevicePlan("mps", "float32" if options.no_half else "float16")
    note = "" if options.offload is Offload.NONE else "no GPU: memory flags have no effect"
    return DevicePlan("cpu", _cpu_dtype(torch, options), note=note)


def _why_not_cuda(torch: Any, device_id: int) -> str:
    """Say why a GPU cannot be used by this build of torch; "" when it can."""
    count = torch.cuda.device_count()
    if device_id >= count:
        return f"no GPU number {device_id}, there are {count}"
    major, minor = torch.cuda.get_device_capability(device_id)
    built_for = {name.removeprefix("sm_") for name in torch.cuda.get_arch_list() if "sm_" in name}
    majors = {int(name.rstrip("af")[:-1]) for name in built_for}
    if majors and major > max(majors):
        return f"this torch was not built for sm_{major}{minor}: install a newer CUDA build"
    return ""


def _cpu_dtype(torch: Any, options: DeviceOptions) -> str:
    if options.no_half:
        return "float32"
    # Both names are private in torch 2.13; without them we only lose speed.
    probes = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    has_bf16 = any(getattr(torch.cpu, probe, bool)() for probe in probes)
    return "bfloat16" if has_bf16 else "float32"
