"""What typed Korean says in English: who, doing what, to what, where, how many."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.glossing import english
from pipelines.text.glossing.dictionary import builtin, collocations, culture, everyday
from pipelines.text.glossing.homonyms import builtin as homonyms
from pipelines.text.glossing.misheard import drawable
from pipelines.text.korean.kiwi import holder

SENTENCES = [
    ("고양이가 우산을 훔쳤다", "a cat stealing an umbrella"),
    ("나는 밥을 먹었다", "a person eating rice"),
    ("빨간 모자를 쓴 고양이 세 마리", "three cats wearing a red hat"),
    ("세마리 문어", "three octopuses"),
    ("고양이 100마리", "100 cats"),
    ("세 살 아이가 아이스크림을 떨어뜨렸다", "a three-year-old child dropping an ice cream"),
    ("세 스푼의 고양이", "three spoonfuls of cats"),
    ("바다에서 춤추는 문어", "an octopus dancing in the sea"),
    ("하늘에서 떨어지는 물고기들", "fish falling from the sky"),
    ("코를 고는 냉장고", "a snoring fridge"),
    ("책상 위에 있는 사과", "an apple on top of a desk"),
    ("사과 위의 로켓", "a rocket on top of an apple"),
    ("산과 강 사이의 마을", "a village between a mountain and a river"),
    ("코끼리는 코가 길다", "an elephant with a long nose"),
    ("꼬리가 긴 고양이", "a cat with a long tail"),
    ("뿔이 난 토끼", "a rabbit with a horn"),
    ("돈이 없다", "no money"),
    ("문어가 없는 바다", "the sea without an octopus"),
    (
        "비가 오는 거리에서 우산 없이 걷는 남자",
        "a man walking on a raining street without an umbrella",
    ),
    ("물고기를 먹지 않는 고양이", "a cat not eating a fish"),
    ("고양이가 안 예쁘다", "a not pretty cat"),
    ("귀여운 토끼가 당근을 먹지 못하고 울고 있다", "a cute rabbit not eating a carrot and crying"),
    ("퇴근하고 싶다", "wanting to clock off"),
    ("고양이가 되고 싶은 강아지", "a puppy wanting to become a cat"),
    ("엄마가 만든 김밥", "gimbap that a mum makes, seaweed rice roll slices"),
    ("유리로 만든 집", "a house made of glass"),
    ("고양이 같은 강아지", "a puppy like a cat"),
    ("사랑은 착한 뼈다귀", "love is a kind bone"),
    ("심심한 장미를 콧구멍에", "a bored rose in a nostril"),
    ("고양이는 귀엽고 강아지는 착하다", "a cute cat, a kind puppy"),
    ("크고 빨간 사과와 작고 파란 배", "a big red apple and a small blue ship"),
    ("불을 뿜는 용과 싸우는 기사", "a knight fighting with a dragon spewing fire"),
    ("할머니께서 손자에게 용돈을 주신다", "a grandmother giving pocket money to a grandson"),
    ("12:30에 출근하는 좀비", "a zombie going to work, at 12:30"),
    ("BTS가 경복궁에서 춤을 춘다", "BTS dancing in Gyeongbokgung Palace"),
    ("iPhone을 든 고양이", "a cat holding iPhone"),
    ("🐱가 🍕를 먹는다", "a cat eating a slice of pizza"),
    ("ㅋㅋㅋㅋ", "laughing out loud"),
    ("고양이 ㅠㅠ", "a cat, crying"),
]


@pytest.mark.parametrize(("text", "said"), SENTENCES)
def test_sentence_is_said_as_a_caption(text, said):
    assert english(text).text == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("배를 먹는 말", "a horse eating a pear"),
        ("배가 아파서 병원에 갔다", "an aching belly going to the hospital"),
        ("눈 내리는 마당", "a snowy yard"),
        ("모자를 쓴 말", "a horse wearing a hat"),
        ("편지를 쓰는 말", "a horse writing a letter"),
        ("차에서 차를 마시는 사장님", "a boss drinking a cup of tea in a car"),
        ("기타를 치며 노래한다", "playing a guitar and singing"),
        ("하늘을 나는 고래", "a whale flying in the sky"),
    ],
)
def test_homographs_are_settled_by_the_words_beside_them(text, said):
    assert english(text).text == said


@pytest.mark.parametrize(
    ("text", "name", "looks"),
    [
        ("한복을 입은 강아지", "hanbok", "Korean traditional dress"),
        ("온돌", "ondol", "Korean heated floor"),
        ("떡볶이를 먹는 로봇", "tteokbokki", "rice cakes in red chilli sauce"),
        ("마패를 든 암행어사", "mapae", "round bronze badge of a Joseon inspector"),
        ("도깨비", "dokkaebi", "Korean goblin with a club"),
    ],
)
def test_words_of_culture_bring_what_they_look_like(text, name, looks):
    said = english(text)
    assert name in said.text and looks in said.looks


def test_unknown_words_are_left_out_and_told():
    said = english("뷁쀍뛟을 먹는 고양이")
    assert said.text == "an eating cat"
    assert said.unread == ("뷁쀍뛟",)
    assert english("뷁").text == ""


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        (unicodedata.normalize("NFD", "착한 문어"), "착한 문어"),
        ("착\u200b한 문\ufeff어", "착한 문어"),
        ("ＡＩ 로봇", "AI 로봇"),
        ("착한　문어", "착한 문어"),
        ("착한\n\t문어", "착한 문어"),
    ],
)
def test_the_same_text_in_another_form_says_the_same(pasted, typed):
    assert english(pasted).text == english(typed).text != ""


@pytest.mark.skipif(not holder().is_installed, reason="Kiwi is not installed")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("고양이가우산을훔쳤다", "a cat stealing an umbrella"),
        ("다율이가 사과를 먹는다", "Dayul eating an apple"),
        ("빨간 모자를 쓴 고양이 세 마리", "three cats wearing a red hat"),
    ],
)
def test_kiwi_reads_what_the_lists_cannot(text, said):
    assert english(text, holder().get()).text == said


def test_most_sentences_say_the_same_with_and_without_kiwi():
    if not holder().is_installed:
        pytest.skip("Kiwi is not installed")
    same = [english(text).text == english(text, holder().get()).text for text, _ in SENTENCES]
    assert sum(same) >= 0.9 * len(same)


def test_data_files_have_what_they_promise():
    assert len(culture()) >= 150 and len(homonyms()) >= 80 and len(everyday()) > 1500
    assert all(entry.name.isascii() and entry.looks.isascii() for entry in culture().values())
    assert all(len(word.senses) > 1 for word in homonyms().values())
    drawn = {sense.drawn for word in homonyms().values() for sense in word.senses if sense.drawn}
    places = {noun.ko for noun in builtin().nouns.values()}
    assert drawn <= places


def test_what_is_drawn_of_a_homonym_can_be_drawn():
    from pipelines.text import lexicon

    known = {noun.ko for noun in lexicon.builtin().nouns if noun.is_drawable}
    drawn = {sense.drawn for word in homonyms().values() for sense in word.senses if sense.drawn}
    assert drawn <= known
    assert set(drawable()) <= known


def test_collocations_name_words_that_there_are():
    words = builtin()
    verbs = {verb for verb, _ in collocations()}
    assert verbs <= set(words.stems)


PIECES = st.sampled_from(
    "고양이 가 를 은 의 세 마리 먹는 예쁜 안 없다 위에 배 3 ㅋ 🐙 ( ) : , ! 뷁 cat 고 싶은".split()
)


@given(st.text(max_size=60) | st.lists(PIECES | st.just(" "), max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text):
    said = english(text)
    assert "가" not in said.text or not said.text
    assert "  " not in said.text and not said.text.startswith((" ", ","))
