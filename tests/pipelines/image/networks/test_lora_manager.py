"""LoRAs merged into a model: stacked, weighted, reused, refused, removed to the bit."""

from __future__ import annotations

import pytest
import torch

from models.errors import ModelFileError, ModelNotFound
from models.probe import ModelKind
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.image.networks import lora_manager as shelf_module
from pipelines.image.networks.lora_manager import LoraManager
from pipelines.image.prompt.networks import take_networks
from pipelines.image.prompt.weighted_text import WeightedText

ATTENTION = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"
CONV = "mid_block.resnets.0.conv1"
TEXT = "encoder.layers.0.self_attn.q_proj"


def rand(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def tags(text):
    return take_networks(text)[1]


def factors(stem, out, width, seed):
    return {
        f"{stem}.lora_down.weight": rand(seed, 2, width),
        f"{stem}.lora_up.weight": rand(seed + 1, out, 2),
    }


def product(out, width, seed):
    return rand(seed + 1, out, 2) @ rand(seed, 2, width)


@pytest.fixture
def ink(put):
    stem = "lora_unet_" + ATTENTION.replace(".", "_")
    text = "lora_te_text_model_" + TEXT.replace(".", "_")
    return put("ink", factors(stem, 16, 768, 1) | factors(text, 768, 768, 3))


@pytest.fixture
def wash(put):
    stem = "lora_unet_" + ATTENTION.replace(".", "_")
    conv = "lora_unet_" + CONV.replace(".", "_")
    loha = {f"{stem}.hada_w{n}_a": rand(5, 16, 2) for n in "12"}
    loha |= {f"{stem}.hada_w{n}_b": rand(6, 2, 768) for n in "12"}
    return put("wash", loha | {f"{conv}.diff": rand(7, 32, 32, 3, 3)})


def state(model):
    parts = [model.pipeline.unet, model.pipeline.text_encoder]
    return [tensor.clone() for part in parts for tensor in part.state_dict().values()]


def modules(model):
    parts = (model.pipeline.unet, model.pipeline.text_encoder)
    return [
        (name, type(module), tuple(module._forward_hooks), tuple(module._forward_pre_hooks))
        for part in parts
        for name, module in part.named_modules()
    ]


def picture(model):
    generator = torch.Generator().manual_seed(3)
    return model.pipeline(
        "a bone", height=16, width=16, num_inference_steps=1, generator=generator, output_type="np"
    ).images


def weight(model, path=ATTENTION, part="unet"):
    return getattr(model.pipeline, part).get_submodule(path).weight.detach()


def test_several_add_up_each_with_its_weight(model_of, library, ink, wash):
    model = model_of()
    before, conv = weight(model).clone(), weight(model, CONV).clone()
    LoraManager(library).apply(model, tags("<lora:ink:0.5> <lora:wash:-2>"))
    loha = (rand(5, 16, 2) @ rand(6, 2, 768)) ** 2
    torch.testing.assert_close(weight(model), before + 0.5 * product(16, 768, 1) - 2 * loha)
    torch.testing.assert_close(weight(model, CONV), conv - 2 * rand(7, 32, 32, 3, 3))


def test_the_picture_is_that_of_a_model_changed_by_hand(model_of, library, ink):
    by_hand, model = model_of(), model_of()
    with torch.no_grad():
        weight(by_hand).add_(product(16, 768, 1))
        weight(by_hand, TEXT, "text_encoder").add_(product(768, 768, 3))
    LoraManager(library).apply(model, tags("<lora:ink>"))
    drawn = picture(model)
    assert abs(drawn - picture(by_hand)).max() < 1e-5
    assert abs(drawn - picture(model_of())).max() > 1e-3


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_taking_off_leaves_no_trace(model_of, library, ink, wash, dtype):
    model = model_of(dtype=dtype)
    shelf = LoraManager(library)
    before, shape, drawn = state(model), modules(model), picture(model)
    shelf.apply(model, tags("<lora:ink:0.7><lora:wash>"))
    shelf.apply(model, tags("<lora:ink:-0.3>"))
    assert not all(map(torch.equal, state(model), before))
    assert shelf.apply(model, ()) == ()
    assert all(map(torch.equal, state(model), before))
    assert modules(model) == shape and (picture(model) == drawn).all()


def test_wearing_something_else_starts_from_the_old_weights(model_of, library, ink, wash):
    model, fresh = model_of(), model_of()
    shelf = LoraManager(library)
    shelf.apply(model, tags("<lora:ink:0.7><lora:wash>"))
    shelf.apply(model, tags("<lora:ink:0.7>"))
    LoraManager(library).apply(fresh, tags("<lora:ink:0.7>"))
    assert all(map(torch.equal, state(model), state(fresh)))


def test_a_bias_comes_back_when_the_next_one_leaves_it_alone(model_of, library, put):
    stem = "lora_unet_" + CONV.replace(".", "_")
    other = "lora_unet_" + ATTENTION.replace(".", "_")
    put("biased", {f"{stem}.diff_b": rand(1, 32), f"{other}.diff": rand(3, 16, 768)})
    put("plain", {f"{stem}.diff": rand(2, 32, 32, 3, 3)})
    model = model_of()
    bias = model.pipeline.unet.get_submodule(CONV).bias
    before = bias.detach().clone()
    shelf = LoraManager(library)
    shelf.apply(model, tags("<lora:biased>"))
    torch.testing.assert_close(bias.detach(), before + rand(1, 32))
    shelf.apply(model, tags("<lora:plain>"))
    assert torch.equal(bias, before)


@pytest.mark.parametrize(
    ("tag", "text", "unet"),
    [
        ("<lora:ink:0.5>", 0.5, 0.5),
        ("<lora:ink:0.5:0.25>", 0.5, 0.25),
        ("<lora:ink:te=0:unet=2>", 0.0, 2.0),
        ("<lora:ink:te=0.5>", 0.5, 0.5),
        ("<lyco:ink:unet=0>", 1.0, 0.0),
        ("<lora:ink:0>", 0.0, 0.0),
    ],
)
def test_text_encoder_and_denoiser_have_weights_of_their_own(
    model_of, library, ink, tag, text, unet
):
    model = model_of()
    before, text_before = weight(model).clone(), weight(model, TEXT, "text_encoder").clone()
    LoraManager(library).apply(model, tags(tag))
    torch.testing.assert_close(weight(model), before + unet * product(16, 768, 1))
    now = weight(model, TEXT, "text_encoder")
    torch.testing.assert_close(now, text_before + text * product(768, 768, 3))


def test_the_same_one_twice_adds_up(model_of, library, ink):
    model = model_of()
    before = weight(model).clone()
    used = LoraManager(library).apply(model, tags("<lora:ink:0.5><lora:ink:0.25>"))
    torch.testing.assert_close(weight(model), before + 0.75 * product(16, 768, 1))
    assert len(used) == 1


def test_what_was_used_is_told_with_the_hashes_other_programs_write(model_of, library, ink):
    (used,) = LoraManager(library).apply(model_of(), tags("<lora:ink>"))
    opened = library.open_part("ink", [ModelKind.LORA])
    assert (used.kind, used.name, used.sha256) == ("lora", "ink", opened.sha256)
    assert used.short_hash == opened.payload_sha256[:12] and len(used.short_hash) == 12


def test_a_file_is_read_once_and_the_same_wish_changes_nothing(model_of, library, ink, monkeypatch):
    read, writes = [], []
    real_read = shelf_module.read_lora  # type: ignore[attr-defined]
    real_write = shelf_module.write  # type: ignore[attr-defined]
    monkeypatch.setattr(shelf_module, "read_lora", lambda o: read.append(o) or real_read(o))
    monkeypatch.setattr(shelf_module, "write", lambda *a: writes.append(a) or real_write(*a))
    model, shelf = model_of(), LoraManager(library)
    shelf.apply(model, tags("<lora:ink>"))
    count = len(writes)
    shelf.apply(model, tags("<lora:ink>"))
    assert len(writes) == count
    shelf.apply(model, tags("<lora:ink:0.5>"))
    assert len(read) == 1 and len(writes) > count


def test_only_so_many_bytes_stay_in_memory(model_of, library, ink, wash, monkeypatch):
    read = []
    real = shelf_module.read_lora  # type: ignore[attr-defined]
    monkeypatch.setattr(shelf_module, "read_lora", lambda o: read.append(o) or real(o))
    model, shelf = model_of(), LoraManager(library, most_bytes=1)
    for text in ("<lora:ink>", "<lora:wash>", "<lora:ink>"):
        shelf.apply(model, tags(text))
    assert len(read) == 3


def test_two_models_wear_different_things(model_of, library, ink, wash):
    one, two, shelf = model_of(), model_of(), LoraManager(library)
    bare = state(two)
    shelf.apply(one, tags("<lora:ink>"))
    shelf.apply(two, tags("<lora:wash>"))
    shelf.apply(two, ())
    assert all(map(torch.equal, state(two), bare))
    assert shelf.applied(one) and not shelf.applied(two)


def test_what_was_encoded_is_forgotten_only_when_the_text_encoder_changed(model_of, library, ink):
    model, shelf = model_of(), LoraManager(library)
    plain = model.encoder.encode([WeightedText("a")])
    shelf.apply(model, tags("<lora:ink:te=0>"))
    assert model.encoder.encode([WeightedText("a")]) is plain
    shelf.apply(model, tags("<lora:ink>"))
    assert not torch.equal(
        model.encoder.encode([WeightedText("a")]).prompt_embeds, plain.prompt_embeds
    )
    shelf.apply(model, ())
    assert torch.equal(model.encoder.encode([WeightedText("a")]).prompt_embeds, plain.prompt_embeds)


def test_a_lora_of_another_family_is_refused_by_both_names(model_of, library, ink):
    model = model_of("sdxl")
    before = state(model)
    with pytest.raises(InvalidRequest) as caught:
        LoraManager(library).apply(model, tags("<lora:ink>"))
    assert caught.value.key == "network.family"
    values = caught.value.values
    assert (values["family"], values["model_family"]) == ("sd15", "sdxl")
    assert all(map(torch.equal, state(model), before))


def test_without_a_family_the_first_tensor_that_does_not_fit_is_named(model_of, library, put):
    stem = "lora_unet_" + CONV.replace(".", "_")
    put("odd", {f"{stem}.diff": rand(1, 8, 8, 3, 3)})
    model = model_of()
    before = state(model)
    with pytest.raises(ModelFileError) as caught:
        LoraManager(library).apply(model, tags("<lora:odd>"))
    assert caught.value.key == "network.shape"
    assert caught.value.values["tensor"] == stem
    assert "[8, 8, 3, 3]" in str(caught.value.values["found"])
    assert all(map(torch.equal, state(model), before))


@pytest.mark.parametrize(
    "tensors",
    [
        {"lora_down.weight": (2, 768)},
        {"lora_down.weight": (2, 768), "lora_up.weight": (16, 3)},
        {"lora_down.weight": (0, 768), "lora_up.weight": (16, 0), "alpha": ()},
        {"lora_down.weight": (2, 768), "lora_up.weight": (768, 2)},
        {"hada_w1_a": (16, 2), "hada_w1_b": (2, 768)},
        {"lokr_w1": (4, 4)},
        {"oft_blocks": (3, 4, 4)},
        {"diff": (16, 768), "diff_b": (16,)},
        {"alpha": ()},
        {"lora_down.weight": (2, 768), "lora_up.weight": (16, 2), "alpha": (3,)},
        {"lora_down.weight": (2, 768), "lora_up.weight": (16, 2), "dora_scale": (1, 7)},
    ],
)
def test_factors_that_cannot_belong_together_touch_nothing(model_of, library, put, tensors):
    stem = "lora_unet_" + ATTENTION.replace(".", "_")
    good = "lora_unet_" + CONV.replace(".", "_")
    bad = {f"{stem}.{role}": rand(1, *shape) for role, shape in tensors.items()}
    put("odd", {f"{good}.diff": rand(1, 32, 32, 3, 3)} | bad)
    model = model_of()
    before = state(model)
    with pytest.raises(ModelFileError):
        LoraManager(library).apply(model, tags("<lora:odd>"))
    assert all(map(torch.equal, state(model), before))


def test_layers_that_the_model_does_not_have_are_told(model_of, library, put, caplog):
    stem = "lora_unet_" + CONV.replace(".", "_")
    put("half", {f"{stem}.diff": rand(1, 32, 32, 3, 3), "lora_unet_nowhere.diff": rand(1, 3)})
    LoraManager(library).apply(model_of(), tags("<lora:half>"))
    assert "1 of 2 layers" in caplog.text and "nowhere" in caplog.text


def test_a_file_of_which_nothing_fits_is_refused(model_of, library, put):
    put("alien", {"lora_unet_nowhere.diff": rand(1, 3)})
    with pytest.raises(InvalidRequest) as caught:
        LoraManager(library).apply(model_of(), tags("<lora:alien>"))
    assert caught.value.key == "network.nothing_fits"


def test_numbers_that_are_none_are_refused(model_of, library, put):
    stem = "lora_unet_" + CONV.replace(".", "_")
    put("black", {f"{stem}.diff": torch.full((32, 32, 3, 3), float("nan"))})
    with pytest.raises(ModelFileError) as caught:
        LoraManager(library).apply(model_of(), tags("<lora:black>"))
    assert caught.value.key == "network.not_finite"


def test_an_unknown_name_and_an_unknown_kind(model_of, library, ink):
    shelf, model = LoraManager(library), model_of()
    with pytest.raises(ModelNotFound) as unknown:
        shelf.apply(model, tags("<lora:inc>"))
    assert unknown.value.values["nearest"] == "ink"
    with pytest.raises(InvalidRequest) as kind:
        shelf.apply(model, tags("<hypernet:ink>"))
    assert kind.value.key == "prompt.network.kind"


@pytest.mark.parametrize("tag", ["<lora:ink:1:1:8>", "<lora:ink:1:dyn=8>"])
def test_an_argument_that_nobody_knows_is_not_ignored(model_of, library, ink, tag):
    with pytest.raises(InvalidRequest) as caught:
        LoraManager(library).apply(model_of(), tags(tag))
    assert caught.value.key == "network.argument"


def test_a_pickle_is_never_opened(model_of, library, folder):
    (folder / "evil.pt").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelFileError) as caught:
        LoraManager(library).apply(model_of(), tags("<lora:evil>"))
    assert caught.value.key == "model.pickle"


def test_stopping_half_way_leaves_the_model_bare(model_of, library, ink, wash):
    model, shelf = model_of(), LoraManager(library)
    before = state(model)
    for text in ("<lora:wash>", "<lora:ink>"):  # both are hashed then
        shelf.apply(model, tags(text))
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        shelf.apply(model, tags("<lora:wash>"), CancelToken(lambda: next(answers)))
    assert next(answers, None) is None and not shelf.applied(model)
    assert all(map(torch.equal, state(model), before))


def test_weights_that_wait_on_the_cpu_are_changed_where_they_lie(model_of, library, ink):
    from accelerate import cpu_offload

    model, plain = model_of(), model_of()
    cpu_offload(model.pipeline.unet, torch.device("cpu"), offload_buffers=True)
    assert weight(model).is_meta
    shelf = LoraManager(library)
    shelf.apply(model, tags("<lora:ink:te=0>"))
    LoraManager(library).apply(plain, tags("<lora:ink:te=0>"))
    inputs = (torch.ones(1, 4, 8, 8), 5, torch.ones(1, 4, 768))
    with torch.no_grad():
        assert torch.equal(model.pipeline.unet(*inputs)[0], plain.pipeline.unet(*inputs)[0])
        shelf.apply(model, ())
        bare = model_of().pipeline.unet(*inputs)[0]
        assert torch.equal(model.pipeline.unet(*inputs)[0], bare)
