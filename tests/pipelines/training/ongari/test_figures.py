"""The figures of the score: copies, and whether a reply takes up its question."""

from __future__ import annotations

import pytest

from pipelines.text.collapse import figures
from pipelines.training.ongari.score import Score, Uptake, trained_rows, uptake


def test_every_reply_line_and_sentence_that_was_trained_is_known() -> None:
    found = trained_rows(
        ["<usr>사랑?<unused1>0<sys>사랑은 착한 뼈다귀.</s>", "</s>문어가 우는 밤. 또 온 밤.</s>"]
    )
    known = ("사랑은, 착한 뼈다귀!", "문어가 우는 밤", "또 온 밤.")
    assert all(figures.row(text) in found for text in known)
    assert figures.row("사랑?") not in found


@pytest.mark.parametrize(
    ("question", "reply", "rates"),
    [
        ("문어가 뭐야?", "까다로운 문어!", (1.0, 1.0)),
        ("하품이 나와", "하품 세 켤레", (1.0, 1.0)),
        ("고양이가 뭐야?", "하마 두 마리", (0.0, 1.0)),
        ("문어가 뭐야?", "정오에 만나요.", (0.0, 0.0)),
        ("왜 춤추고 있어?", "춤추는 냄비", (1.0, 1.0)),
    ],
)
def test_a_reply_takes_up_a_word_or_its_category(
    question: str, reply: str, rates: tuple[float, float]
) -> None:
    found = uptake([question], [reply])
    assert (found.word_rate, found.rate) == rates


def test_a_question_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(ValueError, match="no word of the lexicon"):
        uptake(["뷁?"], ["뷁!"])


def test_the_table_says_which_bounds_do_not_hold() -> None:
    same = {"unique": 0.99, "top": 0.002, "distinct_2": 0.9, "self_bleu_3": 0.01, "first_bits": 7}
    some = Uptake(200, 130, 10)
    found = Score("normal", same, 0.3, 20, some, Uptake(1, 1), Uptake(1, 0), 0, (9.0, 8.0), ())
    rows = found.table().splitlines()
    assert [row for row in rows if "**no**" in row] == [
        "| verbatim copies of training text | 0.300 | ≤ 0.1 | **no** |"
    ]
    assert "| takes up the question, 200 prompts | 0.700 | ≥ 0.6 | yes |" in rows
