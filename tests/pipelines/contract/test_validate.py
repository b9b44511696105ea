"""Numbers in their ranges and seeds: what is taken, and what the refusal says."""

from __future__ import annotations

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import MAX_SEED, RANDOM_SEED, check_range, check_seed


@pytest.mark.parametrize("value", [1, 2, 1.5])
def test_a_range_takes_its_ends_and_what_lies_between(value):
    check_range(value, "steps", 1, 2)


@pytest.mark.parametrize("value", [0, 2.001, float("nan"), float("inf"), float("-inf")])
def test_a_range_refuses_what_lies_outside_and_says_what_fits(value):
    with pytest.raises(InvalidRequest) as caught:
        check_range(value, "steps", 1, 2)
    assert caught.value.key == "request.range"
    assert dict(caught.value.values) == {"field": "steps", "value": value, "low": 1, "high": 2}


@pytest.mark.parametrize("seed", [RANDOM_SEED, 0, MAX_SEED])
def test_a_seed_may_be_any_that_every_reader_can_hold_or_random(seed):
    check_seed(seed)


@pytest.mark.parametrize("seed", [-2, MAX_SEED + 1])
def test_any_other_seed_is_refused(seed):
    with pytest.raises(InvalidRequest) as caught:
        check_seed(seed)
    assert caught.value.key == "request.seed"
    assert dict(caught.value.values) == {"value": str(seed), "high": str(MAX_SEED)}
