"""docs/privacy.md: what it says about how long things stay is what the constants say."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.messages import table
from playground.studio.jobs.store import KEPT_JOBS
from playground.studio.phrases.store import KEPT_PHRASES
from playground.studio.pictures.bin import UNDO_SECONDS
from playground.studio.pictures.inputs import UNUSED_DAYS
from playground.studio.uploads import KEPT_PER_OWNER, KEPT_SECONDS

DOCS = Path(__file__).resolve().parents[3] / "docs"
KOREAN, ENGLISH = (DOCS / "privacy.md").read_text("utf-8").split("\n---\n")


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        (f"{UNUSED_DAYS}일", f"{UNUSED_DAYS} days"),
        (f"{UNDO_SECONDS}초", f"{UNDO_SECONDS} seconds"),
        (f"한 시간, 한 사람이 {KEPT_PER_OWNER}개", f"an hour, {KEPT_PER_OWNER} of each"),
        (f"최근 {KEPT_PHRASES}개", f"the last {KEPT_PHRASES} of"),
        (f"최근 {KEPT_JOBS}개", f"the last {KEPT_JOBS} of"),
    ],
)
def test_the_numbers_are_those_of_the_program(korean, english):
    assert KEPT_SECONDS == 3_600
    assert korean in KOREAN and english in ENGLISH


@pytest.mark.parametrize("name", ["delete.undo", "delete.all", "delete.picture", "drawing.forget"])
def test_the_buttons_have_the_names_that_they_have_on_the_page(name):
    row = table()[name]
    assert f"*{row.ko}*" in KOREAN
    assert f"*{row.en}*" in ENGLISH or name == "delete.undo"


def test_the_page_of_drawing_says_the_same():
    text = (DOCS / "drawing.md").read_text("utf-8")
    assert f"{UNUSED_DAYS}일" in text and f"{UNUSED_DAYS} days" in text
