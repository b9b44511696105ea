"""Sentences about phrases, text engines and the lexicon."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "family.definition": Text("무엇은 무엇", "what things are"),
    "family.fragment": Text("동사 없는 조각", "fragments"),
    "family.measure": Text("잘못 센 것", "wrong measures"),
    "family.event": Text("일어난 일", "events"),
    "family.command": Text("시키는 말", "commands"),
    "family.question": Text("묻는 말", "questions"),
    "family.notice": Text("안내문", "notices"),
    "family.run-on": Text("꼬리 무는 말", "run-ons"),
    "family.talk": Text("주고받는 말", "talk and hearsay"),
    "length.any": Text("아무 길이", "any length"),
    "length.short": Text("짧게", "short"),
    "length.medium": Text("보통", "medium"),
    "length.long": Text("길게", "long"),
    "mood.any": Text("아무 분위기", "any mood"),
    "mood.merry": Text("신나게", "merry"),
    "mood.gloomy": Text("우울하게", "gloomy"),
    "mood.tender": Text("다정하게", "tender"),
    "mood.solemn": Text("비장하게", "solemn"),
    "rating.all": Text("누구나", "everyone"),
    "rating.mild": Text("살짝 지저분해도 괜찮은 사람", "those who do not mind a burp"),
    "request.engine": Text(
        "‘{value}’라는 글 엔진이 없어서 아무말을 만들 수 없어요. 이 중에서 골라 주세요: {known}",
        "There is no text engine called “{value}”, so nobody can make the phrases. "
        "Choose one of: {known}",
    ),
    "engine.needs.text": Text(
        "‘markov’ 엔진은 배울 글이 있어야 말할 수 있어요. 글을 붙여 넣거나 --text로 파일을 골라 "
        "주세요.",
        "The “markov” engine cannot speak before it has learned a text. Paste one, or name a file "
        "with --text.",
    ),
    "engine.needs.model": Text(
        "‘neural’ 엔진은 글 모델이 있어야 말할 수 있어요. 글 모델을 골라 주세요.",
        "The “neural” engine cannot speak without a language model. Choose one.",
    ),
    "engine.exhausted": Text(
        "글 모델이 {tries}번을 더 써 봐도 조건에 맞는 새로운 말을 못 찾았어요(지금까지 {count}개). "
        "온도를 올리거나 길이를 넓히거나 넣을 낱말을 바꿔 주세요.",
        "After {tries} more drafts the model wrote nothing new that fits (so far: {count}). Raise "
        "the temperature, allow more lengths, or choose other words.",
    ),
    "request.choice": Text(
        "‘{field}’에 ‘{value}’은(는) 없어서 고를 수 없어요. 이 중에서 골라 주세요: {known}",
        "There is no “{value}” among the {field}, so it cannot be chosen. Choose from: {known}",
    ),
    "request.syllables": Text(
        "글자 수 {value}에 맞는 문장은 만들 수 없어요. "
        "{low}부터 {high} 사이에서, 작은 수를 앞에 써 주세요.",
        "No phrase can have {value} syllables. Choose two numbers from {low} to {high}, "
        "the smaller one first.",
    ),
    "request.topics.many": Text(
        "넣을 낱말이 {value}개예요. 너무 많으면 차례가 오지 않으니 {limit}개 아래로 줄여 주세요.",
        "{value} words to put in are too many for each to get its turn. Keep {limit} at most.",
    ),
    "request.topic": Text(
        "‘{value}’은(는) 문장에 넣을 수 있는 낱말이 아니에요. "
        "한글, 영어, 숫자로 {limit}자 안에서, 한두 어절로 써 주세요.",
        "“{value}” is not a word that fits into a sentence. "
        "Use one or two words of letters and digits, {limit} characters at most.",
    ),
    "request.topic.blocked": Text(
        "‘{value}’은(는) 누군가를 다치게 하는 말이라 문장에 넣지 않아요. 다른 낱말을 써 주세요.",
        "“{value}” hurts people, so it is not put into sentences. Choose another word.",
    ),
    "request.wishes": Text(
        "고른 조건({wishes})에 모두 맞는 아무말을 {tries}번 만에도 찾지 못했어요. "
        "길이를 넓히거나 문장 갈래나 낱말을 바꿔 주세요.",
        "After {tries} tries no phrase meets all the wishes ({wishes}). "
        "Allow more lengths, or choose other families or words.",
    ),
    "corpus.empty": Text(
        "글이 비어 있어서 배울 것이 없어요. 몇 문장을 붙여 넣거나 .txt 파일을 골라 주세요.",
        "The text is empty, so there is nothing to learn from. Paste some sentences or choose "
        "a .txt file.",
    ),
    "corpus.short": Text(
        "서로 다른 문장이 {count}개뿐이라 이어 붙일 것이 모자라요. "
        "적어도 {least}문장, 되도록 100문장 넘게 넣어 주세요.",
        "Only {count} different sentences are too few to stitch together. "
        "Give at least {least}, better more than 100.",
    ),
    "corpus.long": Text(
        "글이 {length}자라서 기억에 다 담을 수 없어요. {limit}자 아래로 나누어 넣어 주세요.",
        "The text has {length} characters, more than fit in memory. "
        "Cut it to {limit} characters or fewer.",
    ),
    "corpus.large": Text(
        "파일이 {size}라서 기억에 다 담을 수 없어요. {limit} 아래로 나누어 주세요.",
        "The file has {size}, more than fits in memory. Cut it to {limit} or less.",
    ),
    "corpus.binary": Text(
        "글자가 아닌 것이 들어 있는 파일이라 읽을 수 없어요. "
        "메모장에서 UTF-8 .txt로 저장한 파일을 골라 주세요.",
        "The file holds something other than text, so it cannot be read. "
        "Choose a .txt file saved as UTF-8.",
    ),
    "corpus.chat": Text(
        "카카오톡 대화를 내보낸 파일 같은데 줄의 모양을 알아볼 수 없어요. "
        "그대로 배우면 이름과 시간이 남으니 읽지 않았어요. "
        "카카오톡에서 다시 내보내거나, 말한 내용만 남겨서 넣어 주세요.",
        "This looks like a KakaoTalk export, but its lines cannot be told apart. Read as it is, it "
        "would keep names and times, so it was not read. Export it again, or leave only what was "
        "said.",
    ),
    "markov.few": Text(
        "문장이 {count}개라 원래 글과 비슷한 말이 많이 나와요. "
        "{enough}문장이 넘으면 훨씬 엉뚱해져요.",
        "With {count} sentences much will resemble your text. "
        "More than {enough} make it far stranger.",
    ),
    "markov.no_kiwi": Text(
        "Kiwi가 설치되어 있지 않아 형태소 대신 어절로 배웠어요. "
        "형태소로 배우려면 kiwipiepy를 설치해 주세요.",
        "Kiwi is not installed, so whole words were learned instead of morphemes. "
        "Install kiwipiepy for morphemes.",
    ),
    "markov.masked": Text(
        "배우기 전에 남의 정보를 가렸어요: {masked}. 이름이나 다른 비밀은 직접 확인해 주세요.",
        "Private things were masked before learning: {masked}. "
        "Check for names and other secrets yourself.",
    ),
    "markov.exhausted": Text(
        "이 글로는 {count}개까지만 만들 수 있었어요. {tries}번을 더 해 봐도 새로운 말이 없으니 "
        "글을 더 넣거나 온도를 올려 주세요.",
        "This text made {count} phrases and, after {tries} more tries, nothing new. "
        "Add more text or raise the temperature.",
    ),
    "markov.rung.shorter": Text(
        "새로 이을 자리가 모자라서, 바로 앞 낱말만 보고 이었어요.",
        "There were too few places to go on, so only the word before was looked at.",
    ),
    "markov.rung.morphemes": Text(
        "새로 이을 자리가 모자라서, 낱말을 형태소로 쪼개어 이었어요.",
        "There were too few places to go on, so words were taken apart into morphemes.",
    ),
    "markov.rung.joined": Text(
        "새로 이을 자리가 모자라서, 조사나 어미가 같은 데서 두 문장을 이었어요.",
        "There were too few places to go on, so sentences were joined where both have the same "
        "kind of particle or ending.",
    ),
    "markov.rung.borrowed": Text(
        "글만으로는 새로 쓸 말이 모자라서, 뒤섞기의 낱말을 빌려 왔어요. 문장을 더 넣으면 내 "
        "글로만 써요.",
        "The text alone had nothing new left, so words were borrowed from the grammar engine. With "
        "more sentences only yours are used.",
    ),
    "lexicon.file": Text(
        "낱말 파일 {file}을(를) 읽을 수 없어서({reason}) 아무말을 만들 수 없어요. "
        "파일이 제자리에 있는지, UTF-8로 저장되어 있는지 확인해 주세요.",
        "The word file {file} cannot be read ({reason}), so no phrases can be made. "
        "Check that it is in its place and saved as UTF-8.",
    ),
    "lexicon.name": Text(
        "{file}은(는) 낱말 파일의 이름이 아니라서 무엇이 들었는지 알 수 없어요. "
        "이 중의 하나로 바꿔 주세요: {known}",
        "{file} is not the name of a word file, so nobody knows what it holds. "
        "Rename it to one of: {known}",
    ),
    "lexicon.drawable": Text(
        "{file} {line}번째 줄의 ‘{value}’에 그림 항목(emoji, shape, scene)이 있어요. "
        "그림 모델은 새 그림을 배우지 못하니 그 항목을 지워 주세요.",
        "“{value}” on line {line} of {file} has a picture (emoji, shape or scene). "
        "The picture model cannot learn a new one from it: delete that field.",
    ),
    "lexicon.json": Text(
        "{file} {line}번째 줄이 JSON 객체가 아니에요({reason}). 낱말을 읽을 수 없으니, "
        '{{"ko": "…", "en": "…"}} 꼴로 한 줄에 낱말 하나씩 써 주세요.',
        "Line {line} of {file} is not a JSON object ({reason}), so its word cannot be read. "
        'Write one word a line, like {{"ko": "…", "en": "…"}}.',
    ),
    "lexicon.unknown": Text(
        "{file} {line}번째 줄의 ‘{name}’은(는) 모르는 항목이라 뜻을 알 수 없어요. "
        "지우거나 이 중의 하나로 고쳐 주세요: {known}",
        "Line {line} of {file} has a field “{name}” that means nothing here. "
        "Delete it or use one of: {known}",
    ),
    "lexicon.missing": Text(
        "{file} {line}번째 줄에 ‘{name}’ 항목이 없어서 낱말을 쓸 수 없어요. 그 항목을 써 주세요.",
        "Line {line} of {file} lacks “{name}”, so the word cannot be used. Add it.",
    ),
    "lexicon.kind": Text(
        "{file} {line}번째 줄의 ‘{name}’ 값 {value}의 자료형이 달라서 읽을 수 없어요. "
        "{wanted} 값으로 고쳐 주세요.",
        "“{name}” on line {line} of {file} holds {value}, which is of the wrong kind and "
        "cannot be read. Write a {wanted}.",
    ),
    "lexicon.choice": Text(
        "{file} {line}번째 줄의 ‘{name}’에는 ‘{value}’을(를) 쓸 수 없어요. "
        "엔진이 아는 갈래가 아니니 이 중에서 골라 주세요: {known}",
        "“{value}” cannot stand in “{name}” on line {line} of {file}: the engine does not know it. "
        "Choose from: {known}",
    ),
    "lexicon.form": Text(
        "{file} {line}번째 줄의 ‘{name}’ 값 ‘{value}’에 쓸 수 없는 글자가 있어요. "
        "문장 속에서 깨지니 이 꼴에 맞춰 주세요: {wanted}",
        "“{value}” in “{name}” on line {line} of {file} has characters that would break a "
        "sentence. It has to look like: {wanted}",
    ),
    "lexicon.stem": Text(
        "{file} {line}번째 줄의 ‘{value}’은(는) {irregular} 갈래로 활용할 수 없어요. "
        "잘못된 꼴이 만들어지니 기본형(…다)과 class를 확인해 주세요.",
        "“{value}” on line {line} of {file} cannot be conjugated in class {irregular}; the forms "
        "would be wrong. Check that it ends in 다 and that the class is right.",
    ),
    "lexicon.counter": Text(
        "{file} {line}번째 줄의 단위 ‘{value}’이(가) counters.jsonl에 없어서 셀 수 없어요. "
        "그 파일에 더하거나 있는 단위로 바꿔 주세요.",
        "The counter “{value}” on line {line} of {file} is not in counters.jsonl, so nothing can "
        "be counted with it. Add it there or use one that exists.",
    ),
    "lexicon.twice": Text(
        "{file} {line}번째 줄의 ‘{value}’은(는) {first}번째 줄에 이미 있어요. "
        "같은 낱말이 두 번 있으면 뜻이 갈리니 하나를 지워 주세요.",
        "“{value}” on line {line} of {file} already stands on line {first}. Two entries would "
        "contradict each other: delete one.",
    ),
}
