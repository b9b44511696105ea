"""What the machine is, told from a torch that says what no machine here would say."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipelines.image.memory.detect import detect
from pipelines.image.memory.device import DeviceOptions, Offload
from playground.messages import Language, text
from tests.pipelines.image.memory.machines import GB, RAM, FakeCuda, fake_torch


def seen(torch, **options):
    return detect(DeviceOptions(**options), torch, lambda: RAM)


def sentences(machine):
    remark = machine.remark
    return [text(remark.key, language, **remark.blanks) for language in Language]


def test_a_card_that_works_is_used_in_fp16_with_what_torch_holds_counted_as_free():
    machine = seen(fake_torch(FakeCuda()))
    assert (machine.device, machine.dtype, machine.remark) == ("cuda:0", "float16", None)
    assert (machine.free, machine.total) == (11 * GB, 12 * GB)
    assert machine.has_fp8


def test_no_half_means_fp32_everywhere():
    assert seen(fake_torch(FakeCuda()), no_half=True).dtype == "float32"
    assert seen(fake_torch(has_bf16=True), no_half=True).dtype == "float32"


def test_a_cpu_computes_in_bf16_only_where_it_has_it_and_never_in_fp16():
    assert seen(fake_torch(has_bf16=True)).dtype == "bfloat16"
    assert seen(fake_torch(has_bf16=False)).dtype == "float32"


def test_without_a_gpu_there_is_nothing_to_say():
    assert seen(fake_torch()).remark is None


def test_memory_flags_without_a_gpu_are_said_to_be_idle():
    machine = seen(fake_torch(), offload=Offload.MODEL)
    assert machine.remark.key == "device.no_gpu"


def test_use_cpu_does_not_even_ask_for_a_gpu():
    torch = fake_torch(FakeCuda())
    torch.cuda.is_available = lambda: pytest.fail("asked")
    assert seen(torch, use_cpu=True).device == "cpu"


def test_a_card_newer_than_torch_is_named_and_the_cpu_draws():
    card = FakeCuda(capability=(12, 0), name="NVIDIA GeForce RTX 5090")
    machine = seen(fake_torch(card))
    assert machine.device == "cpu"
    korean, english = sentences(machine)
    assert "NVIDIA GeForce RTX 5090" in korean
    assert "12.0" in korean
    assert "9.0" in korean
    assert "newer than the installed torch" in english


def test_a_newer_card_runs_portable_code():
    card = FakeCuda(capability=(12, 0), built_for=("sm_90", "compute_90"))
    assert seen(fake_torch(card)).device == "cuda:0"


def test_code_for_one_card_alone_does_not_run_on_the_next():
    card = FakeCuda(capability=(8, 0), built_for=("sm_86", "sm_75"))
    assert seen(fake_torch(card)).device == "cpu"


def test_a_card_older_than_torch_is_named_and_the_cpu_draws():
    card = FakeCuda(capability=(6, 1), name="NVIDIA GeForce GTX 1060 6GB")
    machine = seen(fake_torch(card))
    assert machine.device == "cpu"
    korean, english = sentences(machine)
    assert "6.1" in korean
    assert "7.5" in korean
    assert "older than what the installed torch supports" in english


def test_other_makers_cards_are_not_judged_by_nvidias_numbers():
    card = FakeCuda(capability=(11, 0), built_for=("gfx1100",), name="Radeon")
    assert seen(fake_torch(card)).device == "cuda:0"


def test_a_number_that_no_card_has_is_answered_with_those_there_are():
    machine = seen(fake_torch(FakeCuda(count=2)), device_id=5)
    assert machine.device == "cpu"
    assert dict(machine.remark.values) == {"number": 5, "count": 2, "last": 1}


def test_a_driver_that_refuses_the_first_allocation_leaves_the_cpu():
    error = RuntimeError(
        "CUDA error: unspecified launch failure\nCompile with `TORCH_USE_CUDA_DSA`"
    )
    machine = seen(fake_torch(FakeCuda(), allocate=error))
    assert machine.device == "cpu"
    korean, english = sentences(machine)
    assert "unspecified launch failure" in korean
    assert "TORCH_USE_CUDA_DSA" not in english


def test_a_driver_too_old_for_torch_is_told_in_its_own_words():
    warning = "CUDA initialization: The NVIDIA driver on your system is too old. Please update."
    machine = seen(fake_torch(FakeCuda(warning=warning, is_there=False)))
    assert machine.device == "cpu"
    assert machine.remark.key == "device.driver"
    assert "too old" in sentences(machine)[0]


def test_a_warning_about_something_else_is_no_broken_driver():
    warning = "The pynvml package is deprecated."
    assert seen(fake_torch(FakeCuda(warning=warning, is_there=False))).remark is None


def test_a_mac_has_its_ram_for_its_gpu():
    mps = SimpleNamespace(
        recommended_max_memory=lambda: 20 * GB, driver_allocated_memory=lambda: GB
    )
    machine = seen(fake_torch(mps=mps))
    assert (machine.device, machine.dtype) == ("mps", "float16")
    assert machine.free == 19 * GB
    assert not machine.has_fp8
    assert not machine.has_own_memory
