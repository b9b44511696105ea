"""Sentences of the Models tab."""

from __future__ import annotations

from playground.messages import Text

# drawn by Gradio, so translated in the browser
LABELS: dict[str, Text] = {
    "models.tab": Text("모델", "Models"),
    "models.name": Text("모델 고르기", "Choose a model"),
    "models.rescan": Text("다시 보기", "Look again"),
    "models.verify": Text("검사", "Check"),
    "models.verify_all": Text("모두 검사", "Check all"),
    "models.pin": Text("이대로 믿기", "Trust as it is"),
    "models.quarantine": Text("격리 폴더로", "Move to quarantine"),
    "models.open": Text("폴더 열기", "Open folder"),
    "models.source": Text("받을 곳", "Download from"),
    "models.source.hint": Text(
        "hf:주인/저장소:파일.safetensors · civitai:번호 · https://…",
        "hf:owner/repository:file.safetensors · civitai:number · https://…",
    ),
    "models.get": Text("받기", "Download"),
    "models.stop": Text("멈춤", "Stop"),
}

_SENTENCES: dict[str, Text] = {
    "models.title": Text("모델 파일", "Model files"),
    "models.elsewhere": Text(
        "모델 파일은 이 컴퓨터 앞에 있는 사람만 볼 수 있어요. 이 컴퓨터의 주인이면 터미널에 나온 "
        "주인의 주소를 열어 주세요(새로 받기: python -m playground owner).",
        "Only the person at the machine itself can see the model files. If it is yours, open the "
        "owner's link from the console (a new one: python -m playground owner).",
    ),
    "models.empty": Text(
        "아직 가져온 모델이 없어요. 세 가지 방법이 있어요.",
        "No models of your own yet. There are three ways to get one.",
    ),
    "models.empty.folder": Text(
        "이미 A1111·Forge·ComfyUI를 쓴다면 --models-dir 로 그 폴더를 알려 주세요. 옮기지 않고 "
        "그대로 읽어요.",
        "If you use A1111, Forge or ComfyUI, name its folder with --models-dir: it is read in "
        "place.",
    ),
    "models.empty.put": Text(
        "가지고 있는 .safetensors 파일을 이 폴더에 넣어 주세요: {folder}",
        "Put .safetensors files you have into this folder: {folder}",
    ),
    "models.empty.get": Text(
        "아래 칸에 주소를 적어 받으세요. 예: v1-5-pruned-emaonly.safetensors (4GB)",
        "Write an address below and download it, e.g. v1-5-pruned-emaonly.safetensors (4 GB)",
    ),
    "models.head.name": Text("이름", "Name"),
    "models.head.what": Text("종류", "What it is"),
    "models.head.size": Text("크기", "Size"),
    "models.head.hash": Text("해시", "Hash"),
    "models.head.integrity": Text("상태", "State"),
    "models.head.trust": Text("신뢰", "Trust"),
    "models.head.licence": Text("라이선스·출처", "Licence, source"),
    "models.head.why": Text("까닭", "Why"),
    "models.integrity.readable": Text("읽을 수 있음", "readable"),
    "models.integrity.hashed": Text("검사함", "checked"),
    "models.integrity.changed": Text("바뀜", "changed"),
    "models.integrity.broken": Text("열 수 없음", "cannot be opened"),
    "models.integrity.missing": Text("없어짐", "missing"),
    "models.trust.unknown": Text("아직 모름", "nobody vouches"),
    "models.trust.first-use": Text("처음 그대로", "as at first use"),
    "models.trust.pinned": Text("믿음", "vouched for"),
    "models.trust.conflict": Text("어긋남", "conflict"),
    "models.can_draw": Text("그릴 수 있음", "can draw"),
    "models.needs": Text("더 필요한 것: {parts}", "also needs: {parts}"),
    "models.work.verify": Text("검사하는 중: {name}", "Checking: {name}"),
    "models.work.get": Text("받는 중: {name}", "Downloading: {name}"),
    "models.work.bytes": Text("{done} / {total}MB", "{done} of {total} MB"),
    "models.work.done": Text("끝났어요.", "Done."),
    "models.work.stopped": Text(
        "멈췄어요. 받던 것은 그대로 있으니 다시 누르면 이어서 해요.",
        "Stopped. What has arrived is kept; pressing the button again goes on from there.",
    ),
    "models.busy": Text(
        "다른 일(‘{name}’)을 하는 중이에요. 한 번에 하나씩만 해서 디스크가 바쁘지 않게 해요. "
        "끝나기를 기다리거나 멈춤을 눌러 주세요.",
        "Something else is being done (“{name}”), one thing at a time to spare the disk. Wait for "
        "it or press stop.",
    ),
    "models.not_chosen": Text(
        "고른 모델이 없어요. 무엇을 할지 알 수 없으니 목록에서 하나 골라 주세요.",
        "No model is chosen, so there is nothing to do: choose one from the list.",
    ),
    "model.stays": Text(
        "‘{model}’은(는) 옮길 수 없어요. 기본 모델이나 폴더이거나 이미 없는 파일이에요. "
        "폴더는 직접 옮겨 주세요.",
        "“{model}” cannot be moved: it is builtin, a folder, or not there any more. Move folders "
        "yourself.",
    ),
}

ROWS: dict[str, Text] = {**LABELS, **_SENTENCES}
