"""What is said about translation models, about glossed prompts, and in the mistranslation game."""

from __future__ import annotations

from playground.messages import Text

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
        "아는 낱말이 없어서 우리말 그대로예요. 이 모델은 우리말을 거의 못 알아들으니 영어로 고쳐 주세요.",
        "No word of it is known, so it stays Korean. This model hardly hears Korean: put it into "
        "English.",
    ),
}
