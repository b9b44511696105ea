"""Sentences about drawing."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "request.sampler": Text(
        "‘{value}’ 샘플러를 찾을 수 없어요. 이 프로그램에 없는 이름이에요. "
        "혹시 ‘{nearest}’을(를) 찾으셨나요?",
        "There is no sampler “{value}” in this program. Did you mean “{nearest}”?",
    ),
    "request.sampler.far": Text(
        "‘{value}’ 샘플러를 찾을 수 없어요. 이 프로그램에 없는 이름이에요. 이 가운데서 골라 "
        "주세요: {known}",
        "There is no sampler “{value}” in this program. Choose one of these: {known}",
    ),
    "request.schedule.far": Text(
        "‘{value}’(이)라는 스케줄은 이 프로그램에 없어요. 이 가운데서 골라 주세요: {known}",
        "There is no schedule “{value}” in this program. Choose one of these: {known}",
    ),
    "request.schedule": Text(
        "‘{value}’(이)라는 스케줄은 이 프로그램에 없어요. 혹시 ‘{nearest}’ 아닌가요? "
        "목록에서 골라 주세요.",
        "There is no schedule “{value}” in this program. Did you mean “{nearest}”?",
    ),
    "request.picture": Text(
        "‘{field}’ 그림({value})을 찾을 수 없어요. 지워졌거나 올린 적이 없는 그림이에요. "
        "그림을 다시 올려 주세요.",
        "The picture for “{field}” ({value}) cannot be found: it was deleted or never uploaded. "
        "Please upload it again.",
    ),
    "request.mask_empty": Text(
        "마스크에 칠한 곳이 없어요. 어디를 다시 그릴지 알 수 없으니 바꿀 곳을 칠해 주세요.",
        "Nothing is painted in the mask, so there is nothing to draw anew. Paint what should "
        "change.",
    ),
    "request.mask_size": Text(
        "마스크({mask})와 그림({image})의 모양이 달라요. 어디를 가리키는지 알 수 없으니 "
        "그림과 같은 비율의 마스크를 써 주세요.",
        "The mask ({mask}) has another shape than the picture ({image}). Use a mask of the "
        "picture's proportions.",
    ),
    "request.sigmas": Text(
        "시그마 범위 {value}은(는) 쓸 수 없어요. 이 모델은 {low}부터 {high}까지의 잡음만 배웠어요. "
        "그 안에서 작은 값과 큰 값을 정해 주세요.",
        "The sigma range {value} cannot be used: this model knows noise from {low} to {high} only. "
        "Choose a smaller and a larger value between these.",
    ),
    "draw.family": Text(
        "‘{model}’ 모델을 알아볼 수 없어요. 잠재 채널 {channels}개, 글 너비 {width}인 모델은 "
        "아직 그릴 줄 몰라요. 다른 모델을 골라 주세요.",
        "The model “{model}” is not of a known family ({channels} latent channels, "
        "text width {width}). It cannot be drawn with yet: choose another model.",
    ),
    "draw.condition": Text(
        "‘{model}’ 모델은 글 말고 다른 것({condition})도 함께 들어야 그릴 수 있어요. "
        "그것을 주는 법을 아직 몰라요. 다른 모델을 골라 주세요.",
        "The model “{model}” has to be told more than a prompt ({condition}), which is not known "
        "here yet: choose another model.",
    ),
    "draw.prediction": Text(
        "‘{model}’ 모델이 무엇을 답하도록 배웠는지({prediction}) 여기서는 몰라요. 잘못 물으면 "
        "얼룩만 나오니 열지 않았어요. 다른 모델을 골라 주세요.",
        "The model “{model}” was taught to answer in a way that is not known here ({prediction}). "
        "Asked wrongly it draws stains, so it was not opened: choose another model.",
    ),
    "draw.load": Text(
        "‘{model}’ 모델을 열지 못했어요. 파일이 빠졌거나 서로 맞지 않아요({reason}). "
        "모델 폴더를 다시 내려받거나 다른 모델을 골라 주세요.",
        "The model “{model}” could not be opened: a file is missing or does not fit ({reason}). "
        "Get the model folder again or choose another model.",
    ),
    "upscaler.unknown": Text(
        "‘{name}’(이)라는 확대 방법이 없어요. 혹시 ‘{nearest}’을(를) 찾으셨나요? "
        "ESRGAN 파일(safetensors)은 모델 폴더에 두면 목록에 나와요.",
        "There is no upscaler called “{name}”. Did you mean “{nearest}”? "
        "An ESRGAN file (safetensors) in the models folder appears in the list.",
    ),
    "upscaler.far": Text(
        "‘{name}’(이)라는 확대 방법이 없어요. 이 가운데서 골라 주세요: {known}. "
        "ESRGAN 파일(safetensors)은 모델 폴더에 두면 목록에 나와요.",
        "There is no upscaler called “{name}”. Choose one of these: {known}. "
        "An ESRGAN file (safetensors) in the models folder appears in the list.",
    ),
    "upscaler.structure": Text(
        "‘{name}’은(는) 여기서 아는 ESRGAN 모델이 아니에요({tensor}이(가) 맞지 않아요). "
        "다른 확대 모델을 골라 주세요.",
        "“{name}” is no ESRGAN model that is known here ({tensor} does not fit). "
        "Choose another upscaler.",
    ),
    "draw.refiner": Text(
        "{refiner}({other})은(는) {model}({family})이(가) 그리던 그림을 이어받을 수 없어요. "
        "잠재 공간이 서로 달라요. 같은 계열의 모델을 골라 주세요.",
        "{refiner} ({other}) cannot take over from {model} ({family}): their latents differ. "
        "Choose a model of the same family.",
    ),
    "draw.memory": Text(
        "{width}x{height} 그림을 그리기에는 메모리가 모자라요. "
        "그림 크기를 줄이거나 다른 프로그램을 닫고 다시 해 주세요.",
        "There is not enough memory for a picture of {width}x{height}. "
        "Make it smaller or close other programs, then try again.",
    ),
    "draw.not_finite": Text(
        "‘{model}’ 모델이 숫자가 아닌 값(NaN)을 내놓아 까만 그림이 될 뻔했어요. "
        "저장하지 않았어요. --no-half 로 시작하거나 세기(CFG)를 낮춰 주세요.",
        "The model “{model}” produced values that are no numbers (NaN); the picture would be "
        "black and was not kept. Start with --no-half or lower the guidance (CFG).",
    ),
}
