"""Hand-checked forms of every class, and what must be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.korean.conjugate import conjugate, stem_of

# lemma, class, then "ending=form" pairs; every form was written by hand
FORMS = """
착하다 -   은=착한 을=착할 었다=착했다 어요=착해요 습니다=착합니다 구나=착하구나 던=착하던
가다 -     는=가는 은=간 을=갈 었다=갔다 어요=가요 는다=간다 어라=가라 자=가자 으면=가면
오다 -     었다=왔다 어요=와요 는다=온다 을=올 습니다=옵니다 으니=오니
보다 -     어요=봐요 었다=봤다 으세요=보세요 네=보네
주다 -     어요=줘요 었다=줬다 은=준
춤추다 -   어요=춤춰요 었다=춤췄다 는=춤추는 는다=춤춘다
서다 -     어요=서요 었다=섰다
켜다 -     어요=켜요 었다=켰다
보내다 -   어요=보내요 었다=보냈다
메다 -     어요=메요 었다=멨다
되다 -     어요=돼요 었다=됐다 는다=된다
쉬다 -     어요=쉬어요 었다=쉬었다
뛰다 -     는=뛰는 어라=뛰어라
희다 -     은=흰 어요=희어요
마시다 -   어요=마셔요 었다=마셨다 자=마시자
던지다 -   어라=던져라 으니=던지니 은=던진 었다=던졌다
지다 -     어요=져요
피다 -     어요=피어요 었다=피었다
기다 -     어요=기어요 는=기는
먹다 -     는다=먹는다 습니다=먹습니다 은=먹은 을=먹을 으면=먹으면 으니=먹으니
먹다 -     어=먹어 으세요=먹으세요 겠다=먹겠다
앉다 -     어요=앉아요 는=앉는 으면=앉으면
얇다 -     은=얇은 어요=얇아요
웃다 -     는=웃는 어요=웃어요 으면=웃으면 지요=웃지요
벗다 -     어라=벗어라 은=벗은
잡다 -     어요=잡아요 은=잡은
좁다 -     은=좁은 어요=좁아요
묻다 -     어라=묻어라 은=묻은 었다=묻었다
믿다 -     어요=믿어요 으면=믿으면
없다 -     는=없는 어요=없어요 습니다=없습니다
재미있다 - 는=재미있는 었다=재미있었다
좋다 -     은=좋은 어요=좋아요 을=좋을
놓다 -     는=놓는 은=놓은 어요=놓아요
크다 -     은=큰 어요=커요 었다=컸다 을=클
쓰다 -     어요=써요 는다=쓴다 은=쓴
바쁘다 -   은=바쁜 어요=바빠요 었다=바빴다
예쁘다 -   어요=예뻐요 었다=예뻤다
담그다 -   어요=담가요 었다=담갔다
슬프다 -   어서=슬퍼서 은=슬픈
졸다 -     는=조는 었다=졸았다
만들다 -   는=만드는 은=만든 을=만들 으면=만들면 으니=만드니 습니다=만듭니다 는다=만든다
만들다 -   음=만듦 으세요=만드세요 어요=만들어요 자=만들자
걸다 -     으니=거니 은=건 네=거네 으면=걸면 으며=걸며
길다 -     은=긴 어요=길어요 구나=길구나
달다 -     은=단 네=다네 습니다=답니다
날다 -     는=나는 으면=날면 읍시다=납시다
듣다 ㄷ    은=들은 는=듣는 어요=들어요 었다=들었다 으면=들으면 는다=듣는다 습니다=듣습니다
걷다 ㄷ    은=걸은 어요=걸어요 으니=걸으니 자=걷자
싣다 ㄷ    어라=실어라 은=실은
깨닫다 ㄷ  어요=깨달아요 은=깨달은
굽다 ㅂ    어요=구워요 은=구운 는=굽는 으면=구우면
곱다 ㅂ    어요=고와요 은=고운 어라=고와라
돕다 ㅂ    어요=도와요 었다=도왔다 은=도운 으면=도우면
맵다 ㅂ    은=매운 어요=매워요 을=매울 습니다=맵습니다
가볍다 ㅂ  은=가벼운 었다=가벼웠다
눕다 ㅂ    지요=눕지요 어요=누워요 는=눕는
낫다 ㅅ    은=나은 어요=나아요 었다=나았다 으면=나으면
짓다 ㅅ    어라=지어라 는다=짓는다 은=지은
붓다 ㅅ    어요=부어요 는=붓는 으니=부으니
부르다 르  어요=불러요 었다=불렀다 는=부르는 은=부른 어라=불러라
빠르다 르  어요=빨라요 었다=빨랐다 은=빠른
고르다 르  어요=골라요 으면=고르면
흐르다 르  어요=흘러요 는다=흐른다
푸르다 러  어요=푸르러요 었다=푸르렀다 은=푸른
이르다 러  어요=이르러요
파랗다 ㅎ  은=파란 어요=파래요 었다=파랬다 으면=파라면 네=파랗네 습니다=파랗습니다 을=파랄
하얗다 ㅎ  은=하얀 어요=하얘요 었다=하얬다
허옇다 ㅎ  은=허연 어요=허예요
누렇다 ㅎ  은=누런 어서=누레서 었다=누렜다 어요=누레요
빨갛다 ㅎ  은=빨간 어요=빨개요 지요=빨갛지요
그렇다 ㅎ  은=그런 어요=그래요
커다랗다 ㅎ 은=커다란 어요=커다래요
푸다 우    어요=퍼요 었다=펐다 은=푼 는=푸는 어라=퍼라
잠그다 -   어요=잠가요 었다=잠갔다 은=잠근 어라=잠가라
모으다 -   어요=모아요 었다=모았다 는다=모은다
치르다 -   어요=치러요 었다=치렀다 는다=치른다
들르다 -   어요=들러요 었다=들렀다 으면=들르면
부풀다 -   는=부푸는 은=부푼 으니=부푸니 네=부푸네
녹슬다 -   은=녹슨 습니다=녹습니다
녹다 -     습니다=녹습니다 는=녹는 어요=녹아요
짊어지다 - 어요=짊어져요 는다=짊어진다
배우다 -   어요=배워요 었다=배웠다
싸우다 -   어라=싸워라 읍시다=싸웁시다
비우다 -   어서=비워서 으면=비우면
묻다 ㄷ    어요=물어요 는=묻는 으니=물으니
긷다 ㄷ    었다=길었다 는다=긷는다
잇다 ㅅ    어요=이어요 은=이은 는=잇는
"""


def rows():
    for line in FORMS.strip().splitlines():
        lemma, irregular, *pairs = line.split()
        for pair in pairs:
            ending, form = pair.split("=")
            yield lemma, irregular.strip("-"), ending, form


@pytest.mark.parametrize(("lemma", "irregular", "ending", "form"), list(rows()))
def test_form(lemma, irregular, ending, form):
    assert conjugate(lemma, ending, irregular) == form


def test_a_verb_of_two_words_keeps_its_space():
    assert conjugate("휘파람 불다", "는다") == "휘파람 분다"
    assert conjugate("춤을 추다", "어요") == "춤을 춰요"


def test_the_table_is_long_enough():
    assert len(list(rows())) >= 260


@pytest.mark.parametrize("lemma", ["사랑", "다", "", "abc다"])
def test_what_is_no_dictionary_form_is_refused(lemma):
    with pytest.raises(ValueError, match="dictionary form"):
        stem_of(lemma)


def test_a_class_that_does_not_fit_the_stem_is_refused():
    with pytest.raises(ValueError, match="ㅂ-irregular"):
        conjugate("듣다", "어요", "ㅂ")


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=4))
def test_any_regular_stem_takes_any_ending(stem):
    for ending in ("은", "는", "을", "었다", "어요", "습니다", "는다", "지요", "으면", "음"):
        assert conjugate(stem + "다", ending)
