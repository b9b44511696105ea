"""Sentences that the Next word and the Novel tab share, and what their script says."""

from __future__ import annotations

from playground.messages import Text

SCRIPT: dict[str, Text] = {
    "candidates.busy": Text("생각하는 중…", "Thinking…"),
    "candidates.save": Text("이대로", "Keep"),
    "candidates.cancel": Text("그만두기", "Cancel"),
    "candidates.edit": Text("고쳐 쓸 말", "Your version"),
}

ROWS: dict[str, Text] = {
    **SCRIPT,
    "candidates.act": Text(
        "‘{value}’ 단추는 없어요. 화면이 오래되었을 수 있으니 새로 고친 뒤 다시 눌러 주세요.",
        "There is no button “{value}”. The page may be an old one: reload it and press again.",
    ),
    "candidates.lost": Text(
        "이 브라우저에 남아 있던 것을 읽지 못했어요. 형식이 달라서 새로 시작했어요. "
        "남아 있던 것은 ‘{name}’ 이름으로 그대로 두었어요.",
        "What this browser had kept could not be read: it is not in our form, so this is a new "
        "beginning. The old data is still there under “{name}”.",
    ),
    "candidates.no_model": Text(
        "아직 고를 수 있는 글 모델이 없어요. 이어 말할 모델이 있어야 하니, ‘모델’ 탭을 보거나 "
        "‘글짓기’ 탭에서 글을 하나 배우게 해 주세요.",
        "There is no language model to choose yet, and something has to go on talking: look at "
        "the Models tab, or let the Write tab learn a text.",
    ),
    "candidates.stopped": Text(
        "멈췄어요. 여기까지는 그대로 있어요.", "Stopped. Everything up to here is kept."
    ),
}
