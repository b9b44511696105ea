"""Captions name what is drawn; training never shows what is held out."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace
from itertools import islice

import pytest

from pipelines.bridge.adjective_effects import Look
from pipelines.bridge.caption_parser import caption_for, parse_caption
from pipelines.text.reading.typed import typed
from pipelines.training.crayon import caption_words, look_words, spoken
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.holdout import (
    is_colour_held_out,
    is_held_out,
    is_look_held_out,
    is_pair_held_out,
)
from pipelines.training.crayon.mixture import SceneMixture
from pipelines.training.crayon.pool import read_scene, scene_text
from pipelines.training.crayon.scenes import Arrangement, Scene, Thing, ThingSize
from pipelines.training.crayon.vocabulary import DrawableVocabulary

COLOURED: tuple[str, ...] = (
    "red",
    "orange",
    "yellow",
    "green",
    "sky blue",
    "blue",
    "purple",
    "pink",
    "brown",
)
COLOURED += ("black", "white", "grey")
WRONG = ("장미과 ", "장미은 ", "장미이 ", "장미을 ", "별와 ", "별는 ", "별가 ", "별를 ")


@pytest.fixture(scope="module")
def scenes(vocabulary: DrawableVocabulary) -> list[Scene]:
    mixture, chance = SceneMixture(vocabulary), random.Random(5)
    return [mixture.scene(chance) for _ in range(4000)]


def test_captions_name_all_that_is_drawn(
    vocabulary: DrawableVocabulary, scenes: list[Scene]
) -> None:
    captioner, chance = Captioner(vocabulary), random.Random(6)
    for scene in scenes:
        caption = captioner.caption(scene, chance)
        assert unicodedata.is_normalized("NFC", caption)
        for thing in scene.things:
            assert thing.noun in caption
            if thing.colour:
                colour = vocabulary.colour(thing.colour)
                assert colour.ko in caption or colour.noun.removesuffix("색") in caption
            if thing.count > 1:
                said = {2: ("두 ", "둘"), 3: ("세 ", "셋")}[thing.count]
                assert any(word in caption for word in said)
            if thing.look:
                words = (*look_words.looks()[thing.look], *look_words.predicates()[thing.look])
                assert any(word in caption for word in words), caption


def test_captions_are_many(vocabulary: DrawableVocabulary) -> None:
    captioner, chance = Captioner(vocabulary), random.Random(7)
    scene = Scene((Thing("장미"), Thing("별", "blue")))
    assert len({captioner.caption(scene, chance) for _ in range(300)}) > 150


def test_particles_follow_the_last_sound(vocabulary: DrawableVocabulary) -> None:
    captioner, chance = Captioner(vocabulary), random.Random(8)
    for things in ((Thing("장미"), Thing("별")), (Thing("별"), Thing("장미"))):
        for _ in range(300):
            caption = captioner.caption(Scene(things), chance)
            assert not any(wrong in caption + " " for wrong in WRONG), caption


@pytest.mark.parametrize(
    ("scene", "wanted"),
    [
        (Scene((Thing("뼈다귀"),)), "뼈다귀"),
        (Scene((Thing("장미"), Thing("코"))), "장미와 코"),
        (Scene((Thing("로켓"), Thing("사과")), Arrangement.ABOVE), "사과 위에 로켓"),
        (Scene((Thing("고양이", count=2),)), "고양이 두 마리"),
        (Scene((Thing("삼각형", "blue"),)), "파란 삼각형"),
        (Scene((Thing("사과"),), backdrop="night"), "밤 배경에 사과"),
        (Scene((Thing("사과"),), backdrop="green"), "초록 배경에 사과"),
        (Scene((), backdrop="sea"), "바다"),
        (Scene((Thing("장미", look="hot"),)), "뜨거운 장미"),
        (Scene((Thing("장미", "blue", size=ThingSize.SMALL, look="sad"),)), "작은 슬픈 파란 장미"),
        (Scene((Thing("로켓", is_flipped=True),)), "거꾸로 된 로켓"),
        (Scene((Thing("로켓"), Thing("사과")), Arrangement.INSIDE), "사과 속에 로켓"),
        (Scene((), backdrop="red", mood="gloomy"), "우울한 빨간 배경"),
        (Scene((), backdrop="red"), "빨간 낙서"),
        (Scene(()), "낙서"),
    ],
)
def test_plain_captions(vocabulary: DrawableVocabulary, scene: Scene, wanted: str) -> None:
    assert Captioner(vocabulary).plain(scene) == wanted


def test_filler_words_have_no_picture(vocabulary: DrawableVocabulary) -> None:
    nouns = {noun.ko for noun in vocabulary.nouns}
    fillers = {*caption_words.ADJECTIVES, *caption_words.ABSTRACT, *caption_words.PLACES}
    assert not nouns & fillers


def test_fillers_have_no_look() -> None:
    worn = {form for forms in look_words.looks().values() for form in forms}
    padding = {*caption_words.ADJECTIVES, *caption_words.MODIFYING_VERBS, *look_words.plain()}
    assert not worn & padding


def test_every_look_has_words_and_no_word_two_looks() -> None:
    words = look_words.looks()
    assert set(words) == {look.value for look in Look}
    said = [word for forms in words.values() for word in forms]
    assert all(words.values()) and len(said) == len(set(said)) > 120


def test_the_plainest_captions_come_back_as_their_scenes(
    vocabulary: DrawableVocabulary, scenes: list[Scene]
) -> None:
    captioner, phrase_scenes = Captioner(vocabulary), spoken.PhraseScenes(vocabulary)
    checked = 0
    for scene in scenes[:1500]:
        several = len(scene.things) > 1 and any(thing.count > 1 for thing in scene.things)
        if len(scene.things) > 2 or several or scene.backdrop in COLOURED:
            continue
        plain = replace(scene, jitter=0)
        assert phrase_scenes.scene(parse_caption(typed(captioner.plain(scene)))) == plain
        checked += 1
    assert checked > 800


def test_engine_phrases_are_heard_with_their_own_words(vocabulary: DrawableVocabulary) -> None:
    captioned = list(islice(spoken.captioned_scenes(vocabulary), 200))
    assert captioned == list(islice(spoken.captioned_scenes(vocabulary), 200))
    for scene, (sentence, caption) in captioned:
        assert all(thing.noun in caption for thing in scene.things)
        assert caption == caption_for(typed(caption)) or scene.things or scene.backdrop
        assert sentence


def test_held_out_scenes_never_occur_in_training(
    vocabulary: DrawableVocabulary, scenes: list[Scene]
) -> None:
    assert not any(is_held_out(scene, vocabulary) for scene in scenes)
    assert len({scene for scene in scenes if len(scene.things) == 2}) > 1000


def test_the_named_combinations_are_held_out(vocabulary: DrawableVocabulary) -> None:
    assert is_pair_held_out("장미", "코") and is_pair_held_out("코", "장미")
    assert is_pair_held_out("고양이", "우산")
    for thing in (Thing("삼각형", "blue"), Thing("별", "red"), Thing("장미", "blue")):
        assert is_colour_held_out(thing, vocabulary)
    assert not is_colour_held_out(Thing("하트", "red"), vocabulary)  # how a bare 하트 looks


def test_about_a_fifth_of_all_looks_is_held_out(vocabulary: DrawableVocabulary) -> None:
    things = [Thing(noun.ko, look=look.value) for noun in vocabulary.things for look in Look]
    assert 0.17 < sum(map(is_look_held_out, things)) / len(things) < 0.23
    assert not is_look_held_out(Thing("장미"))


def test_about_a_fifth_of_all_pairs_is_held_out(vocabulary: DrawableVocabulary) -> None:
    names = [noun.ko for noun in vocabulary.things][:60]
    held = [is_pair_held_out(a, b) for i, a in enumerate(names) for b in names[:i]]
    assert 0.15 < sum(held) / len(held) < 0.25


def test_scenes_survive_being_written_down(scenes: list[Scene]) -> None:
    assert all(read_scene(scene_text(scene)) == scene for scene in scenes[:200])
