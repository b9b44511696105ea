"""Embeddings of a prompt: one chunk equal to diffusers', weights and chunks as in A1111."""

from __future__ import annotations

import pytest
import torch

from pipelines.image.conditioning.encode import PromptEncoder
from pipelines.image.conditioning.prepare import ScheduleSteps, prepare
from pipelines.image.prompt.weighted_text import WeightedText
from tests.models.ldm import build, write_configs


@pytest.fixture(scope="module")
def pipelines_(tmp_path_factory):
    configs = write_configs(tmp_path_factory.mktemp("encode") / "families")
    found = {family: build(family, configs) for family in ("sd15", "sdxl")}
    with torch.no_grad():  # as in real weights, the embeddings have a mean
        found["sd15"].text_encoder.final_layer_norm.bias.fill_(0.3)
    return found


def encoded(pipeline, *pieces, **more):
    return PromptEncoder(pipeline).encode(pieces, **more)


@pytest.mark.parametrize("text", ["", "a kind bone", "파란 냄새"])
def test_one_chunk_equals_diffusers_for_sd15(pipelines_, text):
    pipeline = pipelines_["sd15"]
    theirs, negative = pipeline.encode_prompt(text, "cpu", 1, True, "ugly")
    assert torch.equal(encoded(pipeline, WeightedText(text)).prompt_embeds, theirs)
    assert torch.equal(
        encoded(pipeline, WeightedText("ugly"), is_negative=True).prompt_embeds, negative
    )


@pytest.mark.parametrize("text", ["", "a kind bone"])
def test_one_chunk_equals_diffusers_for_sdxl(pipelines_, text):
    pipeline = pipelines_["sdxl"]
    states, _, pooled, _ = pipeline.encode_prompt(
        text, device="cpu", do_classifier_free_guidance=False
    )
    ours = encoded(pipeline, WeightedText(text))
    assert torch.equal(ours.prompt_embeds, states) and torch.equal(
        ours.pooled_prompt_embeds, pooled
    )


def test_an_empty_negative_of_sdxl_is_zeros_as_its_config_says(pipelines_):
    pipeline = pipelines_["sdxl"]
    _, negative, _, pooled = pipeline.encode_prompt("a", device="cpu")
    ours = encoded(pipeline, WeightedText(""), is_negative=True)
    assert torch.equal(ours.prompt_embeds, negative) and torch.equal(
        ours.pooled_prompt_embeds, pooled
    )


def test_a_weight_moves_its_own_tokens_and_keeps_the_mean(pipelines_):
    plain = encoded(pipelines_["sd15"], WeightedText("a kind "), WeightedText("bone")).prompt_embeds
    heavy = encoded(
        pipelines_["sd15"], WeightedText("a kind "), WeightedText("bone", 1.5)
    ).prompt_embeds
    assert float(heavy.mean()) == pytest.approx(float(plain.mean()), rel=1e-3)
    ratio = (heavy / plain)[0, :, 0]
    assert ratio.max() / ratio.min() == pytest.approx(1.5, rel=1e-3)


def test_a_long_prompt_becomes_several_chunks(pipelines_):
    encoder = PromptEncoder(pipelines_["sd15"])
    assert encoder.encode([WeightedText("x" * 100)]).prompt_embeds.shape[1] == 2 * 77
    assert [len(chunk) for chunk in encoder.chunks([WeightedText("x" * 100)])] == [75, 25]


def test_weights_of_embeddings_without_a_mean_do_not_blow_up(pipelines_):
    pipeline = pipelines_["sdxl"]
    plain = encoded(pipeline, WeightedText("a bone")).prompt_embeds
    heavy = encoded(pipeline, WeightedText("a bone", 1.3)).prompt_embeds
    assert float(heavy.abs().max()) < 3 * float(plain.abs().max())


def test_skipping_layers_changes_the_embeddings(pipelines_, monkeypatch):
    encoder = PromptEncoder(pipelines_["sd15"])
    last, skipped = (
        encoder.encode([WeightedText("a")], clip_skip=skip).prompt_embeds for skip in (1, 2)
    )
    assert last.shape == skipped.shape and not torch.equal(last, skipped)


def test_what_was_encoded_is_cached_until_the_weights_change(pipelines_):
    encoder = PromptEncoder(pipelines_["sd15"])
    first = encoder.encode([WeightedText("a")])
    assert encoder.encode([WeightedText("a")]) is first
    encoder.clear_cache()
    assert encoder.encode([WeightedText("a")]) is not first


@pytest.mark.parametrize(("family", "is_shared"), [("sd15", True), ("sdxl", False)])
def test_an_empty_text_is_encoded_once_unless_its_negative_is_zeros(pipelines_, family, is_shared):
    encoder = PromptEncoder(pipelines_[family])
    wanted = encoder.encode([WeightedText("")])
    assert (encoder.encode([WeightedText("")], is_negative=True) is wanted) is is_shared


# ---- the plan over the steps


TEN = ScheduleSteps(10)


def scheduled(pipeline, prompt, steps=TEN):
    encoder = PromptEncoder(pipeline)
    plan = prepare(encoder, prompt, "", steps)
    return encoder, plan


def test_a_schedule_in_the_prompt_changes_the_conditioning(pipelines_):
    encoder, plan = scheduled(pipelines_["sd15"], "[cat:dog:0.4]")
    ((weight, line),) = plan.parts
    cat, dog = encoder.encode([WeightedText("cat")]), encoder.encode([WeightedText("dog")])
    assert weight == 1
    assert [line.at(step) is (cat if step < 4 else dog) for step in range(10)] == [True] * 10


def test_skipped_steps_leave_the_later_words(pipelines_):
    encoder, plan = scheduled(pipelines_["sd15"], "[cat:dog:0.4]", ScheduleSteps(10, skipped=3))
    line = plan.parts[0][1]
    assert line.at(0) is encoder.encode([WeightedText("cat")])
    assert line.at(1) is encoder.encode([WeightedText("dog")])


def test_the_second_pass_begins_with_the_last_words_of_the_first(pipelines_):
    encoder, plan = scheduled(pipelines_["sd15"], "[cat:dog:0.4]", ScheduleSteps(10, second=5))
    assert plan.parts[0][1].at(0) is encoder.encode([WeightedText("dog")])


def test_and_joins_parts_with_their_weights(pipelines_):
    _, plan = scheduled(pipelines_["sd15"], "a cat :1.5 AND a dog")
    assert [weight for weight, _ in plan.parts] == [1.5, 1.0]


def test_alternation_encodes_each_text_once(pipelines_):
    encoder, plan = scheduled(pipelines_["sd15"], "[cat|dog]")
    line = plan.parts[0][1]
    assert line.at(0) is line.at(2) is not line.at(1)
    assert line.at(0) is encoder.encode([WeightedText("cat")])
