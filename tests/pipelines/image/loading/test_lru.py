"""Models stay within a budget; who was used longest ago leaves, and nobody who is in use."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from pipelines.image.loading.lru import ModelLru, budget


class Model:
    """Something that can be seen to be gone."""


def pool(budget_bytes, left=None):
    return ModelLru(budget_bytes, (left if left is not None else []).append, lambda: None)


def keys(models):
    return [key for key in "abcde" if key in models]


def test_what_was_put_is_found_and_nothing_else():
    models = pool(10)
    models.put("a", "A", 5)
    assert (models.get("a"), models.get("b")) == ("A", None)


def test_the_one_used_longest_ago_leaves_first():
    left = []
    models = pool(10, left)
    models.put("a", "A", 4)
    models.put("b", "B", 4)
    models.get("a")
    models.put("c", "C", 4)
    assert keys(models) == ["a", "c"]
    assert left == ["B"]
    assert models.held_bytes == 8


def test_a_model_in_use_never_leaves():
    models = pool(5)
    models.put("a", "A", 4)
    with models.using("a"):
        models.put("b", "B", 4)
        models.clear()
        assert keys(models) == ["a"]
        models.drop("a")
        assert keys(models) == ["a"]
    models.clear()
    assert not len(models)


def test_use_may_be_nested():
    models = pool(5)
    models.put("a", "A", 4)
    with models.using("a"):
        with models.using("a"):
            pass
        models.clear()
        assert "a" in models


def test_the_model_that_is_needed_stays_whatever_the_budget():
    models = pool(0)
    models.put("a", "A", 99)
    assert models.get("a") == "A"
    models.put("b", "B", 99)
    assert keys(models) == ["b"]


def test_room_is_made_before_a_model_is_built():
    models = pool(10)
    for key in "abc":
        models.put(key, key, 3)
    models.make_room(6)
    assert keys(models) == ["c"]
    models.make_room(7)
    assert keys(models) == ["c"]


def test_putting_a_key_again_lets_the_old_model_go():
    left = []
    models = pool(10, left)
    models.put("a", "old", 4)
    models.put("a", "new", 4)
    assert left == ["old"]
    assert models.get("a") == "new"
    assert models.held_bytes == 4


def test_memory_is_given_back_once_however_many_leave():
    calls = []
    models = ModelLru(10, give_back=lambda: calls.append(len(models)))
    for key in "abc":
        models.put(key, key, 3)
    models.clear()
    assert calls == [0]
    models.clear()
    assert calls == [0]


def test_what_left_is_gone_even_from_a_cycle():
    models = ModelLru(10)
    model: Any = Model()
    model.itself = model
    seen = weakref.ref(model)
    gc.disable()
    try:
        models.put("a", model, 4)
        del model
        models.clear()
        assert seen() is None
    finally:
        gc.enable()


def test_half_of_what_is_free_unless_asked_otherwise():
    assert budget(8) == 4
    assert budget(-1) == 0
    assert budget(8, 0) == 0
    assert budget(8, 20) == 20


@pytest.mark.slow
def test_two_models_change_places_twenty_times_and_nothing_stays_behind(tmp_path):
    import torch
    from diffusers import StableDiffusionPipeline

    from pipelines.image.memory.device import DevicePlan
    from pipelines.image.memory.place import place
    from tests.tiny import tiny_parts

    torch.set_num_threads(1)
    models = ModelLru(0)
    alive = []
    for turn in range(20):
        key = "ab"[turn % 2]
        models.make_room(1)
        assert all(seen() is None for seen in alive)
        pipeline = StableDiffusionPipeline(**tiny_parts())
        place(pipeline, DevicePlan("cpu", "float32"))
        alive = [weakref.ref(part) for part in (pipeline.unet, pipeline.vae)]
        models.put(key, pipeline, 1)
        del pipeline
    assert len(models) == 1
