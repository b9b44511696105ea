"""What a person wishes is what the grammar engine says, or a sentence says why not."""

from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import (
    ANY_LENGTH,
    LENGTHS,
    Mood,
    Rating,
    SentenceFamily,
    check_topics,
    parse_syllables,
)
from pipelines.text import lexicon
from pipelines.text.engines import say
from pipelines.text.grammar import grammar
from pipelines.text.grammar.frames import BY_FAMILY
from pipelines.text.korean.blocklist import letters
from playground.messages import Language, explain, table


def spoken(count, **wishes):
    return list(islice(grammar.phrases(TextRequest(seed=11, **wishes)), count))


@pytest.mark.parametrize("family", list(SentenceFamily))
def test_a_family_keeps_to_its_frames_and_never_repeats_one(family):
    phrases = spoken(300, families=(family,))
    names = {frame.name for frame in BY_FAMILY[family]}
    assert {phrase.frame for phrase in phrases} == names
    assert all(one.frame != other.frame for one, other in pairwise(phrases))


def test_families_are_kept_once_and_in_order():
    mixed: Any = ("notice", SentenceFamily.EVENT, "notice")
    request = TextRequest(families=mixed)
    assert request.families == (SentenceFamily.EVENT, SentenceFamily.NOTICE)


@pytest.mark.parametrize("limits", [*LENGTHS.values(), (6, 6), (5, 12)])
def test_the_length_is_kept(limits):
    for phrase in spoken(200, syllables=limits):
        assert limits[0] <= len(letters(phrase.ko)) <= limits[1]


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.ANY])
def test_a_mood_brings_its_words_forward(mood):
    words = lexicon.builtin()
    kin = {
        entry.ko
        for name in ("nouns", "adjectives", "verbs", "adverbs", "interjections")
        for entry in getattr(words, name)
        if entry.mood == mood
    }

    def share(wanted):
        said = [word.ko for phrase in spoken(1500, mood=wanted) for word in phrase.words]
        return sum(ko in kin for ko in said) / len(said)

    assert len(kin) >= 60
    assert share(mood) > 2.5 * share(Mood.ANY)


TOPICS = "고양이 양심 수건 게으르다 굽다 헤엄치다 몰래 다율 GPT 우리이모 3호선 강 짜잔 파란".split()


@pytest.mark.parametrize("topic", [*TOPICS, "우리 이모"])
def test_every_phrase_holds_the_topic(topic):
    phrases = spoken(120, topics=(topic,))
    for phrase in phrases:
        # a chain names what it holds on to again
        assert sum(word.ko == topic for word in phrase.words) in (1, 2), phrase.ko
        assert phrase.en.isascii()
    assert len({phrase.ko for phrase in phrases}) == 120


def test_a_topic_with_a_particle_or_an_ending_is_understood():
    assert all("고양이" in phrase.ko for phrase in spoken(20, topics=("고양이를",)))
    for phrase in spoken(20, topics=("게으른",)):
        assert "게으르다" in {word.ko for word in phrase.words}


def test_topics_take_turns():
    phrases = spoken(30, topics=("고양이", "양심", "뼈다귀"))
    for topic, start in (("고양이", 0), ("양심", 1), ("뼈다귀", 2)):
        assert all(topic in phrase.ko for phrase in phrases[start::3])


def test_the_particle_of_an_unknown_word_follows_its_sound():
    text = " ".join(phrase.ko for phrase in spoken(300, topics=("다율",)))
    assert "다율이 " in text
    assert "다율가" not in text
    assert "다율는" not in text
    assert "다율를" not in text


def test_nothing_cruel_happens_to_a_topic():
    verbs = {verb.ko: verb for verb in lexicon.builtin().verbs}
    for phrase in spoken(400, topics=("강아지",), families=("command", "notice", "event")):
        if phrase.frame in ("never-again", "thank-you-for", "before-it-melts", "rumour", "sign"):
            for word in phrase.words:
                if word.ko in verbs and verbs[word.ko].valency == "t":
                    assert lexicon.Category.ANIMAL not in verbs[word.ko].never or (
                        phrase.frame in ("before-it-melts", "rumour")
                    ), phrase.ko


def test_rating_all_leaves_out_what_is_rude():
    words = lexicon.builtin()
    rated: tuple[Any, ...] = (*words.nouns, *words.verbs, *words.adjectives)
    rude = {entry.ko for entry in rated if entry.rating == "mild"}

    def said(rating):
        return {word.ko for phrase in spoken(3000, rating=rating) for word in phrase.words}

    assert rude & said(Rating.MILD)
    assert not rude & said(Rating.ALL)


def test_the_same_wishes_say_the_same_again():
    wishes: dict[str, Any] = {
        "families": ("event",),
        "mood": "solemn",
        "topics": ("문어",),
        "syllables": (5, 20),
    }
    assert say(TextRequest(seed=3, **wishes)) == say(TextRequest(seed=3, **wishes))


@pytest.mark.parametrize(
    ("wishes", "key"),
    [
        ({"families": ("poem",)}, "request.choice"),
        ({"mood": "hungry"}, "request.choice"),
        ({"rating": "adult"}, "request.choice"),
        ({"syllables": (9, 3)}, "request.syllables"),
        ({"syllables": (0, 3)}, "request.syllables"),
        ({"syllables": (1, 1000)}, "request.syllables"),
        ({"topics": ("",)}, "request.text.empty"),
        ({"topics": ("고양이!",)}, "request.topic"),
        ({"topics": ("{a}",)}, "request.topic"),
        ({"topics": ("세 어절 낱말",)}, "request.topic"),
        ({"topics": ("가" * 13,)}, "request.topic"),
        ({"topics": tuple("가나다라마바")}, "request.topics.many"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_a_sentence(wishes, key):
    with pytest.raises(InvalidRequest) as caught:
        TextRequest(**wishes)
    assert caught.value.key == key
    for language in Language:
        assert explain(caught.value, language)


@pytest.mark.parametrize(
    ("wishes", "key"),
    [
        ({"topics": ("병신",)}, "request.topic.blocked"),
        ({"topics": ("마리",)}, None),
        ({"syllables": (60, 60)}, "request.wishes"),
        ({"topics": ("띵동",), "families": ("definition",)}, "request.wishes"),
    ],
)
def test_wishes_that_nothing_meets_end_in_a_sentence(wishes, key):
    if key is None:
        assert spoken(5, **wishes)
        return
    with pytest.raises(InvalidRequest) as caught:
        spoken(1, **wishes)
    assert caught.value.key == key
    for language in Language:
        assert explain(caught.value, language)


@given(st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_topic_or_refused(text):
    try:
        request = TextRequest(topics=(text,), seed=1)
        phrase = next(grammar.phrases(request))
    except InvalidRequest:
        return
    assert phrase.words


@given(st.text(max_size=12))
def test_any_length_is_read_or_refused(text):
    try:
        low, high = parse_syllables(text)
    except InvalidRequest:
        return
    assert ANY_LENGTH[0] <= low <= high <= ANY_LENGTH[1]


def test_topics_are_kept_once():
    assert check_topics(("고양이", " 고양이", "문어")) == ("고양이", "문어")


@pytest.mark.parametrize(
    ("name", "choices"),
    [("family", SentenceFamily), ("length", LENGTHS), ("mood", Mood), ("rating", Rating)],
)
def test_every_choice_has_a_name(name, choices):
    assert {f"{name}.{choice}" for choice in choices} <= table().keys()
