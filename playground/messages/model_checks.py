"""Sentences of the checks before a model is opened: tensors, kind, links, pins, digests."""

from __future__ import annotations

from playground.messages import Text

_AGAIN = "파일을 다시 내려받아 주세요."
_AGAIN_EN = "Get the file again."

ROWS: dict[str, Text] = {
    "model.structure.missing": Text(
        "‘{model}’ 모델에 텐서 {count}개가 빠졌어요(처음 것: {tensor}). 빠진 채로는 그릴 수 "
        "없어요. " + _AGAIN,
        "The model “{model}” lacks {count} tensors (the first: {tensor}). Nothing can be drawn "
        "without them. " + _AGAIN_EN,
    ),
    "model.structure.shape": Text(
        "‘{model}’ 모델의 텐서 {count}개가 모양이 달라요({tensor}: {found}, 맞는 모양 {expected}). "
        "다른 종류의 모델이거나 손상된 파일이라 열지 않아요. " + _AGAIN,
        "{count} tensors of the model “{model}” have another shape ({tensor}: {found}, expected "
        "{expected}). It is of another kind or damaged and is not opened. " + _AGAIN_EN,
    ),
    "model.foreign_config": Text(
        "‘{model}’ 모델의 {file} 파일이 여기서 다루지 않는 것({setting})을 쓰라고 해요. 폴더 밖의 "
        "것을 불러오게 될 수 있어 열지 않아요. 보통 판(safetensors, 양자화하지 않은 것)을 받아 "
        "주세요.",
        "{file} of “{model}” asks for something that is not used here ({setting}). It could bring "
        "in things from elsewhere, so the model is not opened: get the plain edition "
        "(safetensors, not quantised).",
    ),
    "model.index": Text(
        "‘{model}’ 모델 폴더의 {file} 파일을 읽을 수 없어요. 무엇이 들어 있는지 알 수 없어 "
        "열지 않아요. 폴더를 다시 내려받아 주세요.",
        "{file} of the model folder “{model}” cannot be read. Nobody knows what is "
        "inside, so it is not opened: get the folder again.",
    ),
    "model.kind": Text(
        "‘{model}’ 파일은 그림을 그리는 체크포인트가 아니에요(종류: {kind}). 이것만으로는 그릴 수 "
        "없으니 체크포인트를 골라 주세요.",
        "The file “{model}” is not a checkpoint but: {kind}. It cannot draw on its own: choose a "
        "checkpoint.",
    ),
    "model.family": Text(
        "‘{model}’ 모델은 {family} 모델이에요. 무엇인지는 알지만 아직 그릴 줄 몰라요. "
        "Stable Diffusion 1.5, 2, XL 체크포인트를 골라 주세요.",
        "The model “{model}” is a {family} model. It is recognised but cannot be drawn with yet: "
        "choose a checkpoint of Stable Diffusion 1.5, 2 or XL.",
    ),
    "model.tokenizer": Text(
        "프로그램에 들어 있던 낱말표({file})가 없어졌거나 바뀌었어요. 낱말이 어긋나면 "
        "엉뚱한 그림이 나오니 열지 않았어요. 프로그램을 다시 받아 주세요.",
        "The table of words that came with the program ({file}) is gone or was changed. Wrong "
        "words make wrong pictures, so nothing was opened: get the program again.",
    ),
    "model.ambiguous": Text(
        "‘{model}’에 맞는 모델이 여럿이에요({names}). 다른 모델로 그리지 않도록 멈췄으니 "
        "정확한 이름을 골라 주세요.",
        "Several models go by “{model}” ({names}). Nothing was drawn with the wrong one: choose "
        "one by its exact name.",
    ),
    "model.link": Text(
        "{file}은(는) 모델 폴더 밖을 가리키는 링크예요. 어디로 이어지는지 확인할 수 없어 따라가지 "
        "않아요. 그 폴더를 --models-dir 로 알려 주세요.",
        "{file} is a link that points out of the model folders. Links that lead elsewhere are not "
        "followed: name that folder with --models-dir.",
    ),
    "model.conflict": Text(
        "{file} 파일이 전에 확인한 것과 달라요(SHA-256 {found}, 기억한 값 {expected}). "
        "바뀌었거나 손상되었을 수 있어 열지 않아요. 직접 바꾼 것이라면 모델 탭에서 다시 "
        "고정하거나 python -m models pin 을 실행해 주세요.",
        "{file} is not what it was (SHA-256 {found}, remembered {expected}). It may have been "
        "replaced or damaged and is not opened. If you replaced it yourself, pin it again in the "
        "models tab or with python -m models pin.",
    ),
    "model.not_pinned": Text(
        "‘{model}’ 모델은 아무도 보증하지 않아요. 보증된 것만 열도록 시작했으니, 믿는다면 "
        "python -m models pin 으로 고정해 주세요.",
        "Nobody vouches for the model “{model}”. This program was started to open only what is "
        "vouched for: if you trust it, pin it with python -m models pin.",
    ),
    "model.own_pins": Text(
        "믿는 파일 목록({file})을 읽을 수 없어요({reason}). 목록 없이 열면 바뀐 파일도 믿게 되니 "
        "멈췄어요. 그 파일을 고치거나 지운 뒤 다시 해 주세요.",
        "The list of files you trust ({file}) cannot be read ({reason}). Without it replaced "
        "files would be trusted too, so nothing was opened: repair or remove it and try again.",
    ),
    "model.parts": Text(
        "‘{model}’ 파일에는 {parts}이(가) 들어 있지 않아요. 그 부분 없이는 그릴 수 없으니 "
        "전부 들어 있는 체크포인트를 골라 주세요.",
        "The file “{model}” does not contain {parts}. Nothing can be drawn without: choose a "
        "checkpoint that contains everything.",
    ),
    "model.far": Text(
        "‘{model}’ 모델이 없어요. 비슷한 이름도 없으니, 있는 것 가운데서 골라 주세요: {known}",
        "There is no model “{model}”, nor a name like it. Choose one of these: {known}",
    ),
    "model.unknown": Text(
        "‘{model}’ 모델이 없어요. 이름이 정확히 같아야 해요. 혹시 ‘{nearest}’을(를) 찾으셨나요?",
        "There is no model “{model}”; names must match exactly. Did you mean “{nearest}”?",
    ),
    "model.no_weights": Text(
        "‘{model}’ 모델 폴더에 safetensors 파일이 없어요. 가중치가 없으면 그릴 수 없으니 "
        "safetensors 판을 받아 주세요.",
        "The folder of the model “{model}” has no safetensors file. Without weights nothing can "
        "be drawn: get its safetensors edition.",
    ),
    "model.unpinned": Text(
        "‘{model}’ 기본 모델에 목록에 없는 파일({file})이 있어요. 누가 넣었는지 알 수 없어 "
        "열지 않아요. 그 파일을 지우거나 프로그램을 다시 받아 주세요.",
        "The builtin model “{model}” has a file that is not on its list ({file}). Nobody knows "
        "where it came from, so it is not opened: delete it or get the program again.",
    ),
    "model.changed": Text(
        "‘{model}’ 모델 파일이 검사하는 사이에 바뀌었어요. 검사한 것과 다른 파일은 열지 않아요. "
        "복사가 끝난 뒤 다시 해 주세요.",
        "A file of the model “{model}” changed while it was being checked. Only what was checked "
        "is opened: wait until copying has finished and try again.",
    ),
    "model.digest": Text(
        "{file} 파일의 내용이 알려진 것과 달라요(SHA-256 {found}, 맞는 값 {expected}). "
        "손상되었거나 바뀐 파일이라 열지 않아요. " + _AGAIN,
        "{file} is not what it should be (SHA-256 {found}, expected {expected}). It is damaged "
        "or was replaced and is not opened: get the file again.",
    ),
}
