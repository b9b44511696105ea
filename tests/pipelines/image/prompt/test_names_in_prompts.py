"""Whatever a file is called: what the page writes into a prompt is what is found again."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.image.conditioning.embedding_names import EmbeddingNames
from pipelines.image.conditioning.prompt_runs import prompt_runs
from pipelines.image.prompt.escape import escape_name
from pipelines.image.prompt.expand import expand
from pipelines.image.prompt.networks import take_networks, write_tag

SIGNS = [*"()[]{}|:=#\\<>_ $%@!~.-+0129aABRN가é,&'\"", "AND", "BREAK", "__", "::2", "$$", "#fff"]
NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1, max_size=20),
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join),
).filter(lambda name: name.strip())
PLACES = [
    "a fox, {}, rain",
    "{}",
    "({}:1.2)",
    "([{}])",
    "[x:{}:0.5]",
    "[{}:x:1]",
    "[x|{}]",
    "{{{}|{}}}",
    "{{2$$z|{}}}",
    "{{1::{}|0::x}}",
    "a cat AND {}",
    "{} AND a cat :0.5",
    "${{x={}}}${{x}}",
    "a BREAK {}",
    "x # note\n{}",
]


def found_in(prompt, name):
    names = EmbeddingNames([name])
    expanded = expand(prompt, "", seed=random.Random(1).randrange(9))
    runs = prompt_runs(expanded.prompt, 10)
    return [one for run in runs for piece in run for one in names.names_in(piece.text)]


@pytest.mark.parametrize("place", PLACES)
@given(NAMES)
def test_embedding_of_any_name_is_found_wherever_it_stands(place, name):
    assert name in found_in(
        place.replace("{}", "\0").format().replace("\0", escape_name(name)), name
    )


@given(NAMES, st.sampled_from(["{}", "a {} cat", "({}:1.2)", "{{x{}|x{}}}", "a AND b {} # end"]))
def test_lora_of_any_name_is_found_wherever_it_stands(name, place):
    tag = write_tag(name, 0.8)
    expanded = expand(place.format(*[tag] * 2), "")
    _, (found, *_) = take_networks(expanded.written)
    assert (found.kind, found.name, found.args, found.named) == ("lora", name, ("0.8",), ())


@pytest.mark.parametrize(
    "name", ["mossy (1)", "a=b", "hash#tag", "{x|y}", "a__b__c", "12:30", "x>y"]
)
def test_name_with_signs_is_not_found_where_they_mean_something_else(name):
    plain = f"a fox, {escape_name(name)}"
    assert found_in(plain, name) == [name]
    if name == "mossy (1)":  # brackets that weigh, as in A1111
        assert found_in("a fox, mossy (1)", name) == []


@pytest.mark.parametrize(
    ("tag", "name", "args", "named"),
    [
        (r"<lora:dir\name:1>", r"dir\name", ("1",), ()),
        (r"<lora: a b :0.5:1>", "a b", ("0.5", "1"), ()),
        (r"<lora:a:te=0.5:unet=1>", "a", (), (("te", "0.5"), ("unet", "1"))),
        (r"<lora:a\:b:te\=1>", "a:b", ("te=1",), ()),
        (r"<lora:a::1>", "a", ("", "1"), ()),
    ],
)
def test_tag_is_read_as_before_but_for_signs_behind_backslashes(tag, name, args, named):
    rest, (found,) = take_networks(f"x {tag} y")
    assert (rest, found.name, found.args, found.named) == ("x  y", name, args, named)
