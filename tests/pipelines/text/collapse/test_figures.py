"""The figures on replies small enough to count by hand."""

import math

import pytest

from pipelines.text.collapse import figures


def rows(*texts):
    return [figures.row(text) for text in texts]


def test_marks_make_no_difference():
    assert figures.unique(rows("사랑!", "사랑", "뼈다귀.")) == pytest.approx(2 / 3)


def test_the_commonest_reply_is_counted():
    assert figures.top_share(rows("사랑!", "사랑!", "아니", "왜")) == 0.5


def test_pairs_are_counted_over_all_replies():
    assert figures.distinct_2(rows("가 나 다", "가 나 라")) == 0.75
    assert figures.distinct_2(rows("사랑!", "사랑!")) == 0.5  # a reply of one word is a pair


def test_entropy_of_the_first_word():
    assert figures.first_word_bits(rows("가 나", "가 다", "나 가", "나 나")) == 1.0
    assert figures.first_word_bits(rows("가", "가")) == 0.0


def test_likeness_is_one_for_parrots_and_nothing_for_strangers():
    assert figures.self_bleu_3(rows("가 나 다", "가 나 다")) == 1.0
    assert figures.self_bleu_3(rows("가 나 다", "라 마 바")) == 0.0
    # two of three words and one of two pairs are shared, no run of three
    assert figures.self_bleu_3(rows("가 나 다", "가 나 라")) == 0.0
    half = figures.self_bleu_3(rows("가 나 다 라", "가 나 다 마"))
    assert half == pytest.approx(math.exp(math.log(3 / 4 * 2 / 3 * 1 / 2) / 3))


def test_copies_and_the_longest_learned_run():
    copies = figures.Copies(["파란 냄새 삼각형", "심심한 장미를 콧구멍에 꽂았다"])
    replies = rows("파란 냄새 삼각형!", "심심한 장미를 먹는 냄새", "아무도 모른다")
    assert copies.share(replies) == pytest.approx(1 / 3)
    assert copies.mean_run(replies) == pytest.approx((1 + 0.5 + 0) / 3)
