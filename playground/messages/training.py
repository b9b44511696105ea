"""Sentences of fine-tuning: its controls, and what may be wrong with a text or a run."""

from __future__ import annotations

from playground.messages import Text

# drawn by Gradio, so translated in the browser
LABELS: dict[str, Text] = {
    "training.tab": Text("학습", "Train"),
    "training.file": Text("배울 글 파일 (CSV·TXT)", "A file to learn from (CSV, TXT)"),
    "training.paste": Text("또는 여기에 붙여 넣기", "Or paste it here"),
    "training.paste.hint": Text(
        "질문,답,라벨 을 한 줄에 하나씩, 아니면 그냥 문장을 한 줄에 하나씩",
        "question,answer,label one a line, or simply one sentence a line",
    ),
    "training.look": Text("글 살펴보기", "Look at the text"),
    "training.source.label": Text("이 글은 어디서 왔나요? (필수)", "Where is it from? (required)"),
    "training.source.hint": Text(
        "예: 우리 동아리 단톡방 2026년 봄, 직접 쓴 글",
        "e.g. our club's group chat, spring 2026; written by myself",
    ),
    "training.basis.label": Text("써도 되는 까닭 (필수)", "Why may it be used? (required)"),
    "training.note.label": Text(
        "누가 동의했나요, 또는 어떤 라이선스인가요?", "Who consented, or which licence is it?"
    ),
    "training.base": Text("바탕 모델", "Base model"),
    "training.name.label": Text("새 모델 이름", "Name of the new model"),
    "training.method": Text("배우는 방법", "Method"),
    "training.epochs": Text("에폭 (글을 몇 번 읽을지)", "Epochs (times through the text)"),
    "training.rate": Text("학습률 (0이면 알아서)", "Learning rate (0: what suits the model)"),
    "training.batch": Text("배치 (한 번에 몇 줄)", "Batch (rows at once)"),
    "training.more": Text("더 많은 설정", "More settings"),
    "training.patience": Text(
        "참을성 (나아지지 않아도 기다릴 에폭)", "Patience (epochs without getting better)"
    ),
    "training.holdout": Text("재기만 할 답의 비율", "Share of replies held out"),
    "training.dropout": Text("드롭아웃", "Dropout"),
    "training.label_dropout": Text("라벨 드롭아웃", "Label dropout"),
    "training.max_tokens": Text("한 줄의 최대 토큰", "Tokens a row at most"),
    "training.rank": Text("LoRA 랭크", "LoRA rank"),
    "training.seed": Text("시드", "Seed"),
    "training.start": Text("배우기 시작", "Start learning"),
    "training.stop": Text("멈춤", "Stop"),
    "training.resume": Text("이어서 배우기", "Go on learning"),
    "training.forget": Text("지우기", "Forget it"),
    "training.unfinished": Text("멈춰 있는 학습", "Unfinished trainings"),
    "training.basis.own": Text("내가 쓴 글이에요", "I wrote it"),
    "training.basis.consent": Text(
        "쓴 사람들의 동의를 받았어요", "Those who wrote it have consented"
    ),
    "training.basis.licence": Text(
        "학습을 허락하는 라이선스예요", "Its licence allows learning from it"
    ),
    "training.basis.public": Text(
        "누구의 것도 아니에요 (퍼블릭 도메인)", "It is in the public domain"
    ),
    "training.method.full": Text("전체 (모든 가중치)", "Full (every weight)"),
    "training.method.lora": Text("LoRA (작은 덧붙임)", "LoRA (small additions)"),
}

_FIELDS: dict[str, Text] = {
    "field.epochs": Text("에폭", "epochs"),
    "field.learning_rate": Text("학습률", "the learning rate"),
    "field.batch": Text("배치", "the batch"),
    "field.patience": Text("참을성", "the patience"),
    "field.holdout": Text("재기만 할 답의 비율", "the share of replies held out"),
    "field.dropout": Text("드롭아웃", "the dropout"),
    "field.label_dropout": Text("라벨 드롭아웃", "the label dropout"),
    "field.rank": Text("LoRA 랭크", "the LoRA rank"),
}

_DATA: dict[str, Text] = {
    "training.empty": Text(
        "배울 글이 비어 있어요. 글을 붙여 넣거나 파일을 골라 주세요.",
        "There is no text to learn from: paste some, or choose a file.",
    ),
    "training.few": Text(
        "서로 다른 답(문장)이 {count}개뿐이라 배울 것과 재 볼 것으로 나눌 수 없어요. 적어도 "
        "{least}개, "
        "되도록 200개 넘게 넣어 주세요.",
        "There are only {count} different replies (or sentences), too few to split into what is "
        "learned and what is measured. Give at least {least}, better more than 200.",
    ),
    "training.large": Text(
        "글이 {size}라서 기억에 다 담을 수 없어요. {limit}까지 배울 수 있으니 {line}번째 줄쯤에서 "
        "나누어 주세요.",
        "The text has {size}, more than fits in memory. Up to {limit} can be learned from: cut it "
        "at about line {line}.",
    ),
    "training.columns": Text(
        "{line}번째 줄에 질문(Q)과 답(A) 칸이 없어요. 있는 칸: {found}. 첫 줄을 Q,A,label 로 "
        "바꾸거나, "
        "문장을 한 줄에 하나씩 쓴 .txt 파일을 골라 주세요.",
        "Line {line} names no columns for question (Q) and answer (A). It has: {found}. Make the "
        "first line Q,A,label, or choose a .txt file with one sentence a line.",
    ),
    "training.row.columns": Text(
        "{line}번째 줄의 칸 수가 첫 줄과 달라요(‘{shown}’). 쉼표가 든 칸은 큰따옴표로 감싸 주세요.",
        "Line {line} has another number of columns than the first (“{shown}”). Put fields with "
        "commas in double quotes.",
    ),
    "training.row.quote": Text(
        "{line}번째 줄에서 연 큰따옴표가 닫히지 않았어요(‘{shown}’). 따옴표를 닫거나 지워 주세요.",
        "The quote opened in line {line} is never closed (“{shown}”). Close it or remove it.",
    ),
    "training.row.label": Text(
        "{line}번째 줄의 라벨이 0, 1, 2가 아니에요(‘{shown}’). 0(일상), 1(슬픔), 2(기쁨) 가운데 "
        "하나로 "
        "써 주세요.",
        "The label in line {line} is not 0, 1 or 2 (“{shown}”). Write 0 (everyday), 1 (sad) or "
        "2 (glad).",
    ),
    "training.row.empty": Text(
        "{line}번째 줄의 질문이나 답이 비어 있어요(‘{shown}’). 채우거나 줄을 지워 주세요.",
        "The question or the answer in line {line} is empty (“{shown}”). Fill it in or remove the "
        "line.",
    ),
}

_CONSENT: dict[str, Text] = {
    "training.source": Text(
        "이 글이 어디서 왔는지 적지 않았어요. 남의 글을 몰래 배우지 않으려고 꼭 물어요. "
        "출처를 적어 주세요.",
        "You did not say where the text is from. It is always asked, so that nobody's words are "
        "learned in secret: name the source.",
    ),
    "training.basis": Text(
        "이 글을 써도 되는 까닭을 고르지 않았어요(‘{value}’). 까닭이 없으면 배우지 않아요. "
        "{known} 가운데 하나를 골라 주세요.",
        "No reason why the text may be used was chosen (“{value}”). Without one nothing is "
        "learned: choose one of {known}.",
    ),
    "training.note.consent": Text(
        "누가 동의했는지 적지 않았어요. 나중에 다시 볼 수 있게 남겨 두니, 누구에게 어떻게 물었는지 "
        "적어 주세요.",
        "You did not say who consented. It is kept with the model: write whom you asked and how.",
    ),
    "training.note.licence": Text(
        "어떤 라이선스인지 적지 않았어요. 모델과 함께 남겨 두니, 이름이나 주소를 적어 주세요.",
        "You did not say which licence it is. It is kept with the model: write its name or "
        "address.",
    ),
}

_RUN: dict[str, Text] = {
    "training.name": Text(
        "‘{name}’(은)는 모델 이름으로 쓸 수 없어요. 폴더 이름이 되니 한글·영문·숫자와 빈칸 . _ - "
        "만, "
        "40자까지 써 주세요.",
        "“{name}” cannot be a model's name. It becomes a folder: use Hangul, Latin letters, "
        "digits, "
        "blanks and . _ - only, 40 characters at most.",
    ),
    "training.name_taken": Text(
        "‘{name}’이라는 모델이 벌써 있어요. 덮어쓰지 않으니 다른 이름을 지어 주세요.",
        "There is a model named “{name}” already. Nothing is overwritten: choose another name.",
    ),
    "training.nothing_left": Text(
        "같은 줄과 되풀이되는 답을 빼고 나니 {rows}줄에서 배울 것이 남지 않았어요. 서로 다른 "
        "답을 더 "
        "넣어 주세요.",
        "With repeated rows and replies left out nothing remains of {rows} rows. Add different "
        "replies.",
    ),
    "training.no_peft": Text(
        "LoRA에 필요한 peft가 설치되어 있지 않아요. ‘전체’로 배우거나, 놀이터를 다시 설치해 "
        "주세요.",
        "peft, which LoRA needs, is not installed. Learn with “full”, or set the playground up "
        "again.",
    ),
    "training.diverged": Text(
        "{step}번째 걸음에서 계산이 무한대로 튀었어요. 학습률({rate})이 너무 커요. 10분의 1로 "
        "줄여 다시 "
        "시작해 주세요.",
        "At step {step} the numbers went out of bounds. The learning rate ({rate}) is too large: "
        "start again with a tenth of it.",
    ),
    "training.checkpoint": Text(
        "‘{name}’의 저장된 학습을 이어 갈 수 없어요({reason}). 파일이 바뀌었거나 설정이 달라요. "
        "지우고 "
        "처음부터 배워 주세요.",
        "The stored training “{name}” cannot go on ({reason}): its files or settings were changed. "
        "Forget it and start over.",
    ),
    "training.no_job": Text(
        "‘{name}’이라는 멈춰 있는 학습이 없어요. 이름을 확인하거나 처음부터 배워 주세요.",
        "There is no unfinished training “{name}”. Check the name, or start over.",
    ),
    "training.busy": Text(
        "지금 ‘{name}’을(를) 배우는 중이에요. 컴퓨터가 힘들지 않게 한 번에 하나씩만 배우니, "
        "끝나기를 "
        "기다리거나 멈춤을 눌러 주세요.",
        "“{name}” is being trained, one at a time to spare the machine. Wait for it or press stop.",
    ),
    "training.stopped": Text(
        "멈췄어요. 배운 데까지 저장해 두었으니 ‘이어서 배우기’를 누르면 거기서부터 해요.",
        "Stopped. What was learned is kept: “Go on learning” continues from there.",
    ),
    "training.elsewhere": Text(
        "학습은 컴퓨터를 오래 차지해서 이 컴퓨터 앞에 있는 사람만 시작할 수 있어요. 이 컴퓨터의 "
        "주인이면 터미널에 나온 주인의 주소를 열어 주세요(새로 받기: python -m playground owner).",
        "Training takes the machine for long, so only the person at the machine can start it. If "
        "it is yours, open the owner's link from the console (a new one: python -m playground "
        "owner).",
    ),
}

ROWS: dict[str, Text] = {**LABELS, **_FIELDS, **_DATA, **_CONSENT, **_RUN}
