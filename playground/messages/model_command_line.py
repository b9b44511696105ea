"""Sentences of `python -m models`, and what kinds and facts of models are called."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "models.cli.about": Text(
        "모델 파일을 살펴보고, 검사하고, 받고, 바꿔요.",
        "Looks at model files, checks them, gets them and converts them.",
    ),
    "models.cli.scan": Text(
        "모든 모델의 이름과 종류, 아는 것을 보여 줘요",
        "look at all models: names, kinds, what is known",
    ),
    "models.cli.verify": Text(
        "모델을 다시 해시해서 고정한 값과 비교해요",
        "hash models again and compare them with their pins",
    ),
    "models.cli.show": Text(
        "모델 하나에 대해 아는 것을 모두 말해요", "tell all that is known about one model"
    ),
    "models.cli.pin": Text(
        "모델의 지금 내용을 믿겠다고 고정해요", "vouch for the bytes that a model has now"
    ),
    "models.cli.get": Text(
        "hf:주인/저장소@커밋:파일, civitai:판, https://... 에서 받아요",
        "download hf:owner/repository@commit:file, civitai:version or https://...",
    ),
    "models.cli.convert": Text(
        "피클(.ckpt, .pt, .bin)을 따로 떨어진 프로세스에서 safetensors로 바꿔요",
        "make a pickle (.ckpt, .pt, .bin) a safetensors file, in a process apart",
    ),
    "models.cli.json": Text("한 줄에 JSON 하나씩", "one JSON object a line"),
    "models.cli.data_dir": Text("데이터 폴더", "data folder"),
    "models.cli.models_dir": Text(
        "이 폴더도 읽어요 (여러 번 가능)", "read this folder too (repeatable)"
    ),
    "models.cli.name": Text("모델 이름", "name of the model"),
    "models.cli.names": Text("모델 이름들. 없으면 전부", "names of models; all without any"),
    "models.cli.address": Text("받을 곳", "where to get it"),
    "models.cli.file": Text("바꿀 파일", "the file to convert"),
    "models.cli.to": Text(
        "새 파일. 없으면 그 옆에 같은 이름으로", "the new file; beside the old one without it"
    ),
    "models.cli.help": Text("이 도움말을 보여 줘요", "show this help"),
    "models.cli.version": Text("몇 번째 판인지 보여 줘요", "show which version this is"),
    "models.cli.commands": Text("명령", "commands"),
    "models.cli.command": Text("명령", "command"),
    "models.cli.given": Text("차례로 쓰는 것", "arguments"),
    "models.cli.options": Text("고를 수 있는 것", "options"),
    "models.cli.usage_word": Text("쓰는 법", "usage"),
    "models.cli.usage": Text(
        "명령을 알아듣지 못했어요({reason}). `python -m models --help` 를 봐 주세요.",
        "The command was not understood ({reason}). See `python -m models --help`.",
    ),
    "models.cli.pinned": Text(
        "{model}의 지금 내용을 {file}에 고정했어요.", "What {model} holds now is pinned in {file}."
    ),
    "models.cli.published": Text("올린 곳의 해시와 같음", "as published at its source"),
    "models.cli.unpublished": Text(
        "올린 곳에 해시가 없어 비교하지 못함", "nobody published a digest"
    ),
    "models.cli.from": Text("원본 {sha256}", "from {sha256}"),
    "models.cli.yes": Text("예", "yes"),
    "models.cli.no": Text("아니요", "no"),
    "models.kind.checkpoint": Text("그림 모델", "picture model"),
    "models.kind.denoiser": Text("그림 모델의 UNet", "UNet of a picture model"),
    "models.kind.vae": Text("VAE", "VAE"),
    "models.kind.taesd": Text("미리보기용 작은 VAE", "small VAE for previews"),
    "models.kind.lora": Text("LoRA", "LoRA"),
    "models.kind.embedding": Text("임베딩", "embedding"),
    "models.kind.text-encoder": Text("텍스트 인코더", "text encoder"),
    "models.kind.controlnet": Text("ControlNet", "ControlNet"),
    "models.kind.adapter": Text("어댑터", "adapter"),
    "models.kind.motion": Text("움직임 모듈", "motion module"),
    "models.kind.upscaler": Text("키우는 모델", "upscaler"),
    "models.kind.text-model": Text("글 모델", "language model"),
    "models.kind.translator": Text("번역 모델", "translation model"),
    "models.kind.text-lora": Text("글 모델의 LoRA", "LoRA of a language model"),
    "models.kind.vae-approx": Text("다른 프로그램의 미리보기 모델", "preview model elsewhere"),
    "models.kind.unknown": Text("모르는 종류", "unknown kind"),
    "models.fact.name": Text("이름", "name"),
    "models.fact.kind": Text("종류", "kind"),
    "models.fact.family": Text("계열", "family"),
    "models.fact.variant": Text("갈래", "variant"),
    "models.fact.precision": Text("정밀도", "precision"),
    "models.fact.parameters": Text("매개변수", "parameters"),
    "models.fact.needs": Text("없는 부분", "parts it lacks"),
    "models.fact.size_bytes": Text("크기(바이트)", "size in bytes"),
    "models.fact.integrity": Text("상태", "state"),
    "models.fact.trust": Text("신뢰", "trust"),
    "models.fact.sha256": Text("SHA-256", "SHA-256"),
    "models.fact.payload_sha256": Text("가중치만의 SHA-256", "SHA-256 of the weights"),
    "models.fact.can_draw": Text("그릴 수 있음", "can draw"),
    "models.fact.licence": Text("라이선스", "licence"),
    "models.fact.source": Text("받은 곳", "source"),
    "models.fact.flaw": Text("문제", "flaw"),
    "models.fact.path": Text("자리", "path"),
    "models.fact.aliases": Text("다른 이름", "other names"),
    "models.fact.reasons": Text("까닭", "reasons"),
    "models.fact.has": Text("있는 부분", "parts"),
    "models.fact.lora": Text("LoRA 정보", "LoRA"),
    "models.fact.legacy_hash": Text("옛 해시", "old hash"),
    "models.fact.structure": Text("짜임새", "structure"),
    "models.fact.missing": Text("없음", "missing"),
    "models.fact.unexpected": Text("더 있음", "unexpected"),
    "models.fact.wrong_shape": Text("모양이 다름", "of another shape"),
    "models.fact.format": Text("꼴", "format"),
    "models.fact.rank": Text("랭크", "rank"),
    "models.fact.alias": Text("지은 이름", "alias"),
    "models.fact.words": Text("배운 낱말", "trained words"),
}
