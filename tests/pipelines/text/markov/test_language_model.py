"""A Markov chain as a language model: honest probabilities, continuations, no copies."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.text.corpus.corpus import Corpus, Sentence
from pipelines.text.language.model import LanguageModel, Sampling, WritingHooks
from pipelines.text.markov.engine import MarkovModel, MarkovSettings, train
from pipelines.text.markov.language_model import MarkovLanguage
from pipelines.text.markov.tokens import Eojeols, Unit
from tests.pipelines.text.markov.test_engine import story

LINES = "문어가 노래를 불렀다.\n문어가 세금을 냈다.\n문어가 노래를 잊었다.\n우산이 노래를 접었다.\n"
LINES += "우산이 세금을 냈다.\n달팽이가 노래를 불렀다.\n"


class Pieces:
    """Morphemes without Kiwi: "+" glues a piece to the one before."""

    unit = Unit.MORPHEME

    def split(self, sentence):
        return tuple(sentence.replace("은", " +은").replace("한", " +한").split())

    def join(self, tokens):
        return " ".join(tokens).replace(" +", "").replace("+", "")


@pytest.fixture(scope="module")
def language() -> MarkovLanguage:
    return MarkovLanguage(train(story(400)), "mine")


def small(order=2, lines=LINES, tokens=None) -> MarkovLanguage:
    sentences = tuple(Sentence(n, text) for n, text in enumerate(lines.split("\n")) if text)
    model = MarkovModel(
        Corpus(sentences, False, ()), MarkovSettings(order), tokens or Eojeols(), NEVER
    )
    return MarkovLanguage(model, "mine")


def test_it_is_a_language_model(language):
    model: LanguageModel = language
    assert model.name == "mine"


def test_percentages_are_those_of_the_back_off_chain():
    nexts = small(order=1).next_eojeols("문어가")
    assert {c.text: round(c.probability, 4) for c in nexts.candidates} == {
        "노래를": round(2 / 3, 4),
        "세금을": round(1 / 3, 4),
    }
    assert nexts.rest == pytest.approx(0)
    # order 2: 0.85 of what followed both words, 0.15 of what followed the last one
    nexts = small(order=2).next_eojeols("문어가 노래를")
    shares = {c.text: c.probability for c in nexts.candidates}
    assert shares["불렀다."] == pytest.approx(0.85 * 1 / 2 + 0.15 * 2 / 4)
    assert shares["접었다."] == pytest.approx(0.15 * 1 / 4)


def test_percentages_stay_untempered_and_what_is_not_listed_is_the_rest(language):
    cool, warm = (language.next_eojeols("문어가", 3, temperature) for temperature in (0.5, 2.0))
    assert [c.probability for c in cool.candidates] == [c.probability for c in warm.candidates]
    assert cool.candidates[0].tempered > cool.candidates[0].probability
    assert warm.candidates[0].tempered < warm.candidates[0].probability
    assert cool.rest + sum(c.probability for c in cool.candidates) == pytest.approx(1)
    assert cool.rest > 0


def test_drafts_are_drawn_by_the_percentages(language):
    shares = {c.text: c.probability for c in language.next_eojeols("문어가", 50).candidates}
    sampling = Sampling(temperature=1.0, top_p=1.0, no_repeat_ngram=0, max_tokens=1, seed=3)
    drafts = language.draft("문어가", 4000, sampling)
    firsts = Counter(draft.text.split()[0] for draft in drafts if draft.text)
    for word, share in shares.items():
        if share > 0.05:
            assert firsts[word] / 4000 == pytest.approx(share, abs=0.03)


def test_the_end_is_a_candidate():
    nexts = small().next_eojeols("문어가 세금을 냈다.")
    assert nexts.candidates[0].text == ""
    assert nexts.candidates[0].probability == 1


def test_pieces_of_an_eojeol_are_summed_up_to_the_blank():
    lines = "사랑은 착한 뼈다귀\n사랑은 착한 하마\n사랑은 뼈다귀\n뼈다귀은 하마\n"
    language = small(1, lines, Pieces())
    nexts = language.next_eojeols("사랑은")
    shares = {c.text: c.probability for c in nexts.candidates}
    # 착+한 twice and 뼈다귀 once after the particle; "뼈다귀은" shares the first piece
    assert shares["착한"] == pytest.approx(2 / 4)
    assert shares["뼈다귀"] == pytest.approx(1 / 4 * 2 / 3)
    assert shares["뼈다귀은"] == pytest.approx(1 / 4 * 1 / 3)
    assert sum(shares.values()) + nexts.rest == pytest.approx(1)
    assert "은" not in shares  # the text stands before a blank


def test_a_glued_piece_never_follows_the_blank_of_a_draft():
    lines = "사랑은 착한 뼈다귀\n사랑은 뼈다귀\n뼈다귀은 사랑\n착한 사랑은 하마\n"
    language = small(1, lines, Pieces())
    drafts = language.draft("사랑", 50, Sampling(seed=1, no_repeat_ngram=0))
    assert not any(draft.text.startswith("은") for draft in drafts)


def test_equal_seeds_equal_drafts_and_no_copies(language):
    first, again, other = (language.draft("문어가", 60, Sampling(seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    copies = [d for d in first if len(d.text.split()) > 2 and _is_copy(language, d.text)]
    assert copies == []


def _is_copy(language, text):
    return language.model.holds(("문어가", *text.split()))


def test_score_of_a_draft_is_its_own_probability(language):
    sampling = Sampling(temperature=1.0, top_p=1.0, seed=4)
    for draft in language.draft("문어가", 10, sampling):
        (scored,) = language.score([draft.text], "문어가")
        end = 1 if draft.has_ended else 0
        assert scored.tokens == draft.tokens - end
        assert scored.log_prob >= draft.log_prob - 1e-9
        assert math.isfinite(scored.log_prob)


def test_what_was_never_seen_is_unlikely_and_not_impossible(language):
    seen, unseen = language.score(["노래를 천천히 불렀다.", "헬리콥터를 뷁뷁 접었다."], "문어가")
    assert math.isfinite(unseen.log_prob)
    assert unseen.mean_log_prob < seen.mean_log_prob


def test_after_a_finished_sentence_a_new_one_begins(language):
    drafts = language.draft("문어가 노래를 몰래 불렀다.", 20, Sampling(seed=1))
    assert all(draft.text for draft in drafts)


def test_an_unknown_last_word_says_nothing_and_breaks_nothing(language):
    assert language.next_eojeols("뷁뷁뷁").candidates
    assert any(draft.text for draft in language.draft("뷁뷁뷁", 20, Sampling(seed=1)))


def test_banned_words_and_length_and_repetition_are_kept(language):
    sampling = Sampling(seed=2, bad_words=("노래",), max_tokens=3, repetition_penalty=1.5, top_k=5)
    drafts = language.draft("", 40, sampling)
    assert all("노래" not in draft.text and draft.tokens <= 3 for draft in drafts)
    assert not all(draft.has_ended for draft in drafts)


def test_text_that_can_only_repeat_itself_still_ends():
    language = small(2, "가 가 가 가 가\n" * 6)
    (draft,) = language.draft("가", 1, Sampling(seed=1))
    assert len(draft.text.split()) <= 40


def test_stop_is_heard(language):
    hooks = WritingHooks(cancel=CancelToken(lambda: True))
    with pytest.raises(Cancelled):
        language.draft("", 5, Sampling(seed=1), hooks)
    with pytest.raises(Cancelled):
        language.next_eojeols("문어가", cancel=CancelToken(lambda: True))


@pytest.mark.parametrize("prompt", ["가" * 10_000, "반쪽\ud83d", "벨\x07"])
def test_bad_prompt_is_refused_with_a_reason(language, prompt):
    for ask in (
        lambda: language.next_eojeols(prompt),
        lambda: language.draft(prompt, 1, Sampling(seed=1)),
        lambda: language.score(["말"], prompt),
    ):
        with pytest.raises(InvalidRequest):
            ask()
    with pytest.raises(InvalidRequest):
        language.next_eojeols("문어가", temperature=9.0)


def test_a_decomposed_prompt_is_the_same_prompt(language):
    import unicodedata

    loose = unicodedata.normalize("NFD", "문어가")
    assert language.next_eojeols(loose) == language.next_eojeols("문어가")


def test_shuffled_prompts_never_break_it(language):
    dice = random.Random(1)
    for _ in range(50):
        prompt = "".join(dice.choices("문어가 노래를 .!?“”…\n불렀다", k=dice.randrange(30)))
        shares = language.next_eojeols(prompt, 1000)
        assert sum(c.probability for c in shares.candidates) + shares.rest == pytest.approx(1)
