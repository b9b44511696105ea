"""Sentences about the bytes of a model file: no safetensors, or a header that breaks its rules."""

from __future__ import annotations

from playground.messages import Text

_AGAIN = "파일을 다시 내려받아 주세요."
_AGAIN_EN = "Get the file again."


def _header(ko: str, en: str) -> Text:
    """Complete a sentence about a header: it names the file, says why it matters, what to do."""
    return Text(
        f"{{file}} 파일의 머리말이 safetensors 규칙에 어긋나요: {ko} "
        f"잘못 만들어졌거나 손상된 파일이라 열지 않아요. {_AGAIN}",
        f"The header of {{file}} breaks the rules of safetensors: {en} It was written badly or "
        f"damaged and is not opened. {_AGAIN_EN}",
    )


_OTHER_BYTES: dict[str, Text] = {
    "model.long_file": Text(
        "{file} 파일이 {limit}MB보다 길어요. 이런 파일이 그만큼 길 까닭이 없어서 읽지 않았으니, "
        "모델을 다시 내려받아 주세요.",
        "{file} is longer than {limit} MB. A file of its kind has no reason to be, so it was not "
        "read: get the model again.",
    ),
    "model.not_a_file": Text(
        "{file}은(는) 파일이 아니에요(폴더나 파이프, 장치). 끝없이 기다리게 될 수 "
        "있어 읽지 않았으니 보통 파일을 골라 주세요.",
        "{file} is not a file but a folder, a pipe or a device. Reading it might never end, so "
        "it was not read: choose a plain file.",
    ),
    "model.unreadable": Text(
        "{file} 파일을 읽지 못했어요({reason}). 내용을 확인할 수 없어 열지 않아요. "
        "읽기 권한과 디스크를 살펴봐 주세요.",
        "{file} could not be read ({reason}). What cannot be checked is not opened: look at its "
        "permissions and at the disk.",
    ),
    "model.too_big": Text(
        "{file} 파일이 {gigabytes}GB나 돼요. 그림 모델은 그렇게 크지 않아서 잘못된 파일로 보고 "
        "열지 않아요. " + _AGAIN,
        "{file} has {gigabytes} GB. No picture model is that large, so it is taken for a mistake "
        "and not opened. " + _AGAIN_EN,
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
    "model.pickle": Text(
        "{file} 파일은 피클(.ckpt, .pt, .bin)이에요. 여는 순간 아무 코드나 실행할 수 있어서 "
        "열지 않아요. safetensors 판을 받거나 python -m models convert 로 바꿔 주세요.",
        "{file} is a pickle (.ckpt, .pt, .bin). Opening one can run any code, so it is never "
        "opened: get the safetensors edition, or convert it with python -m models convert.",
    ),
    "model.zeros": Text(
        "{file} 파일이 0으로만 시작해요. 내려받다가 자리만 잡아 둔 파일 같아 열지 않아요. "
        + _AGAIN,
        "{file} begins with nothing but zeros: space was reserved but the download never filled "
        "it. " + _AGAIN_EN,
    ),
    "model.other_format": Text(
        "{file} 파일은 {format} 형식이에요. 이 프로그램은 safetensors만 열 수 있어요. "
        "압축이라면 풀고, 아니면 safetensors 판을 받아 주세요.",
        "{file} is in {format} format. Only safetensors can be opened here: unpack it if it is an "
        "archive, or get the safetensors edition.",
    ),
    "model.json_page": Text(
        "{file} 파일은 모델이 아니라 JSON이에요. 서버의 오류 답이 대신 저장된 것 같아요. "
        "내려받는 곳에 로그인한 뒤 다시 받아 주세요.",
        "{file} is JSON, not a model; probably a server's error answer was saved instead. Log in "
        "where you got it and download it again.",
    ),
    "model.text_page": Text(
        "{file} 파일은 모델이 아니라 글이에요. 오류 안내가 대신 저장된 것 같아요. " + _AGAIN,
        "{file} is plain text, not a model; probably an error was saved instead. " + _AGAIN_EN,
    ),
    "model.header.length": Text(
        "{file} 파일은 safetensors가 아니에요(머리말 길이 {length}). 알 수 없는 형식이라 "
        "열지 않아요. " + _AGAIN,
        "{file} is not a safetensors file (header length {length}). Its format is unknown, so it "
        "is not opened. " + _AGAIN_EN,
    ),
}

_HEADER: dict[str, Text] = {
    "model.header.first_byte": _header(
        "중괄호 대신 ‘{byte}’(으)로 시작해요.", "it begins with “{byte}” instead of a brace."
    ),
    "model.header.padding": _header(
        "끝이 중괄호와 빈칸이 아니에요.", "it does not end with a brace and spaces."
    ),
    "model.header.encoding": _header("UTF-8이 아니에요.", "it is not UTF-8."),
    "model.header.json": _header("JSON이 아니에요({reason}).", "it is not JSON ({reason})."),
    "model.header.duplicate": _header(
        "‘{tensor}’ 이름이 두 번 나와요.", "the name “{tensor}” appears twice."
    ),
    "model.header.too_many": _header(
        "텐서가 {count}개를 넘어요.", "it has more than {count} tensors."
    ),
    "model.header.no_tensors": _header("텐서가 하나도 없어요.", "it has no tensors."),
    "model.header.metadata": _header("설명 칸이 글이 아니에요.", "its metadata is not text."),
    "model.header.name": _header(
        "텐서 이름 ‘{tensor}’은(는) 쓸 수 없어요.", "the tensor name “{tensor}” is not allowed."
    ),
    "model.header.fields": _header(
        "‘{tensor}’ 텐서의 칸이 달라요.", "the tensor “{tensor}” has other fields."
    ),
    "model.header.dtype": _header(
        "‘{tensor}’ 텐서의 자료형 ‘{dtype}’을(를) 몰라요.",
        "the tensor “{tensor}” has the unknown type “{dtype}”.",
    ),
    "model.header.shape": _header(
        "‘{tensor}’ 텐서의 모양이 이상해요.", "the tensor “{tensor}” has an impossible shape."
    ),
    "model.header.offsets": _header(
        "‘{tensor}’ 텐서의 자리가 이상해요.", "the tensor “{tensor}” has an impossible place."
    ),
    "model.header.size": _header(
        "‘{tensor}’ 텐서의 모양 {shape}이(가) {bytes}바이트와 맞지 않아요.",
        "the shape {shape} of the tensor “{tensor}” does not fill its {bytes} bytes.",
    ),
    "model.header.hole": _header(
        "‘{tensor}’ 텐서 앞에 구멍이 있어요.", "there is a hole before the tensor “{tensor}”."
    ),
    "model.header.overlap": _header(
        "‘{tensor}’ 텐서가 다른 텐서와 겹쳐요.", "the tensor “{tensor}” overlaps another one."
    ),
    "model.header.tail": _header(
        "마지막 텐서 뒤에 {extra}바이트가 더 있어요.",
        "there are {extra} bytes after the last tensor.",
    ),
}

ROWS: dict[str, Text] = {**_OTHER_BYTES, **_HEADER}
