"""Tags such as <lora:name:0.8> are taken out whole and none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.networks import (
    Network,
    check_kinds,
    take_networks,
    unet_weight_of,
    weight_of,
)


def only(text):
    _, (network,) = take_networks(text)
    return network


def test_tag_is_taken_out_and_what_is_around_stays():
    rest, (network,) = take_networks("a <lora:ink:0.8> b")
    assert rest == "a  b"
    assert network == Network("lora", "ink", ("0.8",), (), "<lora:ink:0.8>")


def test_blanks_around_a_name_do_not_count():
    assert only("<lora: ink :1>").name == "ink"


def test_unclosed_tag_is_text():
    assert take_networks("a <lora:x:1") == ("a <lora:x:1", ())


def test_unknown_kind_is_returned_and_can_be_refused():
    rest, networks = take_networks("a <lra:ink:1>")
    assert rest == "a "
    with pytest.raises(InvalidRequest) as caught:
        check_kinds(networks, ("lora", "lyco"))
    assert caught.value.values == {"kind": "lra", "tag": "<lra:ink:1>", "known": "lora, lyco"}
    check_kinds(networks, ("lra",))


def test_arguments_with_names_are_told_apart():
    network = only("<lora:ink:0.5:te=0.3:unet=0.9:dyn=8>")
    assert network.args == ("0.5",)
    assert network.named == (("te", "0.3"), ("unet", "0.9"), ("dyn", "8"))
    assert (weight_of(network), unet_weight_of(network)) == (0.5, 0.9)


@pytest.mark.parametrize(
    ("tag", "weight", "unet"),
    [
        ("<lora:ink>", 1, 1),
        ("<lora:ink:-0.5>", -0.5, -0.5),
        ("<lora:ink: .5 :2>", 0.5, 2),
        ("<lora:한복:1e-1>", 0.1, 0.1),
    ],
)
def test_weights(tag, weight, unet):
    assert (weight_of(only(tag)), unet_weight_of(only(tag))) == (weight, unet)


@pytest.mark.parametrize("written", ["x", "", "nan", "inf", "1_0", "1e9", "0.8.1"])
def test_weight_that_is_no_number_is_refused(written):
    with pytest.raises(InvalidRequest) as caught:
        weight_of(only(f"<lora:ink:{written}>"))
    assert caught.value.key == "prompt.network.weight"


@pytest.mark.parametrize("tag", ["<lora::1>", "<lora: >", "<lora:a=1>"])
def test_tag_without_a_name_is_refused(tag):
    with pytest.raises(InvalidRequest) as caught:
        take_networks(tag)
    assert caught.value.key == "prompt.network.nameless"


@pytest.mark.parametrize("text", ["<lora:>", "< lora:x>", "1 < 2 > 0", r"\<lora:x:1>", "<b>"])
def test_what_is_no_tag_is_text(text):
    assert take_networks(text) == (text, ())


def test_tag_behind_an_escaped_bracket_is_a_tag():
    rest, networks = take_networks(r"\(ink\)<lora:x:1>")
    assert rest == r"\(ink\)"
    assert len(networks) == 1


@pytest.mark.parametrize("text", ["<a:" * 100_000, "<a:>" * 50_000, "<" + "a" * 200_000])
def test_text_full_of_openings_is_read_once(text):
    assert take_networks(text) == (text, ())


@given(st.one_of(st.text(), st.text(st.sampled_from(list("<>:=\\ a1")))))
def test_any_text_keeps_every_character(text):
    try:
        rest, networks = take_networks(text)
    except InvalidRequest:
        return
    assert len(rest) + sum(len(network.tag) for network in networks) == len(text)
