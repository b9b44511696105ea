"""Sentences of fine-tuning: what is shown of a text, of a run and its verdict; the command."""

from __future__ import annotations

from playground.messages import Text

_PREVIEW: dict[str, Text] = {
    "training.step.data": Text("1. 무엇을 배울까요?", "1. What is to be learned?"),
    "training.step.consent": Text("2. 써도 되는 글인가요?", "2. May it be used?"),
    "training.step.how": Text("3. 어떻게 배울까요?", "3. How?"),
    "training.step.run": Text("4. 배우는 중", "4. Learning"),
    "training.about": Text(
        "내 글로 언어 모델을 가르쳐요. 전화번호·이메일·주민번호·카드·계좌번호는 저장하기 전에 "
        "가리지만, "
        "이름이나 사연은 가리지 못하니 직접 살펴봐 주세요.",
        "Teach a language model with your own text. Phone, resident, card and account numbers and "
        "e-mail addresses are masked before anything is stored. Names and stories cannot be found "
        "that way: look for them yourself.",
    ),
    "training.preview.empty": Text(
        "글을 넣으면 여기에서 몇 줄을 어떻게 읽었는지, 무엇을 가렸는지 보여 드려요.",
        "Once there is a text, this shows how its rows are read and what is masked.",
    ),
    "training.preview.pairs": Text(
        "질문과 답 {count}쌍을 읽었어요.", "{count} questions with answers were read."
    ),
    "training.preview.lines": Text("문장 {count}줄을 읽었어요.", "{count} lines were read."),
    "training.preview.chat": Text(
        "대화 내보내기에서 {count}줄을 읽었어요. 이름과 시간은 버렸어요.",
        "{count} messages of a chat export were read. Names and times were thrown away.",
    ),
    "training.preview.dropped": Text(
        "{count}줄은 쓰지 못했어요. 나머지는 그대로 배워요.",
        "{count} rows cannot be used. The others are learned all the same.",
    ),
    "training.preview.more": Text("그 밖에 {count}줄", "and {count} more"),
    "training.preview.masked": Text("가린 것", "What was masked"),
    "training.preview.unmasked": Text(
        "가릴 만한 번호나 주소는 없었어요.", "There was no number or address to mask."
    ),
    "training.preview.times": Text("{count}번", "{count} times"),
    "training.preview.sample": Text("이렇게 배워요", "This is how it is learned"),
    "training.preview.digest": Text(
        "가린 글의 SHA-256: {digest}", "SHA-256 of the masked text: {digest}"
    ),
}

_BOARD: dict[str, Text] = {
    "training.board.empty": Text(
        "아직 배우고 있는 것이 없어요. 왼쪽을 채우고 ‘배우기 시작’을 눌러 주세요.",
        "Nothing is being learned. Fill in the left side and press “Start learning”.",
    ),
    "training.stage.loading": Text("‘{base}’을(를) 여는 중", "Opening {base}"),
    "training.stage.learning": Text(
        "‘{name}’ 배우는 중 · {done}/{steps} 걸음", "Teaching {name} · step {done} of {steps}"
    ),
    "training.stage.checking": Text(
        "‘{name}’이(가) 무너지지 않았는지 대답 1,000개로 확인하는 중",
        "Checking with 1,000 replies whether {name} has collapsed",
    ),
    "training.stage.writing": Text("‘{name}’ 저장하는 중", "Writing {name}"),
    "training.left": Text("{time} 남음", "{time} left"),
    "training.minutes": Text("{minutes}분 {seconds}초", "{minutes} min {seconds} s"),
    "training.seconds": Text("{seconds}초", "{seconds} s"),
    "training.progress": Text("배운 정도", "How much has been learned"),
    "training.plot": Text("혼란도(ppl) 곡선", "Perplexity curve"),
    "training.plot.train": Text("배운 글", "learned"),
    "training.plot.val": Text("처음 보는 글", "held out"),
    "training.plot.untuned": Text("배우기 전", "untuned"),
    "training.plot.said": Text(
        "배우기 전 {untuned}, 지금까지 가장 좋은 값 {best} ({epoch}번째 에폭). 낮을수록 좋아요.",
        "Untuned {untuned}, best so far {best} (epoch {epoch}). Lower is better.",
    ),
    "training.plot.waiting": Text(
        "배우기 전 {untuned}. 첫 에폭이 끝나면 곡선이 그려져요.",
        "Untuned {untuned}. The curve begins once the first epoch is over.",
    ),
    "training.log": Text("기록", "Log"),
    "training.done": Text(
        "‘{name}’을(를) 다 배웠어요. 처음 보는 글의 혼란도: 배우기 전 {untuned} → 배운 뒤 {val} "
        "({epoch}번째 에폭의 가중치). 낮을수록 좋아요.",
        "{name} is done. Perplexity of text it never saw: untuned {untuned}, now {val} (weights of "
        "epoch {epoch}). Lower is better.",
    ),
    "training.early": Text(
        "더 배워도 처음 보는 글이 나아지지 않아서 일찍 멈췄어요.",
        "It ended early: text it never saw no longer got better.",
    ),
    "training.no_better": Text(
        "처음 보는 글에는 배우기 전보다 나아지지 않았어요. 질문과 답 사이에 배울 만한 규칙이 "
        "없거나 글이 "
        "너무 적어요. 글을 더 모으거나 다른 글로 배워 보세요.",
        "Text it never saw did not become likelier than before. There is nothing to be learned "
        "between questions and answers, or too little text: gather more, or learn from another.",
    ),
    "training.deaf": Text(
        "대답이 질문을 따라가지 않아요. 제 질문 뒤에서 혼란도 {val}, 남의 질문 뒤에서 "
        "{other}(이)라 거의 같아요. "
        "질문과 답이 제멋대로 짝지어졌거나 글이 너무 적어요.",
        "Replies do not follow the questions: perplexity {val} behind their own question, {other} "
        "behind another. Questions and replies were paired at random, or there is too little "
        "text.",
    ),
    "training.verdict.normal": Text("판정: 정상", "Verdict: fine"),
    "training.verdict.normal.but": Text(
        "판정: 되풀이하거나 베끼지는 않지만, 배운 것이 도움이 되지는 않았어요",
        "Verdict: it neither repeats nor copies, but learning did not help",
    ),
    "training.verdict.collapsed": Text(
        "판정: 붕괴 (같은 말만 되풀이해요)", "Verdict: collapsed (it repeats itself)"
    ),
    "training.verdict.memorised": Text(
        "판정: 암기 (배운 글을 그대로 베껴요)", "Verdict: memorised (it copies what it learned)"
    ),
    "training.figures": Text("대답 {count}개를 살펴본 결과", "What {count} replies showed"),
    "training.figure.unique": Text("서로 다른 대답의 비율", "share of different replies"),
    "training.figure.top": Text("가장 잦은 대답의 비율", "share of the commonest reply"),
    "training.figure.distinct_2": Text("서로 다른 두 어절의 비율", "different pairs of words"),
    "training.figure.self_bleu_3": Text("서로 닮은 정도 (self-BLEU)", "likeness (self-BLEU)"),
    "training.figure.first_bits": Text("첫 어절의 다양함 (비트)", "first words (bits)"),
    "training.figure.copies": Text("배운 글을 그대로 베낀 비율", "share copied word by word"),
    "training.figure.run": Text("배운 글과 이어서 겹치는 정도", "longest run from the text"),
    "training.figure.ratio": Text(
        "처음 보는 글과 배운 글의 혼란도 비", "perplexity held out / learned"
    ),
    "training.level.good": Text("좋음", "good"),
    "training.level.poor": Text("아쉬움", "poor"),
    "training.level.failed": Text("나쁨", "failed"),
    "training.commonest": Text(
        "가장 잦은 대답: ‘{reply}’ ({count}번)", "commonest reply: “{reply}” ({count} times)"
    ),
    "training.greedy": Text(
        "가장 그럴듯한 낱말만 골랐을 때: {asked}개 물음에 {different}가지 대답",
        "always the likeliest word: {different} different answers to {asked} questions",
    ),
    "training.greedy.collapsed": Text(
        "가장 그럴듯한 낱말만 고르면 {asked}개 물음에 {different}가지로만 대답해요. 온도를 두고 "
        "뽑아 주세요.",
        "With always the likeliest word there are only {different} answers to {asked} questions: "
        "sample with a temperature.",
    ),
    "training.counts": Text(
        "배운 줄 {learned} · 재기만 한 줄 {held_out} · 같은 줄이라 뺀 것 {repeated} · 되풀이되는 "
        "답이라 뺀 것 "
        "{capped} · 잘린 줄 {cut}",
        "learned {learned} · held out {held_out} · repeated rows left out {repeated} · repeated "
        "replies left out {capped} · rows cut {cut}",
    ),
    "training.try": Text(
        "‘대화’ 탭에서 ‘{name}’을(를) 고르면 이 모델과 이야기할 수 있어요.",
        "Choose {name} in the Chat tab to talk with it.",
    ),
    "training.licence": Text(
        "바탕 모델의 라이선스({licence})가 이 모델에도 그대로 적용돼요.",
        "The licence of the base model ({licence}) holds for this one too.",
    ),
    "training.replies": Text("고르지 않은 대답 몇 개", "A few replies, unselected"),
    "training.history": Text("배운 기록과 동의", "What was learned, and who agreed"),
    "training.history.line": Text(
        "{when} · ‘{model}’ ← {base} · {data} {rows}줄 · 출처: {source} · {basis} {note}",
        "{when} · {model} ← {base} · {data}, {rows} rows · source: {source} · {basis} {note}",
    ),
    "training.offer": Text(
        "멈춰 있는 학습이 있어요. 이어서 배우거나 지울 수 있어요.",
        "There are unfinished trainings. They can go on, or be forgotten.",
    ),
    "training.forgotten": Text("지웠어요.", "Forgotten."),
}

_CLI: dict[str, Text] = {
    "cli.train": Text("내 글로 언어 모델을 가르쳐요", "teach a language model with your own text"),
    "cli.train.data": Text(
        "배울 글 (CSV나 TXT 파일)", "the text to learn from (a CSV or TXT file)"
    ),
    "cli.train.base": Text("바탕 모델", "the model that learns"),
    "cli.train.name": Text("새 모델 이름", "the name of the new model"),
    "cli.train.source": Text("글의 출처 (필수)", "where the text is from (required)"),
    "cli.train.consent": Text(
        "써도 되는 까닭: own | consent:누가 | licence:이름 | public (필수)",
        "why it may be used: own | consent:WHO | licence:NAME | public (required)",
    ),
    "cli.train.lora": Text("LoRA로 배워요", "learn with LoRA"),
    "cli.train.resume": Text(
        "--name 의 멈춘 학습을 이어서 해요", "go on with the stopped training of --name"
    ),
    "cli.train.stopped": Text(
        "멈췄어요. 배운 데까지 남아 있으니 같은 --name에 --resume을 붙이면 거기서부터 해요.",
        "Stopped. What was learned is kept: the same --name with --resume goes on from there.",
    ),
    "cli.train.missing": Text(
        "{flags} 없이는 배울 수 없어요. 무엇을 누구 허락으로 배우는지 알아야 해요. 덧붙여 주세요.",
        "Nothing can be learned without {flags}: it has to be known what is learned, and with "
        "whose permission. Add them.",
    ),
    "cli.train.file": Text(
        "‘{path}’ 파일을 읽을 수 없어요({reason}). 경로를 확인해 주세요.",
        "{path} cannot be read ({reason}). Check the path.",
    ),
}

ROWS: dict[str, Text] = {**_PREVIEW, **_BOARD, **_CLI}


def verdict_key(label: str, *, has_complaint: bool) -> str:
    """Return the row of a verdict; fine is not said beside a complaint.

    Args:
        has_complaint: whether text it never saw became no likelier, or replies follow nothing.
    """
    fine = label == "normal" and has_complaint
    return "training.verdict.normal.but" if fine else f"training.verdict.{label}"
