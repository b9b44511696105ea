"""What is measured was never learned, and no reply comes too often."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.training.finetune.dataset import TrainingRow
from pipelines.training.finetune.split import MOST_OF_ONE, split


def test_a_reply_that_is_measured_is_in_no_row_that_is_learned():
    rows = [TrainingRow(n, f"왜 {n}?", f"답 {n % 50}") for n in range(200)]
    parts = split(rows, 0.1, 0)
    learned, held_out = ({row.reply for row in part} for part in (parts.learned, parts.held_out))
    assert learned.isdisjoint(held_out)
    assert len(held_out) == 5
    assert split(rows, 0.1, 0) == parts != split(rows, 0.1, 1)


def test_a_reply_in_every_tenth_row_is_capped():
    rows = [TrainingRow(n, f"왜 {n}?", "사랑!" if n % 10 == 0 else f"답 {n}") for n in range(240)]
    parts = split(rows, 0.1, 3)
    kept = (*parts.learned, *parts.held_out)
    assert Counter(row.reply for row in kept)["사랑!"] == 4
    assert parts.capped == 20


def test_the_same_row_counts_once_and_its_first_line_stays():
    rows = [TrainingRow(n, "왜?", f"답 {n % 30}") for n in range(60)]
    parts = split(rows, 0.1, 0)
    assert parts.repeated == 30
    assert {row.line for row in (*parts.learned, *parts.held_out)} == set(range(30))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), min_size=1, max_size=300))
@settings(deadline=None, max_examples=100)
def test_no_reply_has_more_than_its_share(pairs):
    rows = [TrainingRow(n, str(question), str(reply)) for n, (question, reply) in enumerate(pairs)]
    parts = split(rows, 0.2, 0)
    kept = (*parts.learned, *parts.held_out)
    most = max(Counter(row.reply for row in kept).values(), default=0)
    assert most <= max(1, MOST_OF_ONE * len(kept))
    assert len(kept) + parts.repeated + parts.capped == len(rows)
