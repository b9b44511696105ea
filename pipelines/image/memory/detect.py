"""Detect the device, its dtypes and its free memory. Done again for every load.

Every query of torch about a device stands here, and `torch` is an argument throughout: the tests
pass in machines that they do not run on.

fp16 only on CUDA and MPS; bf16 on CPUs that multiply it in hardware (AVX512_BF16, AMX), where it
takes 0.6 to 0.75 of the time of fp32; never fp16 on a CPU.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipelines.image.memory.device import DeviceOptions, DevicePlan, Offload, Remark
from pipelines.image.memory.ram import Ram, read_ram

log = logging.getLogger(__name__)

MOST_REASON = 160  # characters of a driver's error message


@dataclass(frozen=True, slots=True)
class Machine:
    """One device to draw on, and the memory beside it.

    Attributes:
        device: "cuda:0", "mps" or "cpu".
        name: the device's product name; "" for a CPU.
        dtype: to compute in, by the hardware and the flags.
        cpu_dtype: the same, should the CPU have to draw instead.
        free, total: bytes of the device's own memory; of the RAM on a CPU.
        has_fp8: weights can be stored in 8 bits.
        remark: why it is not the device that was requested or expected.
    """

    device: str
    dtype: str
    free: int
    total: int
    ram: Ram
    cpu_dtype: str = "float32"
    name: str = ""
    has_fp8: bool = False
    remark: Remark | None = None

    @property
    def is_cpu(self) -> bool:
        """Return whether the CPU draws."""
        return self.device == "cpu"

    @property
    def has_own_memory(self) -> bool:
        """Return whether offloading a part frees memory: not on a Mac, whose GPU uses the RAM."""
        return self.device.startswith("cuda")


def detect(options: DeviceOptions, torch: Any = None, ram: Callable[[], Ram] = read_ram) -> Machine:
    """Detect the machine. Never fails: the CPU is always there."""
    if torch is None:
        import torch
    if options.use_cpu:
        return cpu(options, torch, ram())
    found, why_not = _cuda(torch, options, ram)
    if found is not None:
        return found
    if why_not is None and torch.backends.mps.is_available():
        return _mps(torch, options, ram())
    if why_not is None and options.offload is not Offload.NONE:
        why_not = Remark("device.no_gpu", "no GPU: memory flags have no effect")
    return cpu(options, torch, ram(), why_not)


def choose_device(options: DeviceOptions) -> DevicePlan:
    """Return a plan before a model is known: device and dtype. Imports torch; never fails."""
    machine = detect(options)
    return DevicePlan(
        machine.device,
        machine.dtype,
        options.offload if machine.has_own_memory else Offload.NONE,
        remark=machine.remark,
        name=machine.name,
        is_compiled=options.is_compiled,
        openvino=options.openvino,
    )


def cpu(options: DeviceOptions, torch: Any, ram: Ram, remark: Remark | None = None) -> Machine:
    """Return the CPU as a machine to draw on."""
    dtype = _cpu_dtype(torch, options)
    return Machine("cpu", dtype, ram.free, ram.total, ram, dtype, has_fp8=True, remark=remark)


def _cpu_dtype(torch: Any, options: DeviceOptions) -> str:
    can = torch.cpu.get_capabilities()
    has_bf16 = can.get("avx512_bf16", False) or can.get("amx_tile", False)
    return "bfloat16" if has_bf16 and not options.no_half else "float32"


def _cuda(
    torch: Any, options: DeviceOptions, ram: Callable[[], Ram]
) -> tuple[Machine | None, Remark | None]:
    """Return the GPU, or why it cannot be used; neither when there is none."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        is_there = bool(torch.cuda.is_available())
    if not is_there:
        # torch warns when there is a card whose driver it cannot use, and is silent without a card
        about = [str(one.message) for one in caught if "CUDA" in str(one.message)]
        if not about:
            return None, None
        reason = _first_sentence(about[0])
        return None, Remark("device.driver", f"no CUDA: {reason}", (("reason", reason),))
    number = options.device_id
    try:
        why_not = _why_not(torch, number)
        if why_not is not None:
            return None, why_not
        name = str(torch.cuda.get_device_name(number))[:80]
        device = f"cuda:{number}"
        torch.zeros(1, device=device)  # the first call that uses the driver
        free, total = (int(size) for size in torch.cuda.mem_get_info(number))
        # what torch's caching allocator holds unused is free to us
        free += int(torch.cuda.memory_reserved(number) - torch.cuda.memory_allocated(number))
    except (RuntimeError, AssertionError) as error:
        reason = _first_sentence(str(error)) or type(error).__name__
        values = (("number", number), ("reason", reason))
        return None, Remark("device.refused", f"cuda:{number} refused: {reason}", values)
    machine = Machine(
        device,
        "float32" if options.no_half else "float16",
        free,
        total,
        ram(),
        _cpu_dtype(torch, options),
        name=name,
        has_fp8=True,
    )
    return machine, None


def _mps(torch: Any, options: DeviceOptions, ram: Ram) -> Machine:
    """Return a Mac's GPU, which shares the RAM."""
    total = min(int(torch.mps.recommended_max_memory()), ram.total)
    free = max(0, min(total - int(torch.mps.driver_allocated_memory()), ram.free))
    dtype = "float32" if options.no_half else "float16"
    cpu_dtype = _cpu_dtype(torch, options)
    return Machine("mps", dtype, free, total, ram, cpu_dtype, name="Apple GPU")


def _why_not(torch: Any, number: int) -> Remark | None:
    """Return why this build of torch cannot use a GPU; None when it can."""
    count = int(torch.cuda.device_count())
    if number >= count:
        return Remark(
            "device.no_number",
            f"no GPU number {number}, there are {count}",
            (("number", number), ("count", count), ("last", count - 1)),
        )
    own = tuple(torch.cuda.get_device_capability(number))
    cubins, portable = _built_for(torch.cuda.get_arch_list())
    # code for 8.0 runs on 8.6; portable code is compiled by the driver for whatever is newer
    if not cubins or any(one[0] == own[0] and one[1] <= own[1] for one in cubins):
        return None
    if any(one <= own for one in portable):
        return None
    name = str(torch.cuda.get_device_name(number))[:80]
    newest, oldest = max(cubins), min(cubins)
    kind = "too_new" if own > newest else "too_old"
    known = newest if own > newest else oldest
    values = (("name", name), ("own", _version(own)), ("known", _version(known)))
    what = "a newer CUDA build of torch" if kind == "too_new" else "an older CUDA build of torch"
    english = f"this torch was not built for sm_{own[0]}{own[1]} ({name}): install {what}"
    return Remark(f"device.{kind}", english, values)


def _built_for(names: list[str]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return the compute capabilities of the build's cubins (sm), and of its PTX (compute).

    >>> _built_for(["sm_75", "sm_90a", "compute_120", "gfx90a"])
    ({(9, 0), (7, 5)}, {(12, 0)})
    """
    found: dict[str, set[tuple[int, int]]] = {"sm": set(), "compute": set()}
    for name in names:
        match = re.fullmatch(r"(sm|compute)_([0-9]{1,3})([0-9])[af]?", name)
        if match:
            found[match[1]].add((int(match[2]), int(match[3])))
    return found["sm"], found["compute"]


def _version(capability: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in capability)


def _first_sentence(text: str) -> str:
    """Return the first line of a driver's message, short enough for a sentence of ours."""
    lines = text.strip().splitlines()
    return lines[0][:MOST_REASON].rstrip(". ") if lines else ""
