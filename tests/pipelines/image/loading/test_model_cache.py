"""Which models stay loaded, what happens when memory runs out, and two models for one picture."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from models.library import Library
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest, OutOfMemory
from pipelines.contract.painter import Hooks, PainterStage
from pipelines.contract.picture_settings import Hires, Refiner
from pipelines.image.loading import model_cache as residents
from pipelines.image.memory.detect import detect
from pipelines.image.memory.device import DeviceOptions
from pipelines.image.memory.oom_history import OomHistory
from pipelines.painter import diffusers_painter as painter_module
from pipelines.painter.diffusers_painter import DiffusersPainter
from tests.pipelines.image.shelf import FROM_TEXT

TEXT = dataclasses.replace(FROM_TEXT, seed=5)
QUIET = Hooks(lambda _event: None, NEVER)


@pytest.fixture(scope="module")
def library(shelf):
    for name in ("sd15-file", "sdxl-file", "sdxl-refiner-file"):
        shelf.load(name)
    shelf.library.scan()
    return shelf.library


@pytest.fixture
def loads():
    """What was loaded, line by line."""
    return []


@pytest.fixture
def painter(library, loads):
    return DiffusersPainter(library, DeviceOptions(use_cpu=True), on_loaded=loads.append)


def drawn(painter, **changes):
    return painter.draw(dataclasses.replace(TEXT, **changes), QUIET)


def test_models_stay_loaded_side_by_side(painter, loads):
    first = drawn(painter, model="tiny").image.tobytes()
    drawn(painter, model="sd15-file")
    assert drawn(painter, model="tiny").image.tobytes() == first
    assert [line.split(",")[0] for line in loads] == ["tiny", "sd15-file"]


def test_an_alias_is_the_same_model(painter, library, loads):
    drawn(painter, model="sd15-file")
    drawn(painter, model="sd15-file.safetensors")
    drawn(painter, model=library.find("sd15-file").sha256)
    assert len(loads) == 1


def test_a_listener_is_told_how_much_of_the_file_is_checked(library, tmp_path):
    import shutil

    name = "again.safetensors"
    shutil.copy(library.find("sd15-file").path, tmp_path / name)
    fresh = Library([*library.roots, tmp_path])
    fresh.families, fresh.known = library.families, library.known
    heard = []
    hooks = Hooks(heard.append, NEVER)
    painter = DiffusersPainter(fresh, DeviceOptions(use_cpu=True))
    painter.draw(dataclasses.replace(TEXT, model="again"), hooks)
    shares = [event.checked for event in heard if event.checked is not None]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1
    assert len(shares) <= 101


def test_without_a_budget_one_model_stays(library, loads):
    options = DeviceOptions(use_cpu=True, cache_bytes=0)
    painter = DiffusersPainter(library, options, on_loaded=loads.append)
    for name in ("tiny", "sd15-file", "tiny"):
        drawn(painter, model=name)
    assert len(loads) == 3


def test_the_plan_is_told_with_numbers(painter, loads):
    assert painter.plan("sd15-file") == ()
    drawn(painter, model="sd15-file")
    (said,) = [one for one in painter.plan("sd15-file") if one.key == "plan.none"]
    assert {"device", "needs", "free"} <= said.values.keys()
    assert "GB" in loads[0]


# ---- out of memory


class Failing:
    """Lets `draw` run out of memory for chosen plans."""

    def __init__(self, monkeypatch, fails):
        self._draw = painter_module.generate  # type: ignore[attr-defined]
        self._fails = fails
        self.tried = []
        monkeypatch.setattr(painter_module, "generate", self)

    def __call__(self, model, order, hooks, open_picture):
        self.tried.append((model.plan.is_tiled, len(order.seeds)))
        if self._fails(model.plan, order):
            raise OutOfMemory("draw.memory", width=1, height=1)
        return self._draw(model, order, hooks, open_picture)


def test_the_next_plan_is_tried_once_and_remembered(library, tmp_path, monkeypatch):
    memory = OomHistory(tmp_path / "plans.json")
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True), memory=memory)
    failing = Failing(monkeypatch, lambda plan, _order: not plan.is_tiled)
    assert drawn(painter, model="sd15-file").image.size == (64, 64)
    assert failing.tried == [(False, 1), (True, 1)]
    assert (tmp_path / "plans.json").is_file()
    later = DiffusersPainter(library, DeviceOptions(use_cpu=True), memory=memory)
    drawn(later, model="sd15-file")
    assert failing.tried[2:] == [(True, 1)]


def fail_to_load(monkeypatch, fails):
    """Let loading run out of memory for chosen plans; return what was tried."""
    tried = []
    load = residents.load  # type: ignore[attr-defined]

    def placed(opened, plan, **options):
        tried.append(plan.is_tiled)
        if fails(plan):
            raise torch.OutOfMemoryError("CUDA out of memory")
        return load(opened, plan, **options)

    monkeypatch.setattr(residents, "load", placed)
    return tried


def test_weights_that_do_not_fit_are_loaded_by_the_next_plan(painter, monkeypatch):
    tried = fail_to_load(monkeypatch, lambda plan: not plan.is_tiled)
    assert drawn(painter, model="sd15-file").image.size == (64, 64)
    assert tried == [False, True]


def test_weights_that_fit_in_no_way_are_an_error(painter, monkeypatch):
    tried = fail_to_load(monkeypatch, lambda _plan: True)
    with pytest.raises(OutOfMemory):
        drawn(painter, model="sd15-file")
    assert tried == [False, True]


def test_when_no_plan_is_left_it_is_an_error_and_the_painter_lives(painter, monkeypatch):
    with monkeypatch.context() as patched:
        failing = Failing(patched, lambda _plan, _order: True)
        with pytest.raises(OutOfMemory):
            drawn(painter, model="sd15-file")
        assert failing.tried == [(False, 1), (True, 1)]
    assert painter.stage is PainterStage.READY
    assert drawn(painter, model="sd15-file").image.size == (64, 64)


def test_several_pictures_that_do_not_fit_are_drawn_one_by_one(painter, monkeypatch):
    alone = [drawn(painter, model="tiny", seed=seed).image.tobytes() for seed in (1, 2)]
    failing = Failing(monkeypatch, lambda _plan, order: len(order.seeds) > 1)
    requests = [dataclasses.replace(TEXT, model="tiny", seed=seed) for seed in (1, 2)]
    pictures = painter.draw_together(requests, [QUIET, QUIET])
    assert [picture.image.tobytes() for picture in pictures] == alone
    assert [count for _, count in failing.tried] == [2, 1, 1]


def test_whoever_left_meanwhile_gets_no_picture(painter, monkeypatch):
    Failing(monkeypatch, lambda _plan, order: len(order.seeds) > 1)
    gone = Hooks(lambda _event: None, CancelToken(lambda: True))
    requests = [dataclasses.replace(TEXT, model="tiny", seed=seed) for seed in (1, 2)]
    one, other = painter.draw_together(requests, [gone, QUIET])
    assert one is None
    assert other is not None
    with pytest.raises(Cancelled):
        painter.draw(requests[0], gone)


def test_a_larger_picture_gets_a_plan_of_its_own_size(painter, loads, monkeypatch):
    drawn(painter, model="sd15-file")

    def small_machine(options):
        return dataclasses.replace(detect(options), free=420 << 20)

    monkeypatch.setattr(residents, "detect", small_machine)
    drawn(painter, model="sd15-file", hires=Hires(2, "Latent", steps=1), width=288, height=288)
    (said,) = [one for one in painter.plan("sd15-file") if one.key == "plan.tiled"]
    assert len(loads) == 1  # tiles are set on the model that is there
    drawn(painter, model="sd15-file")
    assert "plan.tiled" not in [one.key for one in painter.plan("sd15-file")]
    assert said.values == {}


# ---- two models for one picture


def test_the_second_model_takes_over(painter):
    asked = {"model": "sdxl-file", "steps": 4}
    base = drawn(painter, **asked)
    parts = {at: drawn(painter, **asked, refiner=Refiner("sdxl-refiner-file", at)) for at in
             (0.01, 0.5, 1.0)}  # fmt: skip
    assert parts[1.0].image.tobytes() == base.image.tobytes()
    assert len({picture.image.tobytes() for picture in parts.values()}) == 3
    (used,) = parts[0.5].used
    assert (used.kind, used.name) == ("refiner", "sdxl-refiner-file")
    assert used.short_hash == used.sha256[:10]


def test_a_second_model_with_other_latents_is_refused(painter):
    with pytest.raises(InvalidRequest) as caught:
        drawn(painter, model="sdxl-file", refiner=Refiner("sd15-file"))
    assert caught.value.key == "draw.refiner"
    assert drawn(painter, model="sdxl-file").image.size == (64, 64)


def test_both_models_stay_for_the_next_picture(library, loads):
    options = DeviceOptions(use_cpu=True, cache_bytes=1 << 40)
    painter = DiffusersPainter(library, options, on_loaded=loads.append)
    for _ in range(2):
        drawn(painter, model="sdxl-file", refiner=Refiner("sdxl-refiner-file"))
    assert len(loads) == 2


def test_memory_that_torch_could_not_get_is_a_sentence(painter, monkeypatch):
    from diffusers import UNet2DConditionModel

    def too_much(*_args, **_named):
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(UNet2DConditionModel, "forward", too_much)
    with pytest.raises(OutOfMemory) as caught:
        drawn(painter, model="tiny")
    assert caught.value.values["width"] == 64
