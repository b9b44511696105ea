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

LABELS: dict[str, Text] = {
    "chat.tab": Text("대화", "Talk"),
    "chat.settings": Text("말투 조절", "How it talks"),
    "chat.model": Text("누구와", "Who answers"),
    "chat.seed": Text("시드 (-1이면 매번 새로)", "Seed (-1: a new one every time)"),
    "chat.temperature": Text("온도 (높으면 더 엉뚱)", "Temperature (high: stranger)"),
    "chat.drafts": Text("초안 수 (1이면 바로 말함)", "Drafts (1: says the first thing)"),
    "chat.turns_back": Text("기억하는 앞말 수", "Turns remembered"),
    "chat.top_p": Text("누적 확률 (top-p)", "Top-p"),
    "chat.top_k": Text("후보 수 (top-k, 0이면 끔)", "Top-k (0: off)"),
    "chat.repetition_penalty": Text("되풀이 벌점 (1이면 끔)", "Repetition penalty (1: off)"),
    "chat.no_repeat_ngram": Text("되풀이 금지 길이 (0이면 끔)", "No-repeat n-gram (0: off)"),
    "chat.max_tokens": Text("최대 길이 (토큰)", "Longest reply (tokens)"),
}

# What the script of the tab says by itself.
SCRIPT: dict[str, Text] = {
    "chat.placeholder": Text("아무 말이나 걸어 보세요", "Say anything (it answers in Korean)"),
    "chat.person": Text("나", "You"),
    "chat.partner": Text("두억시니", "Dueoksini"),
    "chat.draw": Text("그리기", "Draw"),
    "chat.edit": Text("고치기", "Edit"),
    "chat.again": Text("다시 말해 봐", "Say it again"),
    "chat.earlier": Text("앞 대답", "Earlier reply"),
    "chat.later": Text("다음 대답", "Later reply"),
    "chat.stopping": Text("멈추는 중…", "Stopping…"),
    "chat.lost": Text(
        "멈추라는 말에 답이 없어서 그만 기다려요. 모델을 여는 중이거나 연결이 끊겼을 수 있으니, "
        "잠시 뒤에 다시 보내 주세요. 하려던 말은 그대로 있어요.",
        "There was no answer to “stop”, so the page waits no longer. The model may be loading, or "
        "the connection is gone: send it again in a moment. What you wanted to say is still there.",
    ),
}

PAGE: dict[str, Text] = {
    "chat.name": Text("두억시니와 나누는 대화", "A conversation with Dueoksini"),
    "chat.empty": Text("두억시니가 심심해하고 있어요", "Dueoksini is bored"),
    "chat.empty.more": Text(
        "무엇을 물어도 말이 안 되는 대답이 돌아와요. 이렇게 시작해 볼까요?",
        "Dueoksini is a goblin that talks Korean nonsense. How about one of these?",
    ),
    "chat.example.octopus": Text("문어는 왜 우산을 써?", "문어는 왜 우산을 써? (why an umbrella?)"),
    "chat.example.fridge": Text(
        "냉장고가 밤에 뭐라고 했어?", "냉장고가 밤에 뭐라고 했어? (the fridge at night)"
    ),
    "chat.example.today": Text("고양이랑 국수 먹을래?", "고양이랑 국수 먹을래? (noodles, cat?)"),
    "chat.mood": Text("지금 기분", "Your mood"),
    "chat.mood.0": Text("그냥 그래", "so-so"),
    "chat.mood.1": Text("울적해", "blue"),
    "chat.mood.2": Text("설레", "in love"),
    "chat.say": Text("두억시니에게 할 말", "What to say to Dueoksini"),
    "chat.send": Text("보내기", "Send"),
    "chat.stop": Text("멈춤", "Stop"),
    "chat.keys": Text(
        "Enter 보내기 · Shift+Enter 줄 바꾸기 · Esc 멈춤",
        "Enter sends · Shift+Enter breaks the line · Esc stops",
    ),
    "chat.editing": Text("마지막 말을 고치고 있어요.", "You are changing what you said last."),
    "chat.not_edit": Text("그만두기", "Never mind"),
    "chat.undo": Text("되돌리기", "Undo"),
    "chat.clear": Text("처음부터", "Start over"),
    "chat.save_text": Text("저장 (글)", "Save (text)"),
    "chat.save_json": Text("저장 (JSON)", "Save (JSON)"),
    "chat.restore": Text("불러오기", "Open a file"),
    "chat.waking": Text("두억시니를 깨우는 중…", "Waking Dueoksini…"),
    "chat.thinking": Text("두억시니가 궁리하는 중…", "Dueoksini is thinking…"),
    "chat.stopped": Text(
        "멈췄어요. 하려던 말은 그대로 있어요.", "Stopped. What you wanted to say is still there."
    ),
    "chat.cleared": Text(
        "처음부터 시작해요. ‘되돌리기’를 누르면 하던 대화가 돌아와요.",
        "Starting over. “Undo” brings the old conversation back.",
    ),
    "chat.restored": Text(
        "대화 {count}마디를 불러왔어요.", "A conversation of {count} turns is back."
    ),
    "chat.licence": Text(
        "‘{model}’ 모델의 이용 조건: {licence}", "Licence of the model “{model}”: {licence}"
    ),
    "chat.file.name": Text("두억시니와-대화", "dueoksini"),
    "chat.action": Text(
        "‘{value}’라는 일은 할 줄 몰라요. 오래된 화면일 수 있으니 새로 고쳐 주세요.",
        "Nobody here can do “{value}”. The page may be an old one: reload it.",
    ),
}

CONSOLE: dict[str, Text] = {
    "cli.chat": Text("두억시니와 이야기해요", "talk with Dueoksini"),
    "cli.chat.model": Text("글 모델의 이름", "name of a language model"),
    "cli.chat.label": Text("기분: 0 그냥, 1 울적, 2 설렘", "your mood: 0 so-so, 1 blue, 2 in love"),
    "cli.chat.welcome": Text(
        "두억시니가 기다려요. /retry 다시 듣기 · /undo 되돌리기 · /label 0|1|2 기분 · quit 나가기",
        "Dueoksini is waiting. /retry hear another · /undo take back · /label 0|1|2 mood · "
        "quit leave",
    ),
    "cli.chat.undone": Text("되돌렸어요: ‘{question}’", "taken back: “{question}”"),
    "cli.chat.label.now": Text("지금 기분: {mood}", "your mood now: {mood}"),
    "cli.chat.command": Text(
        "‘{value}’라는 명령은 없어요. /retry, /undo, /label 0|1|2, quit 중에서 골라 주세요.",
        "There is no command “{value}”. There are /retry, /undo, /label 0|1|2 and quit.",
    ),
    "cli.chat.bye": Text("잘 가요!", "Bye!"),
}

ROWS: dict[str, Text] = {**ERRORS, **LABELS, **SCRIPT, **PAGE, **CONSOLE}
