"""Sentences of the nonsense index, and the one way to say a reason."""

from __future__ import annotations

from pipelines.text.nonsense.verdict import Reason
from playground.messages import Language, Text, text

ROWS: dict[str, Text] = {
    "index.name": Text("아무말 지수", "Nonsense index"),
    "index.normal": Text("멀쩡한 말", "Sense"),
    "index.nonsense": Text("아무말", "Nonsense"),
    "index.garbage": Text("헛타자", "Gibberish"),
    "index.short": Text(
        "낱말이 {count}개뿐이라 지수를 매길 수 없어요. {least}개부터 잴 수 있어요.",
        "Words: {count}. That is too few for an index; write at least {least}.",
    ),
    "index.short.name": Text("짧음", "Too short"),
    "index.score": Text("{score}점", "{score} of 100"),
    "index.none": Text("점수 없음", "no score"),
    "index.estimate": Text(
        "추정: Kiwi가 없어서 낱말 목록만 보고 어림잡았어요. 제대로 재려면 터미널에서 {command} 를 "
        "실행하고 다시 켜 주세요.",
        "An estimate: Kiwi is not installed, so only the list of words was looked at. For a real "
        "measurement run {command} in a terminal and start again.",
    ),
    "index.estimate.short": Text("추정", "estimate"),
    "index.loading": Text(
        "형태소 분석기(Kiwi)를 여는 중이에요. 처음 한 번만 몇 초 걸려요.",
        "Opening the morpheme analyser (Kiwi). This takes a few seconds, the first time only.",
    ),
    "index.fits": Text("낱말들이 서로 잘 어울려요.", "The words go together well."),
    "index.rare": Text("낱말들이 좀처럼 같이 쓰이지 않아요.", "The words hardly ever meet."),
    "index.unexpected": Text(
        "‘{one}’ 뒤에 ‘{other}’이(가) 올 줄은 아무도 몰라요.",
        "Nobody expects “{other}” after “{one}”.",
    ),
    "index.clash.modifier": Text(
        "{of} 형용사가 {cat}명사를 꾸며요: {other} + {one}",
        "an adjective of {of} describes {cat}: {other} + {one}",
    ),
    "index.clash.colour": Text(
        "눈에 보이지 않는 {cat}명사에 색이 있어요: {other}",
        "{cat}, which nobody can see, has a colour: {other}",
    ),
    "index.clash.subject": Text(
        "{cat}명사가 {of} 서술어: {one} + {other}",
        "{cat} takes a predicate of {of}: {one} + {other}",
    ),
    "index.clash.agent": Text(
        "{cat}명사가 {of} 서술어: {one} + {other}",
        "{cat} takes a predicate of {of}: {one} + {other}",
    ),
    "index.clash.object": Text(
        "{of} 서술어가 {cat}명사를 목적어로: {one} + {other}",
        "a verb for {of} takes {cat} as its object: {one} + {other}",
    ),
    "index.clash.owner": Text(
        "{cat}명사가 몸을 가졌어요: {one} + {other}",
        "{cat} has a body: {one} + {other}",
    ),
    "index.clash.counter": Text(
        "{cat}명사를 {of} 단위로 셌어요: {one} + {other}",
        "{cat} is counted in units of {of}: {one} + {other}",
    ),
    "index.clash.copula": Text(
        "{cat}명사가 {of}명사래요: {one} = {other}",
        "{cat} is said to be something of {of}: {one} = {other}",
    ),
    "index.clash.compound": Text(
        "{cat}명사 옆에 {of}명사: {one} + {other}",
        "{cat} next to something of {of}: {one} + {other}",
    ),
    "index.garbage.letters": Text(
        "‘{value}’에는 글자가 없어요. 한글로 써 주세요.",
        "“{value}” has no letters. Write some Korean.",
    ),
    "index.garbage.row": Text(
        "‘{value}’은(는) 자판이나 가나다를 차례로 누른 것 같아요.",
        "“{value}” looks like keys pressed in their order.",
    ),
    "index.garbage.repeat": Text(
        "‘{value}’은(는) 같은 글자만 되풀이해요.",
        "“{value}” only repeats itself.",
    ),
    "index.garbage.foreign": Text(
        "‘{value}’에는 한글 낱말이 거의 없어요. 한/영 키를 확인해 주세요.",
        "“{value}” has hardly any Korean words. Check the input language of the keyboard.",
    ),
    "index.garbage.jamo": Text(
        "‘{value}’은(는) 낱말 속에 낱자가 섞여 있어요.",
        "“{value}” has loose letters inside its words.",
    ),
    "index.garbage.odd": Text(
        "‘{value}’은(는) 한국어에 없는 글자로 되어 있어요.",
        "“{value}” is made of syllables that no Korean word has.",
    ),
    "index.garbage.unknown": Text(
        "‘{value}’은(는) 아무도 써 본 적 없는 낱말이에요. 새 낱말이라면 다른 말과 함께 써 주세요.",
        "“{value}” is nothing anybody ever wrote. If it is a new word, use it with others.",
    ),
    "index.of.동물": Text("동물", "animals"),
    "index.of.자연": Text("자연", "nature"),
    "index.of.먹을것": Text("음식", "food"),
    "index.of.몸": Text("신체", "the body"),
    "index.of.물건": Text("사물", "things"),
    "index.of.옷": Text("옷", "clothes"),
    "index.of.탈것": Text("탈것", "vehicles"),
    "index.of.악기": Text("악기", "instruments"),
    "index.of.곳": Text("장소", "places"),
    "index.of.사람": Text("사람", "people"),
    "index.of.모양": Text("모양", "shapes"),
    "index.of.시간": Text("시간", "time"),
    "index.of.추상": Text("추상", "ideas"),
    "index.of.감각": Text("감각", "sensations"),
    "index.of.몸짓": Text("몸짓", "gestures"),
    "index.of.생물": Text("생물", "the living"),
    "index.of.측정": Text("측정", "measurement"),
    "index.of.시각": Text("시각", "sight"),
    "index.of.청각": Text("청각", "hearing"),
    "index.of.촉각": Text("촉각", "touch"),
    "index.of.미각": Text("미각", "taste"),
    "index.of.후각": Text("후각", "smell"),
    "index.of.정서": Text("정서", "feeling"),
    "index.of.성격": Text("성격", "character"),
    "index.of.상태": Text("상태", "state"),
    "index.a.동물": Text("동물", "an animal"),
    "index.a.자연": Text("자연", "something of nature"),
    "index.a.먹을것": Text("음식", "food"),
    "index.a.몸": Text("신체", "a part of the body"),
    "index.a.물건": Text("사물", "a thing"),
    "index.a.옷": Text("의복", "a garment"),
    "index.a.탈것": Text("탈것", "a vehicle"),
    "index.a.악기": Text("악기", "an instrument"),
    "index.a.곳": Text("장소", "a place"),
    "index.a.사람": Text("사람", "a person"),
    "index.a.모양": Text("모양", "a shape"),
    "index.a.시간": Text("시간", "a time"),
    "index.a.추상": Text("추상", "an abstract noun"),
    "index.a.감각": Text("감각", "a sensation"),
    "index.a.몸짓": Text("몸짓", "a gesture"),
    "index.box": Text("재어 볼 말", "Text to measure"),
    "index.box.hint": Text("아무 말이나 써 보세요", "Write anything"),
    "index.run": Text("지수 재기", "Measure"),
    "index.scale.low": Text("멀쩡해요", "sense"),
    "index.scale.high": Text("아무말", "nonsense"),
    "index.why": Text("왜냐하면", "Because"),
    "cli.index": Text("아무말 지수를 재요 (0-100)", "measure how much nonsense a text is (0-100)"),
    "cli.index.text": Text(
        "잴 말. 없으면 표준 입력에서 한 줄씩 읽어요",
        "the text to measure; without it, the lines of standard input",
    ),
}
LABELS: dict[str, Text] = {
    key: ROWS[key] for key in ("index.name", "index.box", "index.box.hint", "index.run")
}


def reason_text(reason: Reason, language: Language) -> str:
    """Return the sentence of a reason; categories and senses are translated too."""
    values = dict(reason.values)
    for name, room in (("cat", "index.a"), ("of", "index.of")):
        if name in values:
            values[name] = text(f"{room}.{values[name]}", language)
    return text(reason.key, language, **values)
