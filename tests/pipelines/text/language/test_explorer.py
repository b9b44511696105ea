"""A sentence walked eojeol by eojeol: back, aside, to the end, and through a browser's memory."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.text.language.explorer import END, MAX_BRANCHES, Branch, Trail, fit_to_show, roll
from pipelines.text.language.model import Candidate, NextEojeols

NEXTS = NextEojeols(
    (Candidate("점", 0.5, 0.2), Candidate("마름모", 0.3, 0.6), Candidate("", 0.1, 0.2)), 0.1
)


def walked(*eojeols) -> Trail:
    trail = Trail()
    for eojeol in eojeols:
        trail = trail.appended(eojeol)
    return trail


def test_a_step_leaves_the_state_before_it_as_it_was():
    before = walked("파란")
    after = before.appended("냄새")
    assert (before.now.text, after.now.text) == ("파란", "파란 냄새")


def test_undo_goes_back_to_the_beginning_and_no_further():
    trail = walked("파란", "냄새", END)
    assert trail.now.is_finished
    texts = []
    for _ in range(4):
        trail = trail.undone()
        texts.append((trail.now.text, trail.now.is_finished))
    assert texts == [("파란 냄새", False), ("파란", False), ("", False), ("", False)]


def test_after_the_end_nothing_comes():
    with pytest.raises(InvalidRequest) as caught:
        walked("끝", END).appended("말고")
    assert caught.value.key == "explorer.finished"


def test_a_branch_is_a_copy_that_goes_its_own_way():
    trail = walked("파란").branched("다른 길").appended("향기")
    assert trail.branches == (Branch("1", ("파란",)), Branch("다른 길", ("파란", "향기")))
    assert trail.jumped(0).appended("냄새").branches[1].text == "파란 향기"


def test_a_new_beginning_keeps_what_was_there():
    trail = walked("파란", "냄새").started("심심한 장미를")
    assert [branch.text for branch in trail.branches] == ["파란 냄새", "심심한 장미를"]
    assert Trail().started("심심한 장미를").branches == (Branch("1", ("심심한", "장미를")),)


def test_branches_are_renamed_and_deleted_without_losing_the_place():
    trail = walked("가").branched().appended("나").branched().appended("다")
    assert [branch.name for branch in trail.branches] == ["1", "2", "3"]
    assert trail.renamed(1, " 가운데 ").branches[1].name == "가운데"
    assert trail.renamed(1, "  ").branches[1].name == "2"
    assert trail.deleted(0).now == trail.now
    assert trail.deleted(2).now.text == "가 나"
    assert trail.deleted(0).deleted(0).deleted(0) == Trail()
    assert trail.deleted(0).branched().now.name == "1"  # a name that is free again


def test_no_more_branches_than_fit_on_a_screen():
    trail = walked("가")
    for _ in range(MAX_BRANCHES - 1):
        trail = trail.branched()
    with pytest.raises(InvalidRequest) as caught:
        trail.branched()
    assert caught.value.values["limit"] == MAX_BRANCHES


@pytest.mark.parametrize(
    "step",
    [
        lambda trail: trail.jumped(5),
        lambda trail: trail.jumped(-1),
        lambda trail: trail.deleted(5),
        lambda trail: trail.renamed(5, "x"),
        lambda trail: trail.appended("벨\x07"),
        lambda trail: trail.appended("가" * 10_000),
        lambda trail: trail.started("가 " * 5_000),
        lambda trail: trail.started("반쪽\ud83d"),
    ],
)
def test_a_step_that_cannot_be_is_refused(step):
    with pytest.raises(InvalidRequest):
        step(walked("가"))


def test_a_long_walk_ends_with_a_reason_and_not_with_a_loss():
    trail = walked("가" * 1990)
    with pytest.raises(InvalidRequest) as caught:
        trail.appended("열두글자가넘는어절입니다요")
    assert caught.value.key == "request.text.long"
    assert len(trail.now.text) == 1990


def test_typed_words_are_split_and_composed():
    import unicodedata

    assert Trail().appended(unicodedata.normalize("NFD", "착한  뼈다귀")).now.eojeols == (
        "착한",
        "뼈다귀",
    )


def test_the_browser_gives_back_what_it_was_given():
    trail = walked("파란").branched("다른 <b>길</b>").appended("향기").appended(END)
    assert Trail.from_json(json.loads(json.dumps(trail.to_json()))) == trail


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["branches", "here", "name", "eojeols", "end"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_what_a_browser_made_up_is_a_value_error_and_nothing_else(data):
    try:
        trail = Trail.from_json(data)
    except ValueError:
        return
    assert trail.now in trail.branches


def test_the_dice_follow_the_temperature():
    dice = random.Random(1)
    drawn = Counter(roll(NEXTS, dice) for _ in range(3000))
    assert drawn["마름모"] / 3000 == pytest.approx(0.6, abs=0.04)
    assert drawn[END] / 3000 == pytest.approx(0.2, abs=0.04)


def test_nothing_to_draw_from_is_said():
    with pytest.raises(InvalidRequest) as caught:
        roll(NextEojeols((), 1.0), random.Random(1))
    assert caught.value.key == "explorer.nothing"


def test_what_must_not_stand_together_goes_to_the_rest():
    nexts = NextEojeols((Candidate("발을", 0.5, 0.5), Candidate("하마", 0.3, 0.3)), 0.2)
    shown = fit_to_show(nexts, "다시")  # 시 + 발
    assert [one.text for one in shown.candidates] == ["하마"]
    assert shown.candidates[0].probability == 0.3
    assert shown.rest == pytest.approx(0.7)
    assert fit_to_show(nexts, "하마가") == nexts
