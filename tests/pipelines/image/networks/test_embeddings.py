"""Words that stand for learnt vectors: found, put in, counted, never torn, refused."""

from __future__ import annotations

import pytest
import torch

from models.errors import ModelFileError, ModelNotFound
from pipelines.contract.errors import InvalidRequest
from pipelines.image.conditioning.meter import TokenBudget, measure_prompt
from pipelines.image.networks.embeddings import Inversions
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.weighted_text import WeightedText


def rand(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def inversions(library):
    return Inversions(library)


def states(model, text, **more):
    return model.encoder.encode(parse_attention(text), **more).prompt_embeds


def by_hand(model, ids, vectors, part="text_encoder"):
    """Return the last states of a text encoder whose tokens at -1 are replaced by vectors."""
    encoder = getattr(model.pipeline, part)
    tokenizer = getattr(model.pipeline, part.replace("text_encoder", "tokenizer"))
    row = [tokenizer.bos_token_id, *(max(i, 0) for i in ids), tokenizer.eos_token_id]
    row += [tokenizer.pad_token_id] * (77 - len(row))
    places = [place + 1 for place, i in enumerate(ids) if i == -1]

    def put(_module, _inputs, output):
        output = output.clone()
        for place, vector in zip(places, vectors, strict=True):
            output[0, place] = vector
        return output

    handle = encoder.get_input_embeddings().register_forward_hook(put)
    with torch.no_grad():
        found = encoder(torch.tensor([row]), output_hidden_states=True)
    handle.remove()
    return found


def ids_of(model, text):
    return model.pipeline.tokenizer(text, add_special_tokens=False).input_ids


@pytest.mark.parametrize(
    "text", ["a kind, bone", "a Kind, bone", "a embedding:kind, bone", "a embedding:kind.pt, bone"]
)
def test_vectors_stand_where_the_name_does(model_of, inversions, put, text):
    vectors = rand(1, 2, 768)
    put("kind", {"emb_params": vectors})
    model = model_of()
    (used,) = inversions.activate(model, (text, ""))
    assert (used.kind, used.name, used.short_hash) == ("embedding", "kind", used.sha256[:12])
    ids = [*ids_of(model, "a "), -1, -1, *ids_of(model, ", bone")]
    expected = by_hand(model, ids, vectors).last_hidden_state
    assert torch.equal(states(model, text), expected)


@pytest.mark.parametrize("key", ["emb_params", "<kind>"])
def test_one_vector_of_kohya_and_of_diffusers(model_of, inversions, put, key):
    put("kind", {key: rand(1, 768)})
    model = model_of()
    inversions.activate(model, ("kind",))
    expected = by_hand(model, [-1], [rand(1, 768)]).last_hidden_state
    assert torch.equal(states(model, "kind"), expected)


def test_sdxl_has_vectors_for_each_text_encoder(model_of, inversions, put):
    small, large = rand(1, 2, 768), rand(2, 2, 1280)
    put("kind", {"clip_l": small, "clip_g": large})
    model = model_of("sdxl")
    inversions.activate(model, ("kind",))
    one = by_hand(model, [-1, -1], small).hidden_states[-2]
    two = by_hand(model, [-1, -1], large, "text_encoder_2").hidden_states[-2]
    assert torch.equal(states(model, "kind"), torch.cat([one, two], dim=-1))


def test_weights_apply_to_the_vectors(model_of, inversions, put):
    put("kind", {"emb_params": rand(1, 2, 768)})
    model = model_of()
    inversions.activate(model, ("kind",))
    chunk = model.encoder.chunks(parse_attention("a (kind:1.4) b"))[0]
    assert [token.weight for token in chunk if token.vector] == [1.4, 1.4]
    assert not torch.equal(states(model, "(kind:1.4)"), states(model, "kind"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bad hands", ["bad hands"]),
        ("BAD hands and bad", ["bad hands", "bad"]),
        ("badly, bad_hands, embad", []),
        ("(bad:1.2) [x:bad:0.5] {bad|bad hands}", ["bad", "bad hands"]),
        ("나쁨은", []),
        ("나쁨, 손", ["나쁨"]),
        (r"bad \(v2\)", ["bad (v2)"]),
        ("bad (v2)", ["bad"]),  # what the encoder finds, and nothing else
        (r"[x:bad\:2:0.5] AND (나쁨:1.2)", ["bad", "나쁨"]),
        ("embedding: bad", ["bad"]),
        ("myembedding:bad", ["bad"]),
    ],
)
def test_names_are_found_at_word_boundaries_the_longest_first(
    model_of, inversions, put, text, names
):
    for name in ("bad", "bad hands", "나쁨", "bad (v2)"):
        put(name, {"emb_params": rand(1, 1, 768)})
    found = [used.name for used in inversions.activate(model_of(), (text, ""))]
    assert sorted(found) == sorted(names)


def test_vectors_of_one_embedding_are_never_torn_apart(model_of, inversions, put):
    put("long", {"emb_params": rand(1, 10, 768)})
    model = model_of()
    inversions.activate(model, ("long",))
    pieces = [WeightedText("x" * 70 + " "), WeightedText("long"), WeightedText(" y")]
    chunks = model.encoder.chunks(pieces)
    assert [len(chunk) for chunk in chunks] == [70, 11]
    assert all(token.vector for token in chunks[1][:10])
    assert model.encoder.encode(pieces).prompt_embeds.shape[1] == 2 * 77


def test_a_comma_moves_whole_embeddings_on(model_of, inversions, put):
    put("long", {"emb_params": rand(1, 10, 768)})
    model = model_of()
    inversions.activate(model, ("long",))
    chunks = model.encoder.chunks([WeightedText("x" * 60 + ", long " + "y" * 7)])
    assert [len(chunk) for chunk in chunks] == [61, 17]
    assert [token.vector for token in chunks[1][:10]] == [("long", i) for i in range(10)]


def test_a_meter_counts_the_vectors_without_opening_the_file(model_of, inversions, put, library):
    put("long", {"emb_params": rand(1, 10, 768)})
    put("other", {"clip_l": rand(1, 3, 768), "clip_g": rand(1, 3, 1280)})
    model = model_of()
    meter = measure_prompt(
        "long a", 10, inversions.cut(model), TokenBudget(model.encoder.chunk_length)
    )
    assert meter.used == 11
    assert not library.find("long").sha256


def test_the_same_words_mean_words_again_when_nothing_names_the_file(model_of, inversions, put):
    model = model_of()
    plain = states(model, "kind")
    put("kind", {"emb_params": rand(1, 768)})
    inversions.activate(model, ("kind",))
    learnt = states(model, "kind")
    inversions.activate(model, ("bone",))
    assert torch.equal(states(model, "kind"), plain) and not torch.equal(learnt, plain)


def test_what_was_encoded_stays_while_the_same_words_are_known(model_of, inversions, put):
    put("kind", {"emb_params": rand(1, 768)})
    model = model_of()
    inversions.activate(model, ("kind",))
    first = model.encoder.encode([WeightedText("kind")])
    inversions.activate(model, ("kind, bone",))
    assert model.encoder.encode([WeightedText("kind")]) is first


def test_neither_tokenizer_nor_weights_change(model_of, inversions, put):
    put("kind", {"emb_params": rand(1, 2, 768)})
    model = model_of()
    encoder = model.pipeline.text_encoder
    before = {key: tensor.clone() for key, tensor in encoder.state_dict().items()}
    count = len(model.pipeline.tokenizer)
    inversions.activate(model, ("kind",))
    states(model, "kind")
    assert len(model.pipeline.tokenizer) == count
    assert not encoder.get_input_embeddings()._forward_hooks
    assert all(torch.equal(before[key], tensor) for key, tensor in encoder.state_dict().items())


@pytest.mark.parametrize(
    ("family", "tensors"),
    [
        ("sdxl", {"emb_params": (2, 768)}),
        ("sd15", {"clip_l": (2, 768), "clip_g": (2, 1280)}),
        ("sd15", {"emb_params": (2, 1024)}),
        ("sd15", {"emb_params": (2, 192)}),
    ],
)
def test_another_width_is_refused_by_both_widths_and_families(
    model_of, inversions, put, family, tensors
):
    put("kind", {key: rand(1, *shape) for key, shape in tensors.items()})
    with pytest.raises(InvalidRequest) as caught:
        inversions.activate(model_of(family), ("kind",))
    values = caught.value.values
    assert caught.value.key == "embedding.width" and values["model_family"] == family
    assert values["widths"] == ", ".join(str(shape[1]) for shape in tensors.values())


def test_an_embedding_of_the_crayon(model_of, inversions, put):
    put("점선", {"emb_params": rand(1, 2, 192)})
    model = model_of("crayon")
    assert [used.name for used in inversions.activate(model, ("점선 고양이",))] == ["점선"]
    assert states(model, "점선 고양이").shape[-1] == 192


def test_an_unknown_embedding_is_an_error_with_the_nearest(model_of, inversions, put):
    put("easynegative", {"emb_params": rand(1, 768)})
    with pytest.raises(ModelNotFound) as caught:
        inversions.activate(model_of(), ("cat", "embedding:easynegativ, blur"))
    assert caught.value.values["nearest"] == "easynegative"


def test_more_vectors_than_a_chunk_holds_are_refused(model_of, inversions, put):
    put("kind", {"emb_params": rand(1, 76, 768)})
    with pytest.raises(InvalidRequest) as caught:
        inversions.activate(model_of(), ("kind",))
    assert caught.value.key == "embedding.long" and caught.value.values["limit"] == 75


@pytest.mark.parametrize(
    ("tensors", "key"),
    [
        ({"clip_l": rand(1, 2, 768), "clip_g": rand(1, 3, 1280)}, "embedding.uneven"),
        (
            {"clip_l": torch.full((1, 768), float("inf")), "clip_g": rand(1, 1, 1280)},
            "network.not_finite",
        ),
    ],
)
def test_a_damaged_file_is_refused(model_of, inversions, put, tensors, key):
    put("kind", tensors)
    with pytest.raises(ModelFileError) as caught:
        inversions.activate(model_of("sdxl"), ("kind",))
    assert caught.value.key == key
