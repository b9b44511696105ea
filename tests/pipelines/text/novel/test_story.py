"""A story that only grows: every move can be taken back, and a browser may keep it."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.text.novel.rank import Proposal
from pipelines.text.novel.story import KEPT_ROUNDS, MAX_MOVES, Story, parse_openings

TEN = tuple(Proposal(f"하마 {n}마리가 웃었다.", 0.5, 0.25, -2.5, "fake") for n in range(10))


def test_openings_are_sentences_in_lines_or_in_a_row():
    assert parse_openings("옛날에. 문어가\n “어서 와!” 말했다. \n\n") == (
        "옛날에.",
        "문어가",
        "“어서 와!” 말했다.",
    )
    assert parse_openings("  ") == ()


def test_six_openings_are_one_too_many():
    with pytest.raises(InvalidRequest) as caught:
        parse_openings("가. 나. 다. 라. 마. 바.")
    assert caught.value.key == "novel.openings.count"
    assert caught.value.values["count"] == 6


@pytest.mark.parametrize("text", ["가" * 10_000, "가" * 301, "벨\x07", "반쪽\ud83d"])
def test_openings_that_cannot_be_used_are_refused(text):
    with pytest.raises(InvalidRequest):
        Story().opened(text)


def test_a_decomposed_opening_is_composed():
    assert Story().opened(unicodedata.normalize("NFD", "문어가 온다")).openings == ("문어가 온다",)


def test_every_move_can_be_taken_back():
    story = Story().opened("문어가 온다.")
    steps = [story]
    for step in (
        lambda s: s.proposed(TEN),
        lambda s: s.proposed(TEN[:3]),
        lambda s: s.picked(TEN[1].text),
        lambda s: s.edited(0, "오징어가 온다."),
        lambda s: s.edited(1, ""),
        lambda s: s.opened("다른 이야기."),
    ):
        steps.append(step(steps[-1]))
    assert steps[-1].sentences == ("다른 이야기.",)
    for before, after in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        undone = after.undone()
        assert undone == before
        assert (undone.sentences, undone.proposals) == (before.sentences, before.proposals)
    assert Story().undone() == Story()


def test_picking_takes_the_candidates_away_and_undo_brings_them_back():
    story = Story().proposed(TEN).picked("하마가 웃었다.")
    assert story.proposals == ()
    assert story.shown == ()
    assert story.undone().proposals == TEN


def test_what_was_offered_is_remembered_until_a_sentence_is_picked():
    story = Story().proposed(TEN[:2]).proposed(TEN[2:4])
    assert story.shown == tuple(one.text for one in TEN[:4])


def test_editing_changes_one_sentence_and_an_empty_text_takes_it_away():
    story = Story().opened("가. 나.").picked("다.")
    assert story.edited(1, "라.").sentences == ("가.", "라.", "다.")
    assert story.edited(1, "  ").sentences == ("가.", "다.")
    for place in (-1, 3):
        with pytest.raises(InvalidRequest):
            story.edited(place, "마.")


def test_the_browser_gives_back_what_it_was_given():
    story = Story().opened("가.").proposed(TEN).picked("<b>나</b>").edited(0, "다.").edited(1, "")
    again = Story.from_json(json.loads(json.dumps(story.to_json())))
    assert again == story
    assert again.sentences == story.sentences


def test_a_long_story_stays_small_enough_for_a_browser():
    story = Story()
    for number in range(100):
        story = story.proposed(TEN).picked(f"하마 {number}마리가 국수를 삶았다.")
    assert len(json.dumps(story.to_json(), ensure_ascii=False).encode()) < 60_000
    assert sum(bool(getattr(move, "proposals", ())) for move in story.moves) == KEPT_ROUNDS
    assert len(story.sentences) == 100


def test_a_story_without_end_is_stopped_with_a_reason():
    story = Story().opened("가.")
    for _ in range(MAX_MOVES - 1):
        story = story.edited(0, "나.")
    with pytest.raises(InvalidRequest) as caught:
        story.edited(0, "다.")
    assert caught.value.key == "novel.moves"


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["moves", "do", "texts", "text", "at", "rows"]),
                inner | st.sampled_from(["open", "pick", "edit", "round"]),
            )
        ),
        max_leaves=14,
    )
)
def test_what_a_browser_made_up_is_a_value_error_and_nothing_else(data):
    try:
        story = Story.from_json(data)
    except ValueError:
        return
    assert isinstance(story.sentences, tuple)


@pytest.mark.parametrize(
    "row",
    [
        {"do": "round", "rows": [["가", float("nan"), 0.5, -1, "x"]]},
        {"do": "round", "rows": [["가", 0.5, 0.5, float("-inf"), "x"]]},
        {"do": "round", "rows": [["가", 0.5]]},
        {"do": "edit", "at": "x", "text": "가"},
        {"do": "dance"},
        {"do": "pick", "text": ""},
    ],
)
def test_a_move_that_is_none_is_a_value_error(row):
    with pytest.raises(ValueError, match=r"not a|could not|invalid literal|unpack"):
        Story.from_json({"moves": [row]})
