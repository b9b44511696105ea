"""Sentences of the Write tab (글짓기) and of `say` with its engines."""

from __future__ import annotations

from playground.messages import Text

LABELS: dict[str, Text] = {
    "writing.tab": Text("글짓기", "Write"),
    "writing.grammar": Text("뒤섞기", "Mix"),
    "writing.markov": Text("내 글로", "From my text"),
    "writing.neural": Text("옹알이", "Babble"),
    "writing.count": Text("몇 개", "How many"),
    "writing.topics": Text("넣을 낱말 (쉼표로)", "Words to put in (commas between)"),
    "writing.topics.hint": Text("예: 고양이, 냉장고", "e.g. 고양이, 냉장고"),
    "writing.length": Text("길이", "Length"),
    "writing.seed": Text("시드 (-1이면 매번 새로)", "Seed (-1: a new one every time)"),
    "writing.families": Text("문장 갈래 (비우면 모두)", "Kinds of sentences (none for all)"),
    "writing.surprise": Text("엉뚱함", "Surprise"),
    "writing.mood": Text("분위기", "Mood"),
    "writing.rating": Text("들을 사람", "For whose ears"),
    "writing.text": Text("배울 글", "Text to learn from"),
    "writing.text.hint": Text(
        "일기, 노래 가사, 단톡방 내보내기… 열 문장이면 시작할 수 있고, 백 문장이 넘으면 훨씬 "
        "엉뚱해져요. 이 컴퓨터 밖으로는 나가지 않아요.",
        "A diary, lyrics, an exported chat … Ten sentences will do; more than a hundred make it "
        "far stranger. "
        "It never leaves this machine.",
    ),
    "writing.file": Text("또는 파일", "Or a file"),
    "writing.unit": Text("조각", "Pieces"),
    "writing.unit.eojeol": Text("어절", "words"),
    "writing.unit.morpheme": Text("형태소 (Kiwi)", "morphemes (Kiwi)"),
    "writing.order": Text("몇 조각 앞까지 보기", "How many pieces to look back"),
    "writing.temperature": Text("온도", "Temperature"),
    "writing.model": Text("글 모델", "Language model"),
    "writing.finer": Text("더 자세히", "Finer settings"),
    "writing.top_p": Text("누적 확률 (top-p, 1이면 끔)", "Top-p (1: off)"),
    "writing.top_k": Text("후보 수 (top-k, 0이면 끔)", "Top-k (0: off)"),
    "writing.repetition_penalty": Text("되풀이 벌점 (1이면 끔)", "Repetition penalty (1: off)"),
    "writing.no_repeat_ngram": Text("되풀이 금지 길이 (0이면 끔)", "No n pieces twice (0: off)"),
    "writing.max_tokens": Text("최대 토큰 수", "Most tokens"),
    "writing.bad_words": Text("금지할 말 (쉼표로)", "Banned words (commas between)"),
    "writing.say.grammar": Text("뒤섞기", "Mix"),
    "writing.say.markov": Text("배워서 쓰기", "Learn and write"),
    "writing.say.neural": Text("옹알거리기", "Babble"),
    "writing.stop": Text("멈춤", "Stop"),
    "writing.index": Text("아무말 지수 재기", "Measure the nonsense index"),
    **{
        f"writing.family.{name}": Text(ko, en)
        for name, ko, en in (
            ("definition", "무엇은 무엇", "what things are"),
            ("fragment", "동사 없는 조각", "fragments"),
            ("measure", "잘못 센 것", "wrong measures"),
            ("event", "일어난 일", "events"),
            ("command", "시키는 말", "commands"),
            ("question", "묻는 말", "questions"),
            ("notice", "안내문", "notices"),
            ("run-on", "꼬리 무는 말", "run-ons"),
            ("talk", "주고받는 말", "talk and hearsay"),
        )
    },
    **{
        f"writing.length.{name}": Text(ko, en)
        for name, ko, en in (
            ("any", "아무 길이", "any"),
            ("short", "짧게", "short"),
            ("medium", "보통", "medium"),
            ("long", "길게", "long"),
        )
    },
    **{
        f"writing.mood.{name}": Text(ko, en)
        for name, ko, en in (
            ("any", "아무거나", "any"),
            ("merry", "신나게", "merry"),
            ("gloomy", "우울하게", "gloomy"),
            ("tender", "다정하게", "tender"),
            ("solemn", "비장하게", "solemn"),
        )
    },
    "writing.rating.all": Text("누구나", "everyone"),
    "writing.rating.mild": Text("살짝 지저분해도 괜찮은 사람", "those who do not mind a burp"),
}

ROWS: dict[str, Text] = {
    **LABELS,
    "writing.title": Text("나온 말", "What came out"),
    "writing.empty": Text(
        "아직 아무 말도 없어요. 왼쪽에서 엔진을 골라 보세요. ‘뒤섞기’는 바로 나오고, ‘내 글로’는 "
        "붙여 넣은 글을 엉뚱하게 잇고, ‘옹알이’는 작은 신경망이 한 조각씩 써요.",
        "Not a word yet. Choose an engine: “Mix” answers at once, “From my text” stitches what "
        "you paste together wrongly, and “Babble” is a small neural network writing piece by "
        "piece.",
    ),
    "writing.learning": Text("글을 읽고 배우는 중이에요…", "Reading and learning the text …"),
    "writing.loading": Text(
        "글 모델 ‘{model}’을(를) 여는 중이에요…", "Opening the language model “{model}” …"
    ),
    "writing.now": Text("쓰는 중… {done}/{count}", "Writing … {done}/{count}"),
    "writing.done": Text("{count}개가 나왔어요.", "{count} came out."),
    "writing.stopped": Text(
        "멈췄어요. 그때까지 나온 {count}개는 그대로 있어요.",
        "Stopped. The {count} that had come out stay.",
    ),
    "writing.stitches": Text("어느 줄을 이어 붙였나", "Which lines it was stitched from"),
    "writing.stitch": Text("{line}번째 줄", "line {line}"),
    "writing.stitch.none": Text("어느 줄에도 없는 말", "on no line"),
    "writing.engine.grammar": Text("뒤섞기", "Mix"),
    "writing.engine.markov": Text("내 글로", "From my text"),
    "writing.engine.neural": Text("옹알이 {model}", "Babble {model}"),
    "writing.by": Text("{engine} · 시드 {seed}", "{engine} · seed {seed}"),
    "writing.licence": Text(
        "이 모델에는 라이선스가 있어요: {licence}. NC가 들어 있으면 돈을 버는 일에는 쓸 수 없어요.",
        "This model has a licence: {licence}. With NC in it, it must not be used to earn money.",
    ),
    "field.unit": Text("조각", "pieces"),
    "corpus.file": Text(
        "{file} 파일을 읽을 수 없어서({reason}) 배울 수 없어요. "
        "파일이 그 자리에 있는지, 열어 볼 수 있는지 확인해 주세요.",
        "{file} cannot be read ({reason}), so nothing can be learned from it. Check that it is "
        "there and may be opened.",
    ),
    "cli.words_dir": Text(
        "내 낱말 파일을 둔 폴더 (grammar)", "a folder with word files of your own (grammar)"
    ),
    "cli.say.text": Text(
        "배울 글이나 단톡방 내보내기 (.txt)", "a text or an exported chat to learn from (.txt)"
    ),
    "cli.say.unit": Text(
        "조각: eojeol | morpheme (Kiwi 필요)", "pieces: eojeol | morpheme (needs Kiwi)"
    ),
    "cli.say.stitches": Text(
        "어느 줄을 이어 붙였는지도", "show which lines each phrase was stitched from"
    ),
    "cli.say.model": Text(
        "글 모델의 이름이나 폴더 (기본 ongari)",
        "name or folder of a language model (default ongari)",
    ),
    "writing.own_name": Text("내 글", "my text"),
}
