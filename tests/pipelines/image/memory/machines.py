"""Machines that nobody here has: a torch that tells of a GPU, and a card as `look` would see it."""

from __future__ import annotations

import warnings
from types import SimpleNamespace

from pipelines.image.memory.detect import Machine
from pipelines.image.memory.ram import Ram

GB = 1 << 30
RAM = Ram(32 * GB, 24 * GB)


class FakeCuda:
    """torch.cuda of a card."""

    def __init__(
        self,
        *,
        capability=(8, 6),
        built_for=("sm_75", "sm_80", "sm_86", "sm_90"),
        name="NVIDIA GeForce RTX 3060",
        memory=(10 * GB, 12 * GB),
        count=1,
        warning="",
        is_there=True,
    ):
        self.capability, self.built_for, self.name = capability, list(built_for), name
        self.memory, self.count, self.warning, self.is_there = memory, count, warning, is_there

    def is_available(self):
        if self.warning:
            warnings.warn(self.warning, UserWarning, stacklevel=1)
        return self.is_there

    def device_count(self):
        return self.count

    def get_device_capability(self, _number):
        return self.capability

    def get_arch_list(self):
        return self.built_for

    def get_device_name(self, _number):
        return self.name

    def mem_get_info(self, _number):
        return self.memory

    def memory_reserved(self, _number):
        return 3 * GB

    def memory_allocated(self, _number):
        return 2 * GB


def fake_torch(cuda=None, *, has_bf16=False, mps=None, allocate=None):
    """Return what `look` asks of torch."""

    def zeros(*_sizes, device):
        if allocate is not None:
            raise allocate
        return device

    return SimpleNamespace(
        cuda=cuda or FakeCuda(is_there=False),
        cpu=SimpleNamespace(get_capabilities=lambda: {"avx512_bf16": has_bf16}),
        backends=SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps is not None)),
        mps=mps,
        zeros=zeros,
    )


def gpu(free_gb, total_gb=12, ram_gb=24):
    ram = Ram(64 * GB, int(ram_gb * GB))
    return Machine(
        "cuda:0",
        "float16",
        int(free_gb * GB),
        int(total_gb * GB),
        ram,
        name=f"Test card {total_gb} GB",
        has_fp8=True,
    )


def cpu_only(free_gb):
    ram = Ram(64 * GB, int(free_gb * GB))
    return Machine("cpu", "float32", ram.free, ram.total, ram, has_fp8=True)
