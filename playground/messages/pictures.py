"""Sentences about drawing and about the model files that draw."""

from __future__ import annotations

from playground.messages import Text

_AGAIN = "파일을 다시 내려받아 주세요."

ROWS: dict[str, Text] = {
    "request.sampler": Text(
        "‘{value}’ 샘플러를 찾을 수 없어요. 이 프로그램에 없는 이름이에요. "
        "혹시 ‘{nearest}’을(를) 찾으셨나요?",
        "There is no sampler “{value}” in this program. Did you mean “{nearest}”?",
    ),
    "draw.family": Text(
        "‘{model}’ 모델을 알아볼 수 없어요. 잠재 채널 {channels}개, 글 너비 {width}인 모델은 "
        "아직 그릴 줄 몰라요. 다른 모델을 골라 주세요.",
        "The model “{model}” is not of a known family ({channels} latent channels, "
        "text width {width}). It cannot be drawn with yet: choose another model.",
    ),
    "draw.load": Text(
        "‘{model}’ 모델을 열지 못했어요. 파일이 빠졌거나 서로 맞지 않아요({reason}). "
        "모델 폴더를 다시 내려받거나 다른 모델을 골라 주세요.",
        "The model “{model}” could not be opened: a file is missing or does not fit ({reason}). "
        "Get the model folder again or choose another model.",
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
    "model.pickle": Text(
        "{file} 파일은 피클(.ckpt, .pt, .bin)이에요. 여는 순간 아무 코드나 실행할 수 있어서 "
        "열지 않아요. safetensors 판을 받아 주세요.",
        "{file} is a pickle (.ckpt, .pt, .bin). Opening one can run any code, so it is never "
        "opened: get the safetensors edition.",
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
    "model.header.length": Text(
        "{file} 파일은 safetensors가 아니에요(머리말 길이 {length}). " + _AGAIN,
        "{file} is not a safetensors file (header length {length}). Get the file again.",
    ),
    "model.header.bad": Text(
        "{file} 파일의 머리말이 잘못되었어요({reason}). 만든 도구가 잘못 썼거나 손상되었어요. "
        + _AGAIN,
        "The header of {file} is wrong ({reason}): written badly or damaged. Get the file again.",
    ),
    "model.cut_off": Text(
        "{file} 파일이 중간에 끊겼어요({have} / {need} 바이트). 내려받기가 덜 끝났어요. " + _AGAIN,
        "{file} is cut off ({have} of {need} bytes): the download did not finish. "
        "Get the file again.",
    ),
    "model.empty": Text(
        "{file} 파일이 비어 있어요(0바이트). 내려받기가 시작되지 못했어요. " + _AGAIN,
        "{file} is empty (0 bytes): the download never started. Get the file again.",
    ),
    "model.html": Text(
        "{file} 파일은 모델이 아니라 웹 페이지예요. 로그인 화면이 대신 저장된 것 같아요. "
        "내려받는 곳에 로그인한 뒤 다시 받아 주세요.",
        "{file} is a web page, not a model; probably a login page was saved instead. "
        "Log in where you got it and download it again.",
    ),
    "model.lfs_pointer": Text(
        "{file} 파일은 git-lfs 안내 쪽지일 뿐이고 진짜 가중치가 아니에요. "
        "git lfs pull 을 실행하거나 파일을 직접 내려받아 주세요.",
        "{file} is only a git-lfs pointer, not the weights. Run git lfs pull or download the "
        "file itself.",
    ),
}
