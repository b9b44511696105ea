"""Sentences of the Novel tab and of `novel`."""

from __future__ import annotations

from playground.messages import Text

LABELS: dict[str, Text] = {
    "novel.tab": Text("소설", "Novel"),
    "novel.openings": Text("여는 문장 (다섯 개까지)", "Opening sentences (up to five)"),
    "novel.openings.hint": Text(
        "한 줄에 한 문장씩. 비워 두면 모델이 첫 문장부터 써요.",
        "One a line. Leave it empty and the model writes the first one too.",
    ),
    "novel.model": Text("이야기할 모델", "Who tells it"),
    "novel.settings": Text("어떤 문장을 고를까요", "What is a good sentence?"),
    "novel.novelty": Text("새로움의 무게", "Weight of novelty"),
    "novel.likelihood": Text("그럴듯함의 무게", "Weight of likelihood"),
    "novel.temperature": Text("온도", "Temperature"),
    "novel.method": Text("찾는 방법", "How to search"),
    "novel.method.sampling": Text("주사위로 뽑기", "Sampling"),
    "novel.method.beam": Text("여러 갈래 빔 탐색", "Diverse beam search"),
    "novel.start": Text("이야기 시작", "Begin the story"),
    "novel.stop": Text("멈춤", "Stop"),
}

ROWS: dict[str, Text] = {
    **LABELS,
    "novel.title": Text("지금까지의 이야기", "The story so far"),
    "novel.empty": Text(
        "아직 한 문장도 없어요. 여는 문장을 적거나 그냥 ‘이야기 시작’을 눌러 보세요. "
        "문장 열 개가 나오면 하나를 골라 이어 가요.",
        "Not a sentence yet. Write an opening, or just press “Begin the story”: ten sentences "
        "come up, and the one you pick goes into the story.",
    ),
    "novel.candidates": Text("다음 문장 후보", "Candidates for the next sentence"),
    "novel.new": Text("새로움", "novelty"),
    "novel.likely": Text("그럴듯함", "likelihood"),
    "novel.likely.about": Text(
        "이번에 쓴 문장들 가운데 어디쯤인지예요. 토큰마다 평균 확률 {percent}",
        "Where it stands among this round's sentences. Mean probability a token: {percent}",
    ),
    "novel.pick": Text("고르기", "Pick"),
    "novel.rewrite": Text("고쳐서 쓰기", "Edit and pick"),
    "novel.change": Text("고치기", "Edit"),
    "novel.remove": Text("빼기", "Remove"),
    "novel.again": Text("다시 뽑기", "Try again"),
    "novel.first": Text("후보 뽑기", "Get candidates"),
    "novel.undo": Text("되돌리기", "Undo"),
    "novel.save.text": Text("글로 저장", "Save as text"),
    "novel.save.markdown": Text("Markdown으로 저장", "Save as Markdown"),
    "novel.keys": Text(
        "숫자 1~0 고르기 · Backspace 되돌리기 · R 다시 뽑기",
        "1–0 pick · Backspace undoes · R tries again",
    ),
    "novel.writing": Text("‘{model}’ 모델이 문장을 쓰는 중", "“{model}” is writing sentences"),
    "novel.loading": Text("‘{model}’ 모델을 꺼내는 중", "Getting “{model}” ready"),
    "novel.borrowed": Text(
        "‘{model}’ 모델이 같은 말만 해서 {count}문장은 뒤섞기 엔진에서 빌려 왔어요.",
        "“{model}” keeps saying the same, so {count} are borrowed from the grammar engine.",
    ),
    "novel.few": Text(
        "새로운 문장이 {count}개밖에 나오지 않았어요. 온도를 올리거나 다시 뽑아 보세요.",
        "Only {count} new sentences came. Raise the temperature or try again.",
    ),
    "novel.file": Text("아무말-소설", "amumal-novel"),
    "novel.note": Text(
        "{date}, 아무말 놀이터에서 {count}문장을 이어 썼어요.",
        "Written in 아무말 놀이터, {count} sentences, {date}.",
    ),
    "novel.untitled": Text("제목 없는 아무말", "Untitled nonsense"),
    "novel.openings.count": Text(
        "여는 문장이 {count}개예요. 소설은 여는 문장을 {limit}개까지만 받으니 몇 개를 빼 주세요.",
        "There are {count} opening sentences; a novel begins with up to {limit}. Take some out.",
    ),
    "novel.long": Text(
        "이야기가 {limit}문장이 되었어요. 더 이을 수 없으니 저장하고 새 이야기를 시작해 주세요.",
        "The story has {limit} sentences and cannot grow: save it and begin a new one.",
    ),
    "novel.moves": Text(
        "이 이야기에서 단추를 {limit}번이나 눌렀어요. 되돌리기 기록이 가득 찼으니 저장하고 "
        "새 이야기를 시작해 주세요.",
        "This story has {limit} moves and the undo history is full: save it and begin a new one.",
    ),
    "novel.place": Text(
        "{number}번째 문장은 없어요. 이야기는 {count}문장이니 보이는 문장을 골라 주세요.",
        "There is no sentence {number}; the story has {count}. Choose one that you see.",
    ),
    "novel.no_beam": Text(
        "‘{model}’ 모델은 빔 탐색을 할 수 없어요. 토큰을 하나씩 보여 주는 신경망 모델만 할 수 "
        "있으니, ‘주사위로 뽑기’를 고르거나 다른 모델을 골라 주세요.",
        "“{model}” cannot do a beam search: only neural models show their tokens. Choose sampling "
        "or another model.",
    ),
    "novel.method.unknown": Text(
        "찾는 방법 ‘{value}’은(는) 없어요. {known} 가운데 하나를 골라 주세요.",
        "There is no method “{value}”. Choose one of {known}.",
    ),
    "field.openings": Text("여는 문장", "opening sentences"),
    "field.sentence": Text("문장", "sentence"),
    "field.novelty": Text("새로움의 무게", "weight of novelty"),
    "field.likelihood": Text("그럴듯함의 무게", "weight of likelihood"),
    "cli.novel": Text(
        "후보 열 개 가운데 골라 가며 소설을 써요",
        "write a novel, choosing among ten candidates a round",
    ),
    "cli.novel.openings": Text(
        "여는 문장이 든 글 파일 (다섯 문장까지)", "text file with up to five opening sentences"
    ),
    "cli.novel.rounds": Text("몇 문장 이어 갈지", "how many sentences to add"),
    "cli.novel.auto": Text(
        "묻지 않고 가장 좋은 후보를 골라요", "take the best candidate, ask nothing"
    ),
    "cli.novel.output": Text(
        "저장할 파일: .md 는 Markdown, 그 밖에는 글", "file to save: .md is Markdown, else text"
    ),
    "cli.novel.ask": Text(
        "번호=고르기, 글=직접 쓰기, r=다시 뽑기, u=되돌리기, q=끝내기",
        "number = pick, text = your own sentence, r = try again, u = undo, q = finish",
    ),
    "cli.novel.place": Text(
        "소설을 {path}에 저장할 수 없어요({reason}). 있는 폴더 안의 파일 이름을 써 주세요.",
        "The novel cannot be saved to {path} ({reason}). Name a file in a folder that exists.",
    ),
    "cli.novel.saved": Text("저장했어요: {path}", "Saved: {path}"),
}
