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
    "cli.topic": Text("넣을 낱말 (여러 번 가능)", "a word to put in (repeatable)"),
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
    "cli.done": Text(
        "다 그렸어요 · {seconds}초 · 시드 {seed} · {path}",
        "done · {seconds} s · seed {seed} · {path}",
    ),
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
}
