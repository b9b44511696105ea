"""What the crayon can show of an adjective: 뜨거운 is flames, 졸린 is a row of Z.

Data only, shared by the captions and by the training of the crayon. Several words may share one
look. Knows neither pictures nor grammar.
"""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """One visible effect on a thing."""

    LONG = "long"
    FLAT = "flat"
    CHUBBY = "chubby"
    ROUND = "round"
    SQUARE = "square"
    TILTED = "tilted"
    GLASSY = "glassy"
    HAZY = "hazy"
    DARK = "dark"
    GREY = "grey"
    RAINBOW = "rainbow"
    WAVY = "wavy"
    HOT = "hot"
    STEAMING = "steaming"
    COLD = "cold"
    WET = "wet"
    SHINY = "shiny"
    SLEEPY = "sleepy"
    SAD = "sad"
    ANGRY = "angry"
    DIRTY = "dirty"
    SMELLY = "smelly"
    LOVELY = "lovely"
    LOUD = "loud"
    SHY = "shy"
    HOLY = "holy"
    STRANGE = "strange"
    FAST = "fast"
    STICKY = "sticky"
    FLUFFY = "fluffy"
    SPIKY = "spiky"
    JOYFUL = "joyful"
    NERVOUS = "nervous"


# Adjectives of the lexicon in their dictionary form.
ADJECTIVES: dict[Look, str] = {
    Look.LONG: "길쭉하다 홀쭉하다",
    Look.FLAT: "납작하다",
    Look.CHUBBY: "통통하다 볼록하다 배부르다 탱탱하다",
    Look.ROUND: "둥글다 동글동글하다",
    Look.GLASSY: "투명하다 반투명하다 희미하다",
    Look.HAZY: "뿌옇다 애매하다 먹먹하다",
    Look.DARK: "불길하다 무섭다 은밀하다",
    Look.GREY: "우울하다 울적하다 쓸쓸하다 고독하다 심심하다 따분하다 낡다 초라하다 시들시들하다",
    Look.RAINBOW: "알록달록하다 화려하다 영롱하다",
    Look.WAVY: "꼬불꼬불하다 쭈글쭈글하다 흐물흐물하다 물렁물렁하다 말랑말랑하다",
    Look.HOT: "뜨겁다 맵다 얼큰하다 칼칼하다",
    Look.STEAMING: "따뜻하다 구수하다 고소하다 매캐하다",
    Look.COLD: "차갑다 서늘하다 냉정하다",
    Look.WET: "축축하다 눅눅하다 싱싱하다",
    Look.SHINY: "반질반질하다 눈부시다 번쩍번쩍하다 매끈하다 완벽하다",
    Look.SLEEPY: "졸리다 나른하다 피곤하다 게으르다",
    Look.SAD: "슬프다 서럽다 외롭다 처량하다 시무룩하다 섭섭하다",
    Look.ANGRY: "짜증스럽다 억울하다 예민하다 무뚝뚝하다",
    Look.DIRTY: "퀴퀴하다 푸석푸석하다",
    Look.SMELLY: "고약하다 비릿하다 쿰쿰하다 꼬릿하다",
    Look.LOVELY: "사랑스럽다 다정하다 애틋하다 귀엽다 상냥하다 달콤하다",
    Look.LOUD: "시끄럽다 쩌렁쩌렁하다 우렁차다 떠들썩하다",
    Look.SHY: "수줍다 부끄럽다 쑥스럽다 민망하다",
    Look.HOLY: "신성하다 위대하다 숭고하다 착하다",
    Look.STRANGE: "이상하다 기묘하다 난해하다 수상하다 엉뚱하다 얼떨떨하다",
    Look.FAST: "빠르다",
    Look.STICKY: "끈적끈적하다 쫀득하다 미끄럽다",
    Look.FLUFFY: "푹신하다 보송보송하다 덥수룩하다",
    Look.SPIKY: "뾰족하다 까칠까칠하다 까슬까슬하다",
    Look.JOYFUL: "기쁘다 행복하다 황홀하다 뿌듯하다 흐뭇하다 멋지다",
    Look.NERVOUS: "초조하다 소심하다 비겁하다 어색하다 심란하다",
}

# Words that the lexicon has not, or not as adjectives: as they stand before a noun.
FORMS: dict[Look, str] = {
    Look.LONG: "긴 기다란 늘씬한 날씬한",
    Look.FLAT: "넓적한 짓눌린 찌그러진",
    Look.CHUBBY: "뚱뚱한 넓은",
    Look.ROUND: "둥그런 동그란",
    Look.SQUARE: "네모난 네모진 각진",
    Look.TILTED: "기울어진 비뚤어진 삐딱한 기우뚱한",
    Look.HAZY: "흐린 흐릿한",
    Look.DARK: "어두운 캄캄한 깜깜한",
    Look.GREY: "늙은 빛바랜",
    Look.RAINBOW: "무지갯빛 알록달록",
    Look.WAVY: "구불구불한 구겨진",
    Look.HOT: "불타는 화끈한 매운",
    Look.COLD: "얼어붙은 추운 시원한 언",
    Look.WET: "젖은 촉촉한 물에 젖은",
    Look.SHINY: "반짝이는 빛나는 반짝반짝한",
    Look.SLEEPY: "조는 잠든 자는",
    Look.SAD: "우는 눈물 흘리는",
    Look.ANGRY: "화난 성난 분노한",
    Look.DIRTY: "더러운 지저분한 때 묻은",
    Look.SMELLY: "냄새나는 구린",
    Look.LOVELY: "사랑에 빠진",
    Look.HOLY: "거룩한",
    Look.FAST: "재빠른 달리는",
    Look.STICKY: "끈적한",
    Look.FLUFFY: "복슬복슬한 폭신한",
    Look.SPIKY: "가시 돋친",
    Look.JOYFUL: "신난 즐거운 웃는",
    Look.NERVOUS: "긴장한 땀 흘리는 떠는",
}

_TWO_WORDS = ("물에 젖은", "눈물 흘리는", "때 묻은", "사랑에 빠진", "가시 돋친", "땀 흘리는")


def adjectives() -> dict[str, Look]:
    """Return the look of each adjective of the lexicon that has one, by dictionary form."""
    return {word: look for look, words in ADJECTIVES.items() for word in words.split()}


def forms() -> dict[str, Look]:
    """Return the look of each other word, as it stands before a noun: 젖은, 눈물 흘리는.

    >>> forms()["젖은"], forms()["눈물 흘리는"]
    (<Look.WET: 'wet'>, <Look.SAD: 'sad'>)
    """
    found: dict[str, Look] = {}
    for look, words in FORMS.items():
        rest = words
        for pair in _TWO_WORDS:
            if pair in rest:
                found[pair] = look
                rest = rest.replace(pair, "")
        found.update(dict.fromkeys(rest.split(), look))
    return found
