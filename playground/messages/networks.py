"""Sentences about what a model wears: LoRAs, embeddings, other VAEs, previews by TAESD."""

from __future__ import annotations

from playground.messages import Text

_PARTS: dict[str, Text] = {
    "part.none": Text(
        "이름이 ‘{name}’인 {wanted} 파일이 없어요. 모델 폴더에 {wanted} 파일이 하나도 없으니, "
        "safetensors 파일을 모델 폴더에 넣고 다시 해 주세요.",
        "There is no “{name}”. No file of the kind {wanted} lies in the model folders: put its "
        "safetensors file there and try again.",
    ),
    "part.unknown": Text(
        "이름이 ‘{name}’인 {wanted} 파일이 없어요. 이름이 정확히 같아야 해요. 혹시 "
        "‘{nearest}’을(를) 찾으셨나요?",
        "There is no {wanted} named “{name}”; names must match exactly. Did you mean “{nearest}”?",
    ),
    "part.far": Text(
        "이름이 ‘{name}’인 {wanted} 파일이 없어요. 비슷한 이름도 없으니, 있는 것 가운데서 골라 "
        "주세요: {known}",
        "There is no {wanted} named “{name}”, nor a name like it. Choose one of these: {known}",
    ),
    "part.kind": Text(
        "‘{name}’은(는) {wanted} 파일이 아니에요(종류: {kind}). 그 자리에 쓸 수 없으니 다른 파일을 "
        "골라 주세요.",
        "“{name}” is no {wanted} but: {kind}. It cannot be used there: choose another file.",
    ),
}

_LORA: dict[str, Text] = {
    "network.family": Text(
        "로라 ‘{name}’은(는) {family} 계열인데 지금 모델은 {model_family} 계열이에요. "
        "서로 맞지 않아 아무것도 바꾸지 않았으니, 같은 계열의 로라나 모델을 골라 주세요.",
        "The LoRA “{name}” is made for {family}, and this model is of the family {model_family}. "
        "They do not fit and nothing was changed: choose a LoRA or a model of the same family.",
    ),
    "network.shape": Text(
        "로라 ‘{name}’의 {tensor}이(가) 이 모델에 맞지 않아요(모델은 {expected}, 파일은 {found}). "
        "다른 계열이거나 손상된 파일이라 아무것도 바꾸지 않았으니, 이 모델에 맞는 로라를 골라 "
        "주세요.",
        "{tensor} of the LoRA “{name}” does not fit this model ({expected} in the model, {found} "
        "in the file). It is of another family or damaged, and nothing was changed: choose a LoRA "
        "made for this model.",
    ),
    "network.nothing_fits": Text(
        "로라 ‘{name}’에는 이 모델에 있는 층이 하나도 없어요(첫 이름 {tensor}). 쓸 곳이 없어 "
        "그리지 않았으니, 이 모델에 맞는 로라를 골라 주세요.",
        "Not one layer of the LoRA “{name}” exists in this model (the first is {tensor}). It would "
        "change nothing, so nothing was drawn: choose a LoRA made for this model.",
    ),
    "network.format": Text(
        "‘{name}’의 형식({format})은 아직 쓸 수 없어요(텐서 {tensor}). 일부만 쓰면 그림이 달라지니 "
        "열지 않았어요. LoRA, LoCon, LoHa, LoKr, IA3, OFT, DoRA 형식의 파일을 골라 주세요.",
        "The format of “{name}” ({format}) cannot be used yet (tensor {tensor}). Half of it would "
        "make another picture, so it was not opened: choose a file in the format LoRA, LoCon, "
        "LoHa, LoKr, IA3, OFT or DoRA.",
    ),
    "network.not_finite": Text(
        "‘{name}’의 {tensor}에 셀 수 없는 값(NaN이나 무한대)이 있어요. 쓰면 그림이 까맣게 되니 "
        "열지 않았어요. 파일을 다시 받아 주세요.",
        "{tensor} of “{name}” holds numbers that are none (NaN or infinity). Pictures would turn "
        "black, so it was not opened: get the file again.",
    ),
    "network.argument": Text(
        "꼬리표 {tag}의 ‘{argument}’은(는) 모르는 값이에요. 조용히 무시하지 않고 멈췄으니, "
        "<lora:이름:0.8>이나 <lora:이름:te=0.5:unet=1>처럼 적어 주세요.",
        "“{argument}” in the tag {tag} is not known. It was not ignored silently: write "
        "<lora:name:0.8> or <lora:name:te=0.5:unet=1>.",
    ),
}

_EMBEDDING: dict[str, Text] = {
    "embedding.width": Text(
        "임베딩 ‘{name}’은(는) 너비가 {widths}({family} 계열)인데 지금 모델은 {model_widths}"
        "({model_family} 계열)을(를) 써요. 넣을 수 없어 그리지 않았으니, 프롬프트에서 그 이름을 "
        "지우거나 계열이 같은 모델을 골라 주세요.",
        "The embedding “{name}” is {widths} wide (family {family}), and this model uses "
        "{model_widths} (family {model_family}). It cannot be put in, so nothing was drawn: take "
        "its name out of the prompt or choose a model of its family.",
    ),
    "embedding.uneven": Text(
        "임베딩 ‘{name}’의 두 부분은 벡터 수가 서로 달라요({counts}). 짝이 맞지 않아 열지 않았으니 "
        "파일을 다시 받아 주세요.",
        "The two parts of the embedding “{name}” have different numbers of vectors ({counts}). "
        "They do not belong together and it was not opened: get the file again.",
    ),
    "embedding.long": Text(
        "임베딩 ‘{name}’은(는) 벡터가 {count}개인데 이 모델은 한 번에 {limit}개까지 읽어요. 나누면 "
        "뜻이 깨지니 그리지 않았어요. 더 짧은 임베딩을 골라 주세요.",
        "The embedding “{name}” has {count} vectors, and this model reads {limit} at once. Torn "
        "apart it would mean nothing, so nothing was drawn: choose a shorter one.",
    ),
}

_VAE: dict[str, Text] = {
    "vae.channels": Text(
        "VAE ‘{name}’은(는) 채널이 {channels}개인 잠재 공간을 쓰는데 모델 ‘{model}’은(는) "
        "{model_channels}개를 써요. 서로 통하지 않아 그리지 않았으니, 이 모델에 맞는 VAE를 "
        "고르거나 비워 두세요.",
        "The VAE “{name}” works on latents of {channels} channels, and the model “{model}” has "
        "{model_channels}. They do not understand each other and nothing was drawn: choose a VAE "
        "for this model, or none.",
    ),
    "vae.latents": Text(
        "VAE ‘{name}’은(는) ‘{model}’({family})의 그림을 풀지 못해요. 다른 계열 모델의 VAE예요. "
        "{family}용 VAE를 고르거나 모델의 것을 그대로 쓰세요.",
        "The VAE “{name}” cannot decode what “{model}” ({family}) draws: it was made for another "
        "family. Choose a VAE for {family}, or the model's own.",
    ),
    "vae.scale": Text(
        "VAE ‘{name}’의 배율은 {scale}인데 이 모델의 배율은 {model_scale}이에요. 다른 계열의 "
        "VAE라 그림이 망가지니 그리지 않았어요. 이 모델에 맞는 VAE를 고르거나 비워 두세요.",
        "The VAE “{name}” scales latents by {scale}, and this model by {model_scale}. It belongs "
        "to another family and would spoil the picture, so nothing was drawn: choose a VAE for "
        "this model, or none.",
    ),
    "taesd.channels": Text(
        "미리 보기용 ‘{name}’은(는) 채널이 {channels}개인데 이 모델은 {model_channels}개를 써요. "
        "맞지 않아 쓰지 않았으니, 이 모델에 맞는 TAESD를 넣어 주세요.",
        "“{name}” makes previews of {channels} channels, and this model has {model_channels}. It "
        "does not fit and is not used: put a TAESD for this model in its place.",
    ),
}

ROWS: dict[str, Text] = {**_PARTS, **_LORA, **_EMBEDDING, **_VAE}
