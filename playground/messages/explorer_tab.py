"""Sentences of the Next word tab and of `next`."""

from __future__ import annotations

from playground.messages import Text

LABELS: dict[str, Text] = {
    "explorer.tab": Text("다음 어절", "Next word"),
    "explorer.model": Text("이어 말할 모델", "Who goes on"),
    "explorer.temperature": Text("온도 (주사위에만 써요)", "Temperature (for the dice only)"),
    "explorer.text": Text("내 말", "Your words"),
    "explorer.text.hint": Text("예: 파란 냄새", "e.g. 파란 냄새 (a blue smell)"),
    "explorer.start": Text("여기서 시작", "Start here"),
    "explorer.add": Text("이어 붙이기", "Add these words"),
    "explorer.stop": Text("멈춤", "Stop"),
}

ROWS: dict[str, Text] = {
    **LABELS,
    "explorer.title": Text("지금까지", "So far"),
    "explorer.empty": Text(
        "아직 한 어절도 없어요. 첫 어절을 고르거나, 내 말을 써서 시작해 보세요.",
        "Not a word yet. Choose the first one, or begin with words of your own.",
    ),
    "explorer.first": Text("첫 어절 보기", "Show first words"),
    "explorer.look": Text("후보 보기", "Show candidates"),
    "explorer.candidates": Text("다음에 올 말", "What may come next"),
    "explorer.keys": Text(
        "숫자 1~0 고르기 · Backspace 되돌리기 · R 주사위 · B 가지 치기",
        "1–0 choose · Backspace undoes · R rolls the dice · B branches",
    ),
    "explorer.undo": Text("되돌리기", "Undo"),
    "explorer.fork": Text("가지 치기", "Branch"),
    "explorer.roll": Text("주사위 굴리기", "Roll the dice"),
    "explorer.end": Text("‹끝›", "‹end›"),
    "explorer.rest": Text("그 밖에", "Everything else"),
    "explorer.tempered": Text("온도 {temperature}이면 {percent}", "{percent} at {temperature}"),
    "explorer.over": Text(
        "문장이 끝났어요. 되돌리거나 가지를 쳐서 다른 끝을 찾아보세요.",
        "The sentence is over. Undo, or branch off and look for another end.",
    ),
    "explorer.paths": Text("가지", "Branches"),
    "explorer.rename": Text("가지 ‘{name}’ 이름 바꾸기", "Rename branch “{name}”"),
    "explorer.delete": Text("가지 ‘{name}’ 지우기", "Delete branch “{name}”"),
    "explorer.blank": Text("(빈 가지)", "(empty)"),
    "explorer.finished": Text(
        "이 문장은 이미 끝났어요. 끝 뒤에는 아무것도 올 수 없으니, 되돌리거나 가지를 쳐 주세요.",
        "This sentence is over and nothing comes after its end: undo, or branch off.",
    ),
    "explorer.branches": Text(
        "가지가 벌써 {limit}개예요. 화면에 더 들어가지 않으니 하나를 지우고 다시 쳐 주세요.",
        "There are {limit} branches already and no more fit on the screen: delete one first.",
    ),
    "explorer.branch": Text(
        "{number}번째 가지는 없어요. 지금은 {count}개뿐이니 보이는 것 가운데서 골라 주세요.",
        "There is no branch {number}, only {count}: choose one of those you see.",
    ),
    "explorer.nothing": Text(
        "모델이 다음에 올 말을 하나도 내놓지 않았어요. 굴릴 주사위가 없으니 한 어절 되돌리거나 "
        "직접 써 주세요.",
        "The model has nothing to say next, so there are no dice to roll: undo one word, or "
        "write your own.",
    ),
    "field.branch": Text("가지 이름", "branch name"),
    "cli.next": Text(
        "다음에 올 어절을 확률과 함께 보여 주고 골라 나가요",
        "show what may come next, with percentages, and choose",
    ),
    "cli.next.text": Text("시작하는 말. 없으면 처음부터", "words to begin with; none: the start"),
    "cli.language": Text(
        "글 모델의 이름, 또는 .txt 글 파일(마르코프로 배움). 기본값 {default}",
        "name of a language model, or a .txt file to learn (Markov). Default {default}",
    ),
    "cli.language.file": Text(
        "글 파일 {path}을(를) 읽지 못했어요({reason}). 이름과 읽을 권한을 확인해 주세요.",
        "The text file {path} could not be read ({reason}). Check its name and its permissions.",
    ),
    "cli.temperature": Text("주사위의 온도", "temperature of the dice"),
    "cli.top": Text("보여 줄 후보 수", "how many candidates"),
    "cli.interactive": Text("고르면서 이어 가요", "choose and go on"),
    "cli.next.ask": Text(
        "번호=붙이기, 글=직접 쓰기, r=주사위, u=되돌리기, q=끝내기",
        "number = append, text = your own words, r = dice, u = undo, q = quit",
    ),
    "cli.next.number": Text(
        "{value}번 후보는 없어요. 1부터 {count}까지예요.",
        "There is no candidate {value}, only 1 to {count}.",
    ),
}
