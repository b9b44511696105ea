"""Sentences of the command line face."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "cli.about": Text(
        "아무말 놀이터: 말도 안 되는 말을 뽑아 그림으로 그려요.",
        "Amumal Playground: draws Korean nonsense phrases, and then draws them.",
    ),
    "cli.say": Text("아무말을 뽑아요", "draw phrases"),
    "cli.illustrate": Text("아무말을 그림으로 그려요", "draw a picture of a phrase"),
    "cli.draw": Text(
        "프롬프트와 모든 설정으로 그림을 그려요", "draw a picture of a prompt, with every setting"
    ),
    "cli.prompt": Text(
        "모델이 받을 프롬프트 (docs/prompts.md)", "the prompt the model gets (docs/prompts.md)"
    ),
    "cli.style": Text(
        "styles.csv에 있는 스타일 이름 (여러 번 가능)", "a style of styles.csv (repeatable)"
    ),
    "cli.input": Text(
        "{path} 파일을 ‘{field}’(으)로 읽지 못했어요({reason}). "
        "파일이 있는지, 읽어도 되는 파일인지 확인해 주세요.",
        "The file {path} could not be read as the {field} ({reason}). Check that it is there and "
        "may be read.",
    ),
    "cli.count": Text("몇 개 (1-50)", "how many (1-50)"),
    "cli.seed.say": Text("시드. -1이면 매번 새로", "seed; -1 for a new one every time"),
    "cli.seed.illustrate": Text(
        "시드. 기본은 0이라 같은 명령은 같은 그림; -1이면 매번 새로",
        "seed; 0 unless given, so the same command draws the same picture; -1 for a new one",
    ),
    "cli.surprise": Text("엉뚱함 (0-2)", "surprise (0-2)"),
    "cli.topic": Text("여러 번 가능", "repeatable"),
    "cli.english": Text("영어 풀이도 함께", "show the English rendering too"),
    "cli.json": Text("한 줄에 JSON 하나씩", "one JSON object a line"),
    "cli.text": Text("그릴 아무말", "the phrase to draw"),
    "cli.output": Text(
        "PNG 파일을 둘 곳. 없으면 모음에만 남겨요",
        "where to put the PNG; without it the picture stays in the album only",
    ),
    "cli.data_dir": Text("데이터 폴더", "data folder"),
    "cli.models_dir": Text("모델 폴더 (여러 번 가능)", "folder with models (repeatable)"),
    "cli.cpu": Text("GPU가 있어도 CPU로", "use the CPU even when there is a GPU"),
    "cli.setting": Text("기본값 {value}", "default {value}"),
    "cli.usage": Text(
        "명령을 알아듣지 못했어요({reason}). `python -m playground --help` 를 봐 주세요.",
        "The command was not understood ({reason}). See `python -m playground --help`.",
    ),
    "cli.drawing": Text("그리는 중 {step}/{steps}", "drawing {step}/{steps}"),
    "cli.loading": Text("모델을 준비하는 중", "getting the model ready"),
    "cli.done": Text("다 그렸어요 · {seconds}초 · 시드 {seed}", "done · {seconds} s · seed {seed}"),
    "cli.read": Text("모델이 읽은 말: {prompt}", "what the model read: {prompt}"),
    "cli.apart": Text(
        "데이터 폴더를 다른 아무말 놀이터가 쓰고 있어서({where}), 그림을 모음에 넣지 않고 "
        "파일로만 남겨요.",
        "Another Amumal Playground uses the data folder ({where}): the picture goes to the file "
        "only, not into the album.",
    ),
    "cli.output.failed": Text(
        "{path}에 그림을 쓰지 못했어요({reason}). 쓸 수 있는 폴더와 파일 이름인지 확인해 주세요.",
        "The picture could not be written to {path} ({reason}). Check that the folder exists "
        "and can be written to.",
    ),
    "cli.owner": Text(
        "켜져 있는 페이지에서 이 컴퓨터의 주인임을 보이는 주소를 받아요",
        "get the address that proves to the running page that this computer is yours",
    ),
    "cli.owner.nobody": Text(
        "‘{path}’ 폴더로 켜진 페이지가 없어서 주소를 만들지 않았어요. ./webui.sh 로 먼저 켜거나, "
        "다른 폴더로 켰으면 --data-dir 로 알려 주세요.",
        "No page is running on {path}, so no address was made. Start ./webui.sh first, or name its "
        "folder with --data-dir.",
    ),
    "cli.stopped": Text("멈췄어요.", "Stopped."),
    "cli.place.folder": Text("폴더예요", "it is a folder"),
    "cli.place.none": Text("그런 폴더가 없어요", "there is no such folder"),
    "cli.reason.enoent": Text("그런 파일이 없어요", "there is no such file"),
    "cli.reason.eacces": Text("열어도 된다는 허락이 없어요", "it may not be opened"),
    "cli.reason.eisdir": Text("파일이 아니라 폴더예요", "it is a folder"),
    "cli.reason.enotdir": Text("그런 폴더가 없어요", "there is no such folder"),
    "cli.version": Text("몇 번째 판인지 보여 줘요", "show which version this is"),
    "cli.commands": Text("명령", "commands"),
    "cli.command": Text("명령", "command"),
    "cli.help.usage": Text("쓰는 법:", "usage:"),
    "cli.help.arguments": Text("차례로 쓰는 것:", "arguments:"),
    "cli.help.options": Text("고를 수 있는 것:", "options:"),
    "cli.help.help": Text("이 도움말을 보여 줘요", "show this help"),
    "cli.encoding": Text(
        "들어온 줄에 읽을 수 없는 글자가 있어서 �로 바꾸어 읽었어요. UTF-8이나 cp949로 보내 "
        "주세요.",
        "A line that came in holds letters that cannot be read; they were read as �. Send it as "
        "UTF-8 or cp949.",
    ),
    "cli.mistake.missing": Text("빠진 것: {names}", "missing: {names}"),
    "cli.mistake.unknown": Text("모르는 것: {names}", "unknown: {names}"),
    "cli.mistake.value": Text("{name} 뒤에 값이 없어요", "{name} has no value"),
    "cli.mistake.choice": Text("{name}은(는) 없어요", "there is no {name}"),
    "cli.mistake.both": Text(
        "{a}과(와) {b}은(는) 함께 쓸 수 없어요", "{a} and {b} do not go together"
    ),
    "cli.mistake.short": Text(
        "{name}이(가) 여럿을 뜻할 수 있어요: {names}", "{name} may mean several: {names}"
    ),
    "cli.examples": Text("보기:", "examples:"),
    "cli.example.about": Text(
        '  python -m playground say -n 3\n  python -m playground draw "파란 고양이" -o cat.png',
        '  python -m playground say -n 3\n  python -m playground draw "a blue cat" -o cat.png',
    ),
    "cli.example.say": Text(
        "  python -m playground say -n 5 --topic 고양이 --english",
        "  python -m playground say -n 5 --topic 고양이 --english",
    ),
    "cli.example.illustrate": Text(
        '  python -m playground illustrate "우산 쓴 고래" --seed 7 -o whale.png',
        '  python -m playground illustrate "우산 쓴 고래" --seed 7 -o whale.png',
    ),
    "cli.example.draw": Text(
        '  python -m playground draw "__동물__, {{빨간|파란}} 모자" --count 4 --json',
        '  python -m playground draw "__animal__, {{red|blue}} hat" --count 4 --json',
    ),
    "cli.example.mistranslate": Text(
        '  python -m playground mistranslate "배를 먹는 말" -o out',
        '  python -m playground mistranslate "배를 먹는 말" -o out',
    ),
    "cli.example.index": Text(
        '  python -m playground index "파란 냄새를 접는 법"\n'
        "  python -m playground index --json < 글.txt",
        '  python -m playground index "파란 냄새를 접는 법"\n'
        "  python -m playground index --json < text.txt",
    ),
    "cli.example.check": Text(
        "  python -m playground check --engine neural --learned 글.txt",
        "  python -m playground check --engine neural --learned text.txt",
    ),
    "cli.example.chat": Text(
        "  python -m playground chat\n  echo 안녕 | python -m playground chat --json",
        "  python -m playground chat\n  echo 안녕 | python -m playground chat --json",
    ),
    "cli.example.train": Text(
        '  python -m playground train 대화.csv --name 우리반 --source "우리 반" --consent mine',
        '  python -m playground train talk.csv --name ours --source "our talk" --consent mine',
    ),
    "cli.example.next": Text(
        '  python -m playground next "파란 고양이가" --top 5',
        '  python -m playground next "파란 고양이가" --top 5',
    ),
    "cli.example.novel": Text(
        "  python -m playground novel --auto --rounds 10 -o story.md",
        "  python -m playground novel --auto --rounds 10 -o story.md",
    ),
    "cli.example.owner": Text(
        "  python -m playground owner\n  python -m playground owner --data-dir D:/amumal",
        "  python -m playground owner\n  python -m playground owner --data-dir D:/amumal",
    ),
}
