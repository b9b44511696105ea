"""What is said about translation models, about glossed prompts, and in the mistranslation game."""

from __future__ import annotations

from playground.messages import Text

_LABELS = {
    "mistranslate.title": Text("오역 놀이", "Mistranslation game"),
    "mistranslate.phrase": Text("오역할 아무말", "Phrase to mistranslate"),
    "mistranslate.phrase.example": Text("밤에 사과를 먹는 말", "밤에 사과를 먹는 말"),
    "mistranslate.model": Text("오역할 모델", "Model"),
    "mistranslate.seed": Text("오역 시드", "Seed of the game"),
    "mistranslate.go": Text("오역 놀이", "Mistranslate"),
}

ROWS = {
    "translator.kind": Text(
        "‘{model}’ 폴더는 ‘{kind}’ 모델이라 번역에 쓸 수 없어요. Opus-MT(marian)나 M2M100(m2m_100) "
        "폴더를 넣어 주세요.",
        "“{model}” is a “{kind}” model and cannot translate. Use an Opus-MT (marian) or M2M100 "
        "(m2m_100) folder.",
    ),
    "translator.load": Text(
        "번역 모델 ‘{model}’을(를) 열지 못했어요: {reason}. 파일이 손상되었거나 짝이 맞지 않으니 "
        "다시 받아 주세요. 그동안은 낱말 풀이로 옮겨요.",
        "The translation model “{model}” cannot be opened: {reason}. Its files are damaged or do "
        "not belong together: get them again. Until then words are glossed one by one.",
    ),
    "bridge.unread": Text(
        "영어로 옮기지 못해 뺀 말: {words}",
        "Left out, because nobody could put it into English: {words}",
    ),
    "bridge.cut": Text(
        "너무 길어서(75토큰) 뺀 부분: {words}",
        "Left out, because a prompt has 75 tokens: {words}",
    ),
    "bridge.korean": Text(
        "아는 낱말이 없어서 우리말 그대로예요. 이 모델은 우리말을 거의 못 알아들으니 영어로 고쳐 "
        "주세요.",
        "No word of it is known, so it stays Korean. This model hardly hears Korean: put it into "
        "English.",
    ),
    "cli.mistranslate": Text(
        "한 문장을 세 가지로(날것, 직역, 의역) 읽어 같은 시드로 그려요",
        "read one phrase three ways (raw, literal, fluent) and draw them with one seed",
    ),
    "cli.mistranslate.output": Text("그림 세 장을 둘 폴더", "a folder for the three pictures"),
    "mistranslate.raw": Text("날것", "raw"),
    "mistranslate.literal": Text("직역", "literal"),
    "mistranslate.fluent": Text("의역", "fluent"),
    "mistranslate.raw.hint": Text(
        "우리말을 그대로 넣었어요.",
        "The Korean as it stands.",
    ),
    "mistranslate.literal.hint": Text(
        "우리말 어순 그대로, 소리만 같은 딴 뜻으로.",
        "Word by word in Korean order, each homonym in a sense that was not meant.",
    ),
    "mistranslate.fluent.hint": Text("제대로 옮긴 것이에요.", "What it should have been."),
    "mistranslate.about": Text(
        "한 문장을 세 가지로 읽어 같은 시드로 그려요. 배가 과일인지 탈것인지, 모델은 몰라요.",
        "Reads one phrase three ways and draws them with one seed. Whether 배 is a pear or a ship, "
        "the model cannot know.",
    ),
    "mistranslate.waiting": Text("기다리는 중", "waiting"),
    "mistranslate.failed": Text("그리지 못했어요.", "It could not be drawn."),
    "mistranslate.lost": Text(
        "서버와 연결이 끊겼어요. 다시 눌러 주세요.",
        "The connection to the server was lost. Press the button again.",
    ),
    **_LABELS,
}
LABELS = _LABELS
SCRIPT = {
    key: ROWS[key]
    for key in (
        "mistranslate.raw",
        "mistranslate.literal",
        "mistranslate.fluent",
        "mistranslate.raw.hint",
        "mistranslate.literal.hint",
        "mistranslate.fluent.hint",
        "mistranslate.waiting",
        "mistranslate.failed",
        "mistranslate.lost",
    )
}
