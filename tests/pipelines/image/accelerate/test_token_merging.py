"""Token merging: off is bit-equal, on is close and smaller, and it leaves no trace."""

from __future__ import annotations

import pytest
import torch

from pipelines.image.accelerate.token_merging import is_merged, match, merged


@pytest.fixture(scope="module")
def unet():
    from diffusers import UNet2DConditionModel

    torch.manual_seed(0)
    return UNet2DConditionModel(
        sample_size=8,
        block_out_channels=(16, 32, 32),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=24,
        attention_head_dim=8,
        norm_num_groups=4,
    ).eval()


def ask(unet, height=16, width=16):
    noise = torch.randn(2, 4, height, width, generator=torch.Generator().manual_seed(1))
    heard = torch.randn(2, 7, 24, generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        return unet(noise, torch.tensor(500.0), encoder_hidden_states=heard, return_dict=False)[0]


def tokens_of_self_attention(unet, work):
    """Return how many tokens each self-attention's queries had."""
    seen = []
    hooks = [
        module.attn1.to_q.register_forward_pre_hook(lambda _m, args: seen.append(args[0].shape[1]))
        for module in unet.modules()
        if hasattr(module, "attn1")
    ]
    work()
    for hook in hooks:
        hook.remove()
    return seen


def test_ratio_zero_is_bit_equal(unet):
    plain = ask(unet)
    with merged(unet, 0.0):
        assert not is_merged(unet)
        assert torch.equal(ask(unet), plain)


def test_off_again_is_bit_equal_and_leaves_no_trace(unet):
    plain, before = ask(unet), dict(unet.attn_processors)
    with merged(unet, 0.5):
        assert is_merged(unet)
        ask(unet)
    assert not is_merged(unet)
    assert unet.attn_processors == before  # the same objects
    assert not any(module._forward_pre_hooks for module in unet.modules())
    assert torch.equal(ask(unet), plain)


def test_an_error_inside_takes_it_off(unet):
    with pytest.raises(RuntimeError, match="cancelled"), merged(unet, 0.5):
        raise RuntimeError("cancelled")
    assert not is_merged(unet)


@pytest.mark.parametrize("ratio", [0.5, 0.9])
def test_a_merged_answer_stays_close_and_repeats(unet, ratio):
    plain = ask(unet)
    with merged(unet, ratio):
        one, other = ask(unet), ask(unet)
    assert torch.equal(one, other)
    assert not torch.equal(one, plain)
    assert float((one - plain).square().mean() / plain.square().mean()) < 0.01


def test_fewer_tokens_reach_the_largest_attention_alone(unet):
    def work():
        ask(unet)

    usual = tokens_of_self_attention(unet, work)
    with merged(unet, 0.5):
        fewer = tokens_of_self_attention(unet, work)
    largest = max(usual)
    assert largest == 64  # 8x8: this UNet attends below its first level
    assert usual.count(largest) == 3  # on the way down once, on the way up twice
    assert fewer == [count // 2 if count == largest else count for count in usual]


def test_odd_sides_are_merged_too(unet):
    with merged(unet, 0.6):
        assert ask(unet, 14, 10).isfinite().all()  # 7x5 tokens


def test_what_stands_in_for_a_unet_is_merged_through_it(unet):
    class Stand:
        def __init__(self):
            self.unet = unet

    with merged(Stand(), 0.5):
        assert is_merged(unet)


def test_tokens_that_are_the_same_come_back_unchanged():
    tokens = torch.ones(1, 16, 8)
    found = match(tokens, 4, 4, 0.5)
    assert found.merge(tokens).shape == (1, 8, 8)
    assert torch.equal(found.spread(found.merge(tokens)), tokens)


def test_a_token_merges_into_the_goal_it_is_most_like():
    tokens = torch.eye(4)[None].repeat(1, 4, 1).reshape(1, 16, 4)  # four looks in each row
    found = match(tokens, 4, 4, 0.25)
    # goals are columns 0 and 2 of rows 0 and 2; their doubles in rows 1 and 3 go first
    assert sorted(found.merged[0].tolist()) == [4, 6, 12, 14]
    assert torch.equal(found.spread(found.merge(tokens)), tokens)


def test_a_mean_counts_every_token_that_merged():
    tokens = torch.tensor([[[1.0, 0.0], [4.0, 0.0], [7.0, 0.0], [0.0, 1.0]]])
    found = match(tokens, 2, 2, 0.5)
    assert found.merge(tokens)[0].tolist() == [[0.0, 1.0], [4.0, 0.0]]


@pytest.mark.parametrize(("height", "width", "ratio"), [(1, 4, 0.5), (4, 4, 0.01), (3, 3, 0.5)])
def test_nothing_is_merged_where_nothing_can_be(height, width, ratio):
    tokens = torch.ones(1, 4 if height == 1 else 16, 2)
    assert match(tokens, height, width, ratio) is None
