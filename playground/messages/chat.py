"""Sentences of the conversation with 두억시니."""

from __future__ import annotations

from playground.messages import Text

ERRORS: dict[str, Text] = {
    "field.question": Text("하고 싶은 말", "message"),
    "field.answer": Text("대답", "reply"),
    "field.drafts": Text("속으로 써 보는 초안 수", "drafts"),
    "field.turns_back": Text("기억하는 앞말 수", "turns remembered"),
    "chat.silent": Text(
        "‘{model}’이(가) {tries}번을 궁리하고도 할 말을 찾지 못했어요. 온도를 올리거나, "
        "다른 말로 물어보거나, 다른 모델을 골라 주세요.",
        "“{model}” thought {tries} times and found nothing to say. Raise the temperature, ask in "
        "other words, or choose another model.",
    ),
    "chat.full": Text(
        "한 대화에는 {limit}마디까지만 담을 수 있어요. 너무 길어지면 브라우저가 간직하지 못하니, "
        "파일로 저장하고 ‘처음부터’로 새로 시작해 주세요.",
        "A conversation holds {limit} turns; a browser cannot keep more. Save it to a file and "
        "start over.",
    ),
    "chat.nothing_yet": Text(
        "아직 나눈 말이 없어서 되돌리거나 다시 들을 것이 없어요. 먼저 말을 걸어 주세요.",
        "Nothing was said yet, so there is nothing to take back or to hear again. "
        "Say something first.",
    ),
    "chat.no_reply": Text(
        "{number}번째 대답은 없어요. 대답이 {count}개뿐이니 다른 것을 골라 주세요.",
        "There is no reply number {number}, only {count} of them. Choose another one.",
    ),
    "chat.no_turn": Text(
        "{number}번째 말은 이 대화에 없어요. 모두 {count}마디이니 화면을 새로 고쳐 주세요.",
        "This conversation has no turn {number}, only {count} turns. Reload the page.",
    ),
    "chat.file": Text(
        "이 파일은 여기서 저장한 대화가 아니거나 망가져서({reason}) 이어 갈 수 없어요. "
        "‘저장 (JSON)’으로 받은 파일을 골라 주세요.",
        "This file is no conversation that was saved here, or it is damaged ({reason}), so it "
        "cannot be continued. Choose a file from “Save (JSON)”.",
    ),
    "chat.file.newer": Text(
        "이 대화 파일은 모르는 판({version})이라 읽을 수 없어요. 놀이터를 새 판으로 올려 주세요.",
        "This conversation is of an unknown version ({version}) and cannot be read. Update the "
        "playground.",
    ),
}

ROWS: dict[str, Text] = {**ERRORS}
