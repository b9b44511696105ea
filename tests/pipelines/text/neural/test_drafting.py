"""Writing with a neural model: seeds, wishes, bans, stops, and what is shown while it writes."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.text.language.model import Sampling, WritingHooks
from pipelines.text.neural.transcript import question_prompt
from tests.tiny_language import WORDS

LONG = Sampling(seed=3, max_tokens=24)


def texts(drafts):
    return [draft.text for draft in drafts]


def test_same_seed_same_drafts(tiny):
    assert texts(tiny.draft("사랑은", 4, LONG)) == texts(tiny.draft("사랑은", 4, LONG))
    other = Sampling(seed=4, max_tokens=24)
    assert texts(tiny.draft("사랑은", 4, LONG)) != texts(tiny.draft("사랑은", 4, other))


def test_draft_does_not_depend_on_how_many_are_written(tiny):
    many = tiny.draft("사랑은", 7, LONG)
    for count in (1, 3):
        few = tiny.draft("사랑은", count, LONG)
        assert texts(few) == texts(many[:count])
        assert [one.log_prob for one in few] == pytest.approx(
            [one.log_prob for one in many[:count]], abs=1e-3
        )


def test_drafts_differ_from_each_other(tiny):
    assert len(set(texts(tiny.draft("", 10, LONG)))) > 7


def test_continuation_joins_the_prompt(tiny):
    for draft in tiny.draft("사랑은", 8, LONG):
        first = ("사랑은" + draft.text).split()[0]
        assert first.startswith("사랑은") and draft.text.strip()
    for prompt in ("사랑은 ", "", question_prompt("사랑은?")):
        for draft in tiny.draft(prompt, 8, LONG):
            assert draft.text == draft.text.lstrip()


def test_after_a_blank_a_new_eojeol_begins(tiny):
    for draft in tiny.draft("사랑은 ", 20, LONG):
        assert draft.text.split()[0] not in "은는이가을를에도만처럼!.?"


def test_nothing_but_text_comes_out(tiny):
    hot = Sampling(seed=1, temperature=2.0, top_p=1.0, max_tokens=40)
    for draft in tiny.draft("", 20, hot):
        assert "<" not in draft.text and "unused" not in draft.text
        assert unicodedata.is_normalized("NFC", draft.text)


def test_top_k_one_is_the_likeliest(tiny):
    drafts = tiny.draft("사랑은", 3, Sampling(seed=1, top_k=1, max_tokens=6))
    assert len(set(texts(drafts))) == 1
    cold = tiny.draft("사랑은", 3, Sampling(seed=9, top_p=0.05, max_tokens=6))
    assert texts(cold) == texts(drafts)


def test_no_ngram_comes_twice(tiny):
    sampling = Sampling(seed=5, no_repeat_ngram=2, max_tokens=60, temperature=0.4)
    for draft in tiny.draft("해 해", 5, sampling):
        words = ("해 해" + draft.text).split()
        pairs = list(pairwise(words))
        assert len(pairs) == len(set(pairs))


def test_repetition_penalty_makes_the_said_unlikelier(tiny):
    def share(penalty):
        sampling = Sampling(seed=2, repetition_penalty=penalty, no_repeat_ngram=0, max_tokens=40)
        words = [text.split() for text in texts(tiny.draft("", 20, sampling))]
        return sum(len(set(row)) for row in words) / sum(map(len, words))

    assert share(2.0) > share(1.0)


def test_banned_words_do_not_come(tiny):
    sampling = Sampling(seed=3, max_tokens=40, bad_words=("장미", "냉장고"))
    found = " ".join(texts(tiny.draft("", 20, sampling)))
    assert found and "장미" not in found and "냉장고" not in found
    assert "장미" in " ".join(texts(tiny.draft("", 20, Sampling(seed=3, max_tokens=40))))


def test_slur_is_never_completed(tiny):
    words = tiny.vocabulary
    number = words.encode("개새")
    from pipelines.text.neural.drafting import _is_allowed

    assert number and not _is_allowed("개", "새 웃는다", ()) and _is_allowed("", "새 웃는다", ())
    assert not _is_allowed("", "착한 개 새", ())


def test_limit_cuts_off_and_says_so(tiny):
    drafts = tiny.draft("", 10, Sampling(seed=3, max_tokens=1))
    assert {draft.tokens for draft in drafts} == {1} and not any(d.has_ended for d in drafts)
    assert any(draft.has_ended for draft in tiny.draft("", 10, LONG))


def test_text_is_told_as_it_grows(tiny):
    told = {}
    hooks = WritingHooks(on_text=lambda index, text: told.setdefault(index, []).append(text))
    drafts = tiny.draft("사랑은", 3, LONG, hooks)
    for index, draft in enumerate(drafts):
        assert told[index][-1].split() == draft.text.split()
        assert all(b.startswith(a) for a, b in pairwise(told[index]))


def test_stop_is_heard_at_the_next_token(tiny):
    asked = []

    def is_cancelled():
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        hooks = WritingHooks(cancel=CancelToken(is_cancelled))
        tiny.draft("", 2, Sampling(seed=3, max_tokens=200), hooks)
    assert len(asked) == 4


@pytest.mark.parametrize("count", [0, 201])
def test_count_out_of_range_is_refused(tiny, count):
    with pytest.raises(InvalidRequest):
        tiny.draft("", count, LONG)


def test_prompt_longer_than_the_context_counts_by_its_end(tiny):
    long = "착한 뼈다귀 " * 1500
    assert len(long) > 10_000
    drafts = tiny.draft(long + "사랑은", 2, LONG)
    assert all(draft.text.strip() for draft in drafts)
    assert len(tiny.start(long)) == tiny.context // 2
    assert texts(drafts) == texts(tiny.draft("심심한 장미를 " * 100 + long + "사랑은", 2, LONG))
    assert tiny.next_eojeols(long).candidates


def test_endless_prompt_is_refused_with_a_sentence(tiny):
    for call in (lambda text: tiny.draft(text, 1, LONG), tiny.next_eojeols, tiny.start):
        with pytest.raises(InvalidRequest) as caught:
            call("가" * 20_001)
        assert caught.value.key == "request.text.long"


def test_half_a_character_is_refused_with_its_place(tiny):
    with pytest.raises(InvalidRequest) as caught:
        tiny.draft("사랑\ud83d은", 1, LONG)
    assert caught.value.values["position"] == 3


def test_taken_apart_hangul_is_read_like_whole(tiny):
    apart = unicodedata.normalize("NFD", "사랑은")
    assert texts(tiny.draft(apart, 2, LONG)) == texts(tiny.draft("사랑은", 2, LONG))


def test_score_is_what_a_draft_said_of_itself(tiny):
    sampling = Sampling(seed=3, max_tokens=3)
    drafts = [one for one in tiny.draft("사랑은", 20, sampling) if not one.has_ended]
    # a draft may split a word as no reader would; those cannot be compared
    same = [
        one for one in drafts
        if len(tiny.vocabulary.encode(one.text)) == 3 and all(w in WORDS for w in one.text.split())
    ]  # fmt: skip
    assert len(same) > 3
    scores = tiny.score([one.text for one in same], "사랑은")
    assert [one.log_prob for one in scores] == pytest.approx(
        [one.log_prob for one in same], abs=1e-3
    )


def test_scores_do_not_depend_on_what_is_scored_beside(tiny):
    some = [" 착한 뼈다귀", " 해", " 고양이가 냉장고에서 웃는다. 왜 그래?", ""]
    together = tiny.score(some, "사랑은")
    alone = [tiny.score([text], "사랑은")[0] for text in some]
    assert [one.log_prob for one in together] == pytest.approx(
        [one.log_prob for one in alone], abs=1e-3
    )
    assert together[3].tokens == 0 and together[3].log_prob == 0.0
    assert tiny.score([]) == ()


def test_reply_is_scored_after_its_question(tiny):
    prompt = question_prompt("안녕?")
    (plain,) = tiny.score(["착한 뼈다귀"])
    (reply,) = tiny.score(["착한 뼈다귀"], prompt)
    assert reply.tokens == plain.tokens == 2 and reply.log_prob != plain.log_prob


def test_many_long_scores_are_read_in_parts(tiny, monkeypatch):
    from pipelines.text.neural import model

    some = ["착한 뼈다귀", "해", "고양이가 냉장고에서"]
    whole = tiny.score(some)
    monkeypatch.setattr(model, "MOST_LOGITS", 200_000)
    parts = tiny.score(some)
    assert [one.log_prob for one in parts] == pytest.approx([one.log_prob for one in whole])


def test_tokens_can_be_looked_at(tiny):
    row = tiny.start("사랑은")
    chances = tiny.next_log_probs([row, row]).exp()
    assert chances.shape == (2, 51_200)
    assert float(chances[0].sum()) == pytest.approx(1.0, abs=1e-3)
    assert float(chances[0, 2]) == 0.0  # a mark never stands in a text
    assert tiny.text(row) == " 사랑은"
