"""The documents: always the same, in their shares, and silent about the held-out nouns."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from pipelines.text.chat.topic import content
from pipelines.text.korean.blocklist import is_clean
from pipelines.training.ongari.mixture import SHARES, DocumentMixture, closed
from pipelines.training.ongari.pairs import Pairs
from pipelines.training.ongari.score import uptake
from pipelines.training.ongari.workshop import is_unseen, learnt, unseen
from pipelines.training.ongari.written_files import QuestionReply, read_written

DIALOGUE = re.compile(r"(<usr>[^<]+<unused1>[012]<sys>[^<]+</s>)+")
LINE = re.compile(r"(</s>)?[^<]+</s>")
COUNT = 400


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    return Pairs(learnt(read_written()), kept=15)


@pytest.fixture(scope="module")
def mixture(pairs: Pairs) -> DocumentMixture:
    return DocumentMixture(pairs, "test")


def test_the_same_number_is_the_same_document_whatever_came_before(
    mixture: DocumentMixture,
) -> None:
    forwards = [mixture.document(number) for number in range(60)]
    again = DocumentMixture(Pairs(mixture.written, kept=15), "test")
    backwards = [again.document(number) for number in reversed(range(60))]
    assert forwards == backwards[::-1]


def test_another_seed_says_something_else(mixture: DocumentMixture) -> None:
    other = DocumentMixture(mixture.pairs, "other")
    assert [mixture.document(n) for n in range(5)] != [other.document(n) for n in range(5)]


def test_the_shares_add_up_and_are_kept(mixture: DocumentMixture) -> None:
    assert sum(SHARES.values()) == 100
    found = Counter(mixture.document(number).source for number in range(COUNT))
    assert set(found) == set(SHARES)
    assert found["formed"] == pytest.approx(COUNT * SHARES["formed"] / 100, rel=0.3)


def test_documents_are_dialogues_or_lines_and_clean(mixture: DocumentMixture) -> None:
    for number in range(COUNT):
        text = mixture.document(number).text
        assert DIALOGUE.fullmatch(text) or LINE.fullmatch(text), text
        assert all(is_clean(part) for part in re.split(r"<[^>]+>[012]?", text) if part)


def test_no_pair_holds_a_held_out_noun(mixture: DocumentMixture) -> None:
    held = mixture.pairs.held_out
    assert len(held) >= 20
    for number in range(COUNT):
        text = mixture.document(number).text
        if text.startswith("<usr>"):
            assert not content(text) & held, text


def test_made_replies_take_up_their_question(pairs: Pairs) -> None:
    dice = random.Random(1)
    made = [pair for pair in (pairs.formed(dice) for _ in range(150)) if pair]
    taken = [uptake([p.question], [p.reply]).rate for p in made if content(p.question)]
    assert sum(taken) / len(taken) > 0.9


def test_a_written_question_gets_many_replies(pairs: Pairs) -> None:
    dice = random.Random(2)
    own = {pair.question: pair.reply for pair in pairs.written.pairs}
    made = [pair for pair in (pairs.answered_question(dice) for _ in range(100)) if pair]
    assert all(pair.reply != own[pair.question] for pair in made)
    assert len({pair.reply for pair in made}) > 90


def test_a_coined_word_stands_in_question_and_reply(pairs: Pairs) -> None:
    dice = random.Random(1)
    pair = next(filter(None, (pairs.coined_pair(dice) for _ in range(50))))
    assert set(pair.question.split()[0]) & set(pair.reply)
    word = pairs.coined(dice)
    assert not content(word)


def test_a_written_pair_about_something_else_keeps_its_particles(pairs: Pairs) -> None:
    made = Pairs(
        learnt(read_written()).__class__(
            ("사랑은 착한 뼈다귀",),
            (),
            (QuestionReply("문어가 뭐야?", "문어는 바다의 장갑.", 2),),
            (),
            (),
        ),
        kept=3,
    )
    dice = random.Random(3)
    found = [pair for pair in (made.swapped(dice) for _ in range(40)) if pair]
    assert found
    assert all(re.fullmatch(r"\w+가 뭐야\?", pair.question) for pair in found)
    assert len({pair.question for pair in found}) > 5


def test_unseen_texts_are_never_learnt() -> None:
    written = read_written()
    kept, seen = unseen(written), learnt(written)
    assert kept.lines
    assert not set(kept.lines) & set(seen.lines)
    assert len(kept.pairs) + len(seen.pairs) == len(written.pairs)
    assert all(is_unseen(line) for line in kept.lines)


@pytest.mark.parametrize(("text", "wanted"), [("뼈다귀", "뼈다귀."), ("뭐야?", "뭐야?")])
def test_sentences_are_closed(text: str, wanted: str) -> None:
    assert closed(text) == wanted
