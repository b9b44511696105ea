"""Run-ons, talk, voices, layers and titles: that they are heard, and what they are made of."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import LENGTHS, Mood, SentenceFamily
from pipelines.text import lexicon
from pipelines.text.engines import say
from pipelines.text.grammar import grammar
from pipelines.text.grammar.frames import FRAMES, addresses, layers, run_ons, speech, talks
from pipelines.text.grammar.frames.frame import UNTOLD
from pipelines.text.grammar.staging import Staging
from pipelines.text.korean.blocklist import letters
from pipelines.text.korean.hangul import split
from pipelines.text.lexicon import Category

TABLES = (run_ons, talks, speech, layers, addresses)
NEW = {frame.name: frame for table in TABLES for frame in table.FRAMES}
PEOPLE = {noun.ko for noun in lexicon.builtin().nouns if noun.cat is Category.PERSON}


def spoken(count, **wishes):
    return list(islice(grammar.phrases(TextRequest(**wishes)), count))


@pytest.fixture(scope="module")
def crowd():
    return [phrase for seed in range(30) for phrase in spoken(100, seed=seed)]


def test_every_new_frame_says_how_it_is_staged():
    assert len(NEW) >= 40
    assert all(frame.staging for frame in NEW.values())
    used = {frame.staging for frame in NEW.values()}
    assert used == set(Staging) - {Staging.NONE}  # no key that nothing asks for


def test_sentences_are_longer_and_more_are_about_people(crowd):
    assert sum(len(phrase.ko.split()) >= 7 for phrase in crowd) / len(crowd) >= 0.15
    people = sum(any(word.ko in PEOPLE for word in phrase.words) for phrase in crowd)
    assert people / len(crowd) > 0.12  # it was 0.05


def test_there_are_thirty_ways_to_end_a_sentence():
    last = re.compile(r"@([가-힣]+)\}[ㅋㅠ ]*[.!?”]*$")
    ends = {found[1] for frame in FRAMES for ko, _ in frame.lines if (found := last.search(ko))}
    assert len(ends) >= 30


@pytest.mark.parametrize("family", [SentenceFamily.RUN_ON, SentenceFamily.TALK])
def test_the_new_families_can_be_asked_for(family):
    names = {phrase.frame for phrase in say(TextRequest(count=40, families=(family,)))}
    table = run_ons if family is SentenceFamily.RUN_ON else talks
    assert names <= {frame.name for frame in table.FRAMES} and len(names) >= 10


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.ANY])
def test_every_mood_has_frames_of_its_own_and_they_are_heard(mood):
    own = {frame.name for frame in FRAMES if frame.mood == mood}
    assert len(own & NEW.keys()) >= 2
    share = sum(phrase.frame in own for phrase in spoken(400, mood=mood)) / 400
    usual = sum(phrase.frame in own for phrase in spoken(400)) / 400
    assert share > 2 * usual


def test_long_is_long():
    low, _ = LENGTHS["long"]
    for phrase in say(TextRequest(count=20, syllables=LENGTHS["long"])):
        assert len(letters(phrase.ko)) >= low >= 20


def echoes(surprise):
    """Return how many adjectives begin with the sound of the noun behind them."""
    hits = pairs = 0
    for phrase in spoken(3_000, surprise=surprise):
        for one, other in zip(phrase.words, phrase.words[1:], strict=False):
            if one.kind == "adjective" and other.kind == "noun":
                pairs += 1
                hits += split(one.ko[0])[0] == split(other.ko[0])[0]
    return hits / pairs


def test_adjectives_echo_their_nouns_at_high_surprise():
    assert echoes(2.0) > 1.5 * echoes(1.0)


def test_made_up_mimetics_are_said_twice_and_romanised(crowd):
    found = [phrase for phrase in crowd if phrase.frame in ("in-its-own-way", "what-a-sound")]
    assert found
    for phrase in found:
        assert re.search(r"(\w\w)\1", phrase.ko), phrase.ko
        assert re.search(r"([a-z]+)-\1", phrase.en), phrase.en


def test_words_grown_together_keep_both_halves(crowd):
    found = [phrase for phrase in crowd if phrase.frame == "grown-together"]
    assert found
    for phrase in found:
        one, other = phrase.words
        assert one.ko + other.ko in phrase.ko


def test_measures_are_counted_in_digits(crowd):
    numbers = [word.ko for phrase in crowd for word in phrase.words if word.kind == "number"]
    assert {"1", "12"} & set(numbers) and "두" in numbers
    assert not {"일", "삼", "사", "오", "칠"} & set(numbers)
    assert any(re.search(r"\d[가-힣]", phrase.ko) for phrase in crowd)
    assert not any(re.search(r"\d [가-힣]", phrase.ko) for phrase in crowd)


def test_nobody_is_told_to_heal():
    orders = spoken(2_000, families=(SentenceFamily.COMMAND,), surprise=1.0)
    told = {
        word.ko
        for phrase in orders
        if phrase.frame in {"please-rot", "let-us-flee", "boss-octopus", "dear-citizens"}
        for word in phrase.words
    }
    assert told and not told & set(UNTOLD)
