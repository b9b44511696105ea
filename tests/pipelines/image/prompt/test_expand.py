"""A typed prompt becomes the prompt of one picture, in the right order."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.composition import split_and
from pipelines.image.prompt.editing import timeline
from pipelines.image.prompt.escape import escape
from pipelines.image.prompt.expand import expand
from pipelines.image.prompt.networks import take_networks
from pipelines.image.prompt.styles import Style
from pipelines.image.prompt.weighted_text import WeightedText

SIGNS = [
    *"()[]{}|\\:#<>_$. 1aB가\n",
    *("BREAK", "AND", "__x__", "<lora:x:1>", "{a|b}", "[a:b:3]", "(a:1.2)", "#fff", "{prompt}"),
]
LIKELY = st.lists(st.sampled_from(SIGNS)).map("".join)


def test_everything_at_once(tmp_path):
    (tmp_path / "pet.txt").write_text("cat <lora:fur:0.5>\n", encoding="utf-8")
    style = Style("s", "photo of {prompt}, __pet__ <lora:ink>", "blurry # not this")
    found = expand("a __pet__ # mine\nin {red|red}", "bad", [style], tmp_path, 3)
    assert found.prompt == "photo of a cat  \nin red, cat  "
    assert found.negative == "bad, blurry"
    assert [(n.name, n.args) for n in take_networks(found.written)[1]] == [
        ("fur", ("0.5",)),
        ("fur", ("0.5",)),
        ("ink", ()),
    ]
    assert found.written == (
        "photo of a cat <lora:fur:0.5> \nin red, cat <lora:fur:0.5> <lora:ink>"
    )
    assert found.template == "photo of a __pet__ \nin {red|red}, __pet__ <lora:ink>"
    assert (found.written, found.negative) != (found.template, found.negative_template)


def test_plain_prompt_is_its_own_template():
    found = expand("a cat", "dog")
    assert (found.prompt, found.negative, found.written) == ("a cat", "dog", "a cat")
    assert (found.template, found.negative_template) == ("a cat", "dog")
    assert (found.written, found.negative) == (found.template, found.negative_template)


def test_note_at_the_end_does_not_swallow_the_style_behind_it():
    assert expand("cat # mine", "", [Style("s", "4k")]).prompt == "cat, 4k"


def test_seed_decides_and_each_prompt_draws_by_itself():
    colours = "{red|blue|green|black}"
    assert len({expand(colours, "", seed=seed).prompt for seed in range(30)}) == 4
    alone = [expand("", colours, seed=seed).negative for seed in range(20)]
    beside = [expand(colours * 3, colours, seed=seed).negative for seed in range(20)]
    assert alone == beside


def test_tag_in_the_negative_prompt_is_refused():
    with pytest.raises(InvalidRequest) as caught:
        expand("cat", "bad <lora:worse:1>")
    assert caught.value.key == "prompt.network.negative"


@given(st.one_of(LIKELY, st.text()), LIKELY)
def test_any_text_is_expanded_or_refused(prompt, negative):
    try:
        found = expand(prompt, negative, [Style("s", "x {prompt}", "y")])
        for _, part in split_and(found.prompt):
            for _, text in timeline(part, 5):
                parse_attention(text)
    except InvalidRequest:
        pass


@given(st.one_of(LIKELY, st.text()))
@example("AND__x__")
@example("BREAK__x__")
def test_escaped_text_goes_through_everything_as_it_stands(text):
    found = expand(escape(text), "")
    assert take_networks(found.written)[1] == ()
    ((weight, part),) = split_and(found.prompt)
    assert weight == 1
    ((_, read),) = timeline(part, 10)
    assert parse_attention(read) == (WeightedText(text),)
