"""Which plans a model has on a machine, and in which order."""

from __future__ import annotations

import pytest

from pipelines.image.memory.device import FP8, DeviceOptions, DevicePlan, Offload
from pipelines.image.memory.estimate import MemoryEstimate
from pipelines.image.memory.oom_history import OomHistory
from pipelines.image.memory.plan import peak_bytes, plans, weight_bytes, working_bytes
from playground.messages import Language, text
from tests.pipelines.image.memory.machines import GB, cpu_only, gpu

# the numbers of the published models
SD15 = MemoryEstimate(
    "sd15", 859_520_964, 83_653_863, (123_060_480,), 258_330_880, 420_572_160, 99_112_644
)
SDXL = MemoryEstimate(
    "sdxl",
    2_567_463_684,
    83_653_863,
    (123_060_480, 694_659_840),
    1_206_568_960,
    1_963_973_120,
    420_437_444,
    1024,
    1024,
)


def found(machine, needs, memory=None, **options):
    return plans(machine, needs, DeviceOptions(**options), memory)


def steps(found):
    return [(plan.device, plan.offload.value, plan.is_tiled) for plan in found]


def test_a_large_card_holds_everything():
    best = found(gpu(11), SD15)[0]
    assert (best.device, best.offload, best.is_tiled) == ("cuda:0", Offload.NONE, False)


def test_every_machine_ends_at_the_cpu():
    for machine in (gpu(0.1), gpu(2), gpu(80), cpu_only(0.5), cpu_only(60)):
        assert found(machine, SDXL)[-1].device == "cpu"


@pytest.mark.parametrize(
    ("free_gb", "offload"),
    [
        (23, Offload.NONE),
        (7.5, Offload.MODEL),
        (5.7, Offload.GROUP),
        (3.2, Offload.SEQUENTIAL),
    ],
)
def test_the_smaller_the_card_the_less_of_sdxl_lies_there(free_gb, offload):
    assert found(gpu(free_gb), SDXL)[0].offload is offload


def test_each_plan_takes_less_than_the_one_before():
    on_card = [plan for plan in found(gpu(80), SDXL) if plan.device != "cpu"]
    assert len(on_card) == 6
    takes = [plan.peak_bytes for plan in on_card]
    without_tiles = [plan.peak_bytes for plan in on_card if not plan.is_tiled]
    with_tiles = [plan.peak_bytes for plan in on_card if plan.is_tiled]
    assert without_tiles == sorted(without_tiles, reverse=True)
    assert with_tiles == sorted(with_tiles, reverse=True)
    assert takes[0] == max(takes)
    assert takes[-1] == min(takes)


def test_what_is_offered_fits():
    for free_gb in (1, 2, 4, 6, 8, 12, 24):
        for plan in found(gpu(free_gb), SDXL):
            if plan.device != "cpu":
                assert plan.peak_bytes < free_gb * GB


def test_lowvram_stays_below_two_gigabytes_at_512():
    thriftiest = found(gpu(80), SD15, offload=Offload.SEQUENTIAL)[0]
    assert thriftiest.peak_bytes < 2 * GB


def test_a_larger_picture_moves_down_the_ladder():
    small, large = (found(gpu(5), SD15.at(side, side))[0] for side in (512, 2048))
    assert small.rank < large.rank


def test_a_full_card_is_named_with_numbers_and_the_cpu_draws():
    best = found(gpu(0.2), SDXL)[0]
    assert best.device == "cpu"
    assert best.remark.key == "plan.full"
    korean = text(best.remark.key, Language.KO, **best.remark.blanks)
    assert "Test card 12 GB에 0.20 GB밖에" in korean


def test_medvram_and_lowvram_are_obeyed_on_a_card_of_any_size():
    assert found(gpu(80), SD15, offload=Offload.MODEL)[0].offload is Offload.MODEL
    thriftiest = found(gpu(80), SD15, offload=Offload.SEQUENTIAL)[0]
    assert thriftiest.offload is Offload.SEQUENTIAL
    assert thriftiest.summary.key == "plan.thrifty"  # nobody is told that 80 GB were too little


def test_fp8_is_never_chosen_unasked():
    for free_gb in (1, 3, 6, 24):
        assert not any(plan.storage for plan in found(gpu(free_gb), SDXL))


def test_fp8_saves_half_of_the_denoiser():
    plain, stored = (found(gpu(80), SDXL, fp8=fp8)[0] for fp8 in (False, True))
    assert stored.storage == FP8
    assert plain.peak_bytes - stored.peak_bytes == SDXL.denoiser


def test_streams_only_where_the_ram_can_be_pinned():
    def grouped(ram_gb):
        return next(p for p in found(gpu(8, ram_gb=ram_gb), SDXL) if p.offload is Offload.GROUP)

    assert grouped(24).has_streams
    assert not grouped(6).has_streams


def test_a_cpu_decodes_in_tiles_when_the_whole_does_not_fit():
    large = SD15.at(2048, 2048)
    assert not found(cpu_only(60), large)[0].is_tiled
    assert found(cpu_only(9), large)[0].is_tiled


def test_a_cpu_without_enough_memory_is_told_to_be_tight():
    (only,) = found(cpu_only(1), SDXL)
    assert only.is_tight
    assert "more than there is" in only.line
    assert only.summary.key == "plan.tight"


def test_sdxls_vae_is_counted_in_fp32():
    plan = DevicePlan("cuda:0", "float16")
    assert weight_bytes(plan, SDXL) == SDXL.weights * 2 + SDXL.vae * 2
    assert working_bytes(plan, SDXL) > 1.9 * working_bytes(plan, SD15.at(1024, 1024))


def test_the_line_says_what_is_needed_what_is_free_and_what_follows():
    line = found(gpu(5.7), SDXL)[0].line
    assert line.startswith("cuda:0 Test card 12 GB, float16, needs ")
    assert " GB, 5.7 GB free, block by block, VAE in tiles, takes " in line


def test_every_plan_has_its_sentences_in_both_languages():
    for machine in (gpu(0.1), gpu(3.2), gpu(5.7), gpu(7.5), gpu(80), cpu_only(1), cpu_only(60)):
        for plan in found(machine, SDXL, fp8=True):
            for remark in plan.remarks:
                for language in Language:
                    assert "{" not in text(remark.key, language, **remark.blanks)


def test_what_ran_out_of_memory_is_not_offered_again():
    memory = OomHistory()
    first, second, *_ = found(gpu(11), SD15, memory)
    memory.remember_failure(first, SD15)
    again = found(gpu(11), SD15, memory)
    assert steps(again)[0] == steps([second])[0]
    assert again[0].remark.key == "plan.learnt"


def test_a_failure_counts_for_larger_pictures_and_not_for_smaller_ones():
    memory = OomHistory()
    large = SD15.at(1024, 1024)
    memory.remember_failure(found(gpu(11), large)[0], large)
    assert found(gpu(11), SD15.at(1536, 1536), memory)[0].rank > 0
    assert found(gpu(11), SD15, memory)[0].rank == 0


def test_a_failure_is_tried_again_when_more_is_free():
    memory = OomHistory()
    memory.remember_failure(found(gpu(8), SD15)[0], SD15)
    assert found(gpu(8), SD15, memory)[0].rank > 0
    assert found(gpu(11), SD15, memory)[0].rank == 0


def test_when_everything_has_failed_the_thriftiest_way_is_left():
    memory = OomHistory()
    for _ in range(20):
        plan = found(gpu(11), SD15, memory)[0]
        memory.remember_failure(plan, SD15)
    (last,) = found(gpu(11), SD15, memory)
    assert (last.device, last.is_tiled) == ("cpu", True)


def test_the_peak_of_moved_parts_is_the_largest_part_at_work():
    plan = DevicePlan("cuda:0", "float16", Offload.MODEL)
    assert peak_bytes(plan, SD15) == SD15.denoiser * 2 + SD15.step_bytes("float16")


def test_every_family_has_its_own_estimate():
    from pipelines.image.families import FAMILIES
    from pipelines.image.memory.estimate import WORK

    assert set(WORK) == {family.name for family in FAMILIES}
    assert all(
        WORK[family.name].factor == (16 if family.name == "crayon" else 8) for family in FAMILIES
    )
